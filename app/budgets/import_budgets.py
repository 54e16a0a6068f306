"""Taking over a list of budgets: each row gets a verdict, good rows are taken, others are not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.budgets.change_budget import BudgetChange, change_budget
from app.budgets.open_budget import BudgetWish, Keeper, open_budget
from app.budgets.records import Budget
from app.budgets.rules import Account
from app.budgets.rules_rows import BudgetRow
from app.kernel.errors import Malformed

REASON = "Übernahme aus einer Liste"


class Verdict(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Judged:
    """What becomes, or would become, of one row."""

    row: BudgetRow
    verdict: Verdict
    remark: str = ""


def import_budgets(
    session: Session, keeper: Keeper, rows: Sequence[BudgetRow], now: datetime, *, dry: bool
) -> tuple[Judged, ...]:
    """A dry run says the same and leaves nothing behind."""
    if not dry:
        return _take(session, keeper, rows, now)
    with session.begin_nested() as tried:
        judged = _take(session, keeper, rows, now)
        tried.rollback()
    return judged


def _take(
    session: Session, keeper: Keeper, rows: Sequence[BudgetRow], now: datetime
) -> tuple[Judged, ...]:
    known = {
        one.account: one
        for one in session.scalars(select(Budget).where(Budget.member_id == keeper.member_id))
    }
    first: dict[Account, int] = {}
    judged = []
    for row in rows:
        if row.fault:
            judged.append(Judged(row, Verdict.REFUSED, row.fault))
        elif row.account in first:
            text = f"Das Konto steht schon in Zeile {first[row.account]}."
            judged.append(Judged(row, Verdict.REFUSED, text))
        else:
            first[row.account] = row.line
            judged.append(_judge(session, keeper, row, known.get(row.account), now))
    return tuple(judged)


def _judge(
    session: Session, keeper: Keeper, row: BudgetRow, found: Budget | None, now: datetime
) -> Judged:
    reason = row.reason or REASON
    try:
        if found is None:
            wish = BudgetWish(row.account, row.name, row.amount, row.limit)
            open_budget(session, keeper, wish, now, reason)
            return Judged(row, Verdict.NEW)
        if (found.name, found.amount, found.limit) == (row.name, row.amount, row.limit):
            return Judged(row, Verdict.SAME)
        change = BudgetChange(row.name, row.amount, row.limit, reason)
        change_budget(session, keeper, found.id, change, now)
        return Judged(row, Verdict.CHANGED)
    except Malformed as refusal:
        return Judged(row, Verdict.REFUSED, " ".join(one.text for one in refusal.errors))
