"""Recomputing every chain of evidence: audit trail and decisions, against the anchors outside."""

from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Final

from sqlalchemy.orm import Session

from app.audit.anchor_folder import AnchorFolder
from app.audit.check_anchors import Anchored, check_anchors
from app.audit.records import AuditVerification
from app.audit.verify import Verification, verify_chains
from app.eligibility.deciding.verify_chains import verify_decision_chains
from app.eligibility.evidence.verify_evidence import verify_evidence
from app.kernel.canonical import canonical_json
from app.kernel.errors import Conflict
from app.retention.verify_erasures import verify_erasures

# One run reads every row there is: a second one at the same time would only slow both.
RUNNING: Final = Lock()


@dataclass(frozen=True, slots=True)
class Verified:
    """What was recomputed; the breaks of decisions, evidence and erasures are German sentences."""

    trail: Verification
    decision_breaks: tuple[str, ...]
    anchored: Anchored
    evidence_breaks: tuple[str, ...] = ()
    erasure_breaks: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        return not self.findings

    @property
    def findings(self) -> tuple[str, ...]:
        """All that does not hold, one sentence each with its place."""
        return (
            *(
                f"Kette {one.stream}, Eintrag {one.position}: {one.reason}"
                for one in self.trail.breaks
            ),
            *self.decision_breaks,
            *self.evidence_breaks,
            *self.erasure_breaks,
            *self.anchored.faults,
        )


def verify_all(session: Session, folder: AnchorFolder) -> Verified:
    """Reads only. Conflict while another run is under way."""
    if not RUNNING.acquire(blocking=False):
        text = "Eine Prüfung läuft gerade. Bitte versuchen Sie es in einer Minute noch einmal."
        raise Conflict(text, "verification_running")
    try:
        anchored = check_anchors(session, folder)
        return Verified(
            verify_chains(session, anchored.witnesses),
            verify_decision_chains(session, anchored.witnesses),
            anchored,
            verify_evidence(session),
            verify_erasures(session),
        )
    finally:
        RUNNING.release()


def note_verification(session: Session, verified: Verified, actor: str, now: datetime) -> None:
    """Who has verified what and when; in a short transaction after the long reading one."""
    session.add(
        AuditVerification(
            at=now,
            actor=actor,
            rows=verified.trail.events,
            anchors=len(verified.anchored.anchors),
            findings=canonical_json(list(verified.findings)),
        )
    )
