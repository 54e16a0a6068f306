"""Holding funds: each step is one conditional UPDATE, the CHECK has the last word.

Submitting holds, an invoice turns what is held into what is taken, the rest is released. Budgets
are locked by id, after the lots of the agreement, so nobody waits in a circle.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, Update, bindparam, case, insert, or_, select, update
from sqlalchemy.orm import Session

from app.budgets.records import Budget, BudgetMovement
from app.budgets.rules import Account, Booking, Charge, Limit, NoFunds, Standing
from app.database.base import table_of
from app.database.marks import BUDGETS, REGISTER, Kept
from app.database.together import write
from app.kernel.money import NOTHING, Money

_BUDGET: Final = table_of(Budget)
_USED: Final = (
    _BUDGET.c.committed
    + bindparam("held", type_=_BUDGET.c.committed.type)
    + _BUDGET.c.actual
    + bindparam("taken", type_=_BUDGET.c.actual.type)
)
_SEEN: Final = (_BUDGET.c.amount, _BUDGET.c.committed, _BUDGET.c.actual, _BUDGET.c.limit_kind)
_MOVED: Final = {
    "committed": _BUDGET.c.committed + bindparam("held"),
    "actual": _BUDGET.c.actual + bindparam("taken"),
}
_THIS: Final = _BUDGET.c.id == bindparam("budget")
# Built once for the process.
MOVE_IF_ROOM: Final = (
    update(_BUDGET)
    .where(_THIS, or_(_BUDGET.c.limit_kind != Limit.HARD.value, _BUDGET.c.amount >= _USED))
    .values(_MOVED)
    .returning(*_SEEN)
)
# What is given back needs no room, and what is invoiced is owed: it is counted as overrun.
MOVE: Final = (
    update(_BUDGET)
    .where(_THIS)
    .values(
        _MOVED
        | {
            "overrun": case(
                (_BUDGET.c.amount + _BUDGET.c.overrun < _USED, _USED - _BUDGET.c.amount),
                else_=_BUDGET.c.overrun,
            )
        }
    )
    .returning(*_SEEN)
)
WRITE_DOWN: Final = insert(table_of(BudgetMovement))
_OF_MEMBERS: Final[Kept[Mapping[Account, int]]] = Kept(most=2_000, marks=(REGISTER, BUDGETS))


@dataclass(frozen=True, slots=True)
class Because:
    """Which order (and invoice) moves a budget, by whom, and why."""

    subject: str
    person_id: int | None = None
    invoice: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """By how much one budget's two columns change."""

    account: Account
    budget_id: int
    held: Money
    taken: Money = NOTHING


def budgets_of(session: Session, member_id: int) -> Mapping[Account, int]:
    """The member's budgets; that there are none costs no statement once it is known."""

    def read() -> Mapping[Account, int]:
        rows = session.execute(
            select(Budget.year, Budget.product_account, Budget.id).where(
                Budget.member_id == member_id
            )
        )
        return {Account(year, number): budget_id for year, number, budget_id in rows}

    return _OF_MEMBERS.get(session, member_id, read)


def hold_funds(
    session: Session, member_id: int, amounts: Mapping[Account, Money]
) -> tuple[Charge, ...] | NoFunds:
    """Hold gross amounts on all budgets there are for them, or on none.

    Accounts without a budget are not watched. The order's number is drawn after this, so the
    ledger is written by `book_held`.
    """
    budgets = budgets_of(session, member_id)
    known = [Step(one, budgets[one], amounts[one]) for one in amounts if one in budgets]
    return move_all(session, known) if known else ()


def give_back_unbooked(session: Session, charges: Sequence[Charge]) -> None:
    """Undo `hold_funds` in the transaction that made it."""
    for one in charges:
        _move(session, Step(one.account, one.budget_id, -one.amount), MOVE)


def book_held(
    session: Session, member_id: int, charges: Sequence[Charge], because: Because, now: datetime
) -> None:
    """Put what this transaction held into the ledger."""
    steps = [Step(one.account, one.budget_id, one.amount) for one in charges]
    write_down(session, member_id, steps, Booking.COMMIT, because, now)


def move_all(session: Session, steps: Sequence[Step]) -> tuple[Charge, ...] | NoFunds:
    """All steps by budget id, or none; a step that only gives back always has room."""
    ordered = sorted(steps, key=lambda step: step.budget_id)
    charges: list[Charge] = []
    for at, step in enumerate(ordered):
        row = _move(session, step, MOVE_IF_ROOM if step.held > NOTHING else MOVE)
        if row is None:
            for other in ordered[:at]:
                _move(session, Step(other.account, other.budget_id, -other.held), MOVE)
            return _no_funds(session, step)
        charges.append(_charge(step, row))
    return tuple(charges)


def move_anyway(session: Session, steps: Sequence[Step]) -> None:
    """Invoices and what they give back: owed whatever the budget says."""
    for step in sorted(steps, key=lambda step: step.budget_id):
        _move(session, step, MOVE)


def write_down(
    session: Session,
    member_id: int,
    steps: Sequence[Step],
    booking: Booking,
    because: Because,
    now: datetime,
) -> None:
    """Into the ledger; a step that changes nothing leaves no row."""
    rows = [
        {
            "budget_id": step.budget_id,
            "member_id": member_id,
            "booking": booking,
            "subject": because.subject,
            "invoice": because.invoice,
            "amount": NOTHING,
            "committed": step.held,
            "actual": step.taken,
            "person_id": because.person_id,
            "reason": because.reason,
            "at": now,
        }
        for step in sorted(steps, key=lambda step: step.budget_id)
        if step.held or step.taken
    ]
    if rows:
        write(session, WRITE_DOWN, *rows)


def _move(session: Session, step: Step, statement: Update) -> Row[Any] | None:
    """What stands in the row afterwards; None where it has no room."""
    values = {"budget": step.budget_id, "held": step.held, "taken": step.taken}
    return session.connection().execute(statement, values).one_or_none()


def _charge(step: Step, row: Row[Any]) -> Charge:
    after = Standing(row.amount, row.committed, row.actual)
    return Charge(step.budget_id, step.account, step.held, Limit(row.limit_kind), after)


def _no_funds(session: Session, step: Step) -> NoFunds:
    seen = session.execute(select(*_SEEN).where(_THIS), {"budget": step.budget_id}).one()
    left = Standing(seen.amount, seen.committed, seen.actual).remaining
    return NoFunds(step.account, step.held, left)
