"""What published versions say about articles, wherever it stands."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import Text, cast, select
from sqlalchemy.orm import Session

from app.catalog.prices import price_rows
from app.catalog.records import Article, ArticleReference, CatalogEntry
from app.catalog.rules import PriceRow
from app.frameworks.records import Lot

Content = dict[str, Any]
SHOWN = ("features", "keywords", "remarks", "classifications", "list_price")
EMPTY: dict[str, object] = {"remarks": "", "list_price": False}


def stored_contents(
    session: Session, versions: Mapping[str, int], today: date
) -> dict[str, Content]:
    """By article number: what the version that last touched it says.

    Articles from before entries were kept have none; their rows say the same.
    """
    by_version: dict[int, list[str]] = defaultdict(list)
    for sku, version in versions.items():
        by_version[version].append(sku)
    found: dict[str, Content] = {}
    for version, skus in by_version.items():
        rows = session.execute(
            select(CatalogEntry.sku, CatalogEntry.content).where(
                CatalogEntry.catalog_version_id == version, CatalogEntry.sku.in_(skus)
            )
        )
        found |= {sku: content for sku, content in rows if content}
    missing = [sku for sku in versions if sku not in found]
    return found | (recorded_contents(session, missing, today) if missing else {})


def recorded_contents(session: Session, skus: Collection[str], today: date) -> dict[str, Content]:
    """The same, read from the articles' own rows."""
    rows = session.execute(
        select(Article, Lot.number).join(Lot, Lot.id == Article.lot_id).where(Article.sku.in_(skus))
    ).all()
    ids = [article.id for article, _ in rows]
    prices = price_rows(session, ids)
    references: dict[int, list[list[Any]]] = defaultdict(list)
    for one in session.scalars(
        select(ArticleReference)
        .where(ArticleReference.article_id.in_(ids))
        .order_by(ArticleReference.id)
    ):
        references[one.article_id].append([one.kind, one.target_sku, one.quantity])
    return {
        article.sku: _content(article, lot)
        | {
            "references": references[article.id],
            "prices": [_price(row) for row in prices.get(article.id, ()) if _counts(row, today)],
        }
        for article, lot in rows
    }


def _content(article: Article, lot: int) -> Content:
    return {
        "lot": lot,
        "name": article.name,
        "description": article.description,
        "manufacturer": article.manufacturer,
        "mpn": article.mpn,
        "gtin": article.gtin,
        "delivery_days": article.delivery_days,
        "family": article.family,
        "order_unit": article.order_unit,
        "quantity_min": article.minimum_quantity,
        "quantity_interval": article.quantity_interval,
        "cpv": article.cpv or "",
        "tax_percent": article.tax_percent,
    } | {name: article.details.get(name, EMPTY.get(name, [])) for name in SHOWN}


def _counts(row: PriceRow, today: date) -> bool:
    return row.valid_to is None or row.valid_to > max(today, row.valid_from)


def _price(row: PriceRow) -> list[Any]:
    last = row.valid_to - timedelta(days=1) if row.valid_to else None
    return [
        row.lower_bound,
        row.unit_price.ten_thousandths,
        row.valid_from.isoformat(),
        last.isoformat() if last else None,
    ]


class WhenAsked(Mapping[str, Decimal]):
    """What `read` gives, read when somebody first asks: most files never do."""

    def __init__(self, read: Callable[[], Mapping[str, Decimal]]) -> None:
        self._read = cache(read)

    def __getitem__(self, sku: str) -> Decimal:
        return self._read()[sku]

    def __iter__(self) -> Iterator[str]:
        return iter(self._read())

    def __len__(self) -> int:
        return len(self._read())


def price_quantities(session: Session, framework_id: int) -> dict[str, Decimal]:
    """Of the articles whose file prices are for more (or less) than one unit."""
    rows = session.execute(
        select(Article.sku, Article.details).where(
            Article.framework_id == framework_id,
            cast(Article.details, Text).contains('"price_quantity"'),
        )
    )
    return {sku: Decimal(str(details["price_quantity"])) for sku, details in rows}
