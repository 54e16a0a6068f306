"""Record what an article costs elsewhere, with source and day."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalog.records import Article
from app.kernel.errors import FieldError, Malformed
from app.kernel.legal_day import legal_day
from app.ordering.market.records import MarketPrice
from app.savings.forms import MarketPriceSent


def record_market_price(
    session: Session,
    member_id: int,
    sent: MarketPriceSent,
    by: int,
    now: datetime,
    *,
    demonstration: bool = False,
) -> MarketPrice:
    """Appends; an unknown article or a day that has not come yet is Malformed."""
    known = session.scalar(select(Article.id).where(Article.sku == sent.sku))
    if known is None:
        raise Malformed(FieldError("sku", "article_unknown", "Diesen Artikel gibt es nicht."))
    if sent.seen_on > legal_day(now):
        text = "Das Datum des Angebots liegt in der Zukunft."
        raise Malformed(FieldError("seen_on", "in_future", text))
    row = MarketPrice(
        member_id=member_id,
        sku=sent.sku,
        unit_price=sent.unit_price,
        source=sent.source,
        seen_on=sent.seen_on,
        same_specification=sent.same_specification,
        is_list_price=sent.is_list_price,
        demonstration=demonstration,
        recorded_by=by,
        recorded_at=now,
    )
    session.add(row)
    session.flush()
    return row
