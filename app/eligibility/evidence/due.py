"""Which evidence expires when: the newest fact of each kind and its last day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from app.eligibility.judging.cooperative_rules import PURITY_FACT, PURITY_MONTHS
from app.eligibility.judging.facts import Document, Evidence, Fact, last_days
from app.kernel.month import months_after

SOON: Final = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Due:
    """A fact that has a last day; `expired` as seen from the day that was asked for."""

    fact: Fact
    document: Document
    day: date
    expired: bool

    @property
    def scope_type(self) -> str:
        return self.fact.scope.partition(":")[0]

    @property
    def scope_key(self) -> str:
        return self.fact.scope.partition(":")[2]


def last_day(fact: Fact, document: Document) -> date | None:
    """The last day on which the fact counts, None without end."""
    days = last_days(fact, document)
    if fact.key == PURITY_FACT:
        days.append(months_after(document.dated, PURITY_MONTHS))
    return min(days, default=None)


def due_facts(evidence: Evidence, day: date, within: timedelta = SOON) -> tuple[Due, ...]:
    """What has expired or will within the time, the most urgent first."""
    return tuple(
        sorted(
            (item for item in dated_facts(evidence, day) if item.day <= day + within),
            key=lambda item: (item.day, item.fact.number),
        )
    )


def dated_facts(evidence: Evidence, day: date) -> Iterator[Due]:
    """Every fact that decides and has a last day."""
    documents = {document.number: document for document in evidence.documents}
    newest = {
        (fact.scope, fact.key): fact
        for fact in sorted(evidence.facts, key=lambda fact: (fact.valid_from, fact.number))
        if fact.document is not None
    }
    for fact in newest.values():
        document = documents[fact.document or 0]
        last = last_day(fact, document)
        if last is not None:
            yield Due(fact, document, last, last < day)
