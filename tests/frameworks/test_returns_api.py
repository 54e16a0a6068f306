"""The JSON interface of suppliers' monthly returns."""

from base64 import b64encode
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from app.cockpit.records import ReturnSheet
from tests.support.application import Portal
from tests.support.clock import NOON
from tests.support.orders import placed, ready
from tests.support.world import NOTEBOOK

RETURNS = "/api/v1/frameworks/RV-2026-01/returns"
A_MONTH_AGO = NOON - timedelta(days=30)


def table(*lines: str) -> dict[str, str]:
    text = "\n".join(("Abrufnummer;Netto", *lines))
    return {"file_name": "oktober.csv", "content": b64encode(text.encode()).decode()}


def sheets(portal: Portal) -> int:
    portal.end_transaction()
    return portal.session.scalar(select(func.count(ReturnSheet.id))) or 0


def test_a_return_is_held_against_the_orders_and_a_later_one_corrects_it(portal: Portal) -> None:
    world = ready(portal.session)
    number = placed(portal.session, world, {NOTEBOOK: 2}, now=A_MONTH_AGO)
    portal.end_transaction()
    desk = portal.api(world.desk)
    body = {"month": "2026-10", "file": table(f"{number};1.500,00", "X-1;10,00")}

    sent = desk.post(RETURNS, body, key="k")
    assert (sent.status_code, desk.post(RETURNS, body, key="k").json()) == (201, sent.json())
    given = sent.json()
    assert (given["declared"], given["rows"], given["month"]) == ("1510.00", 2, "2026-10")
    assert [(one["line"], one["order"], one["counted"]) for one in given["remarks"]] == [
        (2, number, True),
        (3, "X-1", True),
    ]
    assert desk.get(f"{RETURNS}/{given['id']}").json() == given
    right = {"month": "2026-10", "file": table(f"{number};1578,00"), "note": "berichtigt"}
    assert desk.post(RETURNS, right, key="l").json()["remarks"] == []

    october = next(one for one in desk.get(RETURNS).json()["items"] if one["month"] == "2026-10")
    assert (october["called_off"], october["declared"]) == ("1578.00", "1578.00")
    assert (october["difference"], october["note"]) == ("0.00", "berichtigt")
    assert sheets(portal) == 2
    for person in (world.it, world.auditor):
        assert portal.api(person).get(RETURNS).status_code == 403
        assert portal.api(person).post(RETURNS, body, key="m").status_code == 403
    elsewhere = RETURNS.replace("RV-2026-01", "RV-0")
    assert desk.get(elsewhere).status_code == 404
    assert desk.post(elsewhere, body, key="m").status_code == 404
    assert desk.get(f"{elsewhere}/{given['id']}").status_code == 404


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"month": "2026-13"}, "month"),
        ({"month": "Oktober"}, "month"),
        ({"file": table("A-1;zwölf")}, "file.content"),
        ({"file": {"file_name": "a.csv", "content": ""}}, "file.content"),
        ({"file": {"file_name": "a.csv", "content": "UEsDBA=="}}, "file.content"),
        ({"file": {"file_name": "a.csv", "content": "TW9uYXQ7U3VtbWUKMTsyCg=="}}, "file.content"),
        ({"file": None}, "file"),
        ({"note": "x" * 501}, "note"),
    ],
)
def test_a_table_that_says_nothing_is_refused_at_its_field(
    portal: Portal, change: dict[str, Any], field: str
) -> None:
    world = ready(portal.session)
    portal.end_transaction()
    body = {"month": "2026-10", "file": table("A-1;10,00"), **change}

    answer = portal.api(world.desk).post(RETURNS, body, key="k")

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == field
    assert sheets(portal) == 0
