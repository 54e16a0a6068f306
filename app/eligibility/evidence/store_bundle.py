"""Storing documents with the facts that they prove."""

from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.archive import store
from app.eligibility.evidence.given import Bundle, GivenDocument, GivenFact, GivenTurnover
from app.eligibility.evidence.records import EvidenceDocument, EvidenceVerdict, Fact, Turnover
from app.kernel.canonical import canonical_json
from app.kernel.errors import NotFound
from app.members.records import Member


def store_bundle(
    session: Session,
    bundle: Bundle,
    now: datetime,
    person_id: int | None = None,
    approved_by: int | None = None,
) -> dict[str, int]:
    """Append everything; the answer maps each document's ref to its number.

    What a person enters counts when a second one has approved it: later, or with `approved_by`
    in the same breath. What nobody entered was taken over when the portal was opened.
    NotFound where a document belongs to a member that does not exist.
    """
    wanted = {item.member_key for item in bundle.documents if item.member_key is not None}
    owners: dict[str, int] = dict(
        session.execute(select(Member.key, Member.id).where(Member.key.in_(wanted))).all()
    )
    numbers = {
        given.ref: _store(session, given, owners, now, person_id) for given in bundle.documents
    }
    if approved_by is not None and numbers:
        session.execute(insert(EvidenceVerdict), _verdicts(numbers, person_id, approved_by, now))
    facts = [
        _fact(fact, None if fact.ref is None else numbers[fact.ref], now, person_id)
        for fact in bundle.facts
    ]
    if facts:
        session.execute(insert(Fact), facts)
    years = [_year(year, numbers[year.ref], now) for year in bundle.turnover]
    if years:
        session.execute(insert(Turnover), years)
    return numbers


def _year(year: GivenTurnover, document: int, now: datetime) -> dict[str, object]:
    return {
        "body": year.body,
        "fiscal_year": year.year,
        "revision": year.revision,
        "reason": year.reason,
        "basis": year.basis,
        "total": year.total,
        "members": year.members,
        "nonmembers_public": year.nonmembers_public,
        "private": year.private,
        "grants": year.grants,
        "consolidated": year.consolidated,
        "is_group_parent": year.group_parent,
        "evidence_document_id": document,
        "recorded_at": now,
    }


def _fact(
    fact: GivenFact, document: int | None, now: datetime, person_id: int | None
) -> dict[str, object]:
    return {
        "key": fact.key,
        "scope_type": fact.scope_type,
        "scope_key": fact.scope_key,
        "value": canonical_json(fact.value),
        "valid_from": fact.valid_from,
        "valid_to": fact.valid_to,
        "review_due": fact.review_due,
        "evidence_document_id": document,
        "asserted_at": now,
        "asserted_by": person_id,
    }


def _verdicts(
    numbers: dict[str, int], person_id: int | None, approved_by: int, now: datetime
) -> list[dict[str, object]]:
    return [
        {
            "document_id": number,
            "entered_by": person_id,
            "approved": True,
            "decided_by": approved_by,
            "decided_at": now,
        }
        for number in numbers.values()
    ]


def _store(
    session: Session,
    given: GivenDocument,
    owners: dict[str, int],
    now: datetime,
    person_id: int | None,
) -> int:
    if given.member_key is not None and given.member_key not in owners:
        raise NotFound("Dieses Mitglied gibt es nicht.", "member_unknown")
    return session.execute(
        insert(EvidenceDocument).returning(EvidenceDocument.id),
        {
            "type": given.kind,
            "title": given.title,
            "document_date": given.dated,
            "valid_from": given.valid_from,
            "valid_to": given.valid_to,
            "review_due": given.review_due,
            "confidential": given.confidential,
            "member_id": None if given.member_key is None else owners[given.member_key],
            "file_sha256": store.keep(session, given.content, given.media_type, now),
            "file_name": given.file_name,
            "size": len(given.content),
            "demonstration": given.demonstration,
            "stored_at": now,
            "stored_by": person_id,
            "approval_needed": person_id is not None,
        },
    ).scalar_one()
