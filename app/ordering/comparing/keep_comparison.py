"""Keep a comparison of articles for the memo of the order that follows."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.catalog.article_page import compared, criteria
from app.catalog.queries import ArticleRow
from app.catalog.visible import visible_lots
from app.kernel import german
from app.kernel.errors import FieldError, Malformed
from app.kernel.legal_day import legal_day
from app.ordering.basket.contents import Owner
from app.ordering.comparing.comparison import Comparison, Line
from app.ordering.comparing.queries import kept_comparisons
from app.ordering.comparing.records import BasketComparison

FEWEST: Final = 2
MOST: Final = 4
MOST_KEPT: Final = 10
TOO_FEW: Final = "Ein Vergleich braucht zwei bis vier Artikel."


def keep_comparison(
    session: Session, owner: Owner, skus: Sequence[str], now: datetime
) -> Comparison:
    """As it is seen now. The same articles again replace the earlier one; ten are kept at most.

    Raises Malformed for fewer than two articles that this member sees.
    """
    today = legal_day(now)
    wanted = list(dict.fromkeys(skus))[:MOST]
    visible = visible_lots(session, owner.member_id, today)
    rows = compared(session, wanted, today, visible)
    if len(rows) < FEWEST:
        raise Malformed(FieldError("v", "too_few", TOO_FEW))
    comparison = _seen(rows, today)
    kept = kept_comparisons(session, owner)
    same = [one.id for one in kept if set(one.comparison.skus) == set(comparison.skus)]
    others = [one.id for one in kept if one.id not in same]
    _forget(session, [*same, *others[: len(others) + 1 - MOST_KEPT]])
    session.add(
        BasketComparison(
            member_id=owner.member_id,
            person_id=owner.person_id,
            content=comparison.as_json(),
            kept_at=now,
        )
    )
    session.flush()
    return comparison


def _seen(rows: Sequence[ArticleRow], on: date) -> Comparison:
    lines = [
        Line("Preis netto", tuple(_price(row) for row in rows)),
        *_suppliers(rows),
        Line("Lieferzeit", tuple(f"{row.delivery_days} Arbeitstage" for row in rows)),
        Line("Rahmenvertrag und Los", tuple(f"{row.framework} Los {row.lot}" for row in rows)),
        Line("Hersteller", tuple(row.manufacturer or "–" for row in rows)),
    ]
    lines += [Line(one.name, one.values) for one in criteria(rows) if one.differs]
    names = tuple(row.name for row in rows)
    return Comparison(on, tuple(row.sku for row in rows), names, tuple(lines))


def _price(row: ArticleRow) -> str:
    if row.unit_price is None:
        return "auf Anfrage"
    charge = row.charging.charge
    per = f" {charge.per}" if charge.recurring else ""
    return f"{german.unit_price(row.unit_price)}{per}"


def _suppliers(rows: Sequence[ArticleRow]) -> list[Line]:
    """Only where several share a lot: at whose price it stands there."""
    named = tuple(row.supplier or "–" for row in rows)
    return [Line("Preis bei", named)] if any(row.supplier for row in rows) else []


def _forget(session: Session, ids: Sequence[int]) -> None:
    if ids:
        session.execute(delete(BasketComparison).where(BasketComparison.id.in_(ids)))
