"""Recomputing every budget from its movements: what stands in the columns must be their sum."""

from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.budgets.records import Budget, BudgetMovement
from app.kernel.money import NOTHING
from app.members.records import Member

DIFFERS: Final = "Die Summe der Bewegungen ergibt einen anderen Stand."


def check_budgets(session: Session) -> tuple[str, ...]:
    """One German sentence per budget whose columns and ledger differ."""
    moved = BudgetMovement
    sums = {
        budget_id: tuple(amounts)
        for budget_id, *amounts in session.execute(
            select(
                moved.budget_id,
                func.sum(moved.amount),
                func.sum(moved.committed),
                func.sum(moved.actual),
            ).group_by(moved.budget_id)
        )
    }
    rows = session.execute(
        select(Budget, Member.key).join(Member, Member.id == Budget.member_id).order_by(Budget.id)
    )
    return tuple(
        f"Budget {one.account.text} von {key}: {DIFFERS}"
        for one, key in rows
        if (one.amount, one.committed, one.actual) != sums.get(one.id, (NOTHING,) * 3)
    )
