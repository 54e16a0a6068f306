"""Recomputing every chain of evidence: audit trail and in-house decisions."""

from dataclasses import dataclass
from threading import Lock
from typing import Final

from sqlalchemy.orm import Session

from app.audit.verify import Verification, verify_chains
from app.eligibility.verify_chains import verify_decision_chains
from app.kernel.errors import Conflict

# One run reads every row there is: a second one at the same time would only slow both.
RUNNING: Final = Lock()


@dataclass(frozen=True, slots=True)
class Verified:
    """What was recomputed; `decision_breaks` are German sentences."""

    trail: Verification
    decision_breaks: tuple[str, ...]

    @property
    def holds(self) -> bool:
        return self.trail.holds and not self.decision_breaks


def verify_all(session: Session) -> Verified:
    """Reads only. Conflict while another run is under way."""
    if not RUNNING.acquire(blocking=False):
        text = "Eine Prüfung läuft gerade. Bitte versuchen Sie es in einer Minute noch einmal."
        raise Conflict(text, "verification_running")
    try:
        return Verified(verify_chains(session), verify_decision_chains(session))
    finally:
        RUNNING.release()
