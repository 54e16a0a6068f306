"""Booking an invoice: what the order held becomes what was spent; the difference is released."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from app.budgets.funds import Because, Step, move_anyway, write_down
from app.budgets.move_commitment import held_by
from app.budgets.rules import Account, Booking
from app.kernel.money import NOTHING, Money


def book_invoice(
    session: Session,
    member_id: int,
    amounts: Mapping[Account, Money],
    because: Because,
    now: datetime,
    *,
    is_last: bool,
) -> None:
    """`amounts` of invoice `because.invoice` by account, gross; after the last nothing is held.

    An invoice is owed: it passes a hard limit, if only by the cent that rounding costs.
    """
    held = held_by(session, member_id, because.subject)
    steps = []
    for one in held:
        amount = amounts.get(one.account, NOTHING)
        freed = one.committed if is_last else min(one.committed, amount)
        steps.append(Step(one.account, one.budget_id, -freed, amount))
    move_anyway(session, steps)
    write_down(session, member_id, steps, Booking.INVOICE, because, now)
