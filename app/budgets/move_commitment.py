"""Changing what an order holds: a changed, cancelled or rejected order moves its commitment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.budgets.funds import Because, Step, budgets_of, move_all, write_down
from app.budgets.records import Budget, BudgetMovement
from app.budgets.rules import Account, Booking, Charge, NoFunds
from app.kernel.money import NOTHING, Money

NOTHING_LEFT: Final[Mapping[Account, Money]] = {}


@dataclass(frozen=True, slots=True)
class Holding:
    """What an order holds of one budget, and what its invoices took."""

    account: Account
    budget_id: int
    committed: Money
    actual: Money


def move_commitment(
    session: Session,
    member_id: int,
    number: str,
    amounts: Mapping[Account, Money],
    because: Because,
    now: datetime,
) -> tuple[Charge, ...] | NoFunds:
    """From now on order `number` costs `amounts` in all, gross, invoiced parts included.

    More needs room under a hard limit, less is given back; on NoFunds nothing has changed. An
    order from before its member had budgets is not watched. `NOTHING_LEFT` releases the rest.
    """
    held = held_by(session, member_id, number)
    if not held:
        return ()
    known = {one.account: one for one in held}
    budgets = budgets_of(session, member_id)
    steps = [
        Step(one, budget_id, _change(known.get(one), amounts.get(one, NOTHING)))
        for one, budget_id in budgets.items()
        if one in known or one in amounts
    ]
    steps = [step for step in steps if step.held]
    moved = move_all(session, steps)
    if isinstance(moved, NoFunds):
        return moved
    booking = Booking.ADJUST if amounts else Booking.RELEASE
    write_down(session, member_id, steps, booking, because, now)
    return moved


def held_by(session: Session, member_id: int, number: str) -> tuple[Holding, ...]:
    """What the order holds by budget; nothing, and no statement, where there are no budgets."""
    if not budgets_of(session, member_id):
        return ()
    moved = BudgetMovement
    rows = session.execute(
        select(
            Budget.year,
            Budget.product_account,
            Budget.id,
            func.sum(moved.committed),
            func.sum(moved.actual),
        )
        .join(Budget, Budget.id == moved.budget_id)
        .where(moved.member_id == member_id, moved.subject == number)
        .group_by(Budget.year, Budget.product_account, Budget.id)
        .order_by(Budget.id)
    )
    return tuple(
        Holding(Account(year, account), budget_id, committed, actual)
        for year, account, budget_id, committed, actual in rows
    )


def _change(held: Holding | None, total: Money) -> Money:
    """What is taken by invoices is no commitment any more; never below nothing."""
    if held is None:
        return total
    return max(total - held.actual, NOTHING) - held.committed
