"""Sending messages again that the outbox had given up."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.audit.append import COOPERATIVE, Happening, append
from app.kernel.errors import Conflict
from app.outbox.records import OutboxMessage


def retry_message(session: Session, message_id: int, actor: str, now: datetime) -> None:
    """It is due at once and has all its attempts again. Conflict where it is not given up."""
    revived = session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.id == message_id, OutboxMessage.dead_at.is_not(None))
        .values(dead_at=None, attempts=0, due_at=now, lease_until=None)
        .returning(OutboxMessage.name)
        .execution_options(synchronize_session=False)
    ).scalar_one_or_none()
    if revived is None:
        text = "Diese Nachricht ist nicht gescheitert oder wird schon wieder versucht."
        raise Conflict(text, "not_dead")
    happening = Happening("outbox.retried", f"outbox:{message_id}", actor, {"name": revived})
    append(session, COOPERATIVE, now, happening)


def retry_all(session: Session, actor: str, now: datetime) -> int:
    """All of them, as after a mail server was down; how many. Nothing is said where none was."""
    revived = session.scalars(
        update(OutboxMessage)
        .where(OutboxMessage.dead_at.is_not(None))
        .values(dead_at=None, attempts=0, due_at=now, lease_until=None)
        .returning(OutboxMessage.id)
        .execution_options(synchronize_session=False)
    ).all()
    if revived:
        said: dict[str, object] = {"messages": sorted(revived)}
        happening = Happening("outbox.all_retried", "outbox", actor, said)
        append(session, COOPERATIVE, now, happening)
    return len(revived)
