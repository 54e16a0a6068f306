"""What the memo takes over from the register, the agreement, the catalog and the clock."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.documents.memo.facts import MemoComparison, MemoDocument, MemoLot, MemoTime
from app.eligibility.deciding.record_decision import Recorded
from app.eligibility.evidence.records import EvidenceDocument
from app.eligibility.evidence.vocabulary import EVIDENCE_TYPES
from app.frameworks.records import Framework, Lot
from app.kernel.money import Money
from app.members.records import Unit
from app.ordering.comparing.queries import comparisons_of
from app.ordering.queries import lots_of
from app.ordering.records import CallOff
from app.ordering.shares.write_shares import shares_of
from app.ordering.trail_records import CallOffTime


def comparisons(session: Session, found: CallOff) -> tuple[MemoComparison, ...]:
    return tuple(
        MemoComparison(
            one.on,
            tuple(zip(one.skus, one.names, strict=True)),
            tuple((line.name, *line.values) for line in one.lines),
        )
        for one in comparisons_of(session, found.id)
    )


def unit_name(session: Session, found: CallOff) -> str:
    unit = session.get(Unit, found.unit_id) if found.unit_id is not None else None
    return "" if unit is None else unit.name


def documents(session: Session, recorded: Recorded) -> tuple[MemoDocument, ...]:
    used = {number for rule in recorded.assessment.rules for number in rule.documents}
    rows = session.scalars(
        select(EvidenceDocument).where(EvidenceDocument.id.in_(used)).order_by(EvidenceDocument.id)
    )
    return tuple(
        MemoDocument(
            EVIDENCE_TYPES.get(row.type, row.type),
            row.title,
            row.document_date,
            row.valid_to,
            row.file_sha256,
            row.confidential,
            row.review_due,
        )
        for row in rows
    )


def lots(session: Session, found: CallOff, framework: Framework) -> tuple[MemoLot, ...]:
    taken: dict[int, Money] = {}
    for line in found.lines:
        taken[line.lot_id] = taken.get(line.lot_id, Money(0)) + line.net
    return tuple(_lot(lot, taken[lot.id], framework) for lot in lots_of(session, set(taken)))


def _lot(lot: Lot, taken: Money, framework: Framework) -> MemoLot:
    return MemoLot(
        number=framework.number,
        title=framework.title,
        lot=f"Los {lot.number} {lot.title}",
        runs_from=framework.valid_from,
        runs_until=framework.valid_to,
        procedure=framework.procedure_type or "",
        notice_id=framework.notice_id or "",
        awarded_on=framework.award_date,
        maximum=lot.maximum_value,
        called_off_before=lot.called_off_value - taken,
        called_off_after=lot.called_off_value,
        remaining_after=lot.remaining_value,
    )


def share_words(session: Session, found: CallOff) -> tuple[str, ...]:
    """`Notebook 14": 3 × Grundschule, bis 15.01.2027; Konto 1.2.3`, one per part."""
    if not found.is_split:
        return ()
    names = {line.sku: line.name for line in found.lines}
    return tuple(
        f"{names.get(share.sku, share.sku)}: {share.text}" for share in shares_of(session, found.id)
    )


def exception(session: Session, found: CallOff) -> str:
    if found.self_approval_evidence_id is None:
        return ""
    proof = session.get_one(EvidenceDocument, found.self_approval_evidence_id)
    return f"Eigene Genehmigung nach hinterlegter Regelung: {proof.title}"


def time_spent(session: Session, found: CallOff) -> MemoTime:
    """Minutes up to now; measured only where the member has switched measuring on."""
    seconds = session.scalars(
        select(CallOffTime.seconds).where(CallOffTime.call_off_id == found.id)
    ).all()
    return MemoTime(
        portal_minutes=round(sum(seconds) / 60) if found.time_measured and seconds else None,
        offline_minutes=found.offline_minutes,
        baseline_minutes=found.baseline_minutes,
        label=found.baseline_source,
    )
