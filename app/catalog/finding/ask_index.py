"""One statement for a search: how often each facet value occurs, and the ids of the first page."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import CompoundSelect, Select, case, func, literal_column, select, union_all
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import ColumnElement

from app.catalog.content.queries import labelled
from app.catalog.finding.candidates import Question
from app.catalog.finding.facets import DAYS, LABELS, LOTS, PRICES, PROFILES, STOCKED, Counted
from app.catalog.finding.order import Order, Values, page
from app.catalog.finding.price_bands import BANDS
from app.catalog.finding.ranges import DAY
from app.catalog.finding.shape import Shape, candidates
from app.catalog.rules_labels import Label
from app.database.straight import fetch_all

Ids = tuple[int, ...]
Asked = Select[int] | CompoundSelect[*tuple[Any, ...]]
PAGE, FOLDED = 9, 10  # the kinds of rows: a hit of the page, further variants of families


def _sql(text: str) -> ColumnElement[Any]:
    """Fixed SQL over the CTE `found`."""
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
FURTHER: Final = _sql("count(found.family_id) - count(DISTINCT found.family_id)")
USUAL: Final = _sql("CASE WHEN found.delivery_days IS NULL THEN found.lot_id END")
GROUPS: Final = (
    (_sql(str(PROFILES)), _sql("found.profile_id"), NOTHING),
    (_sql(str(LOTS)), _sql("found.lot_id"), NOTHING),
    (_sql(str(PRICES)), _sql(_band()), NOTHING),
    (_sql(str(DAYS)), _sql("found.delivery_days"), USUAL),
)


def count(session: Session, question: Question) -> Counted:
    counted, _ = _answered(session, question, None, {})
    return counted


def count_with_page(
    session: Session, question: Question, order: Order, values: Values
) -> tuple[Counted, Ids]:
    """The candidates are read once for both."""
    return _answered(session, question, order, values)


def page_of(session: Session, question: Question, order: Order, values: Values) -> Ids:
    """The page alone, where the counts are known."""
    rows = _rows(session, question, _page(question.shape, order), values)
    return tuple(row[0] for row in rows)


def _answered(
    session: Session, question: Question, order: Order | None, values: Values
) -> tuple[Counted, Ids]:
    counted, ids = Counted({}, {}, {}, {}, {}, {}), []
    rows = _rows(session, question, _groups(question.shape, order), values)
    for kind, key, lot_id, many in rows:
        if kind == PAGE:
            ids.append((many, key))
        elif kind == FOLDED:
            counted = replace(counted, folded=many)
        else:
            counted.take(kind, key, lot_id, many)
    return counted, tuple(key for _, key in sorted(ids))


def _rows(
    session: Session, question: Question, statement: Asked, values: Values
) -> Iterable[Sequence[Any]]:
    whole = {**question.values, **values}
    if question.shape.given:
        return fetch_all(session, statement, whole)
    return session.connection().execute(statement, whole)


@lru_cache(maxsize=500)
def _page(shape: Shape, order: Order) -> Select[int]:
    return page(candidates(shape).subquery().c, shape, order)


@lru_cache(maxsize=500)
def _groups(shape: Shape, order: Order | None) -> CompoundSelect[*tuple[Any, ...]]:
    """Short lists: profiles, lots, price bands, delivery times, stock, labels; and the page."""
    among = candidates(shape).cte("found")
    groups = [
        select(kind, key, lot, MANY).select_from(among).group_by(key, lot)
        for kind, key, lot in GROUPS
    ]
    if shape.stock:
        stocked: ColumnElement[Any] = case((among.c.in_stock_until >= DAY, 1))
        groups.append(select(_sql(str(STOCKED)), stocked, NOTHING, MANY).group_by(stocked))
    if shape.labels:
        valid = labelled(DAY).subquery("valid")
        numbered = case(*((valid.c.label == label, at) for at, label in enumerate(Label)))
        groups.append(
            select(_sql(str(LABELS)), numbered, NOTHING, func.count(among.c.article_id.distinct()))
            .join(among, among.c.article_id == valid.c.article_id)
            .group_by(valid.c.label)
        )
    if order is not None and order.fold:
        further = select(_sql(str(FOLDED)), NOTHING, NOTHING, FURTHER).select_from(among)
        groups.append(further)
    if order is not None:
        hits = page(among.c, shape, order).subquery("hits")
        place = _sql("row_number() OVER ()")
        groups.append(select(_sql(str(PAGE)), hits.c.article_id, NOTHING, place))
    return union_all(*groups)
