"""Rent and prices per page: the whole stated term is ordered, counted, shown and billed."""

from uuid import uuid4

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from app.archive.store import content
from app.catalog.rules_charge import Charge
from app.database.base import table_of
from app.database.tenant import EVERY_MEMBER, Tenant
from app.invoicing.invoice_files import Form, invoice_file
from app.invoicing.issue_invoice import issue_invoice
from app.invoicing.queries import invoice
from app.invoicing.records import Invoice
from app.kernel.money import Money
from app.kernel.unit_price import UnitPrice
from app.ordering.basket_records import BasketLine
from app.ordering.queries import lock_call_off
from app.ordering.records import CallOff, CallOffLine
from app.ordering.steps.approve_call_off import Placed, approve_call_off
from app.ordering.steps.confirm_call_off import confirm_call_off
from app.ordering.wanted import Actor
from tests.catalog.importing import rented_catalog
from tests.support.application import Portal
from tests.support.clock import NOON
from tests.support.invoices import operating_company
from tests.support.orders import delivered
from tests.support.world import ACCOUNT, NOTEBOOK, World, lot_of

RENTED = "MFP-MIETE"
PAGE = "SEITE-SW"
THREE_YEARS = Money.euros("3593.16")  # 2 × 36 × 49.9050


@pytest.fixture(autouse=True)
def rented(session: Session, world: World) -> None:
    rented_catalog(session, world.framework)
    session.commit()


def order(sku: str, quantity: int, term: int | None, **more: object) -> dict[str, object]:
    line: dict[str, object] = {"sku": sku, "quantity": quantity}
    if term is not None:
        line["term"] = term
    return {"lines": [line], "purpose": "Druckkonzept", "product_account": ACCOUNT, **more}


def ordered(portal: Portal, world: World, sku: str, quantity: int, term: int | None) -> CallOffLine:
    answer = portal.api(world.it).post("/api/v1/call-offs", order(sku, quantity, term), key="once")
    assert answer.status_code == 201, answer.text
    portal.session.rollback()
    return portal.session.scalars(select(CallOffLine)).one()


def test_the_whole_rent_counts_against_the_ceiling(
    portal: Portal, session: Session, world: World
) -> None:
    before = lot_of(session, RENTED).remaining_value

    line = ordered(portal, world, RENTED, 2, 36)

    assert (line.charge, line.term, line.rate) == (Charge.MONTHLY, 36, UnitPrice.euros("49.9050"))
    assert line.unit_price == UnitPrice.euros("1796.58")
    assert line.net == THREE_YEARS
    assert line.order_unit == "C62"
    assert before - lot_of(session, RENTED).remaining_value == THREE_YEARS


def test_programs_read_the_term_and_the_price_of_a_month(portal: Portal, world: World) -> None:
    api = portal.api(world.it)

    answer = api.post("/api/v1/call-offs", order(RENTED, 2, 36), key="once").json()

    (line,) = answer["lines"]
    assert (line["charge"], line["rate_net"], line["term"]) == ("month", "49.905", 36)
    assert (line["unit_price_net"], line["net"]) == ("1796.58", "3593.16")
    assert answer["totals"]["net"] == "3593.16"
    assert api.get(f"/api/v1/call-offs/{answer['number']}").json()["lines"] == [line]


def test_the_scale_of_a_page_price_counts_the_pages_of_the_line(
    portal: Portal, world: World
) -> None:
    line = ordered(portal, world, PAGE, 3, 20_000)

    assert line.rate == UnitPrice.euros("0.0039")  # 60,000 pages reach the bound of 50,000
    assert line.unit_price == UnitPrice.euros("78.00")
    assert line.net == Money.euros("234.00")


@pytest.mark.parametrize(
    ("sku", "term", "sentence"),
    [
        pytest.param(RENTED, None, "Mietdauer in Monaten (24 bis 60)", id="rent without a term"),
        pytest.param(RENTED, 12, "Mietdauer in Monaten (24 bis 60)", id="shorter than offered"),
        pytest.param(RENTED, 61, "Mietdauer in Monaten (24 bis 60)", id="longer than offered"),
        pytest.param(PAGE, None, "Seiten je Stück", id="pages not stated"),
        pytest.param(NOTEBOOK, 36, "wird gekauft", id="a purchase with a term"),
    ],
)
def test_a_term_that_cannot_be_agreed_leaves_no_order(
    portal: Portal, session: Session, world: World, sku: str, term: int | None, sentence: str
) -> None:
    answer = portal.api(world.it).post("/api/v1/call-offs", order(sku, 1, term), key="once")

    assert answer.status_code == 422
    assert sentence in answer.text
    session.rollback()
    assert session.scalars(select(CallOff)).all() == []
    assert lot_of(session, RENTED).reserved_value == Money(0)


def test_two_terms_for_one_article_are_two_orders(portal: Portal, world: World) -> None:
    lines = [{"sku": RENTED, "quantity": 1, "term": term} for term in (24, 36)]

    answer = portal.api(world.it).post(
        "/api/v1/call-offs", order(RENTED, 1, 24, lines=lines), key="once"
    )

    assert answer.status_code == 422
    assert "zwei Laufzeiten" in answer.text


def test_a_rent_above_the_ceiling_is_refused_for_its_whole_term(
    portal: Portal, session: Session, world: World
) -> None:
    lot = lot_of(session, RENTED)
    lot.maximum_value = THREE_YEARS - Money(1)
    session.commit()

    answer = portal.api(world.it).post("/api/v1/call-offs", order(RENTED, 2, 36), key="once")

    assert answer.status_code == 409
    assert answer.json()["code"] == "ceiling_reached"
    assert lot_of(session, RENTED).reserved_value == Money(0)


def test_the_term_goes_from_the_article_through_basket_and_checkout_into_the_order(
    portal: Portal, world: World
) -> None:
    browser = portal.signed_in(world.it)

    assert "49,905\xa0€" in browser.page(f"/artikel/{RENTED}")
    browser.post("/warenkorb", {"sku": RENTED, "quantity": "2", "term": "24"})
    basket = browser.page("/warenkorb")
    assert "2.395,44" in basket  # 2 × 24 × 49.9050
    assert "24 Monate × 49,905\xa0€" in basket
    changed = {f"menge-{RENTED}": "2", f"laufzeit-{RENTED}": "36"}
    browser.post("/warenkorb/menge", changed)
    assert "3.593,16" in browser.page("/bestellen")
    sent = browser.post("/bestellen", checkout(changed))

    assert sent.status_code == 303, sent.text
    page = browser.page(str(sent.headers["location"]))
    assert "36 Monate × 49,905\xa0€" in page
    assert "3.593,16" in page
    again = browser.page("/bestellen", wie=str(sent.headers["location"]).rpartition("/")[2])
    assert 'value="36"' in again


def test_a_basket_takes_no_rent_without_a_term(
    portal: Portal, session: Session, world: World
) -> None:
    browser = portal.signed_in(world.it)

    for term in ("", "12", "drei Jahre"):
        answer = browser.post("/warenkorb", {"sku": RENTED, "quantity": "1", "term": term})
        assert answer.status_code == 422, term

    session.rollback()
    assert session.scalars(select(BasketLine)).all() == []


def test_a_wrong_term_at_the_checkout_is_said_at_the_line(portal: Portal, world: World) -> None:
    browser = portal.signed_in(world.it)

    for typed in ("12", "drei"):
        wrong = {f"menge-{RENTED}": "1", f"laufzeit-{RENTED}": typed}
        answer = browser.post("/bestellen/pruefung", checkout(wrong))
        assert answer.status_code in {200, 422}
        assert "Mietdauer in Monaten (24 bis 60)" in answer.text
        assert browser.post("/bestellen", checkout(wrong)).status_code in {409, 422}


def test_memo_and_invoice_name_rate_and_term(
    portal: Portal, session: Session, world: World
) -> None:
    number = ordered(portal, world, RENTED, 2, 36).call_off_id
    found = session.get_one(CallOff, number)
    approver = Actor(world.approver.id, world.dessau.id)
    assert isinstance(approve_call_off(session, approver, found.number, EVERY_MEMBER, NOON), Placed)
    memo = content(session, found.memo_json_sha256 or "").content.decode()
    assert "Miete je Monat: 36 Monate zu je 49,905\xa0€" in memo
    desk = Actor(world.desk.id, None)
    confirm_call_off(session, desk, found.number, EVERY_MEMBER, NOON, promised_date=None)
    locked = lock_call_off(session, found.number, EVERY_MEMBER)
    delivered(session, world, locked, (RENTED, 2, ()))

    result = issue_invoice(session, desk, found.number, EVERY_MEMBER, operating_company(), NOON)

    assert isinstance(result, Invoice)
    tenant = Tenant(world.dessau.id)
    assert invoice(session, result.number, tenant).net == THREE_YEARS
    xml = invoice_file(session, result.number, Form.UBL, tenant).content.decode()
    assert "Miete je Monat: 36 Monate zu je 49,905\xa0€" in xml


def test_the_database_knows_no_line_whose_price_is_not_rate_times_term(
    portal: Portal, session: Session, world: World
) -> None:
    ordered(portal, world, RENTED, 2, 36)

    for change in (
        {"term": 24},
        {"rate": None},
        {"charge": Charge.PURCHASE},
        {"unit_price": UnitPrice(1)},
    ):
        with pytest.raises(DatabaseError):
            session.execute(update(table_of(CallOffLine)).values(change))
        session.rollback()


def checkout(lines: dict[str, str]) -> dict[str, str]:
    return {
        **lines,
        "zweck": "Druckkonzept",
        "konto": ACCOUNT,
        "adresse": "andere",
        "empfaenger": "IT-Lager",
        "strasse": "Zerbster Straße 4",
        "plz": "06844",
        "ort": "Dessau-Roßlau",
        "schluessel": str(uuid4()),
        "quelle": "korb",
    }
