"""With whom an order lies now, since when, and how long that took in earlier orders."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session, aliased

from app.members.records import Member
from app.ordering.records import CallOff
from app.ordering.rules import HOLDS_RESERVATION, State
from app.ordering.signing.rules_usual import usual_words
from app.ordering.signing.who_decides import who_decides
from app.ordering.trail_records import CallOffMove

AT: Final[dict[State, str]] = {
    State.IN_APPROVAL: "Freigabe",
    State.APPROVED: "Freigabe",
    State.BLOCKED_EVIDENCE: "Nachweisführung der Genossenschaft und Ihre Organisation",
    State.PLACED: "Abwicklung",
    State.CONFIRMED: "Abwicklung und Auftragnehmer",
    State.PARTIALLY_DELIVERED: "Abwicklung und Auftragnehmer",
    State.DELIVERED: "Abwicklung",
    State.INVOICED: "Ihre Organisation",
}
OWN: Final = frozenset({State.IN_APPROVAL, State.APPROVED, State.INVOICED})
"""How long these take is a matter of the member, the others of the desk and the agreement."""
LOOKED_AT: Final = 200
MOST_NAMED: Final = 3
NOBODY: Final = "niemandem: Für diesen Wert ist keine Freigabe hinterlegt"


@dataclass(frozen=True, slots=True)
class WhoHasIt:
    """In words; `since` is when it came there."""

    who: str
    since: datetime
    usual: str


def who_has_it(session: Session, member: Member, found: CallOff, now: datetime) -> WhoHasIt | None:
    """None where nobody is to do anything any more."""
    who = AT.get(found.state)
    if who is None:
        return None
    if found.state in HOLDS_RESERVATION:
        able = [decider.label for decider, _ in who_decides(session, member, found, now)]
        who = _named(list(dict.fromkeys(able))) or NOBODY
    came = [move.at for move in found.history if move.reached is found.state is not move.left]
    stays = _stays(session, found)
    return WhoHasIt(who, came[-1] if came else found.submitted_at, usual_words(stays))


def _named(labels: list[str]) -> str:
    shown = ", ".join(labels[:MOST_NAMED])
    others = len(labels) - MOST_NAMED
    return f"{shown} oder {others} weitere" if others > 0 else shown


def _stays(session: Session, found: CallOff) -> list[timedelta]:
    """How long the latest comparable orders stood where this one stands."""
    alike = CallOff.framework_id == found.framework_id
    if found.state in OWN:
        alike = CallOff.member_id == found.member_id
    latest = (
        select(CallOff.id)
        .where(alike, CallOff.id != found.id)
        .order_by(CallOff.id.desc())
        .limit(LOOKED_AT)
        .scalar_subquery()
    )
    came, left = aliased(CallOffMove), aliased(CallOffMove)
    rows = session.execute(
        select(func.min(came.at), func.min(left.at))
        .join(
            left,
            and_(
                left.call_off_id == came.call_off_id,
                left.left == found.state,
                left.reached != found.state,
            ),
        )
        .where(came.call_off_id.in_(latest), came.reached == found.state)
        .group_by(came.call_off_id)
    )
    return [until - since for since, until in rows if until >= since]
