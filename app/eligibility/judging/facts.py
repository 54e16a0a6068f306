"""Dated facts with their evidence, and what holds on a day."""

from collections.abc import Callable, Container
from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.eligibility.rules import Result
from app.eligibility.rules_override import Excuse
from app.kernel.month import months_after

FactValue = bool | int | str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A stored piece of evidence; days are inclusive."""

    number: int
    kind: str
    title: str
    dated: date
    sha256: str
    valid_from: date
    valid_to: date | None = None
    review_due: date | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A statement about `scope`, for example `cooperative` or `member:15001000`."""

    number: int
    scope: str
    key: str
    value: FactValue
    valid_from: date
    valid_to: date | None = None
    review_due: date | None = None
    document: int | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """All facts that a case may rest on, the documents that prove them, and exceptions."""

    facts: tuple[Fact, ...] = ()
    documents: tuple[Document, ...] = ()
    excuses: tuple[Excuse, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found about one statement on the day; `excuse` lets an expired one pass."""

    result: Result
    label: str
    fact: Fact | None = None
    document: Document | None = None
    excuse: Excuse | None = None

    @property
    def value(self) -> FactValue | None:
        return None if self.fact is None else self.fact.value


class FactBook:
    """The newest documented fact of each kind on `day`, with `grace_days` after an expiry.

    A document that is not valid yet proves nothing, unless `early_documents` count, as they did
    before engine 3. Of two facts that begin on the same day the later entry holds.
    """

    def __init__(
        self,
        evidence: Evidence,
        day: date,
        grace_days: int = 0,
        *,
        early_documents: bool = False,
    ) -> None:
        self.day = day
        self._last_day = day - timedelta(days=grace_days)
        self.documents = {
            document.number: document
            for document in evidence.documents
            if early_documents or document.valid_from <= day
        }
        self._excuses = {one.fact: one for one in evidence.excuses if one.holds_on(day)}
        self._newest: dict[tuple[str, str], Fact] = {}
        self._plain: dict[tuple[str, str], Fact] = {}
        for fact in sorted(evidence.facts, key=lambda fact: (fact.valid_from, fact.number)):
            if fact.valid_from > day:
                continue
            self._plain[fact.scope, fact.key] = fact
            # No fact counts without its document: an undocumented one hides nothing.
            if fact.document in self.documents:
                self._newest[fact.scope, fact.key] = fact

    def text(self, scope: str, key: str, otherwise: str) -> str:
        """A name or other text that decides nothing and therefore needs no document."""
        fact = self._plain.get((scope, key))
        return fact.value if fact is not None and isinstance(fact.value, str) else otherwise

    def find(
        self,
        scope: str,
        key: str,
        label: str,
        accepted: Callable[[FactValue], bool],
        kinds: Container[str] | None = None,
    ) -> Finding:
        """Pass, fail, unknown or expired; `kinds` are the documents that can prove it.

        An adverse fact stays adverse until a newer one replaces it: a review that nobody made
        does not improve a finding.
        """
        fact = self._newest.get((scope, key))
        if fact is None:
            return Finding(Result.UNKNOWN, label)
        document = self.documents[fact.document or 0]
        if not accepted(fact.value):
            return Finding(Result.FAIL, label, fact, document)
        if kinds is not None and document.kind not in kinds:
            return Finding(Result.UNKNOWN, label, fact, document)
        if self._expired(fact, document):
            return self.expired(Finding(Result.EXPIRED, label, fact, document))
        return Finding(Result.PASS, label, fact, document)

    def expired(self, finding: Finding) -> Finding:
        """An expired finding, which passes while an exception for its fact lasts."""
        excuse = None if finding.fact is None else self._excuses.get(finding.fact.number)
        if excuse is None:
            return replace(finding, result=Result.EXPIRED)
        return replace(finding, result=Result.PASS, excuse=excuse)

    def claim(
        self, scope: str, key: str, label: str, kinds: Container[str] | None = None
    ) -> Finding:
        """A statement that has to be true."""
        return self.find(scope, key, label, lambda value: value is True, kinds)

    def late(self, last_day: date | None) -> bool:
        """Whether a last day lies before the reference day, grace included."""
        return last_day is not None and last_day < self._last_day

    def _expired(self, fact: Fact, document: Document) -> bool:
        return any(self.late(last_day) for last_day in last_days(fact, document))


OPINION_MONTHS = 24


def last_days(fact: Fact, document: Document) -> list[date]:
    """Every day after which the fact no longer counts."""
    days = (
        fact.valid_to,
        fact.review_due,
        document.valid_to,
        document.review_due,
        review_limit(document),
    )
    return [day for day in days if day is not None]


def review_limit(document: Document) -> date | None:
    """A legal opinion is reviewed within 24 months of its date, whatever was noted on it."""
    if document.kind in {"legal_opinion", "legal_memorandum"}:
        return months_after(document.dated, OPINION_MONTHS)
    return None
