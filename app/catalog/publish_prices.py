"""New price lists begin, old ones end; a list that stays the same keeps its rows."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import Table, bindparam, select, update
from sqlalchemy.orm import Session

from app.catalog.entry_prices import plain
from app.catalog.entry_rows import Terms
from app.catalog.records import Price
from app.catalog.rules import PriceRow
from app.catalog.rules_periods import Listed, ListedPrice, disjoint
from app.database.among import among
from app.database.bulk import insert_rows
from app.database.straight import fetch_all
from app.kernel.unit_price import UnitPrice

PRICE: Final[Table] = Price.metadata.tables[Price.__tablename__]
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


def publish_prices(
    session: Session,
    listed: Mapping[int, Sequence[Listed]],
    begun: Mapping[int, Sequence[Listed]],
    terms: Terms,
) -> None:
    """The prices of a list begin, those of before end; what stays the same keeps its rows.

    `listed` by id of articles that may have prices already, `begun` of those that have none.
    Whatever the file says about the past: prices that counted on a day before the day of the
    publication stay what they were.
    """
    day, first = terms.prices.day, terms.prices.first
    ends: list[dict[str, Any]] = []
    begins = dict(begun)
    running = _running(session, listed.keys(), day) if listed else {}
    for article_id, prices in listed.items():
        old = running.get(article_id, [])
        new = [ListedPrice(one[0], UnitPrice(one[1]), *one[2:]) for one in prices]
        if not _same_list(old, new, day):
            new = new if first else disjoint(new, day)
            first_day = min((entry.valid_from for entry in new), default=day)
            ends += [_ending(row, max(day, first_day)) for row in old]
            begins[article_id] = plain(new)
    if ends:
        statement = update(PRICE).where(PRICE.c.id == bindparam("of_id"))
        session.connection().execute(statement, ends)
    # In one statement: the triggers against overlaps look at everything new at once.
    rows = (
        (article_id, amount, bound, since, until, terms.version_id)
        for article_id, prices in begins.items()
        for bound, amount, since, until, _ in prices
    )
    insert_rows(session, PRICE, COLUMNS, rows, ready=("unit_price",))


def _running(session: Session, ids: Collection[int], day: date) -> dict[int, list[Any]]:
    rows = fetch_all(session, RUNNING, {"ids": ids, "day": day})
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.article_id, []).append(row)
    return found


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
