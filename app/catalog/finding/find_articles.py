"""Finding articles: the same hits on SQLite and PostgreSQL, with facets, order and pages."""

from collections.abc import Callable, Hashable
from datetime import date
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    and_,
    case,
    cast,
    column,
    false,
    func,
    literal,
    or_,
    select,
    table,
    true,
)
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import Session

from app.catalog.finding.entry import LOT
from app.catalog.finding.expression import (
    Expression,
    Word,
    all_of,
    any_of,
    for_fts5,
    for_tsquery,
)
from app.catalog.finding.facets import NAMES, Group, count_facets
from app.catalog.finding.price_bands import BANDS, Band, days_between
from app.catalog.finding.records import SearchEntry
from app.catalog.finding.same_words import meanings
from app.catalog.finding.search import CANDIDATES, Facets, Hits, Search, Sort
from app.catalog.finding.shelves import Shelves, shelves
from app.catalog.finding.understand import Numbers, Understood, understand
from app.catalog.finding.vocabulary import vocabulary
from app.catalog.finding.words import mark
from app.catalog.kept import KeptAnswers, state_of
from app.catalog.prices import price_to_sort_by
from app.catalog.records import Article
from app.catalog.visible import Visible
from app.database.base import table_of
from app.frameworks.records import Framework, Lot
from app.kernel.unit_price import UnitPrice

ENTRY: Final = table_of(SearchEntry)
FAR: Final = 9_999
PART_OF_A_WORD: Final = 1_000
MOST_FRAGMENTS: Final = 1_000
RANKED_SPELLINGS: Final = 3
# FTS5 is asked through a column that is called like the table.
WORDS: Final = table("search_entry_words", column("rowid", Integer), column("search_entry_words"))
NUMBERS: Final = table(
    "search_entry_numbers", column("rowid", Integer), column("search_entry_numbers")
)
Found = Select[*tuple[Any, ...]]
Counted = tuple[int, Facets]
COUNTED: Final[KeptAnswers[Counted]] = KeptAnswers()


def find_articles(session: Session, search: Search, on: date, visible: Visible) -> Hits:
    """Articles of the lots `visible` (None: of all), in order, with counts for every facet.

    At most 10,000 candidates, those with the lowest ids, are counted and sorted. Counts are kept
    per state of the catalog and day.
    """
    finder = _Finder(session, search, on, visible)
    question: Hashable = (state_of(session), search.question, on, visible)
    total, facets = COUNTED.get(question, finder.counts)
    meant = finder.understood.meant
    if not total:
        return Hits((), 0, facets, meant=meant)
    ids = session.scalars(finder.page())
    shown = min(total, CANDIDATES)
    return Hits(tuple(ids), shown, facets, capped=total > CANDIDATES, meant=meant)


class _Finder:
    def __init__(self, session: Session, search: Search, on: date, visible: Visible) -> None:
        self._session = session
        self._search = search
        self._on = on
        self._visible = visible
        self._sqlite = session.get_bind().dialect.name == "sqlite"
        self._shelves: Shelves = shelves(session)
        self.understood: Understood = self._understand()

    def counts(self) -> Counted:
        """How many there are; per facet, what each entry would leave if its own choice were open.

        Facets without a choice share one read of the candidates.
        """
        chosen = [name for name, values in self._search.chosen.items() if values]
        groups = self._groups("")
        others = [name for name in NAMES if name not in chosen]
        facets = count_facets(self._session, groups, self._shelves, others)
        for name in chosen:
            opened = self._groups(name)
            facets |= count_facets(self._session, opened, self._shelves, (name,))
        return sum(group.count for group in groups), facets

    def page(self) -> Select[int]:
        found = self._candidates("", CANDIDATES).subquery()
        return (
            select(SearchEntry.article_id)
            .join(found, found.c.article_id == SearchEntry.article_id)
            .order_by(*self._order())
            .offset(self._search.offset)
            .limit(self._search.limit)
        )

    def _understand(self) -> Understood:
        typed = self._search.typed
        if not typed.strip():
            return Understood(None, None, (), ())
        numbers = Numbers(self._is_number, self._with_fragment)
        return understand(typed, vocabulary(self._session), meanings(), numbers)

    def _is_number(self, exact: str) -> bool:
        rows = self._matching(Word(exact), select(SearchEntry.article_id)).limit(1)
        return self._session.scalar(rows) is not None

    def _with_fragment(self, fragment: str) -> tuple[int, ...]:
        found: Found = select(SearchEntry.article_id)
        if self._sqlite:
            hits = NUMBERS.c.search_entry_numbers.op("MATCH")(literal(f'"{fragment}"'))
            found = select(NUMBERS.c.rowid).where(hits).order_by(NUMBERS.c.rowid)
        else:
            found = found.where(SearchEntry.numbers.contains(fragment)).order_by(
                SearchEntry.article_id + 0  # the index of the numbers, not of the ids
            )
        return tuple(self._session.scalars(found.limit(MOST_FRAGMENTS)))

    def _matching(self, wanted: Expression, found: Found) -> Found:
        """`found` narrowed to the articles whose index says `wanted`."""
        if self._sqlite:
            match = WORDS.c.search_entry_words.op("MATCH")(literal(for_fts5(wanted)))
            return found.join(WORDS, WORDS.c.rowid == SearchEntry.article_id).where(match)
        query = cast(literal(for_tsquery(wanted)), TSQUERY)
        return found.where(SearchEntry.words.bool_op("@@")(query))

    def _groups(self, opened: str) -> list[Group]:
        found = self._candidates(opened, CANDIDATES + 1).subquery()
        keys = (found.c.lot_id, found.c.profile_id, _band(found.c.price), found.c.delivery_days)
        rows = self._session.execute(select(*keys, func.count()).group_by(*keys))
        return [Group(*row) for row in rows]

    def _candidates(self, opened: str, most: int) -> Found:
        """Everything that fits, without the choice of the facet `opened`, the lowest ids first."""
        found: Found = select(
            SearchEntry.article_id,
            SearchEntry.lot_id,
            SearchEntry.profile_id,
            SearchEntry.delivery_days,
            self._price().label("price"),
        )
        understood = self.understood
        marks = self._marks(opened)
        parts = [*([understood.wanted] if understood.wanted else []), *marks]
        if parts:
            found = self._matching(all_of(parts), found)
        elif self._search.typed.strip() and understood.articles is None:
            found = found.where(false())  # nothing but signs was typed
        if understood.articles is not None:
            found = found.where(SearchEntry.article_id.in_(understood.articles))
        if self._visible is not None:
            found = found.where(SearchEntry.lot_id.in_(self._visible))
        found = found.where(*self._ranges(opened))
        return found.order_by(self._first()).limit(most)

    def _first(self) -> ColumnElement[Any]:
        by_index = self._sqlite and (self.understood.wanted or self._marks(""))
        return WORDS.c.rowid if by_index else ENTRY.c.article_id

    def _marks(self, opened: str) -> list[Expression]:
        """The chosen values that stand in the word index."""
        parts: list[Expression] = []
        for name, values in self._search.chosen.items():
            if name == opened or not values or name in {"price", "delivery"}:
                continue
            if name == "framework":
                lots = self._shelves.lots_of(values)
                keys = [mark(LOT, str(lot)) for lot in lots] or [mark(LOT, "")]
            elif name == "lot":
                lots = self._shelves.lots_called(values)
                keys = [mark(LOT, str(lot)) for lot in lots] or [mark(LOT, "")]
            else:
                keys = [mark(name, value) for value in values]
            parts.append(any_of([Word(key) for key in keys]))
        return parts

    def _ranges(self, opened: str) -> list[ColumnElement[bool]]:
        """The chosen steps of price and delivery time."""
        chosen = self._search.chosen
        rules: list[ColumnElement[bool]] = []
        if opened != "price" and chosen.get("price"):
            bands = [band for band in BANDS if band.key in chosen["price"]]
            price = self._price()
            rules.append(or_(false(), *(_within(price, band) for band in bands)))
        if opened != "delivery" and chosen.get("delivery"):
            spans = [span for key in chosen["delivery"] if (span := days_between(key))]
            rules.append(or_(false(), *(self._takes(low, high) for low, high in spans)))
        return rules

    def _takes(self, low: int, high: int | None) -> ColumnElement[bool]:
        days = self._days()
        return and_(days > low, days <= high if high is not None else true())

    def _price(self) -> ColumnElement[Any]:
        """The kept price where it is the price of this day, else the resolver's answer."""
        later = or_(SearchEntry.price_until.is_(None), SearchEntry.price_until > self._on)
        looked_up = (
            select(price_to_sort_by(self._on))
            .where(Article.id == SearchEntry.article_id)
            .correlate(SearchEntry)
            .scalar_subquery()
        )
        holds = and_(SearchEntry.price_from <= self._on, later)
        return case((holds, SearchEntry.price), else_=looked_up)

    def _days(self) -> ColumnElement[int]:
        usual = (
            select(Framework.delivery_days)
            .join(Lot, Lot.framework_id == Framework.id)
            .where(Lot.id == SearchEntry.lot_id)
            .correlate(SearchEntry)
            .scalar_subquery()
        )
        return func.coalesce(SearchEntry.delivery_days, usual)

    def _order(self) -> tuple[Any, ...]:
        name = SearchEntry.name_key
        by_name = (name if self._sqlite else name.collate("C"), SearchEntry.article_id)
        match self._search.sort:
            case Sort.PRICE:
                return (self._price().is_(None), self._price().asc(), *by_name)
            case Sort.PRICE_DOWN:
                return (self._price().is_(None), self._price().desc(), *by_name)
            case Sort.DELIVERY:
                return (self._days(), *by_name)
            case Sort.NAME:
                return by_name
            case Sort.RELEVANCE:
                places = [self._place(spellings) for spellings in self.understood.spoken]
                place = (sum(places[1:], places[0]),) if places else ()
                return (*self._running_first(), *place, *by_name)

    def _running_first(self) -> tuple[ColumnElement[int], ...]:
        over = [lot for lot, one in self._shelves.by_lot.items() if not one.runs_on(self._on)]
        return (case((SearchEntry.lot_id.in_(over), 1), else_=0),) if over else ()

    def _place(self, spellings: tuple[str, ...]) -> ColumnElement[int]:
        """Where in category and name the word stands; parts of words come after whole ones."""
        find: Callable[..., Any] = func.instr if self._sqlite else func.strpos
        words = spellings[:RANKED_SPELLINGS]
        whole = [func.nullif(find(SearchEntry.head, f" {word} "), 0) for word in words]
        parts = [func.nullif(find(SearchEntry.head, word), 0) + PART_OF_A_WORD for word in words]
        return func.coalesce(*whole, *parts, FAR)


def _band(price: ColumnElement[Any]) -> ColumnElement[Any]:
    """Where in BANDS the price stands, by number; NULL without a price."""
    steps = [(price < band.limit, at) for at, band in enumerate(BANDS) if band.limit]
    return case((price.is_(None), None), *steps, else_=len(BANDS) - 1)


def _within(price: ColumnElement[Any], band: Band) -> ColumnElement[bool]:
    above = price >= UnitPrice.euros(band.low)
    return and_(above, price < band.limit) if band.limit else above
