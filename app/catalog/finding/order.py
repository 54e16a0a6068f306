"""In which order hits are shown."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
    Select,
    Text,
    bindparam,
    case,
    func,
    select,
)

from app.catalog.finding.candidates import Looked
from app.catalog.finding.conditions import NOUGHT, written
from app.catalog.finding.ranges import Row, days_of
from app.catalog.finding.search import Search, Sort
from app.catalog.finding.shape import Shape
from app.catalog.finding.understand import Understood
from app.database.among import among

FAR: Final = 9_999
PART_OF_A_WORD: Final = 1_000
RANKED_SPELLINGS: Final = 3
RANKED_WORDS: Final = 8
STEPS: Final = (3, RANKED_WORDS)
"""So many words have an order written for them: fewer ones are filled up with empty words, which
stand at the beginning of everything. To write one takes longer than to search by it."""

OVER: Final[BindParameter[Any]] = bindparam("over", expanding=True)

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Order:
    """What decides how the order is written: for how many typed words.

    `over`: some agreements do not run on the day. `fold`: of a family only its first variant.
    """

    sort: Sort
    words: int = 0
    over: bool = False
    fold: bool = False


def order_of(search: Search, understood: Understood, looked: Looked) -> tuple[Order, Values]:
    """How one page is ordered, and the values for it."""
    values: Values = {"offset": search.offset, "limit": search.limit}
    if search.sort is not Sort.RELEVANCE:
        return Order(search.sort), values
    ranked = understood.spoken[:RANKED_WORDS]
    words = next((step for step in STEPS if step >= len(ranked)), 0) if ranked else 0
    for at in range(words):
        spelled = ranked[at] if at < len(ranked) else ("",)
        values[f"part_{at}"] = spelled[0]
        for number in range(RANKED_SPELLINGS):
            word = spelled[min(number, len(spelled) - 1)]
            values[f"word_{at}_{number}"] = f" {word} " if word else ""
    shelves = looked.shelves.by_lot
    over = [lot for lot, one in shelves.items() if not one.runs_on(looked.on)]
    if over:
        values["over"] = over
    return Order(search.sort, words, bool(over)), values


def page(row: Row, shape: Shape, order: Order) -> Select[int]:
    """The ids of one page of the candidates, which have the columns `row`."""
    keys = _keys(row, shape, order)
    ids: Select[int] = select(row.article_id).order_by(*keys)
    if order.fold:
        ids = _first_of_families(row, keys)
    limit, offset = (bindparam(name, type_=Integer()) for name in ("limit", "offset"))
    return ids.limit(limit).offset(offset)


def _first_of_families(row: Row, keys: tuple[Any, ...]) -> Select[int]:
    family = func.coalesce(row.family_id, -row.article_id)
    placed = select(
        row.article_id,
        func.row_number().over(order_by=keys).label("place"),
        func.row_number().over(partition_by=family, order_by=keys).label("turn"),
    ).subquery("placed")
    return select(placed.c.article_id).where(placed.c.turn == 1).order_by(placed.c.place)


def _keys(row: Row, shape: Shape, order: Order) -> tuple[Any, ...]:
    name = row.name_key
    by_name = (name if shape.sqlite else name.collate("C"), row.article_id)
    match order.sort:
        case Sort.PRICE:
            return (row.price.is_(None), row.price.asc(), *by_name)
        case Sort.PRICE_DOWN:
            return (row.price.is_(None), row.price.desc(), *by_name)
        case Sort.DELIVERY:
            return (days_of(row, shape.usual), *by_name)
        case Sort.NAME:
            return by_name
        case Sort.RELEVANCE:
            find: Callable[..., Any] = func.instr if shape.sqlite else func.strpos
            places = [_place(row.head, at, find) for at in range(order.words)]
            place = (sum(places[1:], places[0]),) if places else ()
            return (*_running_first(row, order, given=shape.given), *place, *by_name)


def _running_first(row: Row, order: Order, *, given: bool) -> tuple[ColumnElement[int], ...]:
    """Articles of agreements that do not run today come last."""
    if not order.over:
        return ()
    ended = among(row.lot_id, "over") if given else row.lot_id.in_(OVER)
    return (case((ended, written(1)), else_=NOUGHT),)


def _place(head: ColumnElement[str], at: int, find: Callable[..., Any]) -> ColumnElement[int]:
    """Where in category and name the word stands; parts of words come after whole ones."""
    said = (bindparam(f"word_{at}_{number}", type_=Text()) for number in range(RANKED_SPELLINGS))
    whole = [func.nullif(find(head, word), NOUGHT) for word in said]
    part = func.nullif(find(head, bindparam(f"part_{at}", type_=Text())), NOUGHT)
    return func.coalesce(*whole, part + written(PART_OF_A_WORD), written(FAR))
