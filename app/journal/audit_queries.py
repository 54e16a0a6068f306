"""Reads for the auditor: chains, refused attempts, all call-offs by number."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app.audit.records import AuditEvent, AuditStream
from app.database.tenant import Tenant
from app.eligibility.records import EligibilityDecision
from app.frameworks.records import Framework
from app.journal.rules_words import actions_called
from app.kernel.errors import NotFound
from app.kernel.money import Money
from app.members.records import Member
from app.ordering.trail_records import RefusedAttempt

PAGE_SIZE: Final = 50


@dataclass(frozen=True, slots=True)
class Attempt:
    """An order that was not taken, with its member, agreement and decision."""

    at: datetime
    member_name: str
    framework_number: str
    code: str
    text: str
    value: Money
    decision: str
    outcome: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Attempts:
    """One page of refused attempts, the latest first."""

    rows: tuple[Attempt, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Events:
    """One page of a chain, the latest first."""

    stream: AuditStream
    rows: Sequence[AuditEvent]
    total: int


def streams(session: Session) -> Sequence[AuditStream]:
    """All chains by name, with length and head."""
    return session.scalars(select(AuditStream).order_by(AuditStream.name)).all()


def events(session: Session, stream: str, text: str, page: int) -> Events:
    """Rows of a chain whose action (code or German words) or subject contains `text`.

    NotFound for an unknown chain.
    """
    found = session.get(AuditStream, stream)
    if found is None:
        raise NotFound("Diese Protokollkette gibt es nicht.")
    conditions = [AuditEvent.stream == stream]
    if wanted := text.strip():
        conditions.append(
            or_(
                AuditEvent.subject.icontains(wanted, autoescape=True),
                AuditEvent.action.icontains(wanted, autoescape=True),
                AuditEvent.action.in_(actions_called(wanted)),
            )
        )
    total = session.scalar(select(func.count(AuditEvent.id)).where(*conditions)) or 0
    rows = session.scalars(
        select(AuditEvent)
        .where(*conditions)
        .order_by(AuditEvent.position.desc())
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    ).all()
    return Events(found, rows, total)


def refused_attempts(session: Session, tenant: Tenant, page: int) -> Attempts:
    """What was wanted and not placed; every row has its decision."""
    own = tenant.owns(RefusedAttempt.member_id)
    total = session.scalar(select(func.count(RefusedAttempt.id)).where(own)) or 0
    found = session.execute(
        select(
            RefusedAttempt,
            Member.name.label("member_name"),
            Framework.number.label("framework_number"),
            EligibilityDecision.public_id,
            EligibilityDecision.outcome,
            EligibilityDecision.sha256,
        )
        .join(Member, Member.id == RefusedAttempt.member_id)
        .join(EligibilityDecision, EligibilityDecision.id == RefusedAttempt.decision_id)
        .join(Framework, Framework.id == EligibilityDecision.framework_id)
        .where(own)
        .order_by(RefusedAttempt.id.desc())
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    ).all()
    rows = tuple(
        Attempt(
            at=row[0].at,
            member_name=row.member_name,
            framework_number=row.framework_number,
            code=row[0].code,
            text=row[0].text,
            value=row[0].value,
            decision=row.public_id,
            outcome=row.outcome,
            sha256=row.sha256,
        )
        for row in found
    )
    return Attempts(rows, total)
