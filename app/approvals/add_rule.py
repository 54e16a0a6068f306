"""A new row of a member's rule table, at its end."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from app.approvals.records import ApprovalRule, ApprovalRuleStep
from app.approvals.rules_table import MOST_STEPS, RuleStep, numbered
from app.approvals.table_queries import table_of_member
from app.audit.append import Happening, append, member_stream
from app.catalog.records import Category
from app.database.base import table_of
from app.database.tenant import Tenant
from app.kernel.errors import FieldError, Malformed
from app.kernel.legal_day import legal_day
from app.kernel.money import NOTHING, Money
from app.members.deciders import approvers
from app.members.queries import member_of, unit

LONGEST_TITLE = 80
LONGEST_ACCOUNT = 60
MOST_RULES = 50
MOST_DAYS = 60


@dataclass(frozen=True, slots=True)
class RuleWish:
    """What the administrator of a member wants; what is empty fits every order."""

    title: str
    steps: tuple[RuleStep, ...]
    above: Money = NOTHING
    up_to: Money | None = None
    account: str = ""
    category_id: int | None = None
    unit_id: int | None = None
    escalate_after_days: int | None = None
    escalate_to: int | None = None


@dataclass(frozen=True, slots=True)
class TableKeeper:
    """Who keeps the table of which member."""

    person_id: int
    member_id: int

    @property
    def name(self) -> str:
        return f"person:{self.person_id}"


def add_rule(session: Session, by: TableKeeper, wish: RuleWish, now: datetime) -> int:
    """The new rule's id; it counts for orders submitted from now on. Malformed changes nothing."""
    _check(session, by.member_id, wish, now)
    last = select(func.max(ApprovalRule.position)).where(ApprovalRule.member_id == by.member_id)
    table = table_of(ApprovalRule)
    rule_id: int = session.execute(
        insert(table)
        .values(
            member_id=by.member_id,
            position=(session.scalar(last) or 0) + 1,
            title=wish.title,
            above=wish.above,
            up_to=wish.up_to,
            account=wish.account,
            category_id=wish.category_id,
            unit_id=wish.unit_id,
            escalate_after_days=wish.escalate_after_days,
            escalate_to=wish.escalate_to,
            added_by=by.person_id,
            added_at=now,
        )
        .returning(table.c.id)
    ).scalar_one()
    session.execute(
        insert(table_of(ApprovalRuleStep)),
        [
            {"rule_id": rule_id, "position": at, "stage": step.stage, "person_id": step.person_id}
            for at, step in enumerate(numbered(wish.steps), 1)
        ],
    )
    key = member_of(session, Tenant(by.member_id), by.member_id).key
    said: dict[str, object] = {"rule": rule_id, "title": wish.title, "steps": len(wish.steps)}
    happening = Happening("approval_rule.added", f"approval-rule:{rule_id}", by.name, said)
    append(session, member_stream(key), now, happening)
    return rule_id


def _check(session: Session, member_id: int, wish: RuleWish, now: datetime) -> None:
    faults = [*_faults_of_words(wish), *_faults_of_steps(wish)]
    able = {
        one.person_id
        for one in approvers(session, member_id, legal_day(now))
        if one.deputy_for is None
    }
    named = {step.person_id for step in wish.steps if step.person_id is not None}
    if named - able:
        text = "Bitte wählen Sie Personen, die bei Ihnen genehmigen dürfen."
        faults.append(FieldError("person1", "not_an_approver", text))
    if wish.escalate_to is not None and wish.escalate_to not in able:
        text = "Bitte wählen Sie eine Person, die bei Ihnen genehmigen darf."
        faults.append(FieldError("weiter_an", "not_an_approver", text))
    if len(table_of_member(session, member_id).rules(legal_day(now))) >= MOST_RULES:
        text = f"Mehr als {MOST_RULES} Regeln sind nicht möglich. Beenden Sie zuerst eine."
        faults.append(FieldError("titel", "too_many", text))
    if faults:
        raise Malformed(*faults)
    if wish.unit_id is not None:
        unit(session, Tenant(member_id), wish.unit_id)
    if wish.category_id is not None and session.get(Category, wish.category_id) is None:
        text = "Diese Warengruppe gibt es nicht."
        raise Malformed(FieldError("warengruppe", "unknown", text))


def _faults_of_words(wish: RuleWish) -> list[FieldError]:
    faults = []
    if not wish.title or len(wish.title) > LONGEST_TITLE:
        text = f"Bitte geben Sie der Regel einen Namen, höchstens {LONGEST_TITLE} Zeichen."
        faults.append(FieldError("titel", "missing", text))
    if len(wish.account) > LONGEST_ACCOUNT or "*" in wish.account[:-1]:
        text = "Bitte geben Sie ein Konto an; ein Stern darf nur am Ende stehen."
        faults.append(FieldError("konto", "malformed", text))
    if wish.above < NOTHING or (wish.up_to is not None and wish.up_to <= wish.above):
        text = "Der Wert „bis“ muss über dem Wert „über“ liegen."
        faults.append(FieldError("bis", "not_above", text))
    if wish.escalate_after_days is not None and not 1 <= wish.escalate_after_days <= MOST_DAYS:
        text = f"Bitte geben Sie 1 bis {MOST_DAYS} Tage an oder lassen Sie das Feld leer."
        faults.append(FieldError("weiter_nach", "out_of_range", text))
    return faults


def _faults_of_steps(wish: RuleWish) -> list[FieldError]:
    """At most five, each person once; one place is kept for the value limit where nobody has it."""
    named = [step.person_id for step in wish.steps if step.person_id is not None]
    by_limit = len(wish.steps) - len(named)
    if not wish.steps:
        return [FieldError("person1", "missing", "Bitte wählen Sie, wer genehmigt.")]
    if len(wish.steps) > MOST_STEPS or (len(wish.steps) == MOST_STEPS and not by_limit):
        text = (
            f"Höchstens {MOST_STEPS} Stufen sind möglich; bei {MOST_STEPS} muss eine "
            "nach Wertgrenze entscheiden."
        )
        return [FieldError("person1", "too_many", text)]
    if len(set(named)) != len(named):
        text = "Jede Person kann in einer Regel nur einmal genehmigen."
        return [FieldError("person1", "twice", text)]
    return []
