"""Write a framework's published catalog as BMEcat 2005, piece by piece."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.catalog.prices import price_rows
from app.catalog.records import Article, ArticleReference, CatalogVersion, Category
from app.catalog.rules import PriceRow
from app.frameworks.records import Framework, Lot
from app.kernel.errors import NotFound
from app.kernel.legal_day import legal_day

BATCH: Final = 500
NAMESPACE: Final = "http://www.bmecat.org/bmecat/2005"
HUNDRED: Final = 100


def export_catalog(session: Session, framework: str, now: datetime) -> Iterator[bytes]:
    """Active articles with all prices that still count; reading it back in changes nothing.

    NotFound comes at once, before the first piece.
    """
    found = session.scalar(select(Framework).where(Framework.number == framework))
    if found is None:
        raise NotFound("Diesen Rahmenvertrag gibt es nicht.", "framework_unknown")
    return _document(session, found, now)


def _document(session: Session, framework: Framework, now: datetime) -> Iterator[bytes]:
    for text in _texts(session, framework, now):
        yield text.encode()


def _texts(session: Session, framework: Framework, now: datetime) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<BMECAT version="2005" xmlns="{NAMESPACE}">\n{_header(session, framework)}'
    yield "<T_NEW_CATALOG>\n<CATALOG_GROUP_SYSTEM>\n"
    for slug, name in _categories(session, framework):
        tags = _tags(("GROUP_ID", slug), ("GROUP_NAME", name), ("PARENT_ID", "0"))
        yield f'<CATALOG_STRUCTURE type="leaf">{tags}</CATALOG_STRUCTURE>\n'
    yield "</CATALOG_GROUP_SYSTEM>\n"
    last = 0
    while articles := _batch(session, framework, last):
        last = articles[-1].id
        yield _products(session, articles, framework, now)
        session.expunge_all()
    mapped = session.execute(
        select(Article.sku, Category.slug)
        .join(Category, Category.id == Article.category_id)
        .where(Article.framework_id == framework.id, Article.active)
        .order_by(Article.id)
    )
    for sku, slug in mapped.yield_per(BATCH):
        tags = _tags(("PROD_ID", sku), ("CATALOG_GROUP_ID", slug))
        yield f"<PRODUCT_TO_CATALOGGROUP_MAP>{tags}</PRODUCT_TO_CATALOGGROUP_MAP>\n"
    yield "</T_NEW_CATALOG>\n</BMECAT>\n"


def _header(session: Session, framework: Framework) -> str:
    number = session.scalar(
        select(func.max(CatalogVersion.number)).where(
            CatalogVersion.framework_id == framework.id, CatalogVersion.published_at.is_not(None)
        )
    )
    catalog = _tags(
        ("LANGUAGE", "deu"),
        ("CATALOG_ID", framework.number[:20]),
        ("CATALOG_VERSION", f"{number or 0:03}.000"),
        ("CATALOG_NAME", framework.title[:100]),
        ("TERRITORY", "DE"),
        ("CURRENCY", "EUR"),
    )
    agreement = _tags(
        ("AGREEMENT_ID", framework.number),
        ("AGREEMENT_START_DATE", framework.valid_from.isoformat()),
        ("AGREEMENT_END_DATE", framework.valid_to.isoformat()),
    )
    supplier = _tags(("SUPPLIER_NAME", framework.supplier_name[:50]))
    return (
        f"<HEADER><CATALOG>{catalog}</CATALOG><AGREEMENT>{agreement}</AGREEMENT>"
        f"<SUPPLIER>{supplier}</SUPPLIER></HEADER>\n"
    )


def _categories(session: Session, framework: Framework) -> list[tuple[str, str]]:
    rows = session.execute(
        select(Category.slug, Category.name)
        .where(
            Category.id.in_(
                select(Article.category_id).where(
                    Article.framework_id == framework.id, Article.active
                )
            )
        )
        .order_by(Category.slug)
    )
    return [(row.slug, row.name) for row in rows]


def _batch(session: Session, framework: Framework, after: int) -> list[Article]:
    return list(
        session.scalars(
            select(Article)
            .where(Article.framework_id == framework.id, Article.active, Article.id > after)
            .order_by(Article.id)
            .limit(BATCH)
        )
    )


def _products(
    session: Session, articles: list[Article], framework: Framework, now: datetime
) -> str:
    ids = [article.id for article in articles]
    prices = price_rows(session, ids)
    lots = {
        row.id: row.number
        for row in session.execute(
            select(Lot.id, Lot.number).where(Lot.framework_id == framework.id)
        )
    }
    references: dict[int, list[ArticleReference]] = {}
    for reference in session.scalars(
        select(ArticleReference)
        .where(ArticleReference.article_id.in_(ids))
        .order_by(ArticleReference.id)
    ):
        references.setdefault(reference.article_id, []).append(reference)
    today = legal_day(now)
    return "".join(
        _product(
            article,
            (framework.number, lots[article.lot_id]),
            [
                row
                for row in prices.get(article.id, ())
                if row.valid_to is None or row.valid_to > today
            ],
            references.get(article.id, []),
        )
        for article in articles
    )


def _product(
    article: Article,
    lot: tuple[str, int],
    prices: list[PriceRow],
    references: list[ArticleReference],
) -> str:
    order = _tags(
        ("ORDER_UNIT", article.order_unit),
        ("QUANTITY_MIN", str(article.minimum_quantity)),
        ("QUANTITY_INTERVAL", str(article.quantity_interval)),
    )
    return (
        f'<PRODUCT mode="new">{_tags(("SUPPLIER_PID", article.sku))}'
        f"<PRODUCT_DETAILS>{_details(article, lot)}</PRODUCT_DETAILS>{_features(article)}"
        f"<PRODUCT_ORDER_DETAILS>{order}</PRODUCT_ORDER_DETAILS>"
        f"{_price_blocks(article, prices)}{''.join(map(_reference, references))}</PRODUCT>\n"
    )


def _details(article: Article, lot: tuple[str, int]) -> str:
    days = article.delivery_days
    parts = [
        ("DESCRIPTION_SHORT", article.name),
        ("DESCRIPTION_LONG", article.description),
        ("EAN", article.gtin),
        ("MANUFACTURER_PID", article.mpn),
        ("MANUFACTURER_NAME", article.manufacturer),
        ("DELIVERY_TIME", "" if days is None else str(days)),
        *(("KEYWORD", word) for word in _list(article, "keywords")),
        ("REMARKS", str(article.details.get("remarks", ""))),
    ]
    said = _tags(*(part for part in parts if part[1]))
    agreed = _tags(("AGREEMENT_IDREF", lot[0]), ("AGREEMENT_LINE_IDREF", str(lot[1])))
    return f"{said}<AGREEMENT_REF>{agreed}</AGREEMENT_REF>"


def _features(article: Article) -> str:
    """All features stand in the first block; the import puts them together anyway."""
    features = "".join(
        "<FEATURE>"
        + _tags(("FNAME", name), ("FVALUE", value), *([("FUNIT", unit)] if unit else []))
        + "</FEATURE>"
        for name, value, unit in _list(article, "features")
    )
    blocks = [
        _tags(("REFERENCE_FEATURE_SYSTEM_NAME", system), ("REFERENCE_FEATURE_GROUP_ID", code))
        for system, code in _list(article, "classifications")
    ] or [""]
    blocks[0] += features
    return "".join(f"<PRODUCT_FEATURES>{block}</PRODUCT_FEATURES>" for block in blocks if block)


def _price_blocks(article: Article, prices: list[PriceRow]) -> str:
    periods: dict[str, list[str]] = {}
    for row in sorted(prices, key=lambda price: (price.valid_from, price.lower_bound)):
        days = [("VALID_START_DATE", row.valid_from.isoformat())]
        if row.valid_to is not None:
            days.append(("VALID_END_DATE", (row.valid_to - timedelta(days=1)).isoformat()))
        price = _tags(
            ("PRICE_AMOUNT", row.unit_price.text),
            ("PRICE_CURRENCY", "EUR"),
            ("TAX", f"{article.tax_percent // HUNDRED}.{article.tax_percent % HUNDRED:02}"),
            ("LOWER_BOUND", str(row.lower_bound)),
        )
        entry = f'<PRODUCT_PRICE price_type="net_customer">{price}</PRODUCT_PRICE>'
        periods.setdefault(_tags(*days), []).append(entry)
    return "".join(
        f"<PRODUCT_PRICE_DETAILS>{days}{''.join(entries)}</PRODUCT_PRICE_DETAILS>"
        for days, entries in periods.items()
    )


def _reference(reference: ArticleReference) -> str:
    more = f" quantity={quoteattr(str(reference.quantity))}" if reference.quantity > 1 else ""
    target = _tags(("PROD_ID_TO", reference.target_sku))
    return f"<PRODUCT_REFERENCE type={quoteattr(reference.kind)}{more}>{target}</PRODUCT_REFERENCE>"


def _list(article: Article, name: str) -> list[list[str]]:
    found = article.details.get(name, [])
    return found if isinstance(found, list) else []


def _tags(*parts: tuple[str, object]) -> str:
    return "".join(f"<{name}>{escape(str(text))}</{name}>" for name, text in parts)
