"""One entry of evidence: the paper, what it is said to prove, and what others said about it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.records import Person
from app.archive.store import FileState, erasures, file_state
from app.eligibility.evidence.counting import every_evidence, fact_value, scope_of
from app.eligibility.evidence.due import last_day
from app.eligibility.evidence.evidence_effect import effects
from app.eligibility.evidence.queries import Told, document, facts_about, facts_of_document
from app.eligibility.evidence.records import (
    EvidenceDocument,
    EvidenceOverride,
    EvidenceVerdict,
    OverrideRequest,
    Turnover,
)
from app.eligibility.evidence.vocabulary import EVIDENCE_TYPES, SCOPE_WORDS, fact_label, value_text
from app.eligibility.judging.facts import Document, Fact
from app.eligibility.rules_override import end_of, no_excuse_for
from app.kernel.legal_day import legal_day
from app.members.records import Member


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One statement of the paper; `expired` means that it decides today and blocks orders."""

    fact: Fact
    label: str
    about: str
    value: str
    last_day: date | None
    effects: tuple[str, ...]
    expired: bool
    why_not: str | None
    overrides: tuple["OverrideLine", ...]

    @property
    def may_be_excused(self) -> bool:
        """Only what has expired, never what speaks against its rule, and only once."""
        return (
            self.expired
            and self.why_not is None
            and not any(one.waits or one.confirmed for one in self.overrides)
        )


@dataclass(frozen=True, slots=True)
class OverrideLine:
    """An asked exception and its answer."""

    request: OverrideRequest
    answer: EvidenceOverride | None

    @property
    def waits(self) -> bool:
        return self.answer is None

    @property
    def confirmed(self) -> bool:
        return self.answer is not None and self.answer.confirmed

    @property
    def last_day(self) -> date | None:
        if self.answer is None or not self.answer.confirmed:
            return None
        return end_of(self.answer.begins_on, self.answer.days)


@dataclass(frozen=True, slots=True)
class EntryPage:
    """Everything about one document; `people` are the labels of those who acted."""

    document: EvidenceDocument
    kind: str
    about: str
    lines: tuple[EntryLine, ...]
    years: Sequence[Turnover]
    verdict: EvidenceVerdict | None
    people: dict[int, str]
    file: FileState
    erased: str

    @property
    def waits(self) -> bool:
        return self.document.approval_needed and self.verdict is None


def entry_page(session: Session, number: int, now: datetime) -> EntryPage:
    """NotFound without such a document."""
    found = document(session, number)
    today = legal_day(now)
    deciding = {fact.number for fact in every_evidence(session, today).facts}
    lines = tuple(
        _line(session, told, today, deciding=told[0].id in deciding)
        for told in facts_of_document(session, number)
    )
    years = session.scalars(select(Turnover).where(Turnover.evidence_document_id == number)).all()
    verdict = session.get(EvidenceVerdict, number)
    member = session.scalar(select(Member.name).where(Member.id == found.member_id))
    gone = erasures(session, [found.file_sha256]).get(found.file_sha256)
    return EntryPage(
        document=found,
        kind=EVIDENCE_TYPES.get(found.type, found.type),
        about=member or (lines[0].about if lines else "Genossenschaft"),
        lines=lines,
        years=years,
        verdict=verdict,
        people=_people(session, found, verdict, lines),
        file=file_state(session, found.file_sha256),
        erased="" if gone is None else gone.sentence,
    )


def _line(session: Session, told: Told, today: date, *, deciding: bool) -> EntryLine:
    row = told[0]
    fact, paper = _pure(told)
    others = [
        _pure(one)
        for one in facts_about(session, row.scope_type, row.scope_key)
        if one[0].key == row.key and _counts(one)
    ]
    ends = last_day(fact, paper)
    requests = session.execute(
        select(OverrideRequest, EvidenceOverride)
        .outerjoin(EvidenceOverride, EvidenceOverride.request_id == OverrideRequest.id)
        .where(OverrideRequest.fact_id == row.id)
        .order_by(OverrideRequest.id)
    )
    about = SCOPE_WORDS.get(row.scope_type, row.scope_type)
    return EntryLine(
        fact=fact,
        label=fact_label(row.scope_type, row.key),
        about=f"{about} {row.scope_key}".strip(),
        value=value_text(fact.value),
        last_day=ends,
        effects=effects(fact, paper, others, today),
        expired=deciding and ends is not None and ends < today,
        why_not=no_excuse_for(fact.key, fact.value, fact.valid_to, today),
        overrides=tuple(OverrideLine(request, answer) for request, answer in requests),
    )


def _counts(told: Told) -> bool:
    _, paper, verdict = told
    return paper is not None and (
        not paper.approval_needed or (verdict is not None and verdict.approved)
    )


def _pure(told: Told) -> tuple[Fact, Document]:
    row, paper, _ = told
    if paper is None:
        raise LookupError(f"fact {row.id} has no document")
    fact = Fact(
        row.id,
        scope_of(row.scope_type, row.scope_key),
        row.key,
        fact_value(row.value),
        row.valid_from,
        row.valid_to,
        row.review_due,
        paper.id,
    )
    return fact, Document(
        paper.id,
        paper.type,
        paper.title,
        paper.document_date,
        paper.file_sha256,
        paper.valid_from,
        paper.valid_to,
        paper.review_due,
    )


def _people(
    session: Session,
    found: EvidenceDocument,
    verdict: EvidenceVerdict | None,
    lines: Iterable[EntryLine],
) -> dict[int, str]:
    numbers = {found.stored_by, None if verdict is None else verdict.decided_by}
    for one in (one for line in lines for one in line.overrides):
        numbers |= {one.request.asked_by, None if one.answer is None else one.answer.decided_by}
    wanted = [number for number in numbers if number is not None]
    labels: dict[int, str] = dict(
        session.execute(select(Person.id, Person.label).where(Person.id.in_(wanted))).all()
    )
    return labels
