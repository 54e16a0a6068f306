"""What the worker does right after the commit: announcements become notices and mails."""

import json
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.notices.announce import ANNOUNCE
from app.notices.spread import spread
from app.ordering.approving.ask_approvers import ask_approvers
from app.ordering.notify import ASK_APPROVERS
from app.outbox.records import OutboxMessage
from tests.support.clock import NOON

BASE: Final = "https://portal.example"


def told(session: Session, now: datetime = NOON) -> None:
    """Carry out every announcement that waits, in the session of the test."""
    session.flush()
    asks = select(OutboxMessage).where(
        OutboxMessage.name == ASK_APPROVERS, OutboxMessage.done_at.is_(None)
    )
    for message in session.scalars(asks.order_by(OutboxMessage.id)).all():
        ask_approvers(session, json.loads(message.body)["number"], now)
        message.done_at = now
    session.flush()
    waiting = select(OutboxMessage).where(
        OutboxMessage.name == ANNOUNCE, OutboxMessage.done_at.is_(None)
    )
    for message in session.scalars(waiting.order_by(OutboxMessage.id)).all():
        spread(session, json.loads(message.body), BASE, now)
        message.done_at = now
    session.flush()


def mails(session: Session, now: datetime = NOON) -> list[OutboxMessage]:
    """All mails so far, the oldest first, announcements carried out."""
    told(session, now)
    return list(
        session.scalars(
            select(OutboxMessage).where(OutboxMessage.name == "mail").order_by(OutboxMessage.id)
        )
    )
