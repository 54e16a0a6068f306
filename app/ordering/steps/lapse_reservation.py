"""Letting an order lapse that nobody approved in time: its room goes back to the others."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.append import Happening, append, member_stream
from app.database.tenant import EVERY_MEMBER
from app.frameworks.records import Framework
from app.kernel.german import day
from app.kernel.legal_day import legal_day
from app.members.queries import member_of
from app.members.records import Member
from app.notices.announce import News, announce
from app.notices.rules import Event
from app.ordering.act import check_side
from app.ordering.notify import tell_orderer
from app.ordering.queries import lock_call_off
from app.ordering.records import CallOff
from app.ordering.rules import HOLDS_RESERVATION, Move, Side, held_until
from app.ordering.signing.who_decides import who_decides
from app.ordering.steps.free_reservation import free_reservation

PORTAL: Final = "portal"
REMIND_BEFORE: Final = timedelta(days=3)


def lapse_reservation(session: Session, number: str, now: datetime) -> CallOff | None:
    """Cancelled by the portal itself; None where it was decided meanwhile or may still wait."""
    found = lock_call_off(session, number, EVERY_MEMBER)
    framework = session.get_one(Framework, found.framework_id)
    if found.state not in HOLDS_RESERVATION or not _is_over(found, framework, now):
        return None
    check_side(found, Move.CANCEL, Side.PORTAL)
    reason = (
        f"Nicht innerhalb von {framework.reservation_days} Tagen genehmigt: "
        "Die Reservierung ist verfallen, die Menge ist wieder frei."
    )
    free_reservation(session, found, None, reason, now)
    for line in found.lines:
        line.cancelled += line.outstanding
    left = found.state
    found.make(Move.CANCEL, None, Side.PORTAL, now, reason)
    session.flush()
    member = member_of(session, EVERY_MEMBER, found.member_id)
    _tell(session, member, found, reason, now)
    payload: dict[str, object] = {"from": left.value, "to": found.state.value, "reason": reason}
    happening = Happening("call_off.lapse", found.number, PORTAL, payload)
    append(session, member_stream(member.key), now, happening)
    return found


def over_reservations(session: Session, now: datetime) -> tuple[str, ...]:
    """Numbers of the orders whose time is over, the oldest first."""
    return tuple(
        found.number for found, framework in _waiting(session) if _is_over(found, framework, now)
    )


def remind_of_lapse(session: Session, now: datetime) -> int:
    """One mail to each decider some days before; how many orders are concerned."""
    concerned = 0
    for found, framework in _waiting(session):
        last = held_until(legal_day(found.submitted_at), framework.reservation_days)
        if last - REMIND_BEFORE <= legal_day(now) <= last:
            concerned += 1
            _remind(session, found, last, now)
    return concerned


def _waiting(session: Session) -> Sequence[tuple[CallOff, Framework]]:
    rows = session.execute(
        select(CallOff, Framework)
        .join(Framework, Framework.id == CallOff.framework_id)
        .where(CallOff.state.in_(HOLDS_RESERVATION))
        .order_by(CallOff.submitted_at, CallOff.id)
    ).all()
    return [(row[0], row[1]) for row in rows]


def _is_over(found: CallOff, framework: Framework, now: datetime) -> bool:
    submitted = legal_day(found.submitted_at)
    return legal_day(now) > held_until(submitted, framework.reservation_days)


def _tell(session: Session, member: Member, found: CallOff, reason: str, now: datetime) -> None:
    sentence = f"Ihr Abruf {found.number} ist storniert. {reason} Bestellen Sie bei Bedarf erneut."
    tell_orderer(session, found, sentence, now)
    said = f"Der Abruf {found.number} wartet nicht mehr auf Sie. {reason}"
    people = [decider.person_id for decider, _ in who_decides(session, member, found, now)]
    news = News(Event.APPROVAL_LAPSES, f"Abruf {found.number} verfallen", said, "/genehmigungen")
    announce(session, news, people, now, cause=f"lapsed:{found.number}:{now.isoformat()}")


def _remind(session: Session, found: CallOff, last: date, now: datetime) -> None:
    said = (
        f"Der Abruf {found.number} wartet auf eine Genehmigung. Seine Reservierung gilt bis "
        f"{day(last)}; danach wird er storniert."
    )
    member = member_of(session, EVERY_MEMBER, found.member_id)
    people = [decider.person_id for decider, _ in who_decides(session, member, found, now)]
    news = News(
        Event.APPROVAL_LAPSES, f"Abruf {found.number} verfällt bald", said, "/genehmigungen"
    )
    announce(session, news, people, now, cause=f"lapse-soon:{found.number}:{last.isoformat()}")
