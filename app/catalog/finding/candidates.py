"""The articles that fit, lowest ids first and never more than asked for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import (
    Column,
    ColumnElement,
    CompoundSelect,
    Integer,
    Select,
    and_,
    case,
    cast,
    column,
    false,
    func,
    literal,
    literal_column,
    or_,
    select,
    table,
    union_all,
)
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import Session
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from app.catalog.content.queries import labelled
from app.catalog.finding.entry import LOT
from app.catalog.finding.expression import Expression, Word, all_of, any_of, for_fts5, for_tsquery
from app.catalog.finding.facets import DAYS, IN_STOCK, STOCKED
from app.catalog.finding.price_bands import BANDS, Band, days_between
from app.catalog.finding.records import SearchEntry
from app.catalog.finding.shelves import Shelves
from app.catalog.finding.understand import Understood
from app.catalog.finding.words import mark
from app.catalog.prices import price_to_sort_by
from app.catalog.records import Article
from app.catalog.rules_labels import Label
from app.catalog.stock.queries import is_reported
from app.catalog.visible import Visible
from app.database.base import table_of
from app.database.marks import CATALOG, Kept
from app.kernel.unit_price import UnitPrice

Found = Select[*tuple[Any, ...]]
Row = ReadOnlyColumnCollection[str, Any]
Chosen = Mapping[str, tuple[str, ...]]

ENTRY: Final = table_of(SearchEntry)
MOST_FRAGMENTS: Final = 1_000
# FTS5 is asked through a column that is called like the table.
WORDS: Final = table("search_entry_words", column("rowid", Integer), column("search_entry_words"))
NUMBERS: Final = table(
    "search_entry_numbers", column("rowid", Integer), column("search_entry_numbers")
)
NOT_MARKED: Final = frozenset({"price", "delivery", "stock", "label"})
LABELLED: Final[Kept[bool]] = Kept(most=20, marks=(CATALOG,))
Columns = tuple[Column[Any], ...]
COUNTED: Final[Columns] = (
    ENTRY.c.article_id,
    ENTRY.c.lot_id,
    ENTRY.c.profile_id,
    ENTRY.c.delivery_days,
    ENTRY.c.in_stock_until,
)
SORTED: Final[Columns] = (
    ENTRY.c.article_id,
    ENTRY.c.lot_id,
    ENTRY.c.delivery_days,
    ENTRY.c.head,
    ENTRY.c.name_key,
)
SPANS: Final[Kept[tuple[date | None, date | None]]] = Kept(most=20, marks=(CATALOG,))
PROFILE, LOTS, PRICES = range(3)


@dataclass(frozen=True, slots=True)
class Looked:
    """On which day and by whom."""

    on: date
    visible: Visible
    shelves: Shelves


def _sql(text: str) -> ColumnElement[Any]:
    """Fixed SQL over the CTE `found`; building it anew for each search would cost more than it."""
    return literal_column(text)


def _band() -> str:
    """Where in BANDS the price stands, by number; NULL without a price."""
    steps = [
        f"WHEN found.price < {band.limit.ten_thousandths} THEN {at}"
        for at, band in enumerate(BANDS)
        if band.limit
    ]
    return f"CASE WHEN found.price IS NULL THEN NULL {' '.join(steps)} ELSE {len(BANDS) - 1} END"


NOTHING: Final = _sql("CAST(NULL AS INTEGER)")
MANY: Final = _sql("count(*)")
USUAL: Final = _sql("CASE WHEN found.delivery_days IS NULL THEN found.lot_id END")
GROUPS: Final = (
    (_sql(str(PROFILE)), _sql("found.profile_id"), NOTHING),
    (_sql(str(LOTS)), _sql("found.lot_id"), NOTHING),
    (_sql(str(PRICES)), _sql(_band()), NOTHING),
    (_sql(str(DAYS)), _sql("found.delivery_days"), USUAL),
)


class Candidates:
    def __init__(self, session: Session, looked: Looked) -> None:
        self._session = session
        self._looked = looked
        self.sqlite = session.get_bind().dialect.name == "sqlite"
        self.price = self._price()

    @property
    def looked(self) -> Looked:
        return self._looked

    def of(
        self, understood: Understood, chosen: Chosen, most: int, *, columns: Columns = COUNTED
    ) -> Found:
        """What was typed and every chosen facet, with `columns` of the entry and the price."""
        found: Found = select(*columns, self.price.label("price"))
        marks = self._marks(chosen)
        first: ColumnElement[Any] = ENTRY.c.article_id
        if parts := [*([understood.wanted] if understood.wanted else []), *marks]:
            found = self._matching(all_of(parts), found)
            first = WORDS.c.rowid if self.sqlite else first
        if understood.articles is not None:
            found = found.where(ENTRY.c.article_id.in_(understood.articles))
        if understood.nothing:
            found = found.where(false())
        if self._looked.visible is not None:
            found = found.where(ENTRY.c.lot_id.in_(self._looked.visible))
        return found.where(*self._ranges(chosen)).order_by(first).limit(most)

    def groups(self, found: Found) -> CompoundSelect[*tuple[Any, ...]]:
        """How often each profile, lot, price band and delivery time occurs: short lists."""
        among = found.cte("found")
        groups: tuple[tuple[ColumnElement[Any], ...], ...] = GROUPS
        if is_reported(self._session):
            on = self._looked.on.isoformat()
            stocked = _sql(f"CASE WHEN found.in_stock_until >= '{on}' THEN 1 END")
            groups = (*groups, (_sql(str(STOCKED)), stocked, NOTHING))
        return union_all(
            *(
                select(kind, key, lot, MANY).select_from(among).group_by(key, lot)
                for kind, key, lot in groups
            )
        )

    def labels(self, found: Found) -> dict[Label, int]:
        """How many articles carry each label that is valid on the day."""
        on = self._looked.on
        some = labelled(on).limit(1)
        if not LABELLED.get(
            self._session, on, lambda: self._session.execute(some).first() is not None
        ):
            return {}
        among, label = found.subquery(), labelled(on).subquery()
        counted = (
            select(label.c.label, func.count(among.c.article_id.distinct()))
            .join(label, label.c.article_id == among.c.article_id)
            .group_by(label.c.label)
        )
        return dict(self._session.execute(counted).all())

    def knows(self, exact: str) -> bool:
        """Whether some article has the mark."""
        rows = self._matching(Word(exact), select(ENTRY.c.article_id)).limit(1)
        return self._session.scalar(rows) is not None

    def with_fragment(self, fragment: str) -> tuple[int, ...]:
        """The first articles with a number that holds the fragment."""
        found: Found = select(ENTRY.c.article_id)
        if self.sqlite:
            hits = NUMBERS.c.search_entry_numbers.op("MATCH")(literal(f'"{fragment}"'))
            found = select(NUMBERS.c.rowid).where(hits).order_by(NUMBERS.c.rowid)
        else:  # + 0: by the index of the numbers, and not along the ids
            holds = ENTRY.c.numbers.contains(fragment)
            found = found.where(holds).order_by(ENTRY.c.article_id + 0)
        return tuple(self._session.scalars(found.limit(MOST_FRAGMENTS)))

    def _matching(self, wanted: Expression, found: Found) -> Found:
        """`found` narrowed to the articles whose index says `wanted`."""
        if self.sqlite:
            match = WORDS.c.search_entry_words.op("MATCH")(literal(for_fts5(wanted)))
            return found.join(WORDS, WORDS.c.rowid == ENTRY.c.article_id).where(match)
        query = cast(literal(for_tsquery(wanted)), TSQUERY)
        return found.where(ENTRY.c.words.bool_op("@@")(query))

    def _marks(self, chosen: Chosen) -> list[Expression]:
        """The chosen values that stand in the word index."""
        shelves = self._looked.shelves
        parts: list[Expression] = []
        for name, values in chosen.items():
            if name in NOT_MARKED or not values:
                continue
            keys = [mark(name, value) for value in values]
            if name == "framework":
                keys = [mark(LOT, str(lot)) for lot in shelves.lots_of(values)]
            elif name == LOT:
                keys = [mark(LOT, str(lot)) for lot in shelves.lots_called(values)]
            parts.append(any_of([Word(key) for key in keys or [mark(LOT, "")]]))
        return parts

    def _ranges(self, chosen: Chosen) -> list[ColumnElement[bool]]:
        """The chosen steps of price and delivery time, and the labels."""
        rules: list[ColumnElement[bool]] = []
        if wanted := chosen.get("price"):
            bands = [band for band in BANDS if band.key in wanted]
            rules.append(or_(false(), *(_within(self.price, band) for band in bands)))
        if wanted := chosen.get("delivery"):
            spans = [span for key in wanted if (span := days_between(key))]
            rules.append(or_(false(), *(self._takes(low, high) for low, high in spans)))
        if wanted := chosen.get("stock"):
            known = IN_STOCK in wanted
            rules.append(ENTRY.c.in_stock_until >= self._looked.on if known else false())
        if wanted := chosen.get("label"):
            label = labelled(self._looked.on).subquery()
            carrying = select(label.c.article_id).where(label.c.label.in_(_labels(wanted)))
            rules.append(ENTRY.c.article_id.in_(carrying))
        return rules

    def _takes(self, low: int, high: int | None) -> ColumnElement[bool]:
        days = self.days_of(ENTRY.c)
        return days > low if high is None else and_(days > low, days <= high)

    def _price(self) -> ColumnElement[Any]:
        """The kept price; where a day has come that ends it, the resolver's answer."""
        on = self._looked.on
        since, until = SPANS.get(self._session, "spans", self._spans)
        if since is None or (since <= on and (until is None or on < until)):
            return ENTRY.c.price
        looked_up = (
            select(price_to_sort_by(on))
            .where(Article.id == ENTRY.c.article_id)
            .correlate(ENTRY)
            .scalar_subquery()
        )
        later = or_(ENTRY.c.price_until.is_(None), ENTRY.c.price_until > on)
        return case((and_(ENTRY.c.price_from <= on, later), ENTRY.c.price), else_=looked_up)

    def _spans(self) -> tuple[date | None, date | None]:
        """The days on which every kept price holds."""
        since, until = self._session.execute(
            select(func.max(ENTRY.c.price_from), func.min(ENTRY.c.price_until))
        ).one()
        return since, until

    def days_of(self, row: Row) -> ColumnElement[int]:
        """The article's own delivery time, else the usual one of its agreement."""
        by_lot = self._looked.shelves.by_lot
        usual = [(row.lot_id == lot, one.delivery_days) for lot, one in by_lot.items()]
        own: ColumnElement[int] = row.delivery_days
        return func.coalesce(own, case(*usual, else_=0)) if usual else own


def _labels(keys: Iterable[str]) -> list[Label]:
    """Unknown keys fall away: then nothing fits."""
    known = {label.value for label in Label}
    return [Label(key) for key in keys if key in known]


def _within(price: ColumnElement[Any], band: Band) -> ColumnElement[bool]:
    above = price >= UnitPrice.euros(band.low)
    return and_(above, price < band.limit) if band.limit else above
