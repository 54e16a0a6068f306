"""Changes at the same time as other changes, as the desk, and as a second press of one link."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.approvals.records import Approval
from app.audit.verify import verify_chains
from app.budgets.check_budgets import check_budgets
from app.budgets.open_budget import BudgetWish, Keeper, open_budget
from app.budgets.records import Budget
from app.budgets.rules import Account, Limit
from app.database.tenant import EVERY_MEMBER, Tenant
from app.frameworks.drawing.check_ledger import check_ledger
from app.fulfilment.record_delivery import record_delivery
from app.fulfilment.rules import DeliveredLine
from app.kernel.errors import DomainError
from app.kernel.money import Money
from app.ordering.approving.decide_by_link import LinkDone, LinkWord, decide_by_link
from app.ordering.changing.answer_change import answer_change
from app.ordering.changing.approve_change import approve_change
from app.ordering.changing.ask_change import ask_change
from app.ordering.changing.enter_change import ChangeWish
from app.ordering.changing.queries import change_of
from app.ordering.changing.records import CallOffChange
from app.ordering.changing.rules import Answer, ChangeState, Said
from app.ordering.queries import call_off, lock_call_off
from app.ordering.rules import State
from app.ordering.steps.confirm_call_off import confirm_call_off
from app.ordering.submission import Refused
from app.ordering.wanted import Actor
from tests.support.approvals import link_of
from tests.support.clock import NOON
from tests.support.databases import Database
from tests.support.orders import confirmed, placed, ready, submitted
from tests.support.world import ACCOUNT, MONITOR, NOTEBOOK, World, lot_of, second_notebook

YES = Said(Answer.ACCEPTED)
ONE_NOTEBOOK = Money.euros("938.91")  # 789.00 and 19 % of it
Work = Callable[[Session], object]


def at_once(database: Database, works: list[Work]) -> Counter[str]:
    """How each ended: `done`, the code of its refusal on record or of its error."""
    start = Barrier(len(works))

    def run(work: Work) -> str:
        start.wait()
        try:
            with database.sessions.begin() as session:
                result = work(session)
        except DomainError as error:
            return error.code
        return result.code if isinstance(result, Refused) else "done"

    with ThreadPoolExecutor(len(works)) as pool:
        return Counter(pool.map(run, works))


def asking(world: World, number: str, pieces: dict[str, int]) -> Work:
    actor, mine = Actor(world.it.id, world.dessau.id), Tenant(world.dessau.id)
    wish = ChangeWish(pieces, "Neue Stellen")
    return lambda session: ask_change(session, actor, number, mine, wish, NOON)


def answering(world: World, number: str, sku: str) -> Work:
    actor = Actor(world.desk.id, None)
    return lambda session: answer_change(session, actor, number, 1, {sku: YES}, NOON)


def approving(world: World, number: str) -> Work:
    actor, mine = Actor(world.approver.id, world.dessau.id), Tenant(world.dessau.id)
    return lambda session: approve_change(session, actor, number, mine, 1, NOON)


def whole(session: Session) -> bool:
    """Every book says the same as the totals beside it."""
    books = (*check_ledger(session), *check_budgets(session))
    return books == () and verify_chains(session).holds


def test_five_orders_grow_into_the_last_two_pieces_of_a_ceiling(
    database: Database, session: Session
) -> None:
    world = ready(session)
    numbers = [placed(session, world, {NOTEBOOK: 1}) for _ in range(5)]
    lot_of(session, NOTEBOOK).maximum_quantity = 5 + 2
    session.commit()

    ends = at_once(database, [asking(world, number, {NOTEBOOK: 2}) for number in numbers])

    assert ends == {"done": 2, "ceiling_reached": 3}
    session.expire_all()
    lot = lot_of(session, NOTEBOOK)
    assert (lot.reserved_quantity, lot.called_off_quantity) == (2, 5)
    assert session.scalar(select(func.count()).select_from(CallOffChange)) == 2
    assert whole(session)


def test_orders_that_move_pieces_between_two_full_lots_never_wait_in_a_circle(
    database: Database, session: Session
) -> None:
    world = ready(session)
    numbers = [placed(session, world, {NOTEBOOK: 2, MONITOR: 2}) for _ in range(4)]
    there, back = {NOTEBOOK: 1, MONITOR: 3}, {NOTEBOOK: 3, MONITOR: 1}
    for at, number in enumerate(numbers):
        asking(world, number, back if at % 2 else there)(session)
        said = {NOTEBOOK: YES, MONITOR: YES}
        answer_change(session, Actor(world.desk.id, None), number, 1, said, NOON)
    assert [lot_of(session, sku).reserved_quantity for sku in (NOTEBOOK, MONITOR)] == [2, 2]
    session.commit()

    ends = at_once(database, [approving(world, number) for number in numbers])

    assert ends == {"done": 4}
    session.expire_all()
    lots = [lot_of(session, sku) for sku in (NOTEBOOK, MONITOR)]
    assert [(lot.reserved_quantity, lot.called_off_quantity) for lot in lots] == [(0, 8), (0, 8)]
    assert whole(session)


def test_a_full_ceiling_takes_swaps_inside_a_lot_and_no_piece_more(
    database: Database, session: Session
) -> None:
    world = ready(session)
    second = second_notebook(session)
    numbers = [placed(session, world, {NOTEBOOK: 3, second.sku: 1}) for _ in range(4)]
    lot_of(session, NOTEBOOK).maximum_quantity = 16 + 1
    session.commit()
    swap, more = {NOTEBOOK: 1, second.sku: 3}, {NOTEBOOK: 2, second.sku: 3}

    wishes = [asking(world, number, swap if at < 2 else more) for at, number in enumerate(numbers)]
    ends = at_once(database, wishes)

    assert ends == {"done": 3, "ceiling_reached": 1}
    session.expire_all()
    lot = lot_of(session, NOTEBOOK)
    assert (lot.reserved_quantity, lot.called_off_quantity) == (1, 16)
    assert whole(session)


def test_five_orders_grow_into_the_last_two_notebooks_of_a_budget(
    database: Database, session: Session
) -> None:
    world = ready(session)
    amount = ONE_NOTEBOOK * (5 + 2) + Money.euros("938.90")
    wish = BudgetWish(Account(2026, ACCOUNT), "IT: Geräte", amount, Limit.HARD)
    budget = open_budget(session, Keeper(world.dessau.id, world.member_admin.id), wish, NOON)
    numbers = [placed(session, world, {NOTEBOOK: 1}) for _ in range(5)]
    for number in numbers:
        asking(world, number, {NOTEBOOK: 2})(session)
        answering(world, number, NOTEBOOK)(session)
    session.commit()

    ends = at_once(database, [approving(world, number) for number in numbers])

    assert ends == {"done": 2, "budget_exceeded": 3}
    session.expire_all()
    assert session.get_one(Budget, budget.id).committed == ONE_NOTEBOOK * (5 + 2)
    lot = lot_of(session, NOTEBOOK)
    assert (lot.reserved_quantity, lot.called_off_quantity) == (3, 7)
    assert whole(session)


def test_less_and_the_delivery_of_all_at_the_same_time_leave_exactly_one(
    database: Database, session: Session
) -> None:
    world = ready(session)
    number = confirmed(session, world, {MONITOR: 2}).number
    asking(world, number, {MONITOR: 1})(session)
    session.commit()

    def deliver(session: Session) -> object:
        found = lock_call_off(session, number, EVERY_MEMBER)
        line = DeliveredLine(MONITOR, 2)
        return record_delivery(session, found, (line,), Actor(world.desk.id, None), NOON)

    ends = at_once(database, [deliver, answering(world, number, MONITOR)])

    assert ends["done"] == 1
    session.expire_all()
    found = call_off(session, number, EVERY_MEMBER)
    line = found.lines[0]
    change = change_of(session, found.id, 1)
    shipped = (State.DELIVERED, 2, 0, ChangeState.LAPSED)
    lessened = (State.CONFIRMED, 0, 1, ChangeState.DONE)
    assert (found.state, line.delivered, line.cancelled, change.state) in {shipped, lessened}
    assert lot_of(session, MONITOR).called_off_quantity == line.kept
    assert whole(session)


def test_a_change_and_the_desks_confirmation_at_the_same_time_both_hold(
    database: Database, session: Session
) -> None:
    world = ready(session)
    number = placed(session, world, {MONITOR: 2})
    asking(world, number, {MONITOR: 1})(session)
    session.commit()
    desk = Actor(world.desk.id, None)

    ends = at_once(
        database,
        [
            lambda session: confirm_call_off(session, desk, number, EVERY_MEMBER, NOON),
            answering(world, number, MONITOR),
        ],
    )

    assert ends == {"done": 2}
    session.expire_all()
    found = call_off(session, number, EVERY_MEMBER)
    assert (found.state, found.lines[0].kept) == (State.CONFIRMED, 1)
    assert lot_of(session, MONITOR).called_off_quantity == 1
    assert whole(session)


@pytest.mark.parametrize("over", ["an order", "a change"])
def test_one_link_pressed_six_times_at_once_decides_once(
    database: Database, session: Session, over: str
) -> None:
    world = ready(session)
    if over == "an order":
        subject = submitted(session, world, {NOTEBOOK: 1}, now=NOON)
    else:
        number = placed(session, world, {NOTEBOOK: 1})
        asking(world, number, {NOTEBOOK: 2})(session)
        answering(world, number, NOTEBOOK)(session)
        subject = f"{number}/1"
    token = link_of(session, world.approver).rpartition("/")[2]
    start = Barrier(6)

    def press(_: int) -> str:
        start.wait()
        result = decide_by_link(database.sessions, token, LinkWord(approve=True), NOON)
        return result.outcome if isinstance(result, LinkDone) else getattr(result, "code", "?")

    with ThreadPoolExecutor(6) as pool:
        ends = Counter(pool.map(press, range(6)))

    assert ends == {"placed" if over == "an order" else "changed": 1, "used": 5}
    spoken = select(func.count()).select_from(Approval).where(Approval.subject == subject)
    assert session.scalar(spoken) == 1
    session.expire_all()
    assert lot_of(session, NOTEBOOK).called_off_quantity == (1 if over == "an order" else 2)
    assert whole(session)
