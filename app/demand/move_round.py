"""From collecting to reviewing to closed, by the table of the rules."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.audit.append import COOPERATIVE, Happening, append
from app.demand.decide_needs import Decision, move_needs
from app.demand.records import DemandRound, Need, RoundAnswer
from app.demand.round_queries import round_of
from app.demand.rules import ROUND_MOVES, ROUND_WORDS, NeedMove, NeedState, RoundMove, RoundState
from app.kernel.errors import Conflict, FieldError, Malformed
from app.kernel.legal_day import legal_day


def move_round(
    session: Session,
    round_id: int,
    move: RoundMove,
    person_id: int,
    now: datetime,
    reason: str = "",
) -> DemandRound:
    """Conflict where the table has no such move, or an answer is undecided; Malformed: reason."""
    moved = round_of(session, round_id, lock=True)
    reached = ROUND_MOVES.get((moved.state, move))
    if reached is None:
        text = f"Das geht in diesem Stand nicht: {ROUND_WORDS[moved.state]}."
        raise Conflict(text, "round_move")
    _check(session, moved, move, reason, now)
    moved.state = reached
    if reached is RoundState.CLOSED:
        moved.closed_at = now
    if reached is RoundState.CANCELLED:
        moved.reason = reason
        _free_needs(session, moved, person_id, now)
    session.flush()
    happening = Happening(
        f"demand_round.{reached.value}",
        f"demand_round:{round_id}",
        f"person:{person_id}",
        {"reason": reason},
    )
    append(session, COOPERATIVE, now, happening)
    return moved


def _check(
    session: Session, moved: DemandRound, move: RoundMove, reason: str, now: datetime
) -> None:
    if move is RoundMove.CANCEL and not reason:
        text = "Bitte nennen Sie den Grund; die Mitglieder lesen ihn."
        raise Malformed(FieldError("reason", "missing", text))
    if move is RoundMove.COLLECT and moved.deadline < legal_day(now):
        text = "Die Frist ist vorbei: Meldungen lassen sich nicht wieder öffnen."
        raise Conflict(text, "deadline_over")
    if move is RoundMove.CLOSE and _undecided(session, moved.id):
        text = "Es gibt Meldungen ohne freigegebene Menge. Bitte entscheiden Sie erst über alle."
        raise Conflict(text, "answers_undecided")


def _undecided(session: Session, round_id: int) -> int:
    wanted = (RoundAnswer.round_id == round_id, RoundAnswer.approved.is_(None))
    return session.scalar(select(func.count()).select_from(RoundAnswer).where(*wanted)) or 0


def _free_needs(session: Session, moved: DemandRound, person_id: int, now: datetime) -> None:
    """Needs that were planned for this round are open again."""
    planned = session.scalars(
        select(Need)
        .where(Need.round_id == moved.id, Need.state == NeedState.PLANNED)
        .order_by(Need.id)
        .with_for_update()
    ).all()
    why = f"Die Bedarfsrunde „{moved.title}“ wurde abgebrochen."
    move_needs(session, planned, Decision(NeedMove.REOPEN, why), person_id, now)
