"""After the last article of a file: groups, which come at its end, and what it no longer has."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from app.catalog.prices import price_rows
from app.catalog.records import CatalogEntry
from app.catalog.rules import Change, PriceRow
from app.catalog.rules_groups import slug_of
from app.catalog.upkeep.contents import first_price
from app.catalog.upkeep.kept_catalogs import belongs
from app.catalog.upkeep.known_articles import NO_CATEGORY, Known, articles_after
from app.catalog.upkeep.read_file import FileFacts
from app.catalog.upkeep.staging_rows import Target, insert_entries
from app.catalog.upkeep.stored_contents import stored_contents
from app.catalog.upkeep.turns import Turns
from app.database.among import among
from app.database.base import table_of
from app.database.straight import execute

BATCH: Final = 5000
GROUP_LENGTH: Final = 100
ENTRY: Final = table_of(CatalogEntry)
GROUPED: Final = update(ENTRY).where(among(ENTRY.c.id, "ids")).values(category=bindparam("name"))


@dataclass(frozen=True, slots=True)
class Rest:
    """`whole`: the file is the whole catalog; `ungrouped`: some entries do not know their group.

    `changed`: known articles that differ, in a dry run only.
    """

    target: Target
    whole: bool
    ungrouped: bool
    changed: Collection[str] = ()


def stage_rest(turns: Turns, file: FileFacts, rest: Rest) -> Counter[Change]:
    """How many articles only moved to another group, and how many are gone."""
    if rest.ungrouped and rest.target.version_id is not None:
        _name_groups(turns, file, rest)
    kinds: Counter[Change] = Counter()
    last = 0
    while True:
        with turns() as session:
            known = articles_after(session, rest.target.framework_id, last, BATCH)
            if not known:
                return kinds
            last = max(one.id for one in known.values())
            kinds += _compare(session, file, rest, known)


def _name_groups(turns: Turns, file: FileFacts, rest: Rest) -> None:
    """The entries learn their groups; in a whole catalog whoever has none stands under none."""
    last = 0
    while True:
        with turns() as session:
            entries = select(ENTRY.c.id, ENTRY.c.sku, ENTRY.c.category).where(
                ENTRY.c.catalog_version_id == rest.target.version_id, ENTRY.c.id > last
            )
            connection = session.connection()
            rows = connection.execute(entries.order_by(ENTRY.c.id).limit(BATCH)).all()
            if not rows:
                return
            last = rows[-1].id
            groups = file.holdings.groups_of([row.sku for row in rows])
            named: dict[str, list[int]] = defaultdict(list)
            for row in rows:
                group = groups.get(row.sku) or (NO_CATEGORY if rest.whole else row.category)
                if group != row.category:
                    named[group[:GROUP_LENGTH]].append(row.id)
            for name, ids in named.items():
                execute(session, GROUPED, [{"ids": ids, "name": name}])


def _compare(
    session: Session, file: FileFacts, rest: Rest, known: dict[str, Known]
) -> Counter[Change]:
    """Published articles that the file leaves alone, moves, or no longer has."""
    active = {sku: one for sku, one in known.items() if one.active}
    groups = file.holdings.groups_of(active)
    held = file.holdings.holds(active)
    gone: dict[str, Known] = {}
    moved: dict[str, str] = {}
    for sku, one in active.items():
        if sku in held:
            group = (groups.get(sku) or (NO_CATEGORY if rest.whole else one.category))[
                :GROUP_LENGTH
            ]
            if group != one.category and slug_of(group) != slug_of(one.category):
                moved[sku] = group
        elif rest.whole and belongs(one, file.header.catalog_id, rest.target):
            gone[sku] = one
    if moved:
        moved = _not_staged(session, rest, moved)
    _write(session, rest.target, active, gone, moved)
    return Counter({Change.REGROUPED: len(moved), Change.REMOVED: len(gone)})


def _not_staged(session: Session, rest: Rest, moved: dict[str, str]) -> dict[str, str]:
    staged = set(rest.changed) if rest.target.version_id is None else _staged(session, rest, moved)
    return {sku: group for sku, group in moved.items() if sku not in staged}


def _staged(session: Session, rest: Rest, moved: dict[str, str]) -> set[str]:
    return set(
        session.scalars(
            select(CatalogEntry.sku).where(
                CatalogEntry.catalog_version_id == rest.target.version_id,
                CatalogEntry.sku.in_(moved),
            )
        )
    )


def _write(
    session: Session,
    target: Target,
    known: dict[str, Known],
    gone: dict[str, Known],
    moved: dict[str, str],
) -> None:
    if target.version_id is None or not (gone or moved):
        return
    versions = {sku: known[sku].version_id for sku in moved}
    contents = stored_contents(session, versions, target.today)
    rows: list[dict[str, Any]] = [
        {
            "sku": sku,
            "change": Change.REGROUPED,
            "category": group,
            "name": contents[sku]["name"],
            "content": contents[sku],
            "content_sha256": known[sku].content_sha256,
        }
        for sku, group in moved.items()
    ]
    rows += removed_rows(
        session, {sku: (0, one) for sku, one in gone.items()}, target.today
    ).values()
    insert_entries(session, target, rows)


def removed_rows(
    session: Session, gone: Mapping[str, tuple[int, Known]], today: date
) -> dict[str, dict[str, Any]]:
    """Articles that are no longer offered, by number: `gone` has the line of each, or 0."""
    prices = price_rows(session, [one.id for _, one in gone.values()])
    return {
        sku: _removed_row(sku, one, prices.get(one.id, []), today, line)
        for sku, (line, one) in gone.items()
    }


def _removed_row(
    sku: str, known: Known, prices: list[PriceRow], today: date, line: int
) -> dict[str, Any]:
    """With what the article cost last."""
    paid = first_price(prices, known.quantity_min, today)
    return {
        "sku": sku,
        "line": line,
        "change": Change.REMOVED,
        "name": known.name,
        "category": known.category,
        "old_price": paid.unit_price if paid else None,
    }
