"""Suggestions while somebody types: exact numbers first, then what the search finds."""

from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from app.catalog.finding.find_numbers import find_numbers
from app.catalog.finding.suggest import SHORTEST, suggest
from app.catalog.queries import ArticleRow, rows_by_sku
from app.catalog.visible import visible_lots
from app.kernel.legal_day import legal_day

MOST: Final = 8
LONGEST: Final = 80


def suggest_articles(
    session: Session, member_id: int, typed: str, now: datetime
) -> tuple[ArticleRow, ...]:
    """Articles that this member sees; nothing for less than two signs."""
    typed = typed[:LONGEST].strip()
    if len(typed) < SHORTEST:
        return ()
    today = legal_day(now)
    visible = visible_lots(session, member_id, today)
    exact = find_numbers(session, [typed], visible).get(typed, ())
    rows = rows_by_sku(session, exact[:MOST], today, visible)
    known = {row.sku for row in rows}
    further = suggest(session, typed, today, visible).articles
    return (*rows, *(row for row in further if row.sku not in known))[:MOST]
