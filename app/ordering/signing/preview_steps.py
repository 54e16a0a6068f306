"""Which steps an order would need, said before it is sent; stores nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.approvals.open_path import plan_path
from app.approvals.rules_table import LIMIT_RULE, Asked
from app.approvals.table_queries import table_of_member, units_above
from app.kernel.money import Money
from app.members.records import Member
from app.ordering.price_lines import PricedLine
from app.ordering.signing.path_words import StepWords, planned_words
from app.ordering.signing.steps_of_order import (
    categories_of,
    decides_alone,
    has_table,
    ordered_shortly_before,
)


@dataclass(frozen=True, slots=True)
class WantedOrder:
    """What the table would ask about: who orders what for how much on which accounts."""

    title: str
    person_id: int
    lines: Sequence[PricedLine]
    value: Money
    account: str
    further_accounts: frozenset[str]
    unit_id: int | None


@dataclass(frozen=True, slots=True)
class PathPreview:
    """The steps of one of the orders to be; without steps the value limit decides."""

    title: str
    rule_title: str
    steps: tuple[StepWords, ...]


def preview_steps(
    session: Session, member: Member, orders: Iterable[WantedOrder], now: datetime
) -> tuple[PathPreview, ...]:
    """One per order; nothing, and no statement, where the member never had a table."""
    if not has_table(session, member.id):
        return ()
    return tuple(_preview(session, member, one, now) for one in orders)


def _preview(session: Session, member: Member, wanted: WantedOrder, now: datetime) -> PathPreview:
    nothing = PathPreview(wanted.title, LIMIT_RULE, ())
    if decides_alone(session, member, wanted.person_id, wanted.value, now):
        return nothing
    before = ordered_shortly_before(session, member, wanted.person_id, wanted.account, now)
    asked = Asked(
        value=wanted.value,
        counted=wanted.value + before,
        accounts=(wanted.further_accounts | {wanted.account}) - {""},
        categories=categories_of(session, [line.article.article_id for line in wanted.lines]),
        units=units_above(session, wanted.unit_id),
    )
    planned = plan_path(session, member.id, asked, wanted.person_id, now)
    if planned is None:
        return nothing
    rule_id, steps = planned
    titles = {rule.id: rule.title for rule, _ in table_of_member(session, member.id).dated}
    return PathPreview(wanted.title, titles[rule_id], planned_words(session, steps))
