"""Withdrawing a successor, released or not; it stays on record with the reason."""

from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from app.audit.append import COOPERATIVE, Happening, append
from app.catalog.relations.records import Successor
from app.catalog.relations.successor_queries import successor_of
from app.kernel.errors import Conflict, FieldError, Malformed

LONGEST_REASON: Final = 500


def withdraw_successor(
    session: Session, successor_id: int, reason: str, person_id: int, now: datetime
) -> Successor:
    """Raises NotFound, Malformed without a reason, Conflict where it is withdrawn already."""
    found = successor_of(session, successor_id, lock=True)
    if found.withdrawn_at is not None:
        raise Conflict("Dieser Nachfolger ist schon zurückgezogen.", "already_decided")
    if not reason or len(reason) > LONGEST_REASON:
        text = f"Bitte nennen Sie den Grund mit höchstens {LONGEST_REASON} Zeichen."
        raise Malformed(FieldError("reason", "reason_missing", text))
    found.withdrawn_at, found.withdrawn_by, found.withdrawn_reason = now, person_id, reason
    session.flush()
    payload: dict[str, object] = {"new": found.new_sku, "reason": reason}
    subject = f"article:{found.old_sku}"
    happening = Happening("successor.withdrawn", subject, f"person:{person_id}", payload)
    append(session, COOPERATIVE, now, happening)
    return found
