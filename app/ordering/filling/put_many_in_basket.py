"""Many articles into the basket at once: their prices were looked at before."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.catalog.queries import NO_TERMS
from app.database.base import table_of
from app.ordering.basket.contents import Owner, quantities
from app.ordering.basket_records import BasketLine
from app.ordering.wanted import LARGEST_QUANTITY

_LINES: Final = table_of(BasketLine)


def _upsert(dialect: Any) -> Any:
    added = dialect.insert(_LINES)
    return added.on_conflict_do_update(
        index_elements=["member_id", "person_id", "sku"],
        set_={"quantity": added.excluded.quantity, "term": added.excluded.term},
    )


# Built once: putting a statement together costs more than executing it.
_PUT: Final = {"postgresql": _upsert(postgresql), "sqlite": _upsert(sqlite)}


def put_many_in_basket(
    session: Session,
    owner: Owner,
    wanted: Mapping[str, int],
    now: datetime,
    terms: Mapping[str, int] = NO_TERMS,
) -> None:
    """Pieces are added to those that lie there; `terms` are months or pages, by article."""
    if not wanted:
        return
    present = quantities(session, owner)
    connection = session.connection()
    connection.execute(
        _PUT[connection.dialect.name],
        [
            {
                "member_id": owner.member_id,
                "person_id": owner.person_id,
                "sku": sku,
                "quantity": min(present.get(sku, 0) + many, LARGEST_QUANTITY),
                "term": terms.get(sku),
                "added_at": now,
            }
            for sku, many in wanted.items()
        ],
    )
