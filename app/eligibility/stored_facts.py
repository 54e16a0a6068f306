"""Stored facts with their documents as pages list them, newest first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.eligibility.evidence_queries import fact_value
from app.eligibility.records import EvidenceDocument, Fact
from app.eligibility.vocabulary import EVIDENCE_TYPES, fact_label, value_text


@dataclass(frozen=True, slots=True)
class StoredFact:
    """One fact in words; `current` is the newest of its kind that has begun."""

    key: str
    label: str
    value: str
    fact: Fact
    document: EvidenceDocument | None
    kind: str
    current: bool

    @property
    def last_day(self) -> date | None:
        ends = [self.fact.valid_to, self.fact.review_due]
        if self.document is not None:
            ends += [self.document.valid_to, self.document.review_due]
        return min((end for end in ends if end is not None), default=None)


def stored_facts(
    rows: Iterable[tuple[Fact, EvidenceDocument | None]], day: date
) -> tuple[StoredFact, ...]:
    """`rows` come newest first; a fact without a document never is the current one."""
    seen: set[str] = set()
    lines = []
    for fact, document in rows:
        current = fact.key not in seen and fact.valid_from <= day and document is not None
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
            )
        )
    return tuple(lines)
