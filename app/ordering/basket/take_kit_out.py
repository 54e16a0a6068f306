"""Taking a kit out of the basket: the pieces that belong to it go, further ones stay."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.catalog.relations.kit_queries import kit_of
from app.ordering.basket.contents import Owner, quantities, set_quantity
from app.ordering.basket.kits import basket_kits
from app.ordering.basket_records import BasketKit


def take_kit_out(session: Session, owner: Owner, number: str, now: datetime) -> None:
    """A kit that is not in the basket changes nothing. Raises NotFound for an unknown one."""
    kit = kit_of(session, number)
    present = quantities(session, owner)
    for group in basket_kits(session, owner.member_id, owner.person_id, present):
        if group.kit.number == number:
            for sku, many in group.pieces.items():
                set_quantity(session, owner, sku, present[sku] - many, now)
    session.execute(
        delete(BasketKit).where(
            BasketKit.member_id == owner.member_id,
            BasketKit.person_id == owner.person_id,
            BasketKit.kit_id == kit.id,
        )
    )
