"""A cap on a single article of a lot, in pieces, within the lot's own ceilings."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from app.catalog.records import Article
from app.database.base import table_of
from app.frameworks.amending.lock_framework import lock_framework
from app.frameworks.amending.log_change import Entry, Said, log_change
from app.frameworks.amending.set_quota import locked_lot
from app.frameworks.amendment_limits import AmendmentKind
from app.frameworks.cap_records import ArticleCap, CapMovement
from app.frameworks.drawing.draw import Draw
from app.frameworks.rules_ceiling import CeilingMove
from app.kernel.errors import FieldError, Malformed
from app.kernel.german import number as german_number
from app.ordering.act import draws
from app.ordering.changing.growth import growth_draws
from app.ordering.changing.queries import open_change
from app.ordering.records import CallOff, CallOffLine
from app.ordering.rules import HOLDS_RESERVATION


@dataclass(frozen=True, slots=True)
class CapWish:
    """How many pieces of an article may be called off in all; None lifts the cap."""

    sku: str
    quantity: int | None

    @property
    def words(self) -> str:
        if self.quantity is None:
            return "ohne Grenze"
        return f"höchstens {german_number(self.quantity)} Stück"


def limit_article(
    session: Session, person_id: int, framework: str, wish: CapWish, reason: str, now: datetime
) -> ArticleCap:
    """Counts what all members have drawn so far. Raises Malformed below that, NotFound."""
    found = lock_framework(session, framework, None)
    article = session.scalar(
        select(Article).where(Article.sku == wish.sku, Article.framework_id == found.framework.id)
    )
    if article is None:
        text = "Diese Artikelnummer gibt es in diesem Rahmenvertrag nicht."
        raise Malformed(FieldError("sku", "unknown", text))
    number = next(lot.number for lot in found.lots if lot.id == article.lot_id)
    lot = locked_lot(session, found, number)
    cap = _known(session, lot.id, wish.sku)
    if cap is None:
        reserved, called_off = _drawn(session, lot.id, wish.sku)
        cap = ArticleCap(
            lot_id=lot.id,
            sku=wish.sku,
            reserved_quantity=reserved,
            called_off_quantity=called_off,
        )
    errors = list(_errors(cap, wish, reason))
    if errors:
        raise Malformed(*errors)
    begins = cap.id is None
    what = f"Los {number}, Artikel {wish.sku}: {wish.words}"
    entry = Entry(AmendmentKind.ARTICLE_CAP, (what,), lot_id=lot.id)
    logged = log_change(session, found.framework, entry, Said(reason.strip()), person_id, now)
    cap.raised_by, cap.maximum_quantity = logged.change_id, wish.quantity
    session.add(cap)
    lot.has_caps = True
    session.flush()
    if begins:
        _open(session, cap, now)
    return cap


def _known(session: Session, lot_id: int, sku: str) -> ArticleCap | None:
    return session.scalar(
        select(ArticleCap)
        .where(ArticleCap.lot_id == lot_id, ArticleCap.sku == sku)
        .execution_options(populate_existing=True)
    )


def _drawn(session: Session, lot_id: int, sku: str) -> tuple[int, int]:
    """Pieces reserved and called off before the cap: what the orders and open changes hold."""
    reserved = called_off = 0
    for found in _orders(session, lot_id, sku):
        if found.placed_at is None:
            if found.state in HOLDS_RESERVATION:
                reserved += _pieces(draws(found.lines), lot_id, sku)
            continue
        called_off += sum(
            line.kept * line.pieces_per_unit
            for line in found.lines
            if line.lot_id == lot_id and line.sku == sku
        )
        change = open_change(session, found.id)
        if change is not None and change.grows:
            reserved += _pieces(growth_draws(found, change), lot_id, sku)
    return reserved, called_off


def _orders(session: Session, lot_id: int, sku: str) -> Sequence[CallOff]:
    return session.scalars(
        select(CallOff)
        .where(
            CallOff.id.in_(
                select(CallOffLine.call_off_id).where(
                    CallOffLine.lot_id == lot_id, CallOffLine.sku == sku
                )
            )
        )
        .options(selectinload(CallOff.lines))
        .execution_options(populate_existing=True)
    ).all()


def _pieces(drawn: Sequence[Draw], lot_id: int, sku: str) -> int:
    return sum(
        pieces
        for draw in drawn
        if draw.lot_id == lot_id
        for name, pieces in draw.by_article
        if name == sku
    )


def _errors(cap: ArticleCap, wish: CapWish, reason: str) -> Iterator[FieldError]:
    if not reason.strip():
        yield FieldError("reason", "missing", "Bitte nennen Sie Grund und Beleg.")
    if wish.quantity is not None and wish.quantity < cap.used:
        text = f"Abgerufen und vorgemerkt sind schon {german_number(cap.used)} Stück."
        yield FieldError("quantity", "below_drawn", text)


def _open(session: Session, cap: ArticleCap, now: datetime) -> None:
    """The ledger begins with what was drawn before."""
    row = {
        "cap_id": cap.id,
        "move": CeilingMove.OPENING,
        "subject": "Anfangsbestand",
        "reserved": cap.reserved_quantity,
        "called_off": cap.called_off_quantity,
        "at": now,
    }
    session.execute(table_of(CapMovement).insert(), row)
    session.flush()
