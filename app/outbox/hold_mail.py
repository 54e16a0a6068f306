"""While the mail server is away one mail asks for it; the others wait and lose no attempt."""

from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from app.outbox.records import Kind, OutboxMessage
from app.outbox.rules import Fault

WAITING: Final = (
    OutboxMessage.kind == Kind.MAIL,
    OutboxMessage.done_at.is_(None),
    OutboxMessage.dead_at.is_(None),
    OutboxMessage.lease_until.is_(None),
)
HELD: Final = OutboxMessage.last_error == Fault.SERVER_AWAY


def hold_mail(session: Session, until: datetime, now: datetime) -> datetime:
    """Every mail that is due: else each would wait for the server in turn, and all jobs with it.

    Returns until when: as long as others are held already, so that a new mail asks only once.
    """
    held = select(func.max(OutboxMessage.due_at)).where(*WAITING, HELD)
    moment = max(session.scalar(held) or until, until)
    _move(session, OutboxMessage.due_at <= now, due_at=moment, last_error=Fault.SERVER_AWAY)
    return moment


def release_mail(session: Session, now: datetime) -> None:
    """The server answers again: nobody waits for the end of the pause."""
    _move(session, HELD, OutboxMessage.due_at > now, due_at=now, last_error=None)


def _move(session: Session, *which: ColumnElement[bool], **values: object) -> None:
    """Past what another worker holds: two of them never wait for each other."""
    found = select(OutboxMessage.id).where(*WAITING, *which).with_for_update(skip_locked=True)
    session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.id.in_(found))
        .values(**values)
        .execution_options(synchronize_session=False)
    )
