"""Named reads of evidence: documents, what they are said to prove, and what waits for somebody."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from app.eligibility.evidence.records import (
    EvidenceDocument,
    EvidenceOverride,
    EvidenceVerdict,
    Fact,
    OverrideRequest,
    Turnover,
)
from app.kernel.errors import NotFound


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
        .outerjoin(EvidenceVerdict, EvidenceVerdict.document_id == EvidenceDocument.id)
        .where(
            EvidenceDocument.member_id == member_id,
            EvidenceDocument.valid_from <= on,
            or_(EvidenceDocument.valid_to.is_(None), EvidenceDocument.valid_to >= on),
            or_(EvidenceDocument.approval_needed.is_(False), EvidenceVerdict.approved.is_(True)),
        )
        .order_by(EvidenceDocument.document_date.desc(), EvidenceDocument.id.desc())
    ).all()


# A fact, its document, and the second person's word on it.
Told = tuple[Fact, EvidenceDocument | None, EvidenceVerdict | None]


def facts_about(
    session: Session, scope_type: str, scope_key: str, known: datetime | None = None
) -> Sequence[Told]:
    """Every fact ever entered about somebody, newest first; `known`: entered until then."""
    return [
        told
        for told in _told(session, Fact.scope_type == scope_type, Fact.scope_key == scope_key)
        if known is None or told[0].asserted_at <= known
    ]


def facts_of_kind(session: Session, scope_type: str) -> dict[str, list[Told]]:
    """The same for every body of a kind, by its key."""
    found: dict[str, list[Told]] = {}
    for told in _told(session, Fact.scope_type == scope_type):
        found.setdefault(told[0].scope_key, []).append(told)
    return found


def facts_of_document(session: Session, number: int) -> Sequence[Told]:
    """What one document is said to prove."""
    return _told(session, Fact.evidence_document_id == number)


def _told(session: Session, *about: ColumnElement[bool]) -> Sequence[Told]:
    rows = session.execute(
        select(Fact, EvidenceDocument, EvidenceVerdict)
        .outerjoin(EvidenceDocument, EvidenceDocument.id == Fact.evidence_document_id)
        .outerjoin(EvidenceVerdict, EvidenceVerdict.document_id == EvidenceDocument.id)
        .where(*about)
        .order_by(Fact.scope_key, Fact.valid_from.desc(), Fact.id.desc())
    )
    return [(fact, proof, verdict) for fact, proof, verdict in rows]


def document_of_fact(session: Session, fact_id: int) -> int:
    """The number of the paper behind a fact; NotFound where there is none."""
    found = session.scalar(select(Fact.evidence_document_id).where(Fact.id == fact_id))
    if found is None:
        raise NotFound("Diese Angabe gibt es nicht.")
    return found


def document_of_request(session: Session, request_id: int) -> int:
    """The same for the fact that an exception was asked for."""
    asked = session.get(OverrideRequest, request_id)
    if asked is None:
        raise NotFound("Diesen Antrag gibt es nicht.")
    return document_of_fact(session, asked.fact_id)


def asked_overrides(session: Session) -> Sequence[tuple[OverrideRequest, EvidenceDocument]]:
    """Exceptions that wait for a second person, the oldest first."""
    rows = session.execute(
        select(OverrideRequest, EvidenceDocument)
        .join(Fact, Fact.id == OverrideRequest.fact_id)
        .join(EvidenceDocument, EvidenceDocument.id == Fact.evidence_document_id)
        .where(OverrideRequest.id.not_in(select(EvidenceOverride.request_id)))
        .order_by(OverrideRequest.id)
    )
    return [(request, paper) for request, paper in rows]


def waiting_documents(session: Session) -> Sequence[EvidenceDocument]:
    """What waits for a second person, the oldest first."""
    return session.scalars(
        select(EvidenceDocument)
        .outerjoin(EvidenceVerdict, EvidenceVerdict.document_id == EvidenceDocument.id)
        .where(EvidenceDocument.approval_needed, EvidenceVerdict.document_id.is_(None))
        .order_by(EvidenceDocument.id)
    ).all()


def turnover_rows(session: Session) -> Sequence[Turnover]:
    """All closed fiscal years, newest first, each correction above what it corrects."""
    return session.scalars(
        select(Turnover).order_by(
            Turnover.body, Turnover.fiscal_year.desc(), Turnover.revision.desc()
        )
    ).all()
