"""A cancelled invoice: what it took is held again, because its lines may be invoiced anew."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.budgets.funds import Because, Step, budgets_of, move_anyway, write_down
from app.budgets.records import Budget, BudgetMovement
from app.budgets.rules import Account, Booking


def take_back_invoice(session: Session, member_id: int, because: Because, now: datetime) -> None:
    """All that invoice `because.invoice` took; the sum of held and taken does not change."""
    if not budgets_of(session, member_id):
        return
    moved = BudgetMovement
    rows = session.execute(
        select(Budget.year, Budget.product_account, Budget.id, func.sum(moved.actual))
        .join(Budget, Budget.id == moved.budget_id)
        .where(moved.member_id == member_id, moved.invoice == because.invoice)
        .group_by(Budget.year, Budget.product_account, Budget.id)
    )
    steps = [
        Step(Account(year, number), budget_id, taken, -taken)
        for year, number, budget_id, taken in rows
    ]
    move_anyway(session, steps)
    write_down(session, member_id, steps, Booking.CANCEL_INVOICE, because, now)
