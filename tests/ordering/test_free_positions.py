"""What is in no price list: only in an open lot, at a quote, once, and within the lot's cap."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from app.archive.records import StoredFile
from app.database.tenant import EVERY_MEMBER, Tenant
from app.eligibility.records import EligibilityDecision
from app.frameworks.records import Lot
from app.kernel.canonical import sha256_hex
from app.kernel.errors import Conflict, Malformed
from app.kernel.money import Money
from app.kernel.month import Month
from app.kernel.unit_price import UnitPrice
from app.ordering.attaching.attach_papers import papers_of
from app.ordering.basket.contents import Owner
from app.ordering.enter_free_position import enter_free_position
from app.ordering.placing.submit_call_off import submit_call_off
from app.ordering.quoting.records import FreePosition
from app.ordering.records import CallOff
from app.ordering.rules import State
from app.ordering.steps.approve_call_off import Blocked, Placed, approve_call_off
from app.ordering.submission import Refused, Submitted, reason_of
from app.ordering.wanted import Actor, ArticleUnknown, DeliverTo, Wanted
from app.savings.compile_report import compile_report
from app.savings.rules import FREE_POSITIONS
from tests.support.application import Portal
from tests.support.clock import NOON, TODAY
from tests.support.databases import Database
from tests.support.orders import confirmed, delivered, ready
from tests.support.quotes import QUOTE, free_position, open_lot, wish_for
from tests.support.world import ACCOUNT, MONITOR, World, lot_of


@pytest.fixture
def world(session: Session) -> World:
    return ready(session)


def ordered(session: Session, world: World, quantities: dict[str, int]) -> Submitted | Refused:
    to = DeliverTo("IT-Lager", "Zerbster Straße 4", "06844", "Dessau-Roßlau")
    wanted = Wanted(quantities, "Sitzungssaal", ACCOUNT, to)
    return submit_call_off(
        session, Actor(world.it.id, world.dessau.id), world.dessau.id, wanted, NOON
    )


def call_off(session: Session, number: str) -> CallOff:
    return session.scalars(select(CallOff).where(CallOff.number == number)).one()


def test_a_free_position_is_ordered_like_an_article_and_draws_on_the_cap(
    session: Session, world: World
) -> None:
    lot = open_lot(session, world)
    position = free_position(session, world, lot)

    result = ordered(session, world, {MONITOR: 2, position.number: 12})

    assert isinstance(result, Submitted), result
    assert position.number == f"FREI-{world.dessau.key}-2026-0001"
    line = session.execute(
        text("SELECT * FROM call_off_line WHERE sku = :sku"), {"sku": position.number}
    ).one()
    assert (line.article_id, line.free_position_id, line.net) == (None, position.id, 298_800)
    session.refresh(lot)
    assert (lot.reserved_value, lot.reserved_quantity) == (Money.euros("2988.00"), 12)
    found = call_off(session, result.number)
    (paper,) = papers_of(session, found.id)
    assert (paper.file_name, paper.file_sha256) == ("Angebot.pdf", sha256_hex(QUOTE))
    decision = session.get_one(EligibilityDecision, found.submission_decision_id)
    assert f"{position.number} steht in keiner Preisliste" in str(decision.snapshot)
    assert sha256_hex(QUOTE) in str(decision.snapshot)

    again = ordered(session, world, {position.number: 12})

    assert isinstance(again, Refused)
    assert again.code == "article_not_orderable"
    placed = approve_call_off(
        session, Actor(world.approver.id, world.dessau.id), found.number, EVERY_MEMBER, NOON
    )
    assert isinstance(placed, Placed)
    memo = session.get_one(StoredFile, found.memo_json_sha256).content.decode()
    assert "AN-4711" in memo
    assert sha256_hex(QUOTE) in memo


WRONG = [
    ("closed lot", {"lot_id": 1}, QUOTE, ["lot"]),
    ("no such lot", {"lot_id": 99_999}, QUOTE, ["lot"]),
    ("no file", {}, b"", ["quote"]),
    ("a program", {}, b"MZ\x90", ["quote"]),
    ("expired", {"quote_valid_until": TODAY - timedelta(days=1)}, QUOTE, ["quote_valid_until"]),
    ("dated tomorrow", {"quote_date": TODAY + timedelta(days=1)}, QUOTE, ["quote_date"]),
    ("over the cap", {"quantity": 402}, QUOTE, ["unit_price_net"]),
    ("no price", {"unit_price": UnitPrice(0)}, QUOTE, ["unit_price_net"]),
    ("other tax", {"tax_percent": 7}, QUOTE, ["tax_percent"]),
    ("no reason", {"reason": "", "name": ""}, QUOTE, ["name", "reason"]),
    ("long name", {"name": "x" * 256}, QUOTE, ["name"]),
    ("a stranger's quote", {"supplier": "Irgendwer GmbH"}, QUOTE, ["supplier"]),
]


@pytest.mark.parametrize(
    ("changes", "content", "fields"), [one[1:] for one in WRONG], ids=[one[0] for one in WRONG]
)
def test_what_a_free_position_lacks_is_said_at_its_field_and_nothing_is_written(
    session: Session, world: World, changes: dict[str, object], content: bytes, fields: list[str]
) -> None:
    lot = open_lot(session, world)
    if changes.get("lot_id") == 1:
        changes = {"lot_id": lot_of(session, MONITOR).id}
    session.commit()
    given = {"lot_id": lot.id, "supplier": world.framework.supplier_name, **changes}
    wish = wish_for(**given)  # type: ignore[arg-type]

    with pytest.raises(Malformed) as wrong:
        enter_free_position(
            session, Owner(world.dessau.id, world.it.id), wish, ("Angebot.pdf", content), NOON
        )
    session.rollback()

    assert [error.field for error in wrong.value.errors] == fields
    assert session.scalars(select(FreePosition)).all() == []
    if fields == ["lot"]:
        assert "offenes Sortiment" in wrong.value.text


def test_another_members_free_position_is_an_unknown_article(
    session: Session, world: World
) -> None:
    position = free_position(session, world, open_lot(session, world))
    to = DeliverTo("IT", "Alter Markt 1", "39104", "Magdeburg")
    wanted = Wanted({position.number: 12}, "Saal", ACCOUNT, to)
    actor = Actor(world.it_magdeburg.id, world.magdeburg.id)

    with pytest.raises(ArticleUnknown):
        submit_call_off(session, actor, world.magdeburg.id, wanted, NOON)

    assert session.scalars(select(CallOff)).all() == []


def test_the_price_counts_for_its_quantity_and_until_the_quote_ends(
    session: Session, world: World
) -> None:
    lot = open_lot(session, world)
    position = free_position(session, world, lot, quote_valid_until=TODAY + timedelta(days=1))
    fewer = ordered(session, world, {position.number: 11})

    assert isinstance(fewer, Refused)
    assert (fewer.code, "für 12 Stück" in reason_of(fewer)) == ("article_not_orderable", True)

    taken = ordered(session, world, {position.number: 12})
    assert isinstance(taken, Submitted)
    late = approve_call_off(
        session,
        Actor(world.approver.id, world.dessau.id),
        taken.number,
        Tenant(world.dessau.id),
        NOON + timedelta(days=2),
    )

    assert isinstance(late, Blocked)
    assert (late.code, late.call_off.state) == ("price_not_valid", State.APPROVED)
    assert "Das Angebot galt bis" in late.text


def test_a_quote_stays_as_written_and_stands_in_one_order_only(
    session: Session, world: World
) -> None:
    position = free_position(session, world, open_lot(session, world))
    taken = ordered(session, world, {position.number: 12})
    assert isinstance(taken, Submitted)
    session.commit()

    for statement in (
        "UPDATE free_position SET unit_price = 1",
        "UPDATE free_position SET file_sha256 = 'x'",
        "DELETE FROM free_position",
        "UPDATE call_off_line SET article_id = 1",
    ):
        with pytest.raises(DatabaseError):
            session.execute(text(statement))
        session.rollback()


def test_orders_that_race_for_the_cap_or_for_one_quote_never_exceed_either(
    database: Database,
) -> None:
    with database.sessions.begin() as session:
        world = ready(session)
        lot = open_lot(session, world)
        lot.maximum_value = Money.euros("9000.00")  # three of 2.988 Euro
        numbers = [free_position(session, world, lot).number for _ in range(6)]
        lot_id = lot.id

    def order(number: str) -> str:
        try:
            with database.sessions.begin() as session:
                result = ordered(session, world, {number: 12})
                return result.code if isinstance(result, Refused) else "taken"
        except Conflict as late:
            return late.code

    with ThreadPoolExecutor(6) as pool:
        answers = sorted(pool.map(order, [*numbers, *numbers]))

    assert answers.count("taken") == 3
    assert set(answers) <= {"taken", "ceiling_reached", "article_not_orderable"}
    with database.sessions.begin() as session:
        lot = session.get_one(Lot, lot_id)
        assert lot.reserved_value == Money.euros("8964.00")
        assert session.scalar(select(func.count()).select_from(CallOff)) == 3


def test_a_free_position_reaches_delivery_invoice_report_and_cockpit(
    portal: Portal, session: Session, world: World
) -> None:
    lot = open_lot(session, world)
    position = free_position(session, world, lot)
    found = confirmed(session, world, {position.number: 12}, now=NOON)
    delivered(session, world, found, (position.number, 12, ()))
    session.commit()
    desk, orderer = portal.api(world.desk), portal.api(world.it)

    invoice = desk.post(f"/api/v1/call-offs/{found.number}/invoices", None).json()

    assert [line["name"] for line in invoice["lines"]] == [position.name]
    assert invoice["totals"]["net"] == "2988.00"
    received = orderer.post(f"/api/v1/call-offs/{found.number}/receipts", {})
    assert received.status_code in {200, 201}, received.text
    page = portal.signed_in(world.contracts).page(f"/cockpit/{world.framework.number}")
    assert "Freie Positionen der letzten zwölf Monate" in page
    assert "AN-4711" in page
    done = orderer.post(f"/api/v1/call-offs/{found.number}/moves", {"move": "complete"})
    assert done.status_code == 200, done.text
    report = compile_report(session, world.dessau, Month(2026, 11), NOON)
    (row,) = [one for one in report.categories if one.name == FREE_POSITIONS]
    assert (row.count, row.net) == (1, Money.euros("2988.00"))
    assert any("Außerhalb der Preislisten" in text for text in report.sections[1].sentences)


def test_a_placed_free_position_may_shrink_but_never_grow(
    portal: Portal, session: Session, world: World
) -> None:
    position = free_position(session, world, open_lot(session, world))
    found = confirmed(session, world, {position.number: 12}, now=NOON)
    session.commit()
    here, orderer = f"/api/v1/call-offs/{found.number}/changes", portal.api(world.it)

    more = orderer.post(
        here, {"lines": [{"sku": position.number, "quantity": 13}], "reason": "mehr"}
    )
    fewer = orderer.post(
        here, {"lines": [{"sku": position.number, "quantity": 10}], "reason": "weniger"}
    )

    assert (more.status_code, fewer.status_code) == (422, 201)
    assert "für 12 Stück" in more.text
