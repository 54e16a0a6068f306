"""The comparison of an article with the one that is to take its place, over the records."""

from dataclasses import dataclass
from datetime import date
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalog.prices import price_rows
from app.catalog.records import Article
from app.catalog.relations.rules_successor import Candidate, Comparison, compared
from app.catalog.rules import PriceRow, price_for
from app.catalog.rules_derived import features_of
from app.frameworks.find_price_rule import price_rule_on
from app.frameworks.price_rule import PriceRule, forbids
from app.kernel.errors import NotFound
from app.kernel.unit_price import UnitPrice


@dataclass(frozen=True, slots=True)
class Compared:
    """Both articles and what stands between them."""

    old: Article
    new: Article
    comparison: Comparison

    @property
    def snapshot(self) -> dict[str, object]:
        """The comparison as it is kept: words, no prices that could be mistaken for today's."""
        return {
            "features": [
                [line.name, line.old, line.new, line.verdict.value]
                for line in self.comparison.features
            ],
            "refusals": list(self.comparison.refusals),
        }


def compare_articles(session: Session, old_sku: str, new_sku: str, on: date) -> Compared:
    """NotFound where one of the numbers is unknown."""
    old, new = _article(session, old_sku), _article(session, new_sku)
    rule = price_rule_on(session, old.framework_id, on)
    prices = price_rows(session, [old.id, new.id])
    first = _candidate(old, _last_prices(prices.get(old.id, []), on))
    second = _candidate(new, _prices_on(prices.get(new.id, []), on))
    return Compared(old, new, compared(first, second, partial(_clause, rule, on)))


def _clause(rule: PriceRule, on: date, before: UnitPrice, after: UnitPrice) -> str | None:
    return forbids(rule, before, after, on, announced=on)


def _article(session: Session, sku: str) -> Article:
    article = session.scalar(select(Article).where(Article.sku == sku))
    if article is None:
        raise NotFound(f"Den Artikel „{sku}“ gibt es im Katalog nicht.", "article_unknown")
    return article


def _candidate(article: Article, prices: dict[int, UnitPrice]) -> Candidate:
    return Candidate(
        sku=article.sku,
        name=article.name,
        lot_id=article.lot_id,
        active=article.active,
        features=features_of(article.details),
        prices=prices,
    )


def _prices_on(rows: list[PriceRow], on: date) -> dict[int, UnitPrice]:
    """The resolver's answer at every lower bound."""
    bounds = sorted({row.lower_bound for row in rows if row.valid_on(on)})
    found = {bound: price_for(rows, bound, on) for bound in bounds}
    return {bound: row.unit_price for bound, row in found.items() if row is not None}


def _last_prices(rows: list[PriceRow], on: date) -> dict[int, UnitPrice]:
    """Today's, or those of the last day on which the article still had some."""
    if found := _prices_on(rows, on):
        return found
    ended = [row.valid_to for row in rows if row.valid_to is not None and row.valid_to <= on]
    ended = [day for day in ended if any(row.valid_on(_before(day)) for row in rows)]
    return _prices_on(rows, _before(max(ended))) if ended else {}


def _before(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)
