"""Stored facts with their documents as pages list them, newest first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from app.eligibility.evidence.counting import fact_value
from app.eligibility.evidence.queries import Told
from app.eligibility.evidence.records import EvidenceDocument, EvidenceVerdict, Fact
from app.eligibility.evidence.vocabulary import EVIDENCE_TYPES, fact_label, value_text


@dataclass(frozen=True, slots=True)
class StoredFact:
    """One fact in words; `current` is the newest of its kind that has begun and counts.

    `mark` says why another one does not.
    """

    key: str
    label: str
    value: str
    fact: Fact
    document: EvidenceDocument | None
    kind: str
    current: bool
    mark: str

    @property
    def last_day(self) -> date | None:
        ends = [self.fact.valid_to, self.fact.review_due]
        if self.document is not None:
            ends += [self.document.valid_to, self.document.review_due]
        return min((end for end in ends if end is not None), default=None)


def stored_facts(
    rows: Iterable[Told], day: date, known: datetime | None = None
) -> tuple[StoredFact, ...]:
    """`rows` come newest first; one without a document or approval never is the current one.

    `known`: as it stood at that instant, before later approvals.
    """
    seen: set[str] = set()
    lines = []
    for fact, document, verdict in rows:
        mark = _mark(document, verdict, known)
        current = fact.key not in seen and fact.valid_from <= day and not mark
        if current:
            seen.add(fact.key)
        lines.append(
            StoredFact(
                key=fact.key,
                label=fact_label(fact.scope_type, fact.key),
                value=value_text(fact_value(fact.value)),
                fact=fact,
                document=document,
                kind="" if document is None else EVIDENCE_TYPES.get(document.type, document.type),
                current=current,
                mark=mark or ("gilt ab" if fact.valid_from > day else "früher"),
            )
        )
    return tuple(lines)


def _mark(
    document: EvidenceDocument | None, verdict: EvidenceVerdict | None, known: datetime | None
) -> str:
    if document is None:
        return "ohne Nachweis"
    if not document.approval_needed:
        return ""
    if verdict is None or (known is not None and verdict.decided_at > known):
        return "wartet auf Freigabe"
    return "" if verdict.approved else "abgelehnt"
