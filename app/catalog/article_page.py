"""Everything the page and the API tell about one article, and about several beside each other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalog.content.queries import LabelEntry, MediaEntry, label_entries, media_of
from app.catalog.content_records import MediaKind
from app.catalog.prices import price_rows
from app.catalog.queries import ArticleRow, article_rows, rows_by_sku
from app.catalog.records import Article
from app.catalog.rules import PriceRow, last_day, price_for
from app.catalog.rules_charge import counted_for_scale, over_term
from app.catalog.rules_footprint import footprint_text
from app.catalog.rules_stock import Promise, promised_by
from app.catalog.supplier_offers.turns import at_turn
from app.catalog.visible import Visible, is_visible
from app.frameworks.cap_records import ArticleCap
from app.frameworks.drawing.caps import cap_of
from app.frameworks.records import Framework, Lot
from app.kernel.errors import NotFound
from app.kernel.money import Money
from app.kernel.unit_price import UnitPrice
from app.kernel.vat import vat_on


@dataclass(frozen=True, slots=True)
class ScalePrice:
    """A price from a quantity on; both days are inclusive."""

    lower_bound: int
    unit_price: UnitPrice
    valid_from: date
    valid_to: date


@dataclass(frozen=True, slots=True)
class TermTotal:
    """What the smallest order costs over a term, net."""

    term: int
    words: str
    total: Money


@dataclass(frozen=True, slots=True)
class ArticleDetail:
    row: ArticleRow
    description: str
    mpn: str
    gtin: str
    cpv: str
    tax_percent: int
    remarks: str
    price_basis: str
    scale: tuple[ScalePrice, ...]
    promise: Promise
    framework: Framework
    lot: Lot
    future: tuple[ScalePrice, ...]
    terms: tuple[TermTotal, ...]
    labels: tuple[LabelEntry, ...]
    media: tuple[MediaEntry, ...]
    footprint_grams: int | None
    cap: ArticleCap | None

    @property
    def pictures(self) -> tuple[MediaEntry, ...]:
        return tuple(entry for entry in self.media if entry.kind is MediaKind.PICTURE)

    @property
    def documents(self) -> tuple[MediaEntry, ...]:
        return tuple(entry for entry in self.media if entry.kind is MediaKind.DOCUMENT)

    @property
    def footprint(self) -> str:
        return "" if self.footprint_grams is None else footprint_text(self.footprint_grams)

    @property
    def gross(self) -> Money | None:
        """Per piece, for orientation; orders add the tax on the sum."""
        if self.row.unit_price is None:
            return None
        net = self.row.unit_price.times(1)
        return net + vat_on(net, self.tax_percent)


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of a comparison; `differs` where not all articles say the same."""

    name: str
    values: tuple[str, ...]

    @property
    def differs(self) -> bool:
        return len(set(self.values)) > 1


def article_detail(session: Session, sku: str, on: date, visible: Visible) -> ArticleDetail:
    """NotFound where no article, present or past, that is visible has this number."""
    article = session.scalar(select(Article).where(Article.sku == sku, is_visible(visible)))
    if article is None:
        raise NotFound("Diesen Artikel gibt es nicht im Katalog.", "article_unknown")
    (row,) = article_rows(session, [article.id], on, visible)
    prices = _prices(session, article, on)
    framework = session.get_one(Framework, article.framework_id)
    lot = session.get_one(Lot, article.lot_id)
    details: dict[str, Any] = article.details
    return ArticleDetail(
        row=row,
        description=article.description,
        mpn=article.mpn,
        gtin=article.gtin,
        cpv=article.cpv or "",
        tax_percent=article.tax_percent,
        remarks=str(details.get("remarks", "")),
        price_basis="Listenpreis" if details.get("list_price") else "Festpreis",
        scale=_scale(prices, on, framework.valid_to),
        promise=promised_by(row.stock, row.minimum_quantity, row.delivery_days, on),
        framework=framework,
        lot=lot,
        future=_future(prices, on, framework.valid_to),
        terms=_terms(row, prices, on),
        labels=label_entries(session, article.id, on),
        media=media_of(session, article.id),
        footprint_grams=article.footprint_grams,
        cap=cap_of(session, lot, sku),
    )


def _prices(session: Session, article: Article, on: date) -> Sequence[PriceRow]:
    """The catalog's, or those of the supplier whose turn it is, with the ones to come."""
    listed = price_rows(session, [article.id])
    supplied = at_turn(session, [article], listed, on).get(article.id)
    return listed.get(article.id, ()) if supplied is None else supplied.prices


def compared(
    session: Session, skus: Sequence[str], on: date, visible: Visible
) -> tuple[ArticleRow, ...]:
    return rows_by_sku(session, skus, on, visible)


def criteria(rows: Sequence[ArticleRow]) -> tuple[Criterion, ...]:
    """Labels, smallest orders, then all features in the order of their first appearance."""
    names = dict.fromkeys(name for row in rows for name, _ in row.features)
    said = [dict(row.features) for row in rows]
    features = (Criterion(name, tuple(one.get(name, "–") for one in said)) for name in names)
    return (*_common(rows), *features)


def _common(rows: Sequence[ArticleRow]) -> Iterator[Criterion]:
    """What is the catalog's own word about an article; only where one of them has it."""
    if any(row.labels for row in rows):
        labels = (", ".join(label.german for label in row.labels) for row in rows)
        yield Criterion("Gütezeichen", tuple(named or "ohne" for named in labels))
    if any(row.minimum_quantity > 1 for row in rows):
        yield Criterion("Mindestmenge", tuple(str(row.minimum_quantity) for row in rows))


def lowest_price(rows: Sequence[ArticleRow]) -> UnitPrice | None:
    """Of articles that are charged alike; a month's rent is no lower price than a purchase."""
    prices = [row.unit_price for row in rows if row.unit_price is not None]
    alike = len({row.charging.charge for row in rows}) == 1
    return min(prices) if alike and len(set(prices)) > 1 else None


def _scale(prices: Sequence[PriceRow], on: date, framework_ends: date) -> tuple[ScalePrice, ...]:
    """The resolver's answer at every bound, so that page and order cannot differ."""
    bounds = sorted({price.lower_bound for price in prices if price.valid_on(on)})
    found = [price_for(prices, bound, on) for bound in bounds]
    return tuple(
        ScalePrice(bound, price.unit_price, price.valid_from, last_day(price, framework_ends))
        for bound, price in zip(bounds, found, strict=True)
        if price is not None
    )


def _terms(row: ArticleRow, prices: Sequence[PriceRow], on: date) -> tuple[TermTotal, ...]:
    charging, pieces = row.charging, row.minimum_quantity
    totals = []
    for term in charging.usual_terms:
        price = price_for(prices, counted_for_scale(charging.charge, pieces, term), on)
        if price is not None:
            total = over_term(price.unit_price, term).times(pieces)
            totals.append(TermTotal(term, charging.charge.term_text(term), total))
    return tuple(totals)


def _future(prices: Sequence[PriceRow], on: date, framework_ends: date) -> tuple[ScalePrice, ...]:
    """What the resolver will answer from each later day on which a price begins."""
    days = {price.valid_from for price in prices if price.valid_from > on and price.counts}
    return tuple(
        price
        for day in sorted(days)
        if day <= framework_ends
        for price in _scale(prices, day, framework_ends)
        if price.valid_from == day
    )
