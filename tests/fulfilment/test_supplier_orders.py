"""Bundling: what several members called off goes to a supplier as one order, once."""

import csv
from datetime import timedelta
from io import BytesIO, StringIO
from typing import Any

import pdfplumber
import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.audit.verify import verify_chains
from app.fulfilment.supplier_orders.bundle_call_offs import bundle_call_offs
from app.fulfilment.supplier_orders.queries import bundles, order_file, orders_with, sent_orders
from app.fulfilment.supplier_orders.records import SupplierOrder
from app.kernel.errors import Conflict, NotFound
from app.ordering.wanted import Actor
from tests.support.clock import NOON, TODAY
from tests.support.orders import confirmed, delivered, placed, ready
from tests.support.world import MONITOR, NOTEBOOK, World


def desk(world: World) -> Actor:
    return Actor(world.desk.id, None)


def test_confirmed_orders_of_two_members_become_one_order_to_the_supplier(
    session: Session,
) -> None:
    world = ready(session)
    ours = confirmed(session, world, {MONITOR: 3, NOTEBOOK: 1}, promised=TODAY + timedelta(days=9))
    theirs = confirmed(session, world, {MONITOR: 2}, of=world.magdeburg)
    placed(session, world, {MONITOR: 7})  # not confirmed yet: it has to wait

    (waiting,) = bundles(session)
    assert [order.call_off.number for order in waiting.orders] == [ours.number, theirs.number]
    assert (waiting.members, waiting.pieces) == (2, 6)

    made = bundle_call_offs(session, desk(world), waiting.framework.number, waiting.supplier, NOON)

    assert made.number == f"LB-{TODAY.year}-0001"
    assert sorted(line.quantity for line in made.lines) == [1, 2, 3]
    assert bundles(session) == ()
    assert orders_with(session, ours) == [made.number]
    (sent,) = sent_orders(session)
    assert (sent.number, sent.call_offs, sent.pieces) == (made.number, 2, 6)
    assert verify_chains(session).breaks == ()


def test_the_table_names_every_address_and_the_paper_adds_the_articles_up(
    session: Session,
) -> None:
    world = ready(session)
    world.dessau.name = "=HYPERLINK(1)"
    ours = confirmed(session, world, {MONITOR: 3}, promised=TODAY + timedelta(days=9))
    theirs = confirmed(session, world, {MONITOR: 2}, of=world.magdeburg)
    framework = bundles(session)[0].framework
    made = bundle_call_offs(session, desk(world), framework.number, framework.supplier_name, NOON)

    table = order_file(session, made.number, as_csv=True).content.decode("utf-8-sig")
    rows = list(csv.DictReader(StringIO(table), delimiter=";"))
    assert [(row["Abruf"], row["Artikelnummer"], row["Menge"]) for row in rows] == [
        (ours.number, MONITOR, "3"),
        (theirs.number, MONITOR, "2"),
    ]
    assert rows[0]["Mitglied"] == "'=HYPERLINK(1)"
    assert "Raum 112" in rows[0]["Lieferanschrift"]
    assert rows[0]["Liefertermin"] == f"{TODAY + timedelta(days=9):%d.%m.%Y}"

    with pdfplumber.open(BytesIO(order_file(session, made.number, as_csv=False).content)) as pdf:
        text = "\n".join(page.extract_text() for page in pdf.pages)
    assert f"Lieferantenbestellung {made.number}" in text
    assert "5 Stück" in text
    assert f"Abruf {theirs.number} für {world.magdeburg.name}" in text


def test_only_what_is_outstanding_is_ordered_and_the_rest_only_once(session: Session) -> None:
    world = ready(session)
    found = confirmed(session, world, {MONITOR: 5})
    delivered(session, world, found, (MONITOR, 2, ()))
    (waiting,) = bundles(session)
    assert waiting.pieces == 3

    bundle_call_offs(session, desk(world), waiting.framework.number, waiting.supplier, NOON)
    for framework, supplier in (
        (waiting.framework.number, waiting.supplier),
        (waiting.framework.number, "Ein Fremder GmbH"),
        ("GIBT-ES-NICHT", waiting.supplier),
        ("", ""),
    ):
        with pytest.raises(Conflict) as refused, session.begin_nested():
            bundle_call_offs(session, desk(world), framework, supplier, NOON)
        assert refused.value.code == "nothing_waits"

    assert len(sent_orders(session)) == 1
    later = confirmed(session, world, {MONITOR: 1})
    second = bundle_call_offs(
        session, desk(world), waiting.framework.number, waiting.supplier, NOON
    )
    assert second.number.endswith("-0002")
    assert orders_with(session, later) == [second.number]


def test_the_desk_bundles_in_the_browser_and_takes_both_files(
    session: Session, portal: Any
) -> None:
    world = ready(session)
    found = confirmed(session, world, {MONITOR: 2})
    (waiting,) = bundles(session)
    fields = {"framework": waiting.framework.number, "supplier": waiting.supplier}
    browser = portal.signed_in(world.desk)

    assert found.number in browser.page("/lieferantenbestellungen")
    answer = browser.post("/lieferantenbestellungen", fields)
    again = browser.post("/lieferantenbestellungen", fields)

    assert answer.status_code == 303
    assert again.status_code == 409
    number = f"LB-{TODAY.year}-0001"
    page = browser.page(answer.headers["location"])
    assert f"Die Bestellung {number} ist geschrieben." in page
    assert "Nichts wartet" in page
    assert number in browser.page(f"/abwicklung/{found.number}")
    paper = browser.get(f"/lieferantenbestellungen/{number}.pdf")
    assert paper.content.startswith(b"%PDF")
    assert browser.get(f"/lieferantenbestellungen/{number}.csv").text.count(found.number) == 1
    assert browser.get("/lieferantenbestellungen/LB-1999-0001.pdf").status_code == 404
    assert session.scalar(select(func.count()).select_from(SupplierOrder)) == 1


def test_an_order_that_does_not_exist_has_no_file(session: Session) -> None:
    with pytest.raises(NotFound):
        order_file(session, "LB-1999-0001", as_csv=True)
