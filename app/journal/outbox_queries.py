"""What the outbox still has to send, and what it gave up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from app.outbox.hold_mail import HELD, WAITING
from app.outbox.records import OutboxMessage

PAGE_SIZE: Final = 50


class Shelf(StrEnum):
    WAITING = "wartet"
    DEAD = "gescheitert"
    DONE = "erledigt"


CONDITIONS: Final[dict[Shelf, ColumnElement[bool]]] = {
    Shelf.WAITING: and_(OutboxMessage.done_at.is_(None), OutboxMessage.dead_at.is_(None)),
    Shelf.DEAD: OutboxMessage.dead_at.is_not(None),
    Shelf.DONE: OutboxMessage.done_at.is_not(None),
}


@dataclass(frozen=True, slots=True)
class Outbox:
    """One page of one shelf, how many lie on each, and the mails held while no server answers."""

    rows: Sequence[OutboxMessage]
    counts: dict[Shelf, int]
    held: int
    next_try: datetime | None


def outbox(session: Session, shelf: Shelf, page: int) -> Outbox:
    """Waiting messages by due time, the others latest first."""
    waiting = shelf is Shelf.WAITING
    order = OutboxMessage.due_at if waiting else OutboxMessage.id.desc()
    rows = session.scalars(
        select(OutboxMessage)
        .where(CONDITIONS[shelf])
        .order_by(order, OutboxMessage.id)
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    ).all()
    counts = {
        one: session.scalar(select(func.count(OutboxMessage.id)).where(condition)) or 0
        for one, condition in CONDITIONS.items()
    }
    held, next_try = session.execute(
        select(func.count(OutboxMessage.id), func.min(OutboxMessage.due_at)).where(*WAITING, HELD)
    ).one()
    return Outbox(rows, counts, held, next_try)
