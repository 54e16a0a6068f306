"""What an invented order holds: a main thing and now and then something with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalog.prices import price_to_sort_by
from app.catalog.records import Article, Category
from app.catalog.rules_charge import Charge
from app.demonstration.plan import Need
from app.frameworks.records import Framework
from app.kernel.unit_price import UnitPrice

MAIN: Final = {
    Need.WORKPLACE: (UnitPrice.euros("380"), UnitPrice.euros("1400")),
    Need.PRINT: (UnitPrice.euros("140"), UnitPrice.euros("900")),
}
EXTRA: Final = {
    Need.WORKPLACE: (UnitPrice.euros("25"), UnitPrice.euros("330")),
    Need.PRINT: (UnitPrice.euros("30"), UnitPrice.euros("139")),
}
MOST_OF_MAIN: Final = 6
MOST_OF_EXTRA: Final = 8


@dataclass(frozen=True, slots=True)
class Shelf:
    """Article numbers with their net prices, in a fixed order."""

    main: tuple[tuple[str, UnitPrice], ...]
    extra: tuple[tuple[str, UnitPrice], ...]

    def basket(self, pick: int) -> dict[str, int]:
        """The same number always takes the same things."""
        main = self.main[pick % len(self.main)][0]
        quantities = {main: pick // 7 % MOST_OF_MAIN + 1}
        if pick % 3 and self.extra:
            extra = self.extra[pick // 11 % len(self.extra)][0]
            quantities.setdefault(extra, pick // 13 % MOST_OF_EXTRA + 1)
        return quantities


def shelf_of(session: Session, framework: str, need: Need, days: Sequence[date]) -> Shelf:
    """Orderable articles of an agreement with one price over all `days`."""
    return Shelf(
        main=_articles(session, framework, MAIN[need], days),
        extra=_articles(session, framework, EXTRA[need], days),
    )


def categories_by_sku(session: Session) -> dict[str, str]:
    """The name of the category of every article that has one."""
    rows = session.execute(
        select(Article.sku, Category.name).join(Category, Category.id == Article.category_id)
    )
    return dict(rows.all())


def _articles(
    session: Session,
    framework: str,
    band: tuple[UnitPrice, UnitPrice],
    days: Sequence[date],
) -> tuple[tuple[str, UnitPrice], ...]:
    price = price_to_sort_by(min(days))
    rows = session.execute(
        select(Article.sku, price.label("price"))
        .join(Framework, Framework.id == Article.framework_id)
        .where(
            Framework.number == framework,
            Article.active,
            Article.charge == Charge.PURCHASE,
            Article.rc_category.is_(False),
            Article.minimum_quantity == 1,
            Article.quantity_interval == 1,
            price.between(*band),
            price == price_to_sort_by(max(days)),
        )
        .order_by(Article.sku)
    )
    return tuple((row.sku, row.price) for row in rows)
