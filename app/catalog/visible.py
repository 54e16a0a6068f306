"""Whose articles somebody sees: the predicate of the agreements, kept per member and day."""

from datetime import date
from typing import Final

from sqlalchemy import ColumnElement, true
from sqlalchemy.orm import Session

from app.catalog.records import Article
from app.database.marks import LISTS, REGISTER, Kept
from app.frameworks.open_lots import open_lots
from app.members.asking import Asking

Visible = frozenset[int] | None
# No step of a publication writes what this is read from (a test walks over both).
KEPT: Final[Kept[frozenset[int]]] = Kept(most=2_000, marks=(LISTS, REGISTER))


def visible_lots(session: Session, member_id: int | None, on: date) -> Visible:
    """The lots whose articles this member may see and order; None: all, for whom no member acts.

    What is not visible does not exist for lists, searches, counts, pages, the API and the basket.
    """
    if member_id is None:
        return None
    return KEPT.get(session, (member_id, on), lambda: open_lots(session, member_id, on).named)


def lots_seen_by(session: Session, asking: Asking, on: date) -> Visible:
    """The same for whoever asks; those who work for all members see everything."""
    return visible_lots(session, asking.member.id if asking.member else None, on)


def sees(visible: Visible, lot_id: int) -> bool:
    return visible is None or lot_id in visible


def is_visible(visible: Visible) -> ColumnElement[bool]:
    """The same for a read of articles."""
    return true() if visible is None else Article.lot_id.in_(visible)
