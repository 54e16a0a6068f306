"""A member says how much it will need; until the deadline it may say otherwise."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.audit.append import Happening, append, member_stream
from app.demand.records import DemandRound, RoundAnswer
from app.demand.round_queries import answer_of, round_of
from app.demand.rules import MOST_PIECES, ROUND_WORDS, RoundState, collects
from app.kernel.errors import Conflict, FieldError, Malformed
from app.kernel.german import day
from app.kernel.legal_day import legal_day
from app.members.asking import MemberSeen


@dataclass(frozen=True, slots=True)
class Wanted:
    """How many pieces the member will need; 0 is an answer too."""

    requested: int
    note: str = ""


def answer_round(
    session: Session,
    round_id: int,
    member: MemberSeen,
    person_id: int,
    wanted: Wanted,
    now: datetime,
) -> RoundAnswer:
    """Conflict after the deadline or in another state, Malformed for a wrong quantity."""
    asked = round_of(session, round_id, lock=True)
    if not collects(asked.state, asked.deadline, legal_day(now)):
        raise Conflict(_over(asked), "round_not_collecting")
    if not 0 <= wanted.requested <= MOST_PIECES:
        text = f"Bitte eine ganze Zahl von 0 bis {MOST_PIECES}."
        raise Malformed(FieldError("requested", "number", text))
    answer = answer_of(session, round_id, member.id)
    if answer is None:
        answer = RoundAnswer(round_id=round_id, member_id=member.id)
        session.add(answer)
    answer.requested, answer.note = wanted.requested, wanted.note
    answer.answered_by, answer.answered_at = person_id, now
    # A decision of an earlier review was on another quantity.
    answer.approved, answer.approval_reason = None, ""
    answer.approved_by = answer.approved_at = None
    session.flush()
    happening = Happening(
        "demand_round.answered",
        f"demand_round:{round_id}",
        f"person:{person_id}",
        {"requested": wanted.requested},
    )
    append(session, member_stream(member.key), now, happening)
    return answer


def _over(asked: DemandRound) -> str:
    if asked.state is RoundState.COLLECTING:
        return f"Die Frist dieser Bedarfsrunde endete am {day(asked.deadline)}."
    return f"Diese Bedarfsrunde ist {ROUND_WORDS[asked.state]}: Meldungen sind nicht mehr möglich."
