"""New price lists begin, old ones end; a list that stays the same keeps its rows."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import Table, bindparam, select, update
from sqlalchemy.orm import Session

from app.catalog.records import CatalogVersion, Price
from app.catalog.rules import PriceRow
from app.catalog.rules_periods import ListedPrice, disjoint
from app.database.among import among
from app.database.bulk import insert_rows
from app.database.straight import fetch_all
from app.frameworks.records import Framework
from app.kernel.unit_price import UnitPrice

PRICE: Final[Table] = Price.metadata.tables[Price.__tablename__]
NEXT_DAY: Final = timedelta(days=1)
COLUMNS: Final = ("article_id", *PriceRow._fields)
RUNNING: Final = select(
    PRICE.c.id,
    PRICE.c.article_id,
    PRICE.c.lower_bound,
    PRICE.c.unit_price,
    PRICE.c.valid_from,
    PRICE.c.valid_to,
).where(
    among(PRICE.c.article_id, "ids"),
    PRICE.c.valid_to.is_(None) | (PRICE.c.valid_to > bindparam("day", type_=PRICE.c.valid_to.type)),
)

Stated = list[tuple[int, int, str | None, str | None]]


@dataclass(frozen=True, slots=True)
class Publication:
    """Which version of whose catalog begins on which day; `first`: there was none before."""

    version: CatalogVersion
    framework: Framework
    day: date
    first: bool


def publish_prices(
    session: Session, stated: dict[int, Stated], known: Collection[int], publication: Publication
) -> dict[int, list[PriceRow]]:
    """The prices that begin, by article id; what stays the same is not among them.

    `stated` per article id: [lower bound, ten-thousandths, first day, last day] of the file;
    `known` are the articles that may have prices already.
    A price without a first day is valid from the framework's begin (first version) or from the day;
    without a last day until the framework's price guarantee ends, else without end. Whatever the
    file says about the past: prices that counted on a day before that day stay what they were.
    """
    framework, day, first = publication.framework, publication.day, publication.first
    begin = framework.valid_from if first else day
    end = framework.price_fixed_until + NEXT_DAY if framework.price_fixed_until else None
    ends: list[dict[str, Any]] = []
    begins: dict[int, list[PriceRow]] = {}
    running = _running(session, known, day) if known else {}
    for article_id, prices in stated.items():
        old = running.get(article_id, [])
        new = disjoint((_new(entry, begin, end) for entry in prices), date.min)
        if not _same_list(old, new, day):
            new = new if first else disjoint(new, day)
            first_day = min((entry.valid_from for entry in new), default=day)
            ends += [_ending(row, max(day, first_day)) for row in old]
            begins[article_id] = [_row(entry, publication.version.id) for entry in new]
    if ends:
        statement = update(PRICE).where(PRICE.c.id == bindparam("of_id"))
        session.connection().execute(statement, ends)
    # In one statement: the triggers against overlaps look at everything new at once.
    rows = ((article_id, *price) for article_id, prices in begins.items() for price in prices)
    insert_rows(session, PRICE, COLUMNS, rows)
    return begins


def _running(session: Session, ids: Collection[int], day: date) -> dict[int, list[Any]]:
    rows = fetch_all(session, RUNNING, {"ids": ids, "day": day})
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.article_id, []).append(row)
    return found


def _new(
    entry: tuple[int, int, str | None, str | None], begin: date, end: date | None
) -> ListedPrice:
    """The guarantee may have ended before this price began: then it is never valid."""
    bound, amount, from_text, until_text = entry
    valid_from = date.fromisoformat(from_text) if from_text else begin
    valid_to = date.fromisoformat(until_text) + NEXT_DAY if until_text else end
    return ListedPrice(bound, UnitPrice(amount), valid_from, valid_to, dated=bool(from_text))


def _same_list(old: list[Any], new: list[ListedPrice], day: date) -> bool:
    """A price list is kept or replaced as a whole, so that its scales stay together."""
    rest = list(old)
    for entry in new:
        if entry.valid_to is not None and entry.valid_to <= day:
            continue
        same = next((row for row in rest if _same(row, entry, day)), None)
        if same is None:
            return False
        rest.remove(same)
    return not rest


def _same(row: Any, entry: ListedPrice, day: date) -> bool:
    """Two that both have begun are alike from today on, whenever that was."""
    alike = (row.lower_bound, row.unit_price, row.valid_to) == (
        entry.lower_bound,
        entry.unit_price,
        entry.valid_to,
    )
    both_begun = row.valid_from <= day and entry.valid_from <= day
    return alike and (not entry.dated or both_begun or row.valid_from == entry.valid_from)


def _ending(row: Any, day: date) -> dict[str, Any]:
    """A price that has not begun yet is withdrawn: it then ends on its first day."""
    last = day if row.valid_to is None else min(row.valid_to, day)
    return {"of_id": row.id, "valid_to": max(row.valid_from, last)}


def _row(entry: ListedPrice, version_id: int) -> PriceRow:
    return PriceRow(
        entry.unit_price, entry.lower_bound, entry.valid_from, entry.valid_to, version_id
    )
