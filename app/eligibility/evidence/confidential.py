"""Who may open the file of a confidential paper; that it exists stays visible in the register."""

from typing import Final

from app.eligibility.evidence.records import EvidenceDocument
from app.members.asking import Asking
from app.members.rules import Scope

HIDDEN: Final = (
    "Dieser Nachweis ist vertraulich. Seine Datei öffnen nur, wer Nachweise verwaltet oder prüft, "
    "und wer ihn eingetragen hat."
)


def may_open(paper: EvidenceDocument, asking: Asking) -> bool:
    """Other papers are for everybody who reads the register."""
    return (
        not paper.confidential
        or asking.may(Scope.EVIDENCE_WRITE)
        or asking.may(Scope.AUDIT_READ)
        or asking.person_id == paper.stored_by
    )
