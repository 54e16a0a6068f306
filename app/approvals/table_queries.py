"""A member's rule table and settings; kept, so that members without a table cost nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.approvals.records import ApprovalRule, ApprovalRuleStep, ApprovalSettings
from app.approvals.rules_table import RuleStep, TableRule
from app.catalog.records import Category
from app.database.marks import CATALOG, REGISTER, Kept
from app.database.tenant import Tenant
from app.kernel.errors import NotFound
from app.kernel.money import Money
from app.members.records import Unit

PASSWORD_ABOVE: Final = Money.euros(5_000)
WINDOW_DAYS: Final = 7


@dataclass(frozen=True, slots=True)
class Table:
    """All rules that a member ever had with the day of their end, and its settings."""

    dated: tuple[tuple[TableRule, date | None], ...]
    window_days: int
    password_above: Money

    @property
    def ever_used(self) -> bool:
        return bool(self.dated)

    def rules(self, on: date) -> tuple[TableRule, ...]:
        """Those that count on the day, in the order in which they are asked."""
        return tuple(rule for rule, ended in self.dated if ended is None or on < ended)


_TABLES: Final[Kept[Table]] = Kept(most=500)
_UNITS: Final[Kept[frozenset[int]]] = Kept(most=2_000)
_CATEGORIES: Final[Kept[dict[int, int | None]]] = Kept(most=4, marks=(CATALOG, REGISTER))


def table_of_member(session: Session, member_id: int) -> Table:
    """Answered from what is kept as long as nobody changes a table."""
    return _TABLES.get(session, member_id, lambda: _read(session, member_id))


def _read(session: Session, member_id: int) -> Table:
    rows = session.scalars(
        select(ApprovalRule)
        .where(ApprovalRule.member_id == member_id)
        .order_by(ApprovalRule.position, ApprovalRule.id)
    ).all()
    steps = steps_of(session, [row.id for row in rows])
    chosen = session.get(ApprovalSettings, member_id)
    return Table(
        tuple((_rule(row, steps.get(row.id, ())), row.ended_on) for row in rows),
        WINDOW_DAYS if chosen is None else chosen.window_days,
        PASSWORD_ABOVE if chosen is None else chosen.password_above,
    )


def _rule(row: ApprovalRule, steps: tuple[RuleStep, ...]) -> TableRule:
    return TableRule(
        row.id,
        row.position,
        row.title,
        row.above,
        row.up_to,
        row.account,
        row.category_id,
        row.unit_id,
        row.escalate_after_days,
        row.escalate_to,
        steps,
    )


def steps_of(session: Session, rule_ids: Sequence[int]) -> dict[int, tuple[RuleStep, ...]]:
    """The signatures of each rule in their order."""
    found: dict[int, tuple[RuleStep, ...]] = {}
    if not rule_ids:
        return found
    for step in session.scalars(
        select(ApprovalRuleStep)
        .where(ApprovalRuleStep.rule_id.in_(rule_ids))
        .order_by(ApprovalRuleStep.rule_id, ApprovalRuleStep.position)
    ):
        found[step.rule_id] = (*found.get(step.rule_id, ()), RuleStep(step.stage, step.person_id))
    return found


def rule_row(session: Session, tenant: Tenant, rule_id: int) -> ApprovalRule:
    """NotFound for another member's rule and for one that has been ended."""
    found = session.scalar(
        select(ApprovalRule).where(
            ApprovalRule.id == rule_id,
            tenant.owns(ApprovalRule.member_id),
            ApprovalRule.ended_on.is_(None),
        )
    )
    if found is None:
        raise NotFound("Diese Regel gibt es nicht.")
    return found


def units_above(session: Session, unit_id: int | None) -> frozenset[int]:
    """The unit and all that it belongs to; empty without one."""
    if unit_id is None:
        return frozenset()
    return _UNITS.get(session, unit_id, lambda: _chain(session, unit_id))


def _chain(session: Session, unit_id: int) -> frozenset[int]:
    found: set[int] = set()
    here: int | None = unit_id
    while here is not None and here not in found:
        found.add(here)
        here = session.scalar(select(Unit.parent_id).where(Unit.id == here))
    return frozenset(found)


def categories_above(session: Session, category_ids: frozenset[int]) -> frozenset[int]:
    """The groups of goods and all that they belong to."""
    parents = _CATEGORIES.get(session, "parents", lambda: _parents(session))
    found: set[int] = set()
    for here in category_ids:
        above: int | None = here
        while above is not None and above not in found:
            found.add(above)
            above = parents.get(above)
    return frozenset(found)


def _parents(session: Session) -> dict[int, int | None]:
    rows = session.execute(select(Category.id, Category.parent_id))
    return {category_id: parent_id for category_id, parent_id in rows}  # noqa: C416 - rows
