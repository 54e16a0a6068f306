"""Making a parked basket the basket again, at the prices of today."""

from datetime import datetime

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.ordering.basket.contents import Owner, piece_count
from app.ordering.basket_records import BasketKit
from app.ordering.filling.park_basket import Parking, park_basket
from app.ordering.filling.price_again import lines_of_today
from app.ordering.filling.put_many_in_basket import put_many_in_basket
from app.ordering.filling.queries import parked_basket, remembered_of
from app.ordering.filling.records import ParkedBasket


def take_up_basket(
    session: Session, owner: Owner, basket_id: int, now: datetime, *, instead: bool
) -> ParkedBasket:
    """What lies in the basket stays beside it, or with `instead` is parked for oneself.

    Articles that are in no catalog any more stay away; the page says so. Raises NotFound, also
    for whoever comes second to a basket that waits for all.
    """
    found = parked_basket(session, owner, basket_id, lock=True)
    if instead and piece_count(session, owner):
        park_basket(session, owner, Parking("", owner.person_id), now)
    remembered = remembered_of(found)
    wanted = {line.sku: line.quantity for line in remembered}
    terms = {line.sku: line.term for line in remembered if line.term is not None}
    still = lines_of_today(session, owner, wanted, terms, now)
    present = {sku: many for sku, many in wanted.items() if sku in still}
    put_many_in_basket(session, owner, present, now, terms)
    _bring_kits(session, owner, found.kits, now)
    found.taken_up_by, found.taken_up_at = owner.person_id, now
    session.flush()
    return found


def _bring_kits(session: Session, owner: Owner, kits: dict[str, int], now: datetime) -> None:
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    for kit_id, many in kits.items():
        added = dialect.insert(BasketKit).values(
            member_id=owner.member_id,
            person_id=owner.person_id,
            kit_id=int(kit_id),
            quantity=many,
            added_at=now,
        )
        session.execute(
            added.on_conflict_do_update(
                index_elements=["member_id", "person_id", "kit_id"],
                set_={"quantity": BasketKit.quantity + many},
            )
        )
