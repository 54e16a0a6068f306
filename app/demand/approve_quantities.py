"""The desk sets what it plans with, member by member; less than asked for needs a reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.append import COOPERATIVE, Happening, append
from app.demand.records import RoundAnswer
from app.demand.round_queries import round_of
from app.demand.rules import ROUND_WORDS, RoundState
from app.kernel.errors import Conflict, FieldError, Malformed


@dataclass(frozen=True, slots=True)
class Approved:
    """`reason` is read by the member."""

    quantity: int
    reason: str = ""


def approve_quantities(
    session: Session,
    round_id: int,
    by_answer: Mapping[int, Approved],
    person_id: int,
    now: datetime,
) -> int:
    """How many were set; all or none. Fields of Malformed are `approved-ID` and `reason-ID`."""
    reviewed = round_of(session, round_id, lock=True)
    if reviewed.state is not RoundState.REVIEWING:
        text = f"Diese Bedarfsrunde ist nicht in Prüfung: {ROUND_WORDS[reviewed.state]}."
        raise Conflict(text, "round_not_reviewing")
    answers = session.scalars(
        select(RoundAnswer)
        .where(RoundAnswer.round_id == round_id, RoundAnswer.id.in_(by_answer))
        .order_by(RoundAnswer.id)
    ).all()
    if faults := [fault for one in answers for fault in _faults(one, by_answer[one.id])]:
        raise Malformed(*faults)
    for answer in answers:
        said = by_answer[answer.id]
        answer.approved, answer.approval_reason = said.quantity, said.reason
        answer.approved_by, answer.approved_at = person_id, now
    session.flush()
    payload: dict[str, object] = {
        "approved": {str(one.member_id): one.approved for one in answers},
        "requested": {str(one.member_id): one.requested for one in answers},
    }
    happening = Happening(
        "demand_round.approved", f"demand_round:{round_id}", f"person:{person_id}", payload
    )
    append(session, COOPERATIVE, now, happening)
    return len(answers)


def _faults(answer: RoundAnswer, said: Approved) -> list[FieldError]:
    if not 0 <= said.quantity <= answer.requested:
        text = f"Bitte eine Zahl von 0 bis {answer.requested}: mehr ist nicht gemeldet."
        return [FieldError(f"approved-{answer.id}", "number", text)]
    if said.quantity < answer.requested and not said.reason:
        text = "Bitte begründen Sie die kleinere Menge; das Mitglied liest es."
        return [FieldError(f"reason-{answer.id}", "missing", text)]
    return []
