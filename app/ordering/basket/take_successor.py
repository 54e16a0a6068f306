"""Ordering the successor instead of an article, because the buyer pressed the button for it."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from app.catalog.relations.successor_queries import Offer, offers
from app.catalog.visible import visible_lots
from app.kernel.errors import Conflict
from app.kernel.legal_day import legal_day
from app.ordering.wanted import LARGEST_QUANTITY


def take_successor(
    session: Session, member_id: int, wanted: Mapping[str, int], sku: str, now: datetime
) -> dict[str, int]:
    """`wanted` with the released successor in the place of `sku`; Conflict where there is none."""
    offer = offers_for(session, member_id, {sku: 1}, now).get(sku)
    if offer is None or sku not in wanted:
        text = "Für diesen Artikel ist kein Nachfolger freigegeben."
        raise Conflict(text, "no_successor")
    new = offer.row.sku
    pieces = min(wanted[sku] + wanted.get(new, 0), LARGEST_QUANTITY)
    taken = {new if one == sku else one: many for one, many in wanted.items()}
    return taken | {new: pieces}


def offers_for(
    session: Session, member_id: int, wanted: Mapping[str, int], now: datetime
) -> dict[str, Offer]:
    """The released successors of what is wanted, as far as this member may order them."""
    if not wanted:
        return {}
    today = legal_day(now)
    return offers(session, wanted.keys(), today, visible_lots(session, member_id, today))
