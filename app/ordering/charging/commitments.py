"""The commitments of a member for its finance system: one row per order and product account."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from app.approvals.records import Approval
from app.approvals.rules import FUNDS
from app.budgets.budget_csv import comma
from app.budgets.records import Budget, BudgetMovement
from app.budgets.rules import Account
from app.budgets.rules_columns import account_parts
from app.database.tenant import Tenant
from app.frameworks.records import Framework
from app.kernel.german import day, moment
from app.kernel.legal_day import legal_day
from app.kernel.money import Money
from app.members.records import Member
from app.ordering.queries import labels
from app.ordering.records import CallOff
from app.ordering.rules import STATE_WORDS
from app.ordering.rules_funding import FINANCING_WORDS, closed_words
from app.ordering.shares.records import CallOffShare
from app.ordering.shares.rules_shares import Coding


@dataclass(frozen=True, slots=True)
class Commitment:
    """What one order holds and took of one budget; `codings` are those charged on its account."""

    call_off: CallOff
    budget: Budget
    creditor: str
    order_stop: date | None
    committed: Money
    actual: Money
    position: int
    codings: tuple[Coding, ...]
    funds_confirmed: str

    @property
    def fields(self) -> dict[str, str]:
        """By the names of `rules_columns.FIELDS`."""
        order, budget = self.call_off, self.budget
        product, ledger, finance = account_parts(budget.product_account)
        ordered_on = legal_day(order.submitted_at)
        financing = order.funding.financing
        stop = self.order_stop if self.order_stop and self.order_stop.year == budget.year else None
        return {
            "number": order.number,
            "position": str(self.position),
            "year": str(budget.year),
            "account": budget.product_account,
            "product": product,
            "ledger": ledger,
            "finance": finance,
            "cost_centre": _all(one.cost_centre for one in self.codings),
            "investment": _all(one.investment_number for one in self.codings),
            "funding": _all(one.funding_source for one in self.codings),
            "budget": budget.name,
            "committed": comma(self.committed),
            "actual": comma(self.actual),
            "total": comma(self.committed + self.actual),
            "currency": "EUR",
            "creditor": self.creditor,
            "purpose": order.purpose,
            "state": STATE_WORDS[order.state],
            "ordered_on": day(ordered_on),
            "reference": order.your_reference,
            "earmarked": _all(
                day(one.earmarked_until) for one in self.codings if one.earmarked_until
            ),
            "coverage": order.coverage_circle,
            "financing": "" if financing is None else FINANCING_WORDS[financing],
            "financing_note": order.financing_note,
            "funds": self.funds_confirmed,
            "order_stop": "" if stop is None else day(stop),
            "after_stop": "ja" if closed_words(stop, budget.year, ordered_on) else "",
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
        select(
            CallOff,
            Budget,
            Framework.contracting_entity,
            Member.order_stop_date,
            sums.c.committed,
            sums.c.actual,
        )
        .join(sums, sums.c.subject == CallOff.number)
        .join(Budget, Budget.id == sums.c.budget_id)
        .join(Framework, Framework.id == CallOff.framework_id)
        .join(Member, Member.id == CallOff.member_id)
        .where(tenant.reaches(CallOff.member_id, CallOff.unit_id))
        .order_by(CallOff.submitted_at, CallOff.id, Budget.year, Budget.product_account)
    )
    if year is not None:
        wanted = wanted.where(Budget.year == year)
    wanted = wanted.where(sums.c.committed != Money(0)) if only_open else wanted
    rows = session.execute(wanted).all()
    orders = [row[0] for row in rows]
    return _numbered(rows, _codings(session, orders), _confirmations(session, orders))


def _numbered(
    rows: Sequence[Row[CallOff, Budget, str, date | None, Money, Money]],
    codings: Mapping[tuple[int, Account], Sequence[Coding]],
    confirmed: Mapping[str, str],
) -> tuple[Commitment, ...]:
    found: list[Commitment] = []
    for order, budget, creditor, stop, committed, actual in rows:
        same = found and found[-1].call_off.id == order.id
        account = Account(budget.year, budget.product_account)
        found.append(
            Commitment(
                order,
                budget,
                creditor,
                stop,
                committed,
                actual,
                found[-1].position + 1 if same else 1,
                tuple(codings.get((order.id, account), ())) or (order.coding,),
                confirmed.get(order.number, ""),
            )
        )
    return tuple(found)


def _codings(
    session: Session, orders: Sequence[CallOff]
) -> dict[tuple[int, Account], list[Coding]]:
    """Of orders whose lines are split: all that are charged on an account."""
    split = {order.id: order for order in orders if order.is_split}
    codings: dict[tuple[int, Account], list[Coding]] = {}
    if not split:
        return codings
    shares = select(CallOffShare).where(CallOffShare.call_off_id.in_(split))
    for row in session.scalars(shares.order_by(CallOffShare.id)):
        order = split[row.call_off_id]
        coding = row.share.coding.over(order.coding)
        year = coding.budget_year or legal_day(order.submitted_at).year
        codings.setdefault((order.id, Account(year, coding.product_account)), []).append(coding)
    return codings


def _confirmations(session: Session, orders: Sequence[CallOff]) -> dict[str, str]:
    """Who ticked that funds are there, and when, by order; the last word counts."""
    numbers = {order.number for order in orders}
    spoken = session.scalars(
        select(Approval)
        .where(Approval.subject.in_(numbers), Approval.acknowledged.contains(FUNDS))
        .order_by(Approval.id)
    ).all()
    people = labels(session, {one.decided_by for one in spoken}) if spoken else {}
    return {
        one.subject: f"{people.get(one.decided_by, 'Genehmigung')}, {moment(one.at)}"
        for one in spoken
        if FUNDS in one.acknowledged.split()
    }


def _all(words: Iterable[str]) -> str:
    return ", ".join(sorted({word for word in words if word}))
