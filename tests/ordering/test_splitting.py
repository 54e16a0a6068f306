"""Lines split by place, day and account; orders coded as the budget needs it."""

import json
from datetime import date, timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from app.archive.store import content
from app.database.tenant import EVERY_MEMBER
from app.documents.delivery_note_pdf import delivery_note_pdf
from app.fulfilment.delivery_note_facts import delivery_note_facts
from app.fulfilment.rules import DeliveredLine
from app.kernel.money import Money
from app.kernel.unit_price import UnitPrice
from app.members.records import DeliveryAddress
from app.ordering.queries import call_off
from app.ordering.records import CallOff
from app.ordering.shares.records import CallOffShare
from app.ordering.shares.rules_shares import (
    AS_ORDERED,
    CodedLine,
    Coding,
    Share,
    coded_amounts,
    one_more,
    split_in_two,
    sum_faults,
)
from app.ordering.signing.version import version_sha256
from app.ordering.steps.approve_call_off import approve_call_off
from app.ordering.wanted import Actor
from tests.ordering.test_pages import form
from tests.support.application import Portal
from tests.support.archival_pdf import attached
from tests.support.clock import NOON, TODAY
from tests.support.world import ACCOUNT, NOTEBOOK, World

SCHOOL, OFFICE = Coding("2.1.1", funding_source="DigitalPakt"), Coding("1.1.1", "4711")


def test_shares_must_be_all_of_their_line() -> None:
    shares = [Share("A", 3), Share("A", 4), Share("C", 1)]

    assert sum_faults({"A": 8, "B": 2}, shares) == {
        "A": "Die Teile ergeben 7, bestellt sind 8.",
        "C": "„C“ ist aufgeteilt, aber nicht bestellt.",
    }
    assert sum_faults({"A": 7, "C": 1}, shares) == {}


def test_coded_amounts_add_up_to_the_cent() -> None:
    price = UnitPrice(3_333)  # 0.3333 each: 7 cost 2.33
    line = CodedLine("A", 7, price, price.times(7))
    shares = [Share("A", 2, coding=SCHOOL), Share("A", 2, coding=SCHOOL), Share("A", 3)]

    amounts = coded_amounts([line, CodedLine("B", 1, price, Money(33))], shares, OFFICE)

    funded = Coding("2.1.1", "4711", funding_source="DigitalPakt")
    assert amounts == {funded: Money(134), OFFICE: Money(99 + 33)}
    assert Money.total(amounts.values()) == Money(233 + 33)


def test_a_line_is_split_into_halves_and_then_by_single_pieces() -> None:
    halves = split_in_two("A", 5)

    assert [share.quantity for share in halves] == [3, 2]
    assert [share.quantity for share in one_more(halves, "A", 5)] == [2, 2, 1]
    assert [share.quantity for share in one_more(halves[:1], "A", 5)] == [3, 2]
    assert one_more((Share("A", 1),), "A", 1) == (Share("A", 1),)
    assert Share("A", 1, coding=AS_ORDERED).text == "1 × wie der Abruf"


def split(address: int, **changes: str) -> dict[str, str]:
    return form(
        **{
            "teil-1-sku": NOTEBOOK,
            "teil-1-menge": "5",
            "teil-1-adresse": str(address),
            "teil-1-gebaeude": "Haus B",
            "teil-1-raum": "Raum 12",
            "teil-1-termin": "2027-01-15",
            "teil-1-konto": "2.1.1.04.525500",
            "teil-1-foerderung": "DigitalPakt Schule",
            "teil-1-bindung": "2031-12-31",
            "teil-2-sku": NOTEBOOK,
            "teil-2-menge": "3",
            "teil-2-empfaenger": "Frau Lehmann",
            "jahr": "2027",
            "foerderung": "Haushaltsmittel",
            **changes,
        }
    )


@pytest.fixture
def address(session: Session, world: World) -> int:
    found = select(DeliveryAddress.id).where(DeliveryAddress.member_id == world.dessau.id)
    return session.scalars(found).one()


def test_a_split_order_says_so_to_the_member_the_desk_and_on_the_delivery_note(
    portal: Portal, session: Session, world: World, address: int
) -> None:
    browser = portal.signed_in(world.it)

    answer = browser.post("/bestellen", split(address))

    assert answer.status_code == 303, answer.text
    where = str(answer.headers["location"])
    found = session.scalars(select(CallOff)).one()
    assert (found.is_split, found.budget_year, found.funding_source) == (
        True,
        2027,
        "Haushaltsmittel",
    )
    rows = session.scalars(select(CallOffShare).order_by(CallOffShare.part)).all()
    assert [(row.quantity, row.building, row.earmarked_until) for row in rows] == [
        (5, "Haus B", date(2031, 12, 31)),
        (3, "", None),
    ]
    said = "Haus B, Raum 12, bis 15.01.2027; Konto 2.1.1.04.525500, Förderung DigitalPakt Schule"
    for page in (
        browser.page(where),
        portal.signed_in(world.desk).page(where.replace("abrufe", "abwicklung")),
    ):
        assert said in page
        assert "3 × Frau Lehmann" in page
    found = call_off(session, found.number, EVERY_MEMBER)
    lines = (DeliveredLine(NOTEBOOK, 5, ("1", "2", "3", "4", "5")),)
    facts = delivery_note_facts(session, found, "LS-1", lines, TODAY)
    assert facts.lines[0].shares[1] == "3 × Frau Lehmann"
    pages = PdfReader(BytesIO(delivery_note_pdf(facts))).pages
    assert "Für 3 × Frau Lehmann" in pages[0].extract_text()


def test_the_memo_prints_budget_year_funding_and_shares(
    portal: Portal, session: Session, world: World, address: int
) -> None:
    portal.signed_in(world.it).post("/bestellen", split(address))
    number = session.scalars(select(CallOff.number)).one()
    approver = Actor(world.approver.id, world.dessau.id)
    approve_call_off(session, approver, number, EVERY_MEMBER, NOON)
    session.expire_all()
    found = session.scalars(select(CallOff)).one()
    assert found.memo_pdf_sha256 is not None

    pdf = content(session, found.memo_pdf_sha256).content

    said = " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())
    assert "Haushaltsjahr 2027" in said
    assert "Förderung Haushaltsmittel" in said
    assert "5 × " in said
    assert "3 × Frau Lehmann" in said
    budget = json.loads(attached(pdf)[f"Abrufvermerk-{number}.json"])["budget"]
    assert (budget["year"], budget["funding_source"], len(budget["shares"])) == (
        2027,
        "Haushaltsmittel",
        2,
    )


def test_what_an_approval_binds_to_includes_how_the_order_is_split(
    portal: Portal, session: Session, world: World, address: int
) -> None:
    browser = portal.signed_in(world.it)
    browser.post("/bestellen", split(address))
    browser.post("/bestellen", split(address, **{"teil-1-menge": "4", "teil-2-menge": "4"}))

    orders = session.scalars(select(CallOff.number)).all()
    hashes = {version_sha256(session, call_off(session, number, EVERY_MEMBER)) for number in orders}

    assert len(hashes) == 2
    with pytest.raises(DatabaseError):
        session.execute(text("UPDATE call_off_share SET quantity = 1"))
    session.rollback()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"teil-2-menge": "4"}, "Die Teile ergeben 9, bestellt sind 8."),
        ({"teil-2-menge": "viele"}, "Bitte geben Sie an, wie viele Stück dieser Teil sind."),
        ({"teil-1-termin": "2026-11-20"}, "Der Wunschtermin liegt in der Vergangenheit."),
        ({"teil-1-termin": "irgendwann"}, "Bitte geben Sie ein Datum an"),
        ({"jahr": "27"}, "Bitte geben Sie das Haushaltsjahr mit vier Ziffern an"),
        ({"teil-1-raum": "x" * 81}, "Bitte höchstens 80 Zeichen."),
        ({"bindung": "<b>"}, "Bitte geben Sie ein Datum an"),
    ],
)
def test_what_is_wrong_with_a_share_is_said_at_its_field_and_stays_typed(
    portal: Portal, session: Session, world: World, address: int, wrong: dict[str, str], said: str
) -> None:
    answer = portal.signed_in(world.it).post("/bestellen", split(address, **wrong))

    assert answer.status_code == 422
    assert said in answer.text
    assert 'value="Frau Lehmann"' in answer.text
    assert session.scalars(select(CallOff)).all() == []


def test_an_address_of_another_member_is_not_there(
    portal: Portal, session: Session, world: World
) -> None:
    foreign = select(DeliveryAddress.id).where(DeliveryAddress.member_id == world.magdeburg.id)
    browser = portal.signed_in(world.it)

    answer = browser.post("/bestellen", split(session.scalars(foreign).one()))

    assert answer.status_code == 404
    assert session.scalars(select(CallOff)).all() == []


def test_the_buttons_of_a_line_split_it_and_make_it_whole_again(
    portal: Portal, world: World
) -> None:
    browser = portal.signed_in(world.it)

    halves = browser.post("/bestellen/pruefung", form(teilen=NOTEBOOK)).text
    assert 'name="teil-1-menge"' in halves
    assert halves.count('value="4"') >= 2
    typed = {"teil-1-sku": NOTEBOOK, "teil-1-menge": "8", "teil-1-raum": "Raum 7"}
    more = browser.post("/bestellen/pruefung", form(**typed, teilen=NOTEBOOK)).text
    assert 'value="Raum 7"' in more
    assert 'name="teil-2-menge"' in more
    one = browser.post("/bestellen/pruefung", form(**typed, teilweg="1")).text
    assert "teil-1-menge" not in one
    whole = browser.post("/bestellen/pruefung", form(**typed, ungeteilt=NOTEBOOK)).text
    assert "teil-1-menge" not in whole


def test_programs_split_and_code_orders_too(portal: Portal, session: Session, world: World) -> None:
    api = portal.api(world.it)
    shares = [
        {"quantity": 2, "room": "Raum 12", "requested_date": str(TODAY + timedelta(days=60))},
        {"quantity": 1, "product_account": "2.1.1", "budget_year": 2027},
    ]
    order = {
        "lines": [{"sku": NOTEBOOK, "quantity": 3, "shares": shares}],
        "purpose": "Schule",
        "product_account": ACCOUNT,
        "funding_source": "DigitalPakt",
        "earmarked_until": "2031-12-31",
    }

    placed = api.post("/api/v1/call-offs", order, key="eins")

    assert placed.status_code == 201, placed.text
    read = api.get(f"/api/v1/call-offs/{placed.json()['number']}").json()
    for given in (placed.json(), read):
        assert (given["funding_source"], given["earmarked_until"]) == ("DigitalPakt", "2031-12-31")
        assert [one["quantity"] for one in given["lines"][0]["shares"]] == [2, 1]
        assert given["lines"][0]["shares"][0]["room"] == "Raum 12"
    shares[0]["quantity"] = 3
    refused = api.post("/api/v1/call-offs", order, key="zwei")
    assert refused.status_code == 422
    assert "Die Teile ergeben 4, bestellt sind 3." in refused.text
    shares[0] |= {"quantity": 2, "requested_date": str(TODAY - timedelta(days=1))}
    assert api.post("/api/v1/call-offs", order, key="drei").status_code == 422
    assert len(session.scalars(select(CallOff)).all()) == 1
