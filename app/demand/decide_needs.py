"""What becomes of reported needs: planned, met or declined, told to whoever reported them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.append import COOPERATIVE, Happening, append
from app.catalog.records import Article
from app.demand.records import DemandRound, Need
from app.demand.rules import NEED_WORDS, NeedMove, NeedState, RoundState, after
from app.kernel.errors import Conflict, FieldError, Malformed
from app.notices.announce import News, announce
from app.notices.rules import Event


@dataclass(frozen=True, slots=True)
class Decision:
    """`round_id` belongs to a plan, `sku` to an offer, `reason` to a refusal."""

    move: NeedMove
    reason: str = ""
    round_id: int | None = None
    sku: str = ""


def decide_needs(
    session: Session, need_ids: Sequence[int], decision: Decision, person_id: int, now: datetime
) -> int:
    """All or none: Malformed names what is missing, Conflict a need that cannot move like that."""
    _check(session, need_ids, decision)
    needs = session.scalars(
        select(Need).where(Need.id.in_(need_ids)).order_by(Need.id).with_for_update()
    ).all()
    move_needs(session, needs, decision, person_id, now)
    payload: dict[str, object] = {
        "needs": [need.id for need in needs],
        "reason": decision.reason,
        "round": decision.round_id,
        "sku": decision.sku,
    }
    action, actor = f"needs.{decision.move.value}", f"person:{person_id}"
    append(session, COOPERATIVE, now, Happening(action, "needs", actor, payload))
    return len(needs)


def move_needs(
    session: Session, needs: Sequence[Need], decision: Decision, person_id: int, now: datetime
) -> None:
    """Locked rows to the state that the table gives; the caller puts it on record."""
    for need in needs:
        reached = after(need.state, decision.move)
        if reached is None:
            text = f"Der Bedarf „{need.what}“ ist {NEED_WORDS[need.state]}: das geht nicht mehr."
            raise Conflict(text, "need_decided")
        need.state = reached
        need.decision_reason = decision.reason
        need.decided_by, need.decided_at = person_id, now
        if decision.move is NeedMove.PLAN:
            need.round_id = decision.round_id
        if reached is NeedState.OPEN:
            need.round_id = None
        need.sku = decision.sku or None
        _tell(session, need, now)
    session.flush()


def _check(session: Session, need_ids: Sequence[int], decision: Decision) -> None:
    errors = []
    if not need_ids:
        text = "Bitte wählen Sie mindestens einen Bedarf."
        errors.append(FieldError("need", "missing", text))
    if decision.move is NeedMove.DECLINE and not decision.reason:
        text = "Bitte nennen Sie den Grund; die Mitglieder lesen ihn."
        errors.append(FieldError("reason", "missing", text))
    if decision.move is NeedMove.PLAN and not _plans(session, decision.round_id):
        text = "Bitte wählen Sie eine Bedarfsrunde, die noch läuft."
        errors.append(FieldError("round", "unknown", text))
    if decision.move is NeedMove.OFFER and not _offers(session, decision.sku):
        text = "Diese Artikelnummer gibt es im Katalog nicht."
        errors.append(FieldError("sku", "article_unknown", text))
    if errors:
        raise Malformed(*errors)


def _plans(session: Session, round_id: int | None) -> bool:
    found = session.get(DemandRound, round_id) if round_id is not None else None
    return found is not None and found.state in {RoundState.COLLECTING, RoundState.REVIEWING}


def _offers(session: Session, sku: str) -> bool:
    wanted = select(Article.id).where(Article.sku == sku, Article.active)
    return session.scalar(wanted) is not None


def _tell(session: Session, need: Need, now: datetime) -> None:
    said = [f"Ihr Bedarf „{need.what}“: {NEED_WORDS[need.state]}."]
    if need.decision_reason:
        said.append(f"Begründung: {need.decision_reason}")
    if need.sku:
        said.append(f"Artikelnummer im Katalog: {need.sku}")
    subject = f"Ihr Bedarf: {NEED_WORDS[need.state]}"
    news = News(Event.DEMAND, subject, "\n".join(said), "/bedarf")
    cause = f"need:{need.id}:{need.state.value}:{now.isoformat()}"
    announce(session, news, [need.reported_by], now, cause=cause)
