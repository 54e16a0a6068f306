"""Telling people when something waits for them; written in the order's own transaction."""

from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from app.kernel.legal_day import legal_day
from app.members.rules import Role
from app.notices.announce import News, announce
from app.notices.people import holders
from app.notices.rules import Event
from app.ordering.records import CallOff
from app.outbox.enqueue import job

ASK_APPROVERS: Final = "ask_approvers"


def ask_for_approval(session: Session, number: str, now: datetime, after: str = "") -> None:
    """The worker finds out who may decide and sends each of them a link of their own.

    `after` names what happened, where more than one thing may at the same moment.
    """
    job(session, ASK_APPROVERS, {"number": number}, now, f"ask:{number}:{after}:{now.isoformat()}")


def tell_desk(session: Session, found: CallOff, now: datetime) -> None:
    """The desk has a new order to confirm."""
    body = (
        f"Der Abruf {found.number} ist beauftragt und wartet auf Ihre Bestätigung.\n"
        f"Wert netto: {found.net.text.replace('.', ',')} Euro\n"
    )
    news = News(
        Event.DESK_ORDER, f"Neuer Abruf {found.number}", body, f"/abwicklung/{found.number}"
    )
    desk = holders(session, [Role.DESK], legal_day(now))
    announce(session, news, desk, now, cause=f"desk:{found.number}")


def tell_orderer(
    session: Session,
    found: CallOff,
    what: str,
    now: datetime,
    *,
    event: Event = Event.ORDER_MOVED,
) -> None:
    """The one who ordered hears what became of it; `what` is a German sentence."""
    news = News(event, f"Abruf {found.number}", what, f"/abrufe/{found.number}")
    cause = f"orderer:{found.number}:{found.state}:{now.isoformat()}"
    announce(session, news, [found.ordered_by], now, cause=cause)
