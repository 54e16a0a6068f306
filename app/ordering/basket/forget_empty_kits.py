"""After lines left the basket: a kit of which nothing is left is none any more."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalog.relations.records import Kit
from app.ordering.basket.contents import Owner, quantities
from app.ordering.basket.kits import basket_kits
from app.ordering.basket_records import BasketKit


def forget_empty_kits(session: Session, owner: Owner) -> None:
    """Most baskets hold no kit: that costs one statement."""
    rows = session.execute(
        select(BasketKit, Kit.number)
        .join(Kit, Kit.id == BasketKit.kit_id)
        .where(BasketKit.member_id == owner.member_id, BasketKit.person_id == owner.person_id)
    ).all()
    if not rows:
        return
    present = quantities(session, owner)
    groups = basket_kits(session, owner.member_id, owner.person_id, present)
    held = {group.kit.number for group in groups}
    for row, number in rows:
        if number not in held:
            session.delete(row)
    session.flush()
