"""Everything on record about one call-off, gathered from all capabilities."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.approvals.queries import verdicts
from app.approvals.records import Approval
from app.approvals.rules_path import Path
from app.archive.records import StoredFile
from app.archive.store import erasures
from app.audit.records import AuditEvent
from app.database.tenant import EVERY_MEMBER, Tenant
from app.eligibility.records import EligibilityDecision
from app.frameworks.records import Framework
from app.fulfilment import queries as fulfilment
from app.fulfilment.queries import Sent
from app.fulfilment.records import SerialCorrection
from app.invoicing.records import Invoice
from app.kernel.legal_day import legal_day
from app.members.queries import member_of
from app.members.records import Member
from app.ordering import queries as ordering
from app.ordering.attaching.attach_papers import papers_of
from app.ordering.changing.queries import change_decisions, changes_of
from app.ordering.changing.records import CallOffChange
from app.ordering.changing.steps_of_change import subject_number
from app.ordering.quoting.queries import positions_by_id
from app.ordering.quoting.records import FreePosition
from app.ordering.records import CallOff
from app.ordering.signing.steps_of_order import path_of_order
from app.ordering.trail_records import CallOffComment, RefusedAttempt


@dataclass(frozen=True, slots=True)
class Paper:
    """A document in the archive: what it is, of which day, how its file is called, its hash.

    `erased` says when and why its content went; the sentence takes its place in every export.
    """

    title: str
    file_name: str
    sha256: str
    size: int | None = None
    dated: date | None = None
    erased: str = ""

    @property
    def kept(self) -> bool:
        return self.size is not None and not self.erased

    @property
    def exported_as(self) -> str:
        return f"{self.file_name}.geloescht.txt" if self.erased else self.file_name


@dataclass(frozen=True, slots=True)
class CallOffFile:
    """The whole file of one call-off; people are named by function."""

    call_off: CallOff
    member: Member
    framework: Framework
    decisions: Sequence[EligibilityDecision]
    verdicts: Sequence[Approval]
    path: Path | None
    attempts: Sequence[RefusedAttempt]
    deliveries: tuple[Sent, ...]
    corrections: Sequence[SerialCorrection]
    invoices: Sequence[Invoice]
    comments: Sequence[CallOffComment]
    changes: Sequence[CallOffChange]
    events: Sequence[AuditEvent]
    papers: tuple[Paper, ...]
    quotes: Mapping[int, FreePosition]
    labels: dict[int, str]


def whole_file(session: Session, number: str, tenant: Tenant) -> CallOffFile:
    """NotFound for another member's call-off."""
    found = ordering.call_off(session, number, tenant)
    changes = changes_of(session, found.id)
    decisions = _decisions(session, found)
    deliveries = fulfilment.deliveries(session, found)
    invoices = _invoices(session, found)
    comments = ordering.comments(session, found.id)
    approvals = [
        verdict
        for subject in (found.number, *(subject_number(found, change) for change in changes))
        for verdict in verdicts(session, found.member_id, subject)
    ]
    subjects = [
        found.number,
        *(one.public_id for one in decisions),
        *(one.delivery.number for one in deliveries),
        *(one.number for one in invoices),
    ]
    people: set[int | None] = {found.ordered_by, found.approved_by}
    people |= {move.by for move in found.history} | {one.by for one in comments}
    people |= {one.decided_by for one in approvals} | {one.on_behalf_of for one in approvals}
    return CallOffFile(
        call_off=found,
        member=member_of(session, EVERY_MEMBER, found.member_id),
        framework=session.get_one(Framework, found.framework_id),
        decisions=decisions,
        verdicts=approvals,
        path=path_of_order(session, found),
        attempts=_attempts(session, found),
        deliveries=deliveries,
        corrections=fulfilment.corrections(session, found.id),
        invoices=invoices,
        comments=comments,
        changes=changes,
        events=_events(session, subjects),
        papers=_papers(session, found, deliveries, invoices),
        quotes=positions_by_id(session, [line.free_position_id for line in found.lines]),
        labels=ordering.labels(session, people),
    )


def _decisions(session: Session, found: CallOff) -> list[EligibilityDecision]:
    """At submission and placement, of changes, and later checks: each once, as they were made."""
    every = [
        *ordering.decisions(session, found),
        *change_decisions(session, found.id),
        *ordering.check_decisions(session, found.id),
    ]
    return sorted({one.id: one for one in every}.values(), key=lambda one: one.id)


def _invoices(session: Session, found: CallOff) -> Sequence[Invoice]:
    return session.scalars(
        select(Invoice)
        .where(Invoice.call_off_id == found.id, Invoice.member_id == found.member_id)
        .order_by(Invoice.id)
    ).all()


def _attempts(session: Session, found: CallOff) -> Sequence[RefusedAttempt]:
    return session.scalars(
        select(RefusedAttempt)
        .where(
            RefusedAttempt.call_off_number == found.number,
            RefusedAttempt.member_id == found.member_id,
        )
        .order_by(RefusedAttempt.id)
    ).all()


def _events(session: Session, subjects: list[str]) -> Sequence[AuditEvent]:
    return session.scalars(
        select(AuditEvent)
        .where(AuditEvent.subject.in_(subjects))
        .order_by(AuditEvent.stream, AuditEvent.position)
    ).all()


def _papers(
    session: Session, found: CallOff, deliveries: tuple[Sent, ...], invoices: Sequence[Invoice]
) -> tuple[Paper, ...]:
    placed = legal_day(found.placed_at) if found.placed_at else None
    memo = "Abrufvermerk-" + found.number
    named = [
        *_named("Abrufvermerk", memo, "pdf", found.memo_pdf_sha256, placed),
        *_named("Abrufvermerk", memo, "json", found.memo_json_sha256, placed),
    ]
    for sent in deliveries:
        number, on = sent.delivery.number, sent.delivery.delivered_on
        name = f"Lieferschein-{number}"
        named += _named(f"Lieferschein {number}", name, "pdf", sent.delivery.note_pdf_sha256, on)
    for invoice in invoices:
        word = "Stornorechnung" if invoice.cancels_id else "Rechnung"
        title, name = f"{word} {invoice.number}", f"{word}-{invoice.number}"
        named += _named(title, name, "pdf", invoice.pdf_sha256, invoice.issued_on)
        named += _named(title, name, "ubl.xml", invoice.ubl_sha256, invoice.issued_on)
        named += _named(title, name, "cii.xml", invoice.cii_sha256, invoice.issued_on)
    for place, sent_along in enumerate(papers_of(session, found.id), 1):
        title, name = f"Anhang {sent_along.file_name}", f"Anhang-{place}-{sent_along.file_name}"
        named.append((title, name, sent_along.file_sha256, legal_day(sent_along.at)))
    hashes = [sha256 for _, _, sha256, _ in named]
    sizes, gone = _sizes(session, hashes), erasures(session, hashes)
    return tuple(
        Paper(
            title,
            name,
            sha256,
            sizes.get(sha256),
            on,
            gone[sha256].sentence if sha256 in gone else "",
        )
        for title, name, sha256, on in named
    )


def _named(
    title: str, name: str, ending: str, sha256: str | None, on: date | None
) -> list[tuple[str, str, str, date | None]]:
    kind = ending.removeprefix("ubl.").removeprefix("cii.").upper()
    return [] if sha256 is None else [(f"{title} ({kind})", f"{name}.{ending}", sha256, on)]


def _sizes(session: Session, hashes: list[str]) -> dict[str, int]:
    found = session.execute(
        select(StoredFile.sha256, StoredFile.size).where(StoredFile.sha256.in_(hashes))
    ).all()
    return {row.sha256: row.size for row in found}
