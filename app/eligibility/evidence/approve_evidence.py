"""The second person says whether evidence counts; whoever entered it cannot."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.archive.store import content
from app.audit.append import COOPERATIVE, Happening, append, member_stream
from app.eligibility.evidence.records import EvidenceDocument, EvidenceVerdict
from app.kernel.errors import Conflict, FieldError, Malformed, NotAllowed, NotFound, too_long
from app.members.records import Member

LONGEST_REASON: Final = 500


@dataclass(frozen=True, slots=True)
class Word:
    """What the second person says; a refusal says why."""

    approved: bool
    reason: str = ""


def approve_evidence(
    session: Session, number: int, word: Word, person_id: int, now: datetime
) -> EvidenceDocument:
    """From now on the entry counts, or never does.

    NotFound, Conflict where it was decided, NotAllowed for the one who entered it, Malformed
    without a reason; the file is checked against its hash before anything rests on it.
    """
    found = session.get(EvidenceDocument, number, with_for_update=True)
    if found is None:
        raise NotFound("Diesen Nachweis gibt es nicht.")
    entered_by = found.stored_by
    if entered_by is None or not found.approval_needed:
        raise Conflict("Dieser Nachweis braucht keine Freigabe.", "already_decided")
    if session.get(EvidenceVerdict, number) is not None:
        raise Conflict("Über diesen Nachweis ist schon entschieden.", "already_decided")
    if entered_by == person_id:
        text = "Sie haben diesen Nachweis eingetragen. Freigeben muss ihn eine zweite Person."
        raise NotAllowed(text, "four_eyes")
    check_word(word, "grund", "Bitte sagen Sie, warum der Nachweis nicht zählt.")
    content(session, found.file_sha256)
    session.add(
        EvidenceVerdict(
            document_id=number,
            entered_by=entered_by,
            approved=word.approved,
            reason=word.reason,
            decided_by=person_id,
            decided_at=now,
        )
    )
    session.flush()
    _put_on_trail(session, found, word, person_id, now)
    return found


def check_word(word: Word, field: str, asked: str) -> None:
    """Malformed (at `field`) for a refusal without a reason, which `asked` wants, or a long one."""
    if not word.approved and not word.reason:
        raise Malformed(FieldError(field, "missing", asked))
    if faults := too_long(field, word.reason, LONGEST_REASON):
        raise Malformed(*faults)


def _put_on_trail(
    session: Session, found: EvidenceDocument, word: Word, person_id: int, now: datetime
) -> None:
    key = session.scalar(select(Member.key).where(Member.id == found.member_id))
    happening = Happening(
        action="evidence_approved" if word.approved else "evidence_refused",
        subject=f"evidence:{found.id}",
        actor=f"person:{person_id}",
        payload={"sha256": found.file_sha256, "reason": word.reason},
    )
    append(session, COOPERATIVE if key is None else member_stream(key), now, happening)
