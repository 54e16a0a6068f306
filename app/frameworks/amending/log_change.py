"""The change log of an agreement: one entry per decision, appended and never edited."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.audit.append import COOPERATIVE, Happening, append
from app.frameworks.agreement_records import FrameworkChange
from app.frameworks.amending.keep_paper import keep_paper
from app.frameworks.amending.resolution import Resolution
from app.frameworks.amendment_limits import AmendmentBasis, AmendmentKind
from app.frameworks.records import Framework
from app.kernel.money import NOTHING, Money


@dataclass(frozen=True, slots=True)
class Entry:
    """What was changed; `lot_id` only where it concerns one lot."""

    kind: AmendmentKind
    what: tuple[str, ...]
    basis: AmendmentBasis | None = None
    lot_id: int | None = None
    value_change: Money = NOTHING
    quantity_change: int = 0
    notice: str = ""


@dataclass(frozen=True, slots=True)
class Logged:
    """Numbers of the entry and of its paper."""

    change_id: int
    document_id: int | None


@dataclass(frozen=True, slots=True)
class Said:
    """Who decided and why, where no paper is needed; a `Resolution` says more."""

    reason: str
    decided_by: str = ""
    effective_on: date | None = None


def log_change(
    session: Session,
    framework: Framework,
    entry: Entry,
    by: Resolution | Said,
    person_id: int,
    now: datetime,
) -> Logged:
    """Append the entry and put it on the cooperative's chain."""
    framework.version += 1
    paper = by.paper if isinstance(by, Resolution) else None
    document_id = (
        None if paper is None else keep_paper(session, framework.id, paper, person_id, now)
    )
    session.flush()
    change_id = session.scalars(
        insert(FrameworkChange)
        .values(
            framework_id=framework.id,
            person_id=person_id,
            at=now,
            what="; ".join(entry.what),
            reason=by.reason,
            kind=entry.kind,
            basis=entry.basis,
            effective_on=by.effective_on,
            lot_id=entry.lot_id,
            value_change=entry.value_change,
            quantity_change=entry.quantity_change,
            notice=entry.notice,
            decided_by=by.decided_by,
            document_id=document_id,
        )
        .returning(FrameworkChange.id)
    ).one()
    payload: dict[str, object] = {
        "kind": entry.kind.value,
        "basis": None if entry.basis is None else entry.basis.value,
        "changes": list(entry.what),
        "reason": by.reason,
        "document": document_id,
    }
    happening = Happening("framework.changed", framework.number, f"person:{person_id}", payload)
    append(session, COOPERATIVE, now, happening)
    return Logged(change_id, document_id)
