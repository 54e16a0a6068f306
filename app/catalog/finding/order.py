"""In which order hits are shown."""

from collections.abc import Callable
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, case, func, select

from app.catalog.finding.candidates import Candidates, Found, Row
from app.catalog.finding.search import Search, Sort
from app.catalog.finding.understand import Understood

FAR: Final = 9_999
PART_OF_A_WORD: Final = 1_000
RANKED_SPELLINGS: Final = 3


def ordered(
    found: Found, understood: Understood, search: Search, candidates: Candidates
) -> Select[int]:
    """The ids of one page of the candidates, which carry the columns `SORTED`."""
    row = found.subquery().c
    keys = _keys(row, understood, search.sort, candidates)
    page: Select[int] = select(row.article_id)
    return page.order_by(*keys).offset(search.offset).limit(search.limit)


def _keys(row: Row, understood: Understood, sort: Sort, candidates: Candidates) -> tuple[Any, ...]:
    name = row.name_key
    by_name = (name if candidates.sqlite else name.collate("C"), row.article_id)
    match sort:
        case Sort.PRICE:
            return (row.price.is_(None), row.price.asc(), *by_name)
        case Sort.PRICE_DOWN:
            return (row.price.is_(None), row.price.desc(), *by_name)
        case Sort.DELIVERY:
            return (candidates.days_of(row), *by_name)
        case Sort.NAME:
            return by_name
        case Sort.RELEVANCE:
            find: Callable[..., Any] = func.instr if candidates.sqlite else func.strpos
            places = [_place(row.head, words, find) for words in understood.spoken]
            place = (sum(places[1:], places[0]),) if places else ()
            return (*_running_first(row, candidates), *place, *by_name)


def _running_first(row: Row, candidates: Candidates) -> tuple[ColumnElement[int], ...]:
    """Articles of agreements that do not run today come last."""
    looked = candidates.looked
    over = [lot for lot, one in looked.shelves.by_lot.items() if not one.runs_on(looked.on)]
    return (case((row.lot_id.in_(over), 1), else_=0),) if over else ()


def _place(
    head: ColumnElement[str], spellings: tuple[str, ...], find: Callable[..., Any]
) -> ColumnElement[int]:
    """Where in category and name the word stands; parts of words come after whole ones."""
    words = spellings[:RANKED_SPELLINGS]
    whole = [func.nullif(find(head, f" {word} "), 0) for word in words]
    part = func.nullif(find(head, words[0]), 0) + PART_OF_A_WORD
    return func.coalesce(*whole, part, FAR)
