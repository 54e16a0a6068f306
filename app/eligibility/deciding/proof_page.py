"""What the auditor sees of an uploaded decision: proven or not, part by part, and our own copy."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.eligibility.judging.verify_decision import Verification, verify_decision
from app.eligibility.records import EligibilityDecision
from app.members.records import Member

# How a difference begins tells to which part it belongs; what fits none spoils the whole file.
PARTS: Final = (
    ("Prüfsumme des Inhalts", "Prüfsumme"),
    ("Aufzeichnung in der Kette", "Aufzeichnung"),
    ("Fassung des Prüfprogramms", "Prüfprogramm"),
    ("Regelwerk am maßgeblichen Tag", "Regelwerk"),
    ("Jede Regel, neu gerechnet", ("Regel ", "Eine Regel ")),
    ("Ergebnis", "Ergebnis"),
    ("Entscheidungstext", "Der Entscheidungstext"),
)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a decision and what does not hold of it."""

    name: str
    differences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OwnCopy:
    """The decision of the same number as this portal keeps it."""

    public_id: str
    member: str
    position: int
    same: bool


@dataclass(frozen=True, slots=True)
class ProofPage:
    """`unreadable` are differences of no part: then nothing else could be checked."""

    file_name: str
    proof: Verification
    parts: tuple[Part, ...]
    unreadable: tuple[str, ...]
    own: OwnCopy | None


def proof_page(session: Session, file_name: str, content: bytes) -> ProofPage:
    """The proof needs the file only; the database is asked whether it keeps the same."""
    proof = verify_decision(content)
    parts = tuple(
        Part(name, tuple(text for text in proof.differences if text.startswith(begins)))
        for name, begins in PARTS
    )
    named = {text for part in parts for text in part.differences}
    unreadable = tuple(text for text in proof.differences if text not in named)
    return ProofPage(file_name, proof, parts, unreadable, _own_copy(session, proof))


def _own_copy(session: Session, proof: Verification) -> OwnCopy | None:
    row = session.execute(
        select(
            EligibilityDecision.public_id,
            Member.name,
            EligibilityDecision.position,
            EligibilityDecision.sha256,
        )
        .join(Member, Member.id == EligibilityDecision.member_id)
        .where(EligibilityDecision.public_id == proof.decision_id[:36])
    ).one_or_none()
    return None if row is None else OwnCopy(row[0], row[1], row[2], row[3] == proof.sha256)
