"""A step of a membership with its document: the document also proves rule M-03."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.eligibility.evidence.add_evidence import EvidenceWish, add_evidence
from app.kernel.legal_day import legal_day
from app.members.membership.lifecycle import way_of
from app.members.membership.take_step import StepWish, refuse_step, take_step
from app.members.queries import member_by_key
from app.members.records import MembershipStep
from app.members.rules_lifecycle import PROVEN_BY, STEP_WORDS


@dataclass(frozen=True, slots=True)
class Paper:
    """The file that was handed in; empty where there is none."""

    file_name: str
    content: bytes


def record_accession(
    session: Session, key: str, wish: StepWish, paper: Paper, by: tuple[int, datetime]
) -> MembershipStep:
    """Malformed where the step may not follow or its document cannot be taken."""
    person_id, now = by
    member = member_by_key(session, key)
    way = way_of(session, member, legal_day(now))
    refuse_step(way, wish, legal_day(now), proven=bool(paper.content))
    kind = PROVEN_BY.get(wish.step)
    number = None
    if kind is not None and paper.content:
        number = add_evidence(
            session,
            EvidenceWish(
                scope_type="member",
                scope_key=key,
                key=kind,
                value=True,
                kind=kind,
                title=f"{STEP_WORDS[wish.step]}: {wish.reference or member.name}"[:200],
                dated=wish.on,
                valid_from=wish.on,
                valid_to=None,
                review_due=None,
                file_name=paper.file_name,
                content=paper.content,
            ),
            person_id,
            now,
        )
    proven = StepWish(wish.step, wish.on, wish.reference, number)
    return take_step(session, key, proven, person_id, now)
