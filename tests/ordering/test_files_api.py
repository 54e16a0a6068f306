"""The JSON interface of an order's files and of market price checks."""

from base64 import b64encode
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from app.demand.records import Need
from app.ordering.attaching.records import CallOffPaper
from app.ordering.market.records import MarketCheck
from tests.support.application import Portal
from tests.support.clock import TODAY
from tests.support.orders import submitted
from tests.support.relations import LETTER
from tests.support.world import NOTEBOOK, World

CHECKS = "/api/v1/market-checks"
LETTER_SENT = {"file_name": "../../angebot.pdf", "content": b64encode(LETTER).decode()}
CHEAPER = {"name": "Versandhaus", "seen_on": TODAY.isoformat(), "unit_price_net": "700.5000"}
DEARER = {"name": "Laden", "seen_on": TODAY.isoformat(), "unit_price_net": "999.99"}


def order(portal: Portal, world: World) -> str:
    number = submitted(portal.session, world, {NOTEBOOK: 1})
    portal.end_transaction()
    return f"/api/v1/call-offs/{number}/attachments"


def rows(portal: Portal, record: Any) -> int:
    portal.end_transaction()
    return portal.session.scalar(select(func.count()).select_from(record)) or 0


def test_a_file_goes_both_ways_once_and_comes_back_as_a_download(
    portal: Portal, world: World
) -> None:
    here = order(portal, world)
    orderer, desk = portal.api(world.it), portal.api(world.desk)

    sent = orderer.post(here, LETTER_SENT, key="k")
    again = orderer.post(here, LETTER_SENT, key="k")
    back = desk.post(here, {**LETTER_SENT, "file_name": "skizze.pdf"}, key="k")

    assert (sent.status_code, again.json(), back.status_code) == (201, sent.json(), 201)
    listed = orderer.get(here).json()
    assert [(one["file_name"], one["sent_by"]) for one in listed["items"]] == [
        ("angebot.pdf", world.it.label),
        ("skizze.pdf", world.desk.label),
    ]
    file = desk.get(sent.json()["links"]["file"])
    assert file.content == LETTER
    assert file.headers["content-type"] == "application/pdf"
    assert file.headers["content-disposition"].startswith('attachment; filename="angebot.pdf"')
    foreign = portal.api(world.it_magdeburg)
    assert foreign.get(here).status_code == 404
    assert foreign.get(sent.json()["links"]["file"]).status_code == 404
    assert foreign.post(here, LETTER_SENT, key="k").status_code == 404
    assert portal.api(world.auditor).post(here, LETTER_SENT, key="k").status_code == 403
    assert rows(portal, CallOffPaper) == 2


@pytest.mark.parametrize(
    ("change", "field", "said"),
    [
        ({"content": "kein Base64!"}, "content", "Base64"),
        ({"content": "JVBERi0xLjc"}, "content", "Base64"),
        ({"content": 5}, "content", "Base64"),
        ({"content": ""}, "content", "wählen Sie eine Datei"),
        ({"content": b64encode(b"MZ\x90\x00" * 9).decode()}, "content", "keine erlaubte Datei"),
        ({"content": b64encode(LETTER[:-6]).decode()}, "content", "unvollständig"),
        ({"file_name": ""}, "file_name", "mindestens 1 Zeichen"),
        ({"file_name": "x" * 201}, "file_name", "höchstens 200 Zeichen"),
        ({"titel": "x"}, "titel", "gibt es hier nicht"),
    ],
)
def test_what_is_no_paper_is_refused_at_its_field(
    portal: Portal, world: World, change: dict[str, Any], field: str, said: str
) -> None:
    here = order(portal, world)

    answer = portal.api(world.it).post(here, {**LETTER_SENT, **change}, key="k")

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == field
    assert said in answer.json()["errors"][0]["text"]
    assert rows(portal, CallOffPaper) == 0


def check(**changes: Any) -> dict[str, Any]:
    return {"sku": NOTEBOOK, "quantity": 2, "sources": [DEARER], **changes}


def test_a_check_says_what_the_market_says_and_keeps_the_proof(
    portal: Portal, world: World
) -> None:
    api = portal.api(world.it)
    cheaper = {**CHEAPER, "file": LETTER_SENT}
    body = check(sources=[DEARER, cheaper], reason="Garantie und Lieferzeit")

    made = api.post(CHECKS, body, key="k").json()
    assert api.post(CHECKS, body, key="k").json() == made

    assert made["contract_price_net"] == "789.00"
    assert made["cheaper_elsewhere"] is True
    assert made["result"].endswith("der Vertragspreis ist 12,6 % teurer.")
    assert [one["unit_price_net"] for one in made["sources"]] == ["700.50", "999.99"]
    proof = api.get(made["sources"][0]["proof"])
    assert proof.content == LETTER
    assert proof.headers["content-disposition"].startswith("attachment")
    assert made["sources"][1]["proof"] is None
    assert api.get(CHECKS, sku=NOTEBOOK).json()["items"] == [made]
    assert api.get(CHECKS, sku="X").json()["total"] == 0
    foreign = portal.api(world.it_magdeburg)
    assert foreign.get(CHECKS).json()["total"] == 0
    assert foreign.get(made["sources"][0]["proof"]).status_code == 404
    assert portal.api(world.auditor).get(CHECKS).json()["total"] == 1
    assert rows(portal, MarketCheck) == 1


def test_bought_elsewhere_is_a_need_without_stigma(portal: Portal, world: World) -> None:
    body = check(outcome="elsewhere", reason="Sofort nötig", bought_by="direct_purchase")

    made = portal.api(world.it).post(CHECKS, body, key="k").json()

    assert (made["outcome"], made["cheaper_elsewhere"]) == ("elsewhere", False)
    portal.end_transaction()
    assert portal.session.scalars(select(Need.id)).all() == [made["demand"]]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"sources": []}, "sources"),
        ({"sources": [DEARER] * 4}, "sources"),
        ({"sources": [{**DEARER, "unit_price_net": "0.00"}]}, "sources.0.unit_price_net"),
        ({"sources": [{**DEARER, "unit_price_net": "9,99"}]}, "sources.0.unit_price_net"),
        ({"sources": [{**DEARER, "unit_price_net": "-1"}]}, "sources.0.unit_price_net"),
        (
            {"sources": [DEARER, {**DEARER, "seen_on": str(TODAY + timedelta(days=1))}]},
            "sources.1.seen_on",
        ),
        (
            {"sources": [DEARER, {**DEARER, "file": {"file_name": "x", "content": "WFg="}}]},
            "sources.1.file.content",
        ),
        ({"sources": [CHEAPER]}, "reason"),
        ({"outcome": "elsewhere"}, "reason"),
        ({"outcome": "elsewhere", "reason": "x", "bought_by": "not_bought"}, "bought_by"),
        ({"sku": "GIBT-ES-NICHT"}, "sku"),
        ({"quantity": 0}, "quantity"),
    ],
)
def test_a_check_that_says_nothing_is_refused_at_its_field(
    portal: Portal, world: World, change: dict[str, Any], field: str
) -> None:
    answer = portal.api(world.it).post(CHECKS, check(**change), key="k")

    assert answer.status_code == 422, answer.text
    assert answer.json()["errors"][0]["field"] == field
    assert (rows(portal, MarketCheck), rows(portal, Need)) == (0, 0)
