"""Many at once: the ceiling holds to the piece, one key gives one order, one word decides."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.approvals.records import Approval
from app.database.tenant import Tenant
from app.eligibility.records import EligibilityDecision
from app.kernel.money import Money
from app.ordering.placing.answer_once import Earlier, claim_key, keep_answer
from app.ordering.placing.submit_call_off import submit_call_off
from app.ordering.queries import call_off
from app.ordering.records import CallOff
from app.ordering.rules import Side, State
from app.ordering.steps.approve_call_off import approve_call_off
from app.ordering.steps.cancel_call_off import cancel_call_off
from app.ordering.steps.reject_call_off import reject_call_off
from app.ordering.submission import Refused
from app.ordering.trail_records import RefusedAttempt
from app.ordering.wanted import Actor, DeliverTo, Wanted
from tests.ordering.test_change_races import at_once, whole
from tests.support.clock import NOON
from tests.support.databases import Database
from tests.support.evidence import complete_evidence
from tests.support.orders import ready, submitted
from tests.support.world import ACCOUNT, NOTEBOOK, World, lot_of, settled

BUYERS = 200
LAST_PIECES = 5


@pytest.fixture
def world(database: Database) -> World:
    with database.sessions.begin() as session:
        found = settled(session)
        complete_evidence(session)
        lot = lot_of(session, NOTEBOOK)
        lot.maximum_quantity = LAST_PIECES
    return found


def one_piece() -> Wanted:
    return Wanted(
        quantities={NOTEBOOK: 1},
        purpose="Ersatz",
        product_account=ACCOUNT,
        deliver_to=DeliverTo("IT-Lager", "Zerbster Straße 4", "06844", "Dessau-Roßlau"),
    )


def test_two_hundred_orders_for_the_last_five_pieces_place_exactly_five(
    database: Database, world: World
) -> None:
    def order(number: int) -> str:
        member, person = (
            (world.dessau, world.it) if number % 2 else (world.magdeburg, world.it_magdeburg)
        )
        with database.sessions.begin() as session:
            result = submit_call_off(
                session, Actor(person.id, member.id), member.id, one_piece(), NOON
            )
            return result.code if isinstance(result, Refused) else "taken"

    with ThreadPoolExecutor(8) as pool:
        answers = Counter(pool.map(order, range(BUYERS)))

    assert answers == {"taken": LAST_PIECES, "ceiling_reached": BUYERS - LAST_PIECES}
    with database.sessions() as session:
        lot = lot_of(session, NOTEBOOK)
        assert lot.reserved_quantity == LAST_PIECES
        assert lot.reserved_value == Money.euros("3945.00")
        assert session.scalar(select(func.count()).select_from(CallOff)) == LAST_PIECES
        assert session.scalar(select(func.count()).select_from(EligibilityDecision)) == BUYERS
        refused = session.scalar(select(func.count()).select_from(RefusedAttempt))
        assert refused == BUYERS - LAST_PIECES


def test_fifty_presses_of_one_button_are_answered_by_the_first(
    database: Database, world: World
) -> None:
    def press(_: int) -> str:
        with database.sessions.begin() as session:
            claimed = claim_key(session, f"checkout:{world.dessau.id}", "k-1", "a" * 64, NOON)
            if isinstance(claimed, Earlier):
                return claimed.answer
            actor = Actor(world.it.id, world.dessau.id)
            result = submit_call_off(session, actor, world.dessau.id, one_piece(), NOON)
            assert not isinstance(result, Refused)
            keep_answer(session, claimed, result.number)
            return result.number

    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(press, range(50)))

    assert answers == {f"{world.dessau.key}-2026-0001"}
    with database.sessions() as session:
        assert session.scalar(select(func.count()).select_from(CallOff)) == 1


def test_approval_rejection_and_withdrawal_at_once_leave_one_outcome(
    database: Database, session: Session
) -> None:
    world = ready(session)
    number = submitted(session, world, {NOTEBOOK: 1})
    session.commit()
    mine, seen = Tenant(world.dessau.id), 1
    by_approver = Actor(world.approver.id, world.dessau.id)
    by_orderer = Actor(world.it.id, world.dessau.id)

    def approve(db: Session) -> object:
        return approve_call_off(db, by_approver, number, mine, NOON, seen=seen)

    def reject(db: Session) -> object:
        return reject_call_off(db, by_approver, number, mine, NOON, reason="Nein", seen=seen)

    def withdraw(db: Session) -> object:
        return cancel_call_off(
            db, by_orderer, number, mine, NOON, side=Side.ORDERER, reason="Doch nicht", seen=seen
        )

    ends = at_once(database, [approve, reject, withdraw] * 3)

    assert ends["done"] == 1
    assert ends.total() == 9
    assert set(ends) <= {"done", "stale_version", "illegal_move"}
    session.expire_all()
    order, lot = call_off(session, number, mine), lot_of(session, NOTEBOOK)
    called = 1 if order.state is State.PLACED else 0
    assert order.state in {State.PLACED, State.REJECTED, State.CANCELLED}
    assert (lot.reserved_quantity, lot.called_off_quantity) == (0, called)
    assert (session.scalar(select(func.count()).select_from(Approval)) or 0) <= 1
    assert whole(session)
