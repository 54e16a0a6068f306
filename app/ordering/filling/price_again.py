"""Remembered lines at the prices of today, and what changed."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from app.catalog.queries import orderable_articles
from app.catalog.visible import visible_lots
from app.kernel.legal_day import legal_day
from app.ordering.basket.contents import Owner
from app.ordering.filling.rules_changes import Changed, Remembered, Today, changes
from app.ordering.price_lines import NOT_A_PARTY, PricedLine, price_lines
from app.ordering.quoting.queries import quoted_articles


def lines_of_today(
    session: Session,
    owner: Owner,
    wanted: Mapping[str, int],
    terms: Mapping[str, int],
    now: datetime,
) -> dict[str, PricedLine]:
    """By article number; what is in no catalog any more, or hidden from the member, is absent."""
    today = legal_day(now)
    whose = owner.quotes
    known = set(orderable_articles(session, wanted, today, terms)) if wanted else set()
    if len(known) < len(wanted):
        known |= set(quoted_articles(session, whose, wanted, today))
    still = {sku: many for sku, many in wanted.items() if sku in known}
    if not still:
        return {}
    visible = visible_lots(session, owner.member_id, today)
    lines = price_lines(session, still, today, terms, visible=visible, quotes_of=whose)
    return {line.article.sku: line for line in lines if line.refusal != NOT_A_PARTY}


def changes_since(
    remembered: Sequence[Remembered], lines: Mapping[str, PricedLine]
) -> tuple[Changed, ...]:
    """What is different today in remembered lines."""
    today = {sku: Today(line.unit_price, line.obstacle) for sku, line in lines.items()}
    return changes(remembered, today)
