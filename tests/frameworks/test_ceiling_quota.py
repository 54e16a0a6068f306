"""A member's quota: its own share of a lot, within the ceiling that all share."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.frameworks.agreement_records import FrameworkChange
from app.frameworks.amending.correct_use import Correction, correct_use
from app.frameworks.amending.set_quota import QuotaWish, set_quota
from app.frameworks.drawing.check_ledger import check_ledger
from app.frameworks.drawing.draw import Draw, Reserved, call_off, give_back, release, reserve
from app.frameworks.drawing.find_room import NoRoom
from app.frameworks.records import CeilingMovement, MemberQuota
from app.frameworks.rules_ceiling import Bound
from app.kernel.errors import Malformed
from app.kernel.money import Money
from app.ordering.placing.submit_call_off import submit_call_off
from app.ordering.submission import Refused, Submitted, no_room_text
from app.ordering.wanted import Actor, DeliverTo, Wanted
from tests.frameworks.limits import draw, held, limit_total, lots, quota_used, used
from tests.support.clock import NOON, TODAY
from tests.support.databases import Database
from tests.support.orders import placed, ready
from tests.support.world import ACCOUNT, MONITOR, NOTEBOOK, World, settled

REASON = "Verteilung nach Beschluss vom 12.11."


def give_quota(
    session: Session, world: World, value: str | None, quantity: int | None = None
) -> MemberQuota:
    """Of Dessau-Roßlau in lot 1."""
    amount = None if value is None else Money.euros(value)
    wish = QuotaWish(1, world.dessau.key, amount, quantity)
    return set_quota(session, world.contracts.id, world.framework.number, wish, REASON, NOON)


@pytest.fixture
def world(session: Session) -> World:
    found = settled(session)
    give_quota(session, found, "500.00", 5)
    session.commit()
    return found


def test_a_quota_stops_its_member_to_the_cent_and_nobody_else(
    session: Session, world: World
) -> None:
    notebooks, _ = lots(session)

    refused = held(session, draw(notebooks, "500.01", 1, world.dessau.id))

    assert isinstance(refused, NoRoom)
    assert (refused.bound, refused.remaining_value) == (Bound.QUOTA, Money.euros("500.00"))
    assert used(session) == [0, 0]
    assert isinstance(held(session, draw(notebooks, "500.00", 1, world.dessau.id)), Reserved)
    assert isinstance(held(session, draw(notebooks, "900.00", 9, world.magdeburg.id)), Reserved)
    assert quota_used(session) == (50000, 0, 1, 0)


def test_a_quota_stops_its_member_to_the_piece(session: Session, world: World) -> None:
    notebooks, _ = lots(session)

    refused = held(session, draw(notebooks, "1.00", 6, world.dessau.id))

    assert isinstance(refused, NoRoom)
    assert refused.remaining_quantity == 5
    assert no_room_text(refused) == (
        "Kontingent erreicht: Von Los 1 (Notebooks) sind für Ihre Organisation noch "
        "500,00 Euro netto und 5 Stück frei. "
        "Die Vertragsbetreuung kann Ihr Kontingent ändern, solange das Los reicht."
    )


def test_a_quota_refusal_gives_back_what_other_lots_held(session: Session, world: World) -> None:
    notebooks, monitors = lots(session)
    ours = world.dessau.id

    refused = held(session, draw(monitors, "10.00", 1, ours), draw(notebooks, "600.00", 1, ours))

    assert isinstance(refused, NoRoom)
    assert used(session) == [0, 0]


def test_a_quota_follows_every_step_of_an_order(session: Session, world: World) -> None:
    notebooks, _ = lots(session)
    drawn = draw(notebooks, "400.00", 4, world.dessau.id)

    held(session, drawn)
    assert quota_used(session) == (40000, 0, 4, 0)
    call_off(session, [drawn], "A-1", NOON)
    assert quota_used(session) == (0, 40000, 0, 4)
    give_back(session, [draw(notebooks, "100.00", 1, world.dessau.id)], "A-1", NOON)
    assert quota_used(session) == (0, 30000, 0, 3)
    held(session, draw(notebooks, "50.00", 1, world.dessau.id), subject="A-2")
    release(session, [draw(notebooks, "50.00", 1, world.dessau.id)], "A-2", NOON)
    assert quota_used(session) == (0, 30000, 0, 3)
    assert check_ledger(session) == ()


def test_a_quota_begins_with_what_its_member_has_drawn_before(session: Session) -> None:
    world = ready(session)
    placed(session, world, {NOTEBOOK: 2})
    placed(session, world, {NOTEBOOK: 1}, of=world.magdeburg)

    give_quota(session, world, "2000.00", 9)

    assert quota_used(session) == (0, 157800, 0, 2)
    assert check_ledger(session) == ()


def test_a_quota_below_what_is_drawn_is_refused_at_the_field(session: Session) -> None:
    world = ready(session)
    placed(session, world, {NOTEBOOK: 2})

    with pytest.raises(Malformed) as refused:
        give_quota(session, world, "1577.99", 1)

    assert [(error.field, error.code) for error in refused.value.errors] == [
        ("value", "below_drawn"),
        ("quantity", "below_drawn"),
    ]
    assert session.scalars(select(MemberQuota)).all() == []


def test_setting_a_quota_needs_a_reason_and_is_logged(session: Session, world: World) -> None:
    change = session.scalars(select(FrameworkChange)).one()
    assert change.what == "Los 1, Stadt Dessau-Roßlau: 500,00\u00a0€ und 5 Stück"
    assert change.reason == REASON

    with pytest.raises(Malformed) as refused:
        set_quota(
            session,
            world.contracts.id,
            world.framework.number,
            QuotaWish(1, world.dessau.key, None, 9),
            " ",
            NOON,
        )

    assert [error.field for error in refused.value.errors] == ["reason"]


def test_a_lifted_quota_stops_nobody_and_still_counts(session: Session, world: World) -> None:
    notebooks, _ = lots(session)
    give_quota(session, world, None)

    assert isinstance(held(session, draw(notebooks, "9000.00", 9, world.dessau.id)), Reserved)
    assert quota_used(session) == (900000, 0, 9, 0)


@pytest.mark.usefixtures("world")
def test_the_database_itself_refuses_to_pass_a_quota(session: Session) -> None:
    with pytest.raises(IntegrityError):
        session.execute(text("UPDATE member_quota SET called_off_value = 50001"))
    session.rollback()
    with pytest.raises(IntegrityError):
        session.execute(text("UPDATE member_quota SET reserved_quantity = 6"))


def test_two_hundred_draws_on_the_last_pieces_of_a_quota_take_exactly_these(
    database: Database,
) -> None:
    with database.sessions.begin() as session:
        world = settled(session)
        give_quota(session, world, None, 5)
        notebooks = lots(session)[0].id

    def order(number: int) -> bool:
        member = world.dessau if number % 2 else world.magdeburg
        with database.sessions.begin() as session:
            taken = reserve(session, [Draw(notebooks, Money(100), 1, member.id)], TODAY)
            return isinstance(taken, Reserved)

    with ThreadPoolExecutor(8) as pool:
        taken = sum(pool.map(order, range(200)))

    assert taken == 105
    with database.sessions() as session:
        assert quota_used(session)[2] == 5
        assert used(session)[0] == 10500


def test_a_submission_above_the_quota_is_refused_by_rule_f05(session: Session) -> None:
    world = ready(session)
    give_quota(session, world, None, 1)
    session.commit()

    result = placed_or_refused(session, world, {NOTEBOOK: 2})

    assert isinstance(result, Refused)
    assert result.code == "ceiling_reached"
    [failed] = result.assessment.failed
    assert failed.text == (
        "Kontingent Ihrer Organisation erreicht: "
        "Ihr Kontingent in Los 1 hat noch 1 Stück, gebraucht werden 2."
    )
    assert used(session) == [0, 0]


def test_a_submission_above_the_quota_in_euros_is_refused_and_one_within_is_taken(
    session: Session,
) -> None:
    world = ready(session)
    give_quota(session, world, "1000.00")
    session.commit()

    result = placed_or_refused(session, world, {NOTEBOOK: 2})

    assert isinstance(result, Refused)
    assert result.code == "ceiling_reached"
    assert used(session) == [0, 0]
    assert isinstance(placed_or_refused(session, world, {NOTEBOOK: 1}), Submitted)
    assert used(session) == [78900, 0]


def placed_or_refused(session: Session, world: World, quantities: dict[str, int]) -> object:
    wanted = Wanted(
        quantities=quantities,
        purpose="Ersatz",
        product_account=ACCOUNT,
        deliver_to=DeliverTo("IT-Lager", "Zerbster Straße 4", "06844", "Dessau-Roßlau"),
    )
    actor = Actor(world.it.id, world.dessau.id)
    return submit_call_off(session, actor, world.dessau.id, wanted, NOON)


def test_a_correction_upwards_needs_room_like_any_call_off(session: Session, world: World) -> None:
    wish = Correction(1, Money.euros("500.01"), 1, world.dessau.key)

    refused = correct_use(
        session, world.contracts.id, world.framework.number, wish, "Meldung", NOON
    )

    assert isinstance(refused, NoRoom)
    assert refused.bound is Bound.QUOTA
    assert used(session) == [0, 0]


def test_a_correction_upwards_stops_at_lot_and_total(session: Session, world: World) -> None:
    limit_total(session, "700.00")
    for value, bound in (("1000000.01", Bound.LOT), ("700.01", Bound.TOTAL)):
        wish = Correction(1, Money.euros(value), 1)
        refused = correct_use(
            session, world.contracts.id, world.framework.number, wish, "Meldung", NOON
        )
        assert isinstance(refused, NoRoom)
        assert refused.bound is bound


def test_a_correction_is_in_the_ledger_with_person_and_reason(
    session: Session, world: World
) -> None:
    def correct(value: str, pieces: int) -> None:
        wish = Correction(1, Money.euros(value), pieces, world.dessau.key)
        reason = "Meldung des Auftragnehmers 11/2026"
        assert (
            correct_use(session, world.contracts.id, world.framework.number, wish, reason, NOON)
            is None
        )

    correct("300.00", 3)
    correct("-100.00", -1)

    moves = session.scalars(select(CeilingMovement).order_by(CeilingMovement.id)).all()
    assert [(one.move.value, one.called_off_value.cents, one.reason) for one in moves] == [
        ("correct", 30000, "Meldung des Auftragnehmers 11/2026"),
        ("correct", -10000, "Meldung des Auftragnehmers 11/2026"),
    ]
    assert {one.person_id for one in moves} == {world.contracts.id}
    assert quota_used(session) == (0, 20000, 0, 2)
    assert check_ledger(session) == ()


@pytest.mark.parametrize(
    ("value", "pieces", "field"),
    [
        pytest.param("-0.01", 0, "value", id="less than nothing"),
        pytest.param("0", -1, "quantity", id="less than no piece"),
        pytest.param("0", 0, "value", id="nothing"),
    ],
)
def test_a_correction_never_goes_below_zero(
    session: Session, world: World, value: str, pieces: int, field: str
) -> None:
    wish = Correction(1, Money.euros(value), pieces)

    with pytest.raises(Malformed) as refused:
        correct_use(session, world.contracts.id, world.framework.number, wish, "Meldung", NOON)

    assert [error.field for error in refused.value.errors] == [field]
    assert used(session) == [0, 0]


def test_a_ledger_that_does_not_add_up_is_found(session: Session) -> None:
    world = ready(session)
    placed(session, world, {MONITOR: 1})
    assert check_ledger(session) == ()

    session.execute(text("UPDATE lot SET called_off_value = called_off_value + 1 WHERE number = 2"))

    assert check_ledger(session) == (
        "RV-2026-01, Los 2: Die Summe der Bewegungen ergibt einen anderen Stand.",
    )
