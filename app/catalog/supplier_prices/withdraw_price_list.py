"""Taking a price list back: a draft is discarded, after a published one the list before counts."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.audit.append import COOPERATIVE, Happening, append
from app.catalog.supplier_offers.records import SupplierPriceList
from app.catalog.supplier_prices.queries import price_list
from app.kernel.errors import Conflict


def withdraw_price_list(
    session: Session, list_id: int, person_id: int, now: datetime
) -> SupplierPriceList:
    """Orders keep the prices that they were placed at. Raises NotFound and Conflict."""
    one = price_list(session, list_id, lock=True).price_list
    if one.withdrawn_at is not None:
        raise Conflict("Diese Preisliste ist schon zurückgenommen.", "already_decided")
    one.withdrawn_by, one.withdrawn_at = person_id, now
    session.flush()
    payload: dict[str, object] = {"number": one.number, "published": one.published_at is not None}
    subject, by = f"supplier:{one.supplier_id}", f"person:{person_id}"
    append(session, COOPERATIVE, now, Happening("price_list.withdrawn", subject, by, payload))
    return one
