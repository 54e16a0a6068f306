"""Take a comparison away from beside the basket."""

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.kernel.errors import NotFound
from app.ordering.basket.contents import Owner
from app.ordering.comparing.records import BasketComparison


def drop_comparison(session: Session, owner: Owner, comparison_id: int) -> None:
    """NotFound where it is not this person's for this member."""
    dropped = session.execute(
        delete(BasketComparison)
        .where(
            BasketComparison.id == comparison_id,
            BasketComparison.member_id == owner.member_id,
            BasketComparison.person_id == owner.person_id,
        )
        .returning(BasketComparison.id)
    ).first()
    if dropped is None:
        raise NotFound("Diesen Vergleich gibt es nicht mehr.")
