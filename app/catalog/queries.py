"""Named reads of articles for ordering, pages and the API."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from app.catalog.article_statements import BY_ID, BY_SKU
from app.catalog.content.queries import labels_of, thumbnails_of
from app.catalog.prices import price_rows
from app.catalog.records import Article
from app.catalog.rules import PriceRow, Standing, last_day, price_for, why_not_orderable
from app.catalog.rules_charge import HIGHEST, Charging, counted_for_scale, over_term
from app.catalog.rules_derived import features_of
from app.catalog.rules_labels import Label
from app.catalog.rules_stock import Stock
from app.catalog.stock.queries import stock_of
from app.catalog.supplier_offers.turns import AtTurn, Turns, at_turn
from app.catalog.visible import Visible, sees
from app.database.marks import CATALOG, Kept
from app.database.straight import fetch_all
from app.frameworks.supplier_choice import CallOffMode
from app.kernel.unit_price import UnitPrice

BARE: Final = frozenset({"ja", "nein"})
TOO_DEAR: Final = "Der Preis über diese Laufzeit ist zu hoch. Bitte teilen Sie den Abruf."
PIECE: Final = "C62"
PURCHASED: Final = Charging()
NO_TERMS: Final[Mapping[str, int]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class OrderableArticle:
    """An article with its price for a quantity on a day; `refusal` says why it has none.

    `article_id` None: it is in no catalog, a free position stands in its place.

    `unit_price` is what one piece costs: for rent and prices per page over the whole `term` (months
    or pages), `rate` being the price of one (None: purchase). The framework's term and the lot's
    room are not judged here.
    """

    article_id: int | None
    sku: str
    name: str
    manufacturer: str
    framework_id: int
    framework_number: str
    lot_id: int
    lot_number: int
    unit_price: UnitPrice | None
    catalog_version_id: int | None
    delivery_days: int
    order_unit: str
    serial_numbers: bool
    rc_category: bool
    tax_percent: int
    minimum_quantity: int
    quantity_interval: int
    refusal: str | None
    reason: str
    charging: Charging = PURCHASED
    rate: UnitPrice | None = None
    term: int | None = None
    optioned: bool = False
    pieces_per_unit: int = 1
    call_off_mode: CallOffMode = CallOffMode.DIRECT

    @property
    def term_fault(self) -> str | None:
        """A German sentence where this term cannot be agreed, or none was stated."""
        return self.charging.fault_of(self.term)


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article as lists show it: price for the smallest order, whether it can be ordered.

    `supplier`: who would deliver it at that price, where several share the lot at own prices.
    """

    id: int
    sku: str
    name: str
    manufacturer: str
    category: str
    category_slug: str
    framework: str
    framework_title: str
    lot: int
    lot_title: str
    lot_id: int
    minimum_quantity: int
    quantity_interval: int
    order_unit: str
    unit_price: UnitPrice | None
    price_valid_to: date | None
    delivery_days: int
    refusal: str | None
    reason: str
    features: tuple[tuple[str, str], ...]
    charging: Charging = PURCHASED
    labels: tuple[Label, ...] = ()
    thumbnail: str = ""
    stock: Stock | None = None
    pieces_per_unit: int = 1
    supplier: str = ""

    @property
    def orderable(self) -> bool:
        return self.refusal is None

    @property
    def facts(self) -> tuple[str, ...]:
        """The first features in few words; a bare yes or no needs its name."""
        return tuple(
            f"{name}: {value}" if value in BARE else value for name, value in self.features[:3]
        )


def orderable_articles(
    session: Session,
    quantities: Mapping[str, int],
    on: date,
    terms: Mapping[str, int] = NO_TERMS,
) -> dict[str, OrderableArticle]:
    """By article number; unknown numbers are absent. `terms`: months or pages per piece."""
    known = _PRICED.get_all(session, quantities, lambda skus: _priced(session, skus))
    return {
        sku: _orderable(row, prices, quantities[sku], terms.get(sku), on)
        for sku, (row, prices) in known.items()
    }


def _priced(session: Session, skus: list[str]) -> dict[str, tuple[Row[Any], list[PriceRow]]]:
    rows = session.connection().execute(BY_SKU, {"skus": skus}).all()
    prices = price_rows(session, [row.id for row in rows])
    return {row.sku: (row, prices.get(row.id, [])) for row in rows}


def _orderable(
    row: Row[Any], prices: list[PriceRow], quantity: int, term: int | None, on: date
) -> OrderableArticle:
    charging = charging_of(row)
    price = price_for(prices, counted_for_scale(charging.charge, quantity, term), on)
    refusal, reason = _refusal(row, price, prices)
    costs = None
    if price is not None and refusal is None and charging.fault_of(term) is None:
        costs = over_term(price.unit_price, term)
    if costs is not None and costs > HIGHEST:
        costs, refusal, reason = None, "article_not_orderable", TOO_DEAR
    return OrderableArticle(
        article_id=row.id,
        sku=row.sku,
        name=row.name,
        manufacturer=row.manufacturer,
        framework_id=row.framework_id,
        framework_number=row.framework_number,
        lot_id=row.lot_id,
        lot_number=row.lot_number,
        unit_price=costs,
        catalog_version_id=price.catalog_version_id if price else None,
        delivery_days=_delivery_days(row),
        # Rent and pages are ordered for pieces; the catalog's unit may be the month.
        order_unit=PIECE if charging.charge.recurring else row.order_unit,
        serial_numbers=row.serial_numbers,
        rc_category=row.rc_category,
        tax_percent=row.tax_percent,
        minimum_quantity=row.minimum_quantity,
        quantity_interval=row.quantity_interval,
        refusal=refusal,
        reason=reason,
        charging=charging,
        rate=price.unit_price if price and charging.charge.recurring else None,
        term=term,
        optioned=row.optioned,
        pieces_per_unit=1 if charging.charge.recurring else row.pieces_per_unit,
        call_off_mode=row.call_off_mode,
    )


def article_rows(
    session: Session, ids: Sequence[int], on: date, visible: Visible, turns: Turns | None = None
) -> tuple[ArticleRow, ...]:
    """In the order of `ids`, without those of lots that are not `visible` (None: all are).

    Where several suppliers share a lot at prices of their own, an article costs what the one
    charges whose turn it would be for it alone; `turns` are those of the day (None: read here).
    """
    read = fetch_all(session, BY_ID, {"ids": ids})
    rows = [row for row in read if sees(visible, row.lot_id)]
    prices = price_rows(session, ids)
    supplied = at_turn(session, rows, prices, on, turns)
    labels, thumbnails = labels_of(session, ids, on), thumbnails_of(session, ids)
    stocks = stock_of(session, ids, on)
    found = {
        row.id: article_row(
            row,
            prices.get(row.id, []),
            on,
            supplied.get(row.id),
            _Beside(labels.get(row.id, ()), thumbnails.get(row.id, ""), stocks.get(row.id)),
        )
        for row in rows
    }
    return tuple(found[number] for number in ids if number in found)


def rows_by_sku(
    session: Session, skus: Sequence[str], on: date, visible: Visible
) -> tuple[ArticleRow, ...]:
    """In the order of `skus`; unknown and hidden numbers are left out."""
    ids = dict(session.execute(select(Article.sku, Article.id).where(Article.sku.in_(skus))).all())
    return article_rows(session, [ids[sku] for sku in skus if sku in ids], on, visible)


class _Beside(NamedTuple):
    """What is kept beside the article."""

    labels: tuple[Label, ...]
    thumbnail: str
    stock: Stock | None


def article_row(
    row: Row[Any],
    prices: Sequence[PriceRow],
    on: date,
    supplied: AtTurn | None,
    beside: _Beside,
) -> ArticleRow:
    price = price_for(prices, row.minimum_quantity, on)
    refusal, reason = _refusal(row, price, prices)
    if supplied is not None and refusal is None:  # without a catalog price nobody may deliver it
        price = price_for(supplied.prices, row.minimum_quantity, on)
        refusal, reason = supplied.refusal
    if refusal is None and not row.valid_from <= on <= row.valid_to:
        refusal, reason = "framework_not_running", "Der Rahmenvertrag läuft heute nicht."
    return ArticleRow(
        id=row.id,
        sku=row.sku,
        name=row.name,
        manufacturer=row.manufacturer,
        category=row.category or "",
        category_slug=row.category_slug or "",
        framework=row.framework_number,
        framework_title=row.framework_title,
        lot=row.lot_number,
        lot_title=row.lot_title,
        lot_id=row.lot_id,
        minimum_quantity=row.minimum_quantity,
        quantity_interval=row.quantity_interval,
        order_unit=row.order_unit,
        unit_price=price.unit_price if price else None,
        price_valid_to=last_day(price, row.valid_to) if price else None,
        delivery_days=_delivery_days(row),
        refusal=refusal,
        reason=reason,
        features=features_of(row.details),
        charging=charging_of(row),
        labels=beside.labels,
        thumbnail=beside.thumbnail,
        stock=beside.stock,
        pieces_per_unit=row.pieces_per_unit,
        supplier=supplied.supplier if supplied is not None else "",
    )


def charging_of(row: Row[Any]) -> Charging:
    return Charging(row.charge, row.shortest_term, row.longest_term)


_PRICED: Final[Kept[tuple[Row[Any], list[PriceRow]]]] = Kept(most=3_000, marks=(CATALOG,))


def _delivery_days(row: Row[Any]) -> int:
    days: int = row.framework_delivery_days if row.delivery_days is None else row.delivery_days
    return days


def _refusal(
    row: Row[Any], price: PriceRow | None, prices: Sequence[PriceRow]
) -> tuple[str | None, str]:
    standing = Standing(row.active, price is not None, bool(prices), row.tax_percent)
    return why_not_orderable(standing) or (None, "")
