"""The second person's word on a list of files that are to be erased."""

from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.append import COOPERATIVE, Happening, append
from app.kernel.errors import Conflict, FieldError, Malformed, NotAllowed, NotFound, too_long
from app.kernel.legal_day import legal_day
from app.retention.due_files import still_due
from app.retention.records import ErasureItem, ErasureProposal, ErasureRelease
from app.retention.tell_keepers import tell_proposer

LONGEST_REASON: Final = 300
OWN = "Sie haben diese Liste vorgeschlagen. Freigeben oder ablehnen muss sie eine zweite Person."


def release_erasure(
    session: Session,
    proposal_id: int,
    person_id: int,
    now: datetime,
    *,
    released: bool,
    reason: str = "",
) -> ErasureRelease:
    """Released, the next run erases what nothing keeps and nobody holds by then.

    NotFound, NotAllowed for the one who proposed, Conflict where it was decided or a file of the
    list is held or kept again, Malformed (field `grund`) without a reason to refuse or with one
    that is too long.
    """
    found = session.get(ErasureProposal, proposal_id, with_for_update=True)
    if found is None:
        raise NotFound("Diese Liste gibt es nicht.")
    if found.proposed_by == person_id:
        raise NotAllowed(OWN, "four_eyes")
    if session.get(ErasureRelease, proposal_id) is not None:
        raise Conflict("Über diese Liste ist schon entschieden.", "already_decided")
    if not released and not reason:
        text = "Bitte sagen Sie, warum die Dateien bleiben."
        raise Malformed(FieldError("grund", "missing", text))
    if faults := too_long("grund", reason, LONGEST_REASON):
        raise Malformed(*faults)
    if released:
        _refuse_kept(session, proposal_id, now)
    verdict = ErasureRelease(
        proposal_id=found.id,
        proposed_by=found.proposed_by,
        released=released,
        reason=reason,
        decided_by=person_id,
        decided_at=now,
    )
    session.add(verdict)
    session.flush()
    action = "erasure_released" if released else "erasure_refused"
    said: dict[str, object] = {"reason": reason}
    happened = Happening(action, f"erasure-list:{found.id}", f"person:{person_id}", said)
    append(session, COOPERATIVE, now, happened)
    tell_proposer(session, verdict, now)
    return verdict


def _refuse_kept(session: Session, proposal_id: int, now: datetime) -> None:
    """Between proposal and release a hold may have come, or a file may be used again."""
    hashes = session.scalars(
        select(ErasureItem.sha256).where(ErasureItem.proposal_id == proposal_id)
    ).all()
    due = still_due(session, hashes, legal_day(now))
    stopped = [one for one in hashes if due.get(one, True)]
    if stopped:
        text = (
            f"Zu {len(stopped)} von {len(hashes)} Dateien besteht inzwischen eine Sperre oder ein "
            "neuer Verwendungszweck. Lehnen Sie die Liste ab und schlagen Sie den Rest neu vor."
        )
        raise Conflict(text, "held")
