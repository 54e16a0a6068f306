"""`/api/v1/articles`: search with facets, and all about one article."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Path, Query
from pydantic import BaseModel, ConfigDict, Field, model_validator

from app.catalog.article_page import article_detail
from app.catalog.content_api_models import ContentGiven, content_given
from app.catalog.finding.facets import NAMES
from app.catalog.finding.find_articles import find_articles
from app.catalog.finding.price_bands import SPAN, span_key
from app.catalog.finding.search import CANDIDATES, Search, Sort
from app.catalog.queries import ArticleRow, article_rows
from app.catalog.relations.api_models import RelationsGiven, relations_given
from app.catalog.relations.article_relations import article_relations
from app.catalog.rules_groups import slug_of
from app.catalog.rules_stock import Basis, Stock, StockState
from app.catalog.supplier_offers.turns import turns_on
from app.catalog.visible import lots_seen_by
from app.kernel.legal_day import legal_day
from app.members.current import Asking, needs_token
from app.members.rules import Scope
from app.web.dependencies import Db, Now

router = APIRouter(prefix="/articles", tags=["Katalog"])
Reader = Annotated[Asking, Depends(needs_token(Scope.CATALOG_READ))]
MOST: Final = 99_999_999
ShortTexts = Annotated[list[Annotated[str, Field(max_length=200)]], Field(max_length=30)]


class ArticleQuery(BaseModel):
    """What may stand in the address; anything else is refused."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _sent(cls, values: dict[str, Any]) -> dict[str, Any]:
        """`framework=` without a value asks for none in particular."""
        return {
            name: value
            for name, value in values.items()
            if value not in ("", [""]) or name not in cls.model_fields
        }

    q: str = Field("", max_length=200)
    framework: ShortTexts = Field(default_factory=list)
    lot: ShortTexts = Field(default_factory=list)
    category: ShortTexts = Field(default_factory=list)
    manufacturer: ShortTexts = Field(default_factory=list)
    price: ShortTexts = Field(default_factory=list)
    delivery: ShortTexts = Field(default_factory=list)
    price_from: Decimal | None = Field(None, ge=0, le=MOST, description="je Stück netto, nur Kauf")
    price_to: Decimal | None = Field(None, ge=0, le=MOST)
    charge: ShortTexts = Field(default_factory=list, description="`purchase`, `month`, `page`")
    stock: ShortTexts = Field(default_factory=list, description="`ja`: auf Lager")
    ram: ShortTexts = Field(default_factory=list)
    ssd: ShortTexts = Field(default_factory=list)
    display: ShortTexts = Field(default_factory=list)
    resolution: ShortTexts = Field(default_factory=list)
    panel: ShortTexts = Field(default_factory=list)
    paper: ShortTexts = Field(default_factory=list)
    duplex: ShortTexts = Field(default_factory=list)
    colour: ShortTexts = Field(default_factory=list)
    wireless: ShortTexts = Field(default_factory=list)
    equipment: ShortTexts = Field(default_factory=list)
    capacity: ShortTexts = Field(default_factory=list)
    label: ShortTexts = Field(default_factory=list)
    sort: Sort = Sort.RELEVANCE
    limit: int = Field(25, ge=1, le=200)
    cursor: str = Field("0", pattern=r"^[0-9]{1,5}$")


class StockGiven(BaseModel):
    """What a supplier reported; `state` is unknown where the figure is too old to be believed."""

    state: StockState
    quantity: int
    as_of: datetime
    next_on: date | None
    supplier: str | None


class ArticleGiven(BaseModel):
    sku: str
    name: str
    manufacturer: str
    category: str
    category_name: str
    framework: str
    lot: int
    unit_price_net: str | None
    currency: str = "EUR"
    price_valid_to: date | None
    delivery_days: int
    stock: StockGiven | None
    orderable: bool
    not_orderable_because: str | None
    supplier: str | None


class FacetGiven(BaseModel):
    key: str
    text: str
    count: int


class ReadAs(BaseModel):
    """A word that the catalog does not know, and the one that was looked for instead."""

    typed: str
    meant: str


class ArticleList(BaseModel):
    """`capped`: there are more than `total` and `facets` count, 10,000 or of very many 1,000."""

    items: list[ArticleGiven]
    total: int
    capped: bool
    read_as: list[ReadAs]
    next: str | None
    facets: dict[str, list[FacetGiven]]


class FeatureGiven(BaseModel):
    name: str
    value: str


class ArticleInFull(ArticleGiven, RelationsGiven, ContentGiven):
    description: str
    manufacturer_number: str
    gtin: str
    cpv: str
    order_unit: str
    minimum_quantity: int
    quantity_interval: int
    vat_percent: int
    deliverable_by: date
    promise: Basis
    features: list[FeatureGiven]


@router.get(
    "",
    summary="Artikel suchen",
    description="Jedes Wort muss vorkommen, auch als Teil eines Wortes oder einer Nummer; "
    "höchstens 10.000 Treffer (in Katalogen mit mehr als 200.000 Artikeln 1.000). `facets` zählt, "
    "wonach sich weiter einschränken lässt.",
)
def search(
    db: Db, now: Now, asking: Reader, query: Annotated[ArticleQuery, Query()]
) -> ArticleList:
    """Every word must occur; parts count, too. At most 10,000 hits, of very many 1,000."""
    today = legal_day(now)
    offset = int(query.cursor)
    wanted = Search(
        typed=query.q,
        chosen=_chosen(query),
        sort=query.sort,
        offset=min(offset, CANDIDATES),
        limit=query.limit,
    )
    visible = lots_seen_by(db, asking, today)
    turns = turns_on(db, today)
    hits = find_articles(db, wanted, today, visible, turns)
    after = offset + query.limit
    return ArticleList(
        items=[
            ArticleGiven(**_given(row)) for row in article_rows(db, hits.ids, today, visible, turns)
        ],
        total=hits.total,
        capped=hits.capped,
        read_as=[ReadAs(typed=typed, meant=meant) for typed, meant in hits.meant],
        next=str(after) if after < hits.total else None,
        facets={
            name: [FacetGiven(key=one.key, text=one.text, count=one.count) for one in entries]
            for name, entries in hits.facets.items()
        },
    )


@router.get(
    "/{sku:path}",
    summary="Ein Artikel mit allem",
    description="Preise mit Staffel und Gültigkeit, Merkmale, Zubehör, Varianten, Optionen, "
    "Nachfolger, Gütezeichen.",
)
def show(
    db: Db, now: Now, asking: Reader, sku: Annotated[str, Path(max_length=64)]
) -> ArticleInFull:
    today = legal_day(now)
    visible = lots_seen_by(db, asking, today)
    detail = article_detail(db, sku, today, visible)
    row = detail.row
    return ArticleInFull(
        **_given(row),
        description=detail.description,
        manufacturer_number=detail.mpn,
        gtin=detail.gtin,
        cpv=detail.cpv,
        order_unit=row.order_unit,
        minimum_quantity=row.minimum_quantity,
        quantity_interval=row.quantity_interval,
        vat_percent=detail.tax_percent,
        deliverable_by=detail.promise.by,
        promise=detail.promise.basis,
        features=[FeatureGiven(name=name, value=value) for name, value in row.features],
        **relations_given(article_relations(db, row, today, visible)),
        **content_given(detail),
    )


def _chosen(query: ArticleQuery) -> dict[str, tuple[str, ...]]:
    """Groups of articles may be named by their title, too."""
    sent: dict[str, list[str]] = {name: getattr(query, name) for name in NAMES}
    sent["category"] = [slug_of(name) for name in query.category]
    sent[SPAN] = [span] if (span := span_key(query.price_from, query.price_to)) else []
    return {name: tuple(values) for name, values in sent.items() if values}


def _given(row: ArticleRow) -> dict[str, Any]:
    return {
        "sku": row.sku,
        "name": row.name,
        "manufacturer": row.manufacturer,
        "category": row.category_slug,
        "category_name": row.category,
        "framework": row.framework,
        "lot": row.lot,
        "unit_price_net": row.unit_price.text if row.unit_price else None,
        "price_valid_to": row.price_valid_to,
        "delivery_days": row.delivery_days,
        "stock": _stock_given(row.stock) if row.stock else None,
        "orderable": row.orderable,
        "not_orderable_because": row.refusal,
        "supplier": row.supplier or None,
    }


def _stock_given(stock: Stock) -> StockGiven:
    return StockGiven(
        state=stock.state,
        quantity=stock.quantity,
        as_of=stock.as_of,
        next_on=stock.next_on,
        supplier=stock.supplier or None,
    )
