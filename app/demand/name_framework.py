"""The agreement that came of a round: its sums were the estimate, its needs are met now."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.append import COOPERATIVE, Happening, append
from app.demand.decide_needs import Decision, move_needs
from app.demand.records import DemandRound, Need
from app.demand.round_queries import round_of
from app.demand.rules import NeedMove, NeedState, RoundState
from app.frameworks.records import Framework
from app.kernel.errors import Conflict, FieldError, Malformed


def name_framework(
    session: Session, round_id: int, number: str, person_id: int, now: datetime
) -> DemandRound:
    """Conflict unless the round is closed, Malformed for an unknown agreement."""
    named = round_of(session, round_id, lock=True)
    if named.state is not RoundState.CLOSED:
        text = "Einen Rahmenvertrag bekommt eine Bedarfsrunde erst, wenn sie abgeschlossen ist."
        raise Conflict(text, "round_not_closed")
    framework = session.scalar(select(Framework).where(Framework.number == number))
    if framework is None:
        text = "Diesen Rahmenvertrag gibt es nicht."
        raise Malformed(FieldError("framework", "unknown", text))
    named.framework_id = framework.id
    planned = session.scalars(
        select(Need)
        .where(Need.round_id == named.id, Need.state == NeedState.PLANNED)
        .order_by(Need.id)
        .with_for_update()
    ).all()
    why = f"Rahmenvertrag {framework.number}, {framework.title}"
    move_needs(session, planned, Decision(NeedMove.OFFER, why), person_id, now)
    happening = Happening(
        "demand_round.framework_named",
        f"demand_round:{round_id}",
        f"person:{person_id}",
        {"framework": framework.number, "needs": [need.id for need in planned]},
    )
    append(session, COOPERATIVE, now, happening)
    return named
