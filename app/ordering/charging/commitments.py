"""The commitments of a member for its finance system: one row per order and product account."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from app.budgets.budget_csv import comma
from app.budgets.records import Budget, BudgetMovement
from app.budgets.rules_columns import account_parts
from app.database.tenant import Tenant
from app.frameworks.records import Framework
from app.kernel.german import day
from app.kernel.legal_day import legal_day
from app.kernel.money import Money
from app.ordering.records import CallOff
from app.ordering.rules import STATE_WORDS
from app.ordering.shares.records import CallOffShare


@dataclass(frozen=True, slots=True)
class Commitment:
    """What one order holds and took of one budget."""

    call_off: CallOff
    budget: Budget
    creditor: str
    committed: Money
    actual: Money
    position: int
    cost_centres: tuple[str, ...]

    @property
    def fields(self) -> dict[str, str]:
        """By the names of `rules_columns.FIELDS`."""
        order, budget = self.call_off, self.budget
        product, ledger, finance = account_parts(budget.product_account)
        return {
            "number": order.number,
            "position": str(self.position),
            "year": str(budget.year),
            "account": budget.product_account,
            "product": product,
            "ledger": ledger,
            "finance": finance,
            "cost_centre": ", ".join(self.cost_centres),
            "investment": order.investment_number,
            "funding": order.funding_source,
            "budget": budget.name,
            "committed": comma(self.committed),
            "actual": comma(self.actual),
            "total": comma(self.committed + self.actual),
            "currency": "EUR",
            "creditor": self.creditor,
            "purpose": order.purpose,
            "state": STATE_WORDS[order.state],
            "ordered_on": day(legal_day(order.submitted_at)),
            "reference": order.your_reference,
        }


def commitments(
    session: Session, tenant: Tenant, year: int | None, *, only_open: bool
) -> tuple[Commitment, ...]:
    """By order and account; `only_open`: what still holds something."""
    moved = BudgetMovement
    sums = (
        select(
            moved.budget_id,
            moved.subject,
            func.sum(moved.committed).label("committed"),
            func.sum(moved.actual).label("actual"),
        )
        .where(tenant.owns(moved.member_id), moved.subject != "")
        .group_by(moved.budget_id, moved.subject)
        .subquery()
    )
    wanted = (
        select(CallOff, Budget, Framework.contracting_entity, sums.c.committed, sums.c.actual)
        .join(sums, sums.c.subject == CallOff.number)
        .join(Budget, Budget.id == sums.c.budget_id)
        .join(Framework, Framework.id == CallOff.framework_id)
        .where(tenant.reaches(CallOff.member_id, CallOff.unit_id))
        .order_by(CallOff.submitted_at, CallOff.id, Budget.year, Budget.product_account)
    )
    if year is not None:
        wanted = wanted.where(Budget.year == year)
    wanted = wanted.where(sums.c.committed != Money(0)) if only_open else wanted
    rows = session.execute(wanted).all()
    return _numbered(rows, _cost_centres(session, [row[0] for row in rows]))


def _numbered(
    rows: Sequence[Row[CallOff, Budget, str, Money, Money]],
    centres: dict[tuple[int, str], set[str]],
) -> tuple[Commitment, ...]:
    found: list[Commitment] = []
    for order, budget, creditor, committed, actual in rows:
        same = found and found[-1].call_off.id == order.id
        own = centres.get((order.id, budget.product_account)) or {order.cost_centre}
        position = found[-1].position + 1 if same else 1
        found.append(
            Commitment(
                order,
                budget,
                creditor,
                committed,
                actual,
                position,
                tuple(sorted(filter(None, own))),
            )
        )
    return tuple(found)


def _cost_centres(session: Session, orders: Sequence[CallOff]) -> dict[tuple[int, str], set[str]]:
    """Of orders whose lines are split: all that are charged on an account."""
    split = {order.id: order for order in orders if order.is_split}
    centres: dict[tuple[int, str], set[str]] = {}
    if not split:
        return centres
    for share in session.scalars(select(CallOffShare).where(CallOffShare.call_off_id.in_(split))):
        coding = share.share.coding.over(split[share.call_off_id].coding)
        key = (share.call_off_id, coding.product_account)
        centres.setdefault(key, set()).add(coding.cost_centre)
    return centres
