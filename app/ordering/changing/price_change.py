"""What a changed order would cost today, line by line."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy.orm import Session

from app.catalog.visible import visible_lots
from app.ordering.price_lines import PricedLine, price_lines
from app.ordering.quoting.queries import QuotesOf
from app.ordering.records import CallOff
from app.ordering.turns.turns_of import turns_of


def priced_today(
    session: Session, found: CallOff, pieces: Mapping[str, int], today: date
) -> dict[str, PricedLine]:
    """By article number; at the prices of the suppliers that have the order."""
    terms = {line.sku: line.term for line in found.lines if line.term is not None}
    lines = price_lines(
        session,
        {sku: many for sku, many in pieces.items() if many},
        today,
        terms,
        visible=visible_lots(session, found.member_id, today),
        quotes_of=QuotesOf(found.member_id, found.number),
        turns=turns_of(session, found),
    )
    return {line.article.sku: line for line in lines}
