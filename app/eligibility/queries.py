"""Named reads of decisions and of the evidence behind them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.database.tenant import Tenant
from app.eligibility.case import Case
from app.eligibility.plain import from_plain
from app.eligibility.records import EligibilityDecision, EvidenceDocument, Fact, Turnover
from app.eligibility.rules import Assessment, Outcome, RuleResult
from app.eligibility.snapshot import Recording
from app.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class Stored:
    """A decision as it was written; reading it judges nothing again."""

    case: Case
    assessment: Assessment
    recording: Recording
    text: str


def decision(session: Session, public_id: str, tenant: Tenant) -> EligibilityDecision:
    """One decision; another member's is NotFound."""
    found = session.scalars(
        select(EligibilityDecision).where(
            EligibilityDecision.public_id == public_id,
            tenant.owns(EligibilityDecision.member_id),
        )
    ).one_or_none()
    if found is None:
        raise NotFound("Diese Entscheidung gibt es nicht.")
    return found


def stored_decision(found: EligibilityDecision) -> Stored:
    """The decision's values, read back from its snapshot."""
    content: dict[str, Any] = json.loads(found.snapshot)
    rules = tuple(from_plain(RuleResult, rule) for rule in content["rules"])
    return Stored(
        case=from_plain(Case, content["case"]),
        assessment=Assessment(Outcome(content["outcome"]), rules),
        recording=from_plain(Recording, content["recording"]),
        text=content["text"],
    )


def decisions_of(
    session: Session, tenant: Tenant, member_id: int, limit: int = 50
) -> Sequence[EligibilityDecision]:
    """The latest decisions of a member, newest first."""
    return session.scalars(
        select(EligibilityDecision)
        .where(
            EligibilityDecision.member_id == member_id, tenant.owns(EligibilityDecision.member_id)
        )
        .order_by(EligibilityDecision.position.desc())
        .limit(limit)
    ).all()


def document(session: Session, number: int) -> EvidenceDocument:
    """A document's description; whoever calls has checked who may read evidence."""
    found = session.get(EvidenceDocument, number)
    if found is None:
        raise NotFound("Diesen Nachweis gibt es nicht.")
    return found


def documents_of(session: Session, member_id: int, on: date) -> Sequence[EvidenceDocument]:
    """A member's documents that count on a day, the newest first."""
    return session.scalars(
        select(EvidenceDocument)
        .where(
            EvidenceDocument.member_id == member_id,
            EvidenceDocument.valid_from <= on,
            or_(EvidenceDocument.valid_to.is_(None), EvidenceDocument.valid_to >= on),
        )
        .order_by(EvidenceDocument.document_date.desc(), EvidenceDocument.id.desc())
    ).all()


def facts_about(
    session: Session, scope_type: str, scope_key: str
) -> Sequence[tuple[Fact, EvidenceDocument | None]]:
    """Every fact ever entered about somebody, newest first, with its document."""
    return session.execute(
        select(Fact, EvidenceDocument)
        .outerjoin(EvidenceDocument, EvidenceDocument.id == Fact.evidence_document_id)
        .where(Fact.scope_type == scope_type, Fact.scope_key == scope_key)
        .order_by(Fact.valid_from.desc(), Fact.id.desc())
    ).all()


def facts_of_kind(
    session: Session, scope_type: str
) -> dict[str, list[tuple[Fact, EvidenceDocument | None]]]:
    """The same for every body of a kind, by its key."""
    found: dict[str, list[tuple[Fact, EvidenceDocument | None]]] = {}
    for fact, proof in session.execute(
        select(Fact, EvidenceDocument)
        .outerjoin(EvidenceDocument, EvidenceDocument.id == Fact.evidence_document_id)
        .where(Fact.scope_type == scope_type)
        .order_by(Fact.scope_key, Fact.valid_from.desc(), Fact.id.desc())
    ):
        found.setdefault(fact.scope_key, []).append((fact, proof))
    return found


def turnover_rows(session: Session) -> Sequence[Turnover]:
    """All closed fiscal years, newest first."""
    return session.scalars(
        select(Turnover).order_by(Turnover.body, Turnover.fiscal_year.desc())
    ).all()
