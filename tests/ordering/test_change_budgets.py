"""What changes of an order do to budgets, to the cent, and which part of a split line grows."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.approvals.records import Approval
from app.budgets.check_budgets import check_budgets
from app.budgets.open_budget import BudgetWish, Keeper, open_budget
from app.budgets.records import Budget
from app.budgets.rules import Account, Limit
from app.database.tenant import EVERY_MEMBER, Tenant
from app.kernel.errors import Malformed
from app.kernel.money import Money
from app.ordering.changing.answer_change import answer_change
from app.ordering.changing.approve_change import approve_change
from app.ordering.changing.ask_change import ask_change
from app.ordering.changing.enter_change import ChangeWish
from app.ordering.changing.queries import change_of
from app.ordering.changing.records import CallOffChange
from app.ordering.changing.rules import Answer, ChangeState, Said
from app.ordering.placing.submit_call_off import submit_call_off
from app.ordering.queries import call_off
from app.ordering.shares.rules_shares import Coding, Share
from app.ordering.shares.write_shares import shares_of
from app.ordering.steps.approve_call_off import approve_call_off
from app.ordering.submission import Refused, Submitted
from app.ordering.trail_records import RefusedAttempt
from app.ordering.wanted import Actor, DeliverTo, Wanted
from tests.support.application import Portal
from tests.support.clock import NOON
from tests.support.orders import placed, ready
from tests.support.world import ACCOUNT, NOTEBOOK, World, lot_of

ONE = Money.euros("938.91")  # 789.00 and 19 % of it
SCHOOLS = "2.1.1.01.525500"
YES = {NOTEBOOK: Said(Answer.ACCEPTED)}


def budget(session: Session, world: World, pieces: int, account: str = ACCOUNT) -> Budget:
    wish = BudgetWish(Account(2026, account), "IT: Geräte", ONE * pieces, Limit.HARD)
    return open_budget(session, Keeper(world.dessau.id, world.member_admin.id), wish, NOON)


def committed(session: Session, of: Budget) -> Money:
    session.flush()
    session.scalars(select(Budget), execution_options={"populate_existing": True}).all()
    assert check_budgets(session) == ()
    return of.committed


def changed(
    session: Session, world: World, number: str, pieces: int, part: int | None = None
) -> CallOffChange | Refused:
    """The last change of the order: asked, accepted and, where it grows, approved."""
    mine = Tenant(world.dessau.id)
    orderer, desk = Actor(world.it.id, world.dessau.id), Actor(world.desk.id, None)
    parts = {} if part is None else {NOTEBOOK: part}
    wish = ChangeWish({NOTEBOOK: pieces}, "Neue Stellen", parts=parts)
    asked = ask_change(session, orderer, number, mine, wish, NOON)
    assert isinstance(asked, CallOffChange), asked
    answered = answer_change(session, desk, number, asked.position, YES, NOON)
    if answered.state is ChangeState.DONE:
        return answered
    approver = Actor(world.approver.id, world.dessau.id)
    return approve_change(session, approver, number, mine, asked.position, NOON)


def test_a_change_binds_and_returns_the_budget_to_the_cent(session: Session) -> None:
    world = ready(session)
    it = budget(session, world, 6)
    number = placed(session, world, {NOTEBOOK: 4})
    assert committed(session, it) == ONE * 4

    changed(session, world, number, 6)
    assert committed(session, it) == ONE * 6
    changed(session, world, number, 1)
    assert committed(session, it) == ONE
    changed(session, world, number, 0)
    assert committed(session, it) == Money(0)


def test_no_room_in_the_budget_is_refused_on_record_and_the_order_stays(
    session: Session,
) -> None:
    world = ready(session)
    it = budget(session, world, 5)
    number = placed(session, world, {NOTEBOOK: 4})

    result = changed(session, world, number, 6)

    assert isinstance(result, Refused)
    assert result.code == "budget_exceeded"
    attempt = session.scalars(select(RefusedAttempt)).one()
    assert (attempt.call_off_number, attempt.code) == (number, "budget_exceeded")
    found = call_off(session, number, EVERY_MEMBER)
    assert (found.lines[0].kept, committed(session, it)) == (4, ONE * 4)
    assert change_of(session, found.id, 1).state is ChangeState.AGREED
    assert session.scalars(select(Approval).where(Approval.subject == f"{number}/1")).all() == []


def split_order(session: Session, world: World) -> str:
    """Three for the office on the order's account, one for a school on its own."""
    shares = (
        Share(NOTEBOOK, 3),
        Share(NOTEBOOK, 1, wanted_on=date(2026, 12, 1), coding=Coding(SCHOOLS)),
    )
    wanted = Wanted(
        quantities={NOTEBOOK: 4},
        purpose="Ersatz",
        product_account=ACCOUNT,
        deliver_to=DeliverTo("IT-Lager", "Zerbster Straße 4", "06844", "Dessau-Roßlau"),
        shares=shares,
    )
    orderer = Actor(world.it.id, world.dessau.id)
    made = submit_call_off(session, orderer, world.dessau.id, wanted, NOON)
    assert isinstance(made, Submitted), made
    approver = Actor(world.approver.id, world.dessau.id)
    approve_call_off(session, approver, made.number, Tenant(world.dessau.id), NOON)
    return made.number


def test_the_named_part_of_a_split_line_grows_and_its_account_pays(session: Session) -> None:
    world = ready(session)
    it, schools = budget(session, world, 3), budget(session, world, 3, SCHOOLS)
    number = split_order(session, world)
    assert (committed(session, it), committed(session, schools)) == (ONE * 3, ONE)

    changed(session, world, number, 6, part=2)

    found = call_off(session, number, EVERY_MEMBER)
    shares = shares_of(session, found.id)
    assert [share.quantity for share in shares] == [3, 1, 2]
    assert shares[2].coding == shares[1].coding
    assert (committed(session, it), committed(session, schools)) == (ONE * 3, ONE * 3)
    assert (found.lines[0].quantity, found.gross) == (6, ONE * 6)
    assert lot_of(session, NOTEBOOK).called_off_quantity == 6


@pytest.mark.parametrize("part", [None, 3])
def test_a_split_line_does_not_grow_without_saying_where(
    session: Session, part: int | None
) -> None:
    world = ready(session)
    number = split_order(session, world)

    with pytest.raises(Malformed, match="welcher Teil"):
        changed(session, world, number, 5, part=part)

    assert session.scalars(select(CallOffChange)).all() == []
    assert lot_of(session, NOTEBOOK).called_off_quantity == 4


def test_once_pieces_of_a_split_line_are_cancelled_no_part_of_it_grows(session: Session) -> None:
    world = ready(session)
    number = split_order(session, world)
    changed(session, world, number, 2)

    with pytest.raises(Malformed, match="als neuen Abruf"):
        changed(session, world, number, 3, part=1)


def test_the_form_asks_which_part_grows_and_says_what_is_missing_at_it(
    portal: Portal, session: Session, world: World
) -> None:
    here = f"/abrufe/{split_order(session, world)}/aendern"
    browser = portal.signed_in(world.it)
    assert 'name="teil-1"' in browser.page(here)

    wrong = browser.post(here, {"menge-1": "5", "grund": "Neue Stelle"})
    assert wrong.status_code == 422
    assert 'href="#teil-1"' in wrong.text
    assert (
        browser.post(here, {"menge-1": "5", "teil-1": "2", "grund": "Neue Stelle"}).status_code
        == 303
    )
