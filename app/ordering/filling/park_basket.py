"""Putting the basket aside under a name, for oneself, for a colleague or for all who order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.kernel.errors import Conflict, FieldError, Malformed
from app.kernel.german import clean, day
from app.kernel.legal_day import legal_day
from app.ordering.basket import contents as basket
from app.ordering.basket.contents import Owner
from app.ordering.basket_records import BasketKit
from app.ordering.filling.price_again import lines_of_today
from app.ordering.filling.records import ParkedBasket

LONGEST_NAME: Final = 80
MOST_PARKED: Final = 50


@dataclass(frozen=True, slots=True)
class Parking:
    """Under which name, and who holds it then: `holder_id` None means all who order."""

    name: str
    holder_id: int | None


def park_basket(session: Session, owner: Owner, wish: Parking, now: datetime) -> ParkedBasket:
    """The basket is empty afterwards. Raises Malformed for the name, Conflict where it is empty."""
    name = clean(wish.name)[: LONGEST_NAME + 1] or f"Warenkorb vom {day(legal_day(now))}"
    if len(name) > LONGEST_NAME:
        text = f"Bitte höchstens {LONGEST_NAME} Zeichen."
        raise Malformed(FieldError("name", "too_long", text))
    wanted, terms = basket.quantities(session, owner), basket.terms(session, owner)
    if not wanted:
        raise Conflict("Ihr Warenkorb ist leer.", "basket_empty")
    if _parked(session, owner) >= MOST_PARKED:
        text = f"Es liegen schon {MOST_PARKED} Warenkörbe bereit. Löschen Sie zuerst einen."
        raise Conflict(text, "too_many_baskets")
    lines = lines_of_today(session, owner, wanted, terms, now)
    parked = ParkedBasket(
        member_id=owner.member_id,
        holder_id=wish.holder_id,
        name=name,
        parked_at=now,
        lines=[
            {
                "sku": sku,
                "quantity": many,
                "term": terms.get(sku),
                "name": lines[sku].article.name if sku in lines else sku,
                "unit_price": price.ten_thousandths
                if sku in lines and (price := lines[sku].unit_price) is not None
                else None,
            }
            for sku, many in wanted.items()
        ],
        kits={str(kit.kit_id): kit.quantity for kit in _kits(session, owner)},
    )
    session.add(parked)
    basket.take_out(session, owner, tuple(wanted))
    session.execute(
        delete(BasketKit).where(
            BasketKit.member_id == owner.member_id, BasketKit.person_id == owner.person_id
        )
    )
    session.flush()
    return parked


def _kits(session: Session, owner: Owner) -> Sequence[BasketKit]:
    return session.scalars(
        select(BasketKit).where(
            BasketKit.member_id == owner.member_id, BasketKit.person_id == owner.person_id
        )
    ).all()


def _parked(session: Session, owner: Owner) -> int:
    waiting = select(func.count(ParkedBasket.id)).where(
        ParkedBasket.member_id == owner.member_id, ParkedBasket.taken_up_at.is_(None)
    )
    return session.scalar(waiting) or 0
