"""In which order hits are shown."""

from collections.abc import Callable
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, case, func, select

from app.catalog.finding.candidates import ENTRY, Candidates, Found
from app.catalog.finding.search import Search, Sort
from app.catalog.finding.understand import Understood

FAR: Final = 9_999
PART_OF_A_WORD: Final = 1_000
RANKED_SPELLINGS: Final = 3


def ordered(
    found: Found, understood: Understood, search: Search, candidates: Candidates
) -> Select[int]:
    """The ids of one page of the candidates."""
    among = found.subquery()
    return (
        select(ENTRY.c.article_id)
        .join(among, among.c.article_id == ENTRY.c.article_id)
        .order_by(*_keys(understood, search.sort, candidates))
        .offset(search.offset)
        .limit(search.limit)
    )


def _keys(understood: Understood, sort: Sort, candidates: Candidates) -> tuple[Any, ...]:
    name = ENTRY.c.name_key
    by_name = (name if candidates.sqlite else name.collate("C"), ENTRY.c.article_id)
    price = candidates.price
    match sort:
        case Sort.PRICE:
            return (price.is_(None), price.asc(), *by_name)
        case Sort.PRICE_DOWN:
            return (price.is_(None), price.desc(), *by_name)
        case Sort.DELIVERY:
            return (candidates.days, *by_name)
        case Sort.NAME:
            return by_name
        case Sort.RELEVANCE:
            places = [_place(words, sqlite=candidates.sqlite) for words in understood.spoken]
            place = (sum(places[1:], places[0]),) if places else ()
            return (*_running_first(candidates), *place, *by_name)


def _running_first(candidates: Candidates) -> tuple[ColumnElement[int], ...]:
    """Articles of agreements that do not run today come last."""
    looked = candidates.looked
    over = [lot for lot, one in looked.shelves.by_lot.items() if not one.runs_on(looked.on)]
    return (case((ENTRY.c.lot_id.in_(over), 1), else_=0),) if over else ()


def _place(spellings: tuple[str, ...], *, sqlite: bool) -> ColumnElement[int]:
    """Where in category and name the word stands; parts of words come after whole ones."""
    find: Callable[..., Any] = func.instr if sqlite else func.strpos
    words = spellings[:RANKED_SPELLINGS]
    whole = [func.nullif(find(ENTRY.c.head, f" {word} "), 0) for word in words]
    parts = [func.nullif(find(ENTRY.c.head, word), 0) + PART_OF_A_WORD for word in words[:1]]
    return func.coalesce(*whole, *parts, FAR)
