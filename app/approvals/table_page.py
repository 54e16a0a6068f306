"""The page of a member's rule table: the rows in words, the choices, and the dry run."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.records import Person
from app.approvals.forms import BY_LIMIT as BY_LIMIT_CHOICE
from app.approvals.open_path import plan_path
from app.approvals.rules_table import BY_LIMIT, LIMIT_RULE, Asked, RuleStep, TableRule
from app.approvals.table_queries import Table, categories_above, table_of_member, units_above
from app.catalog.records import Category
from app.database.tenant import Tenant
from app.kernel import german
from app.kernel.legal_day import legal_day
from app.kernel.money import Money
from app.members import queries as members
from app.members.deciders import approvers, deciders

NOBODY = 0


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One rule as people read it."""

    id: int
    title: str
    fits: str
    steps: tuple[str, ...]
    escalation: str


@dataclass(frozen=True, slots=True)
class TablePage:
    """Rules in their order, what can be chosen, and the member's settings."""

    rows: tuple[RuleRow, ...]
    table: Table
    people: tuple[tuple[str, str], ...]
    accounts: tuple[tuple[str, str], ...]
    categories: tuple[tuple[int, str], ...]
    units: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class DryRun:
    """Who would sign an order of this value on this account."""

    rule: str
    steps: tuple[str, ...]
    dead_end: bool


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked in a dry run."""

    value: Money
    account: str
    category_id: int | None = None
    unit_id: int | None = None
    orderer: int = NOBODY


def table_page(session: Session, member_id: int, now: datetime) -> TablePage:
    """Reads only."""
    tenant, today = Tenant(member_id), legal_day(now)
    table = table_of_member(session, member_id)
    units = tuple((one.id, one.name) for one in members.units(session, tenant))
    categories = _categories(session)
    words = _Words(
        _labels(session, table),
        dict(units),
        dict(categories),
    )
    own = {
        one.person_id: one.label
        for one in approvers(session, member_id, today)
        if one.deputy_for is None
    }
    return TablePage(
        rows=tuple(words.row(rule) for rule in table.rules(today)),
        table=table,
        people=(
            (BY_LIMIT_CHOICE, BY_LIMIT),
            *((str(person_id), label) for person_id, label in own.items()),
        ),
        accounts=tuple(
            (one.account, f"{one.account} {one.name}")
            for one in members.product_accounts(session, tenant)
        ),
        categories=categories,
        units=units,
    )


def dry_run(session: Session, member_id: int, asked: Question, now: datetime) -> DryRun:
    """The same rule and the same steps as at submission; nothing is counted together here."""
    groups = frozenset() if asked.category_id is None else frozenset({asked.category_id})
    question = Asked(
        asked.value,
        asked.value,
        frozenset({asked.account} - {""}),
        categories_above(session, groups),
        units_above(session, asked.unit_id),
    )
    planned = plan_path(session, member_id, question, asked.orderer, now)
    able = deciders(
        session, member_id, asked.value, excluding=asked.orderer or None, on=legal_day(now)
    )
    by_limit = ", ".join(one.label for one in able)
    if planned is None:
        return DryRun(LIMIT_RULE, (by_limit,) if able else (), not able)
    rule_id, steps = planned
    titles = {rule.id: rule.title for rule, _ in table_of_member(session, member_id).dated}
    names = _names(session, steps)
    said = tuple(
        f"Stufe {one.stage}: "
        + (f"{BY_LIMIT} ({by_limit})" if one.person_id is None else names[one.person_id])
        for one in steps
    )
    stuck = any(one.person_id is None for one in steps) and not able
    return DryRun(titles[rule_id], said, stuck)


@dataclass(frozen=True, slots=True)
class _Words:
    people: Mapping[int, str]
    units: Mapping[int, str]
    categories: Mapping[int, str]

    def row(self, rule: TableRule) -> RuleRow:
        return RuleRow(
            rule.id,
            rule.title,
            self._fits(rule),
            tuple(f"Stufe {one.stage}: {self._who(one.person_id)}" for one in rule.steps),
            self._escalation(rule),
        )

    def _fits(self, rule: TableRule) -> str:
        parts = (
            f"über {german.euro(rule.above)}" if rule.above else "",
            f"bis {german.euro(rule.up_to)}" if rule.up_to is not None else "",
            f"Konto {rule.account}" if rule.account else "",
            "" if rule.category_id is None else self.categories.get(rule.category_id, ""),
            "" if rule.unit_id is None else self.units.get(rule.unit_id, ""),
        )
        return ", ".join(part for part in parts if part) or "jeder Abruf"

    def _escalation(self, rule: TableRule) -> str:
        if rule.escalate_after_days is None:
            return ""
        days = "1 Tag" if rule.escalate_after_days == 1 else f"{rule.escalate_after_days} Tagen"
        return f"nach {days} auch {self._who(rule.escalate_to)}"

    def _who(self, person_id: int | None) -> str:
        return BY_LIMIT if person_id is None else self.people.get(person_id, "")


def _labels(session: Session, table: Table) -> dict[int, str]:
    named = {step.person_id for rule, _ in table.dated for step in rule.steps}
    named |= {rule.escalate_to for rule, _ in table.dated}
    return _people(session, named)


def _names(session: Session, steps: Sequence[RuleStep]) -> dict[int, str]:
    return _people(session, {one.person_id for one in steps})


def _people(session: Session, wanted: set[int | None]) -> dict[int, str]:
    ids = [one for one in wanted if one is not None]
    rows = session.execute(select(Person.id, Person.label).where(Person.id.in_(ids)))
    return {person_id: label for person_id, label in rows}  # noqa: C416 - rows


def _categories(session: Session) -> tuple[tuple[int, str], ...]:
    rows = session.execute(select(Category.id, Category.name).order_by(Category.name))
    return tuple((category_id, name) for category_id, name in rows)
