"""Caps of single articles follow every draw on their lot, whose row keeps all others waiting."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, bindparam, insert, select, update
from sqlalchemy.orm import Session

from app.database.base import table_of
from app.frameworks.cap_records import ArticleCap, CapMovement
from app.frameworks.drawing.draw_steps import Step

CAP, LEDGER = table_of(ArticleCap), table_of(CapMovement)
_CAPS: Final = (
    select(CAP)
    .where(CAP.c.lot_id == bindparam("lot"), CAP.c.sku.in_(bindparam("skus", expanding=True)))
    .order_by(CAP.c.id)
)
_BOOK: Final = insert(LEDGER).returning(LEDGER.c.id)
_MOVE: Final = (
    update(CAP)
    .where(CAP.c.id == bindparam("cap"))
    .values(
        reserved_quantity=CAP.c.reserved_quantity + bindparam("reserved"),
        called_off_quantity=CAP.c.called_off_quantity + bindparam("called_off"),
    )
)
_MOVE_BOOKED: Final = _MOVE.values(given_back_by=bindparam("entry"))

ByArticle = Sequence[tuple[str, int]]


def cap_without_room(session: Session, lot_id: int, pieces: ByArticle) -> tuple[str, int] | None:
    """The first article whose cap cannot take this, and what is left of it."""
    for cap, wanted in _concerned(session, lot_id, pieces):
        if cap.maximum_quantity is None:
            continue
        free = cap.maximum_quantity - cap.reserved_quantity - cap.called_off_quantity
        if wanted > free:
            return cap.sku, free
    return None


def move_caps(session: Session, lot_id: int, pieces: ByArticle, step: Step) -> None:
    """Of an order that has no number yet: `book_caps` writes it down, or it is undone."""
    for cap, moved in _concerned(session, lot_id, pieces):
        row = {
            "cap": cap.id,
            "reserved": moved * step.reserved,
            "called_off": moved * step.called_off,
        }
        session.connection().execute(_MOVE, row)


def book_caps(
    session: Session, lot_id: int, pieces: ByArticle, step: Step, subject: str, now: datetime
) -> None:
    """Put a move that was made in this transaction into the ledger."""
    for cap, moved in _concerned(session, lot_id, pieces):
        session.connection().execute(_BOOK, _entry(cap.id, moved, step, subject, now))


def move_and_book_caps(
    session: Session, lot_id: int, pieces: ByArticle, step: Step, subject: str, now: datetime
) -> None:
    """The entry first: only with it may what is called off fall."""
    connection = session.connection()
    for cap, moved in _concerned(session, lot_id, pieces):
        entry = _entry(cap.id, moved, step, subject, now)
        row = {
            "cap": cap.id,
            "reserved": entry["reserved"],
            "called_off": entry["called_off"],
            "entry": connection.execute(_BOOK, entry).scalar_one(),
        }
        connection.execute(_MOVE_BOOKED, row)


def _concerned(session: Session, lot_id: int, pieces: ByArticle) -> list[tuple[Row[Any], int]]:
    """Caps of the articles drawn, in the order of their ids, with the pieces of each."""
    wanted: dict[str, int] = {}
    for sku, count in pieces:
        wanted[sku] = wanted.get(sku, 0) + count
    rows = session.connection().execute(_CAPS, {"lot": lot_id, "skus": list(wanted)})
    return [(row, wanted[row.sku]) for row in rows]


def _entry(cap_id: int, moved: int, step: Step, subject: str, now: datetime) -> dict[str, Any]:
    return {
        "cap_id": cap_id,
        "move": step.move,
        "subject": subject,
        "reserved": moved * step.reserved,
        "called_off": moved * step.called_off,
        "at": now,
    }
