"""A page of the list: found once per state of the catalog, its rows as they are by now.

While a version is published in steps, what was found stays, because LISTS does. So whoever shows
it asks of which version each of its articles is by now. Equal states show equal pages.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from app.catalog.finding.search import Hits
from app.catalog.records import Article
from app.database.among import among
from app.database.base import table_of
from app.database.marks import CATALOG, LISTS, STOCK, Kept, marks_of
from app.database.straight import fetch_all

Versions = tuple[int, ...]
"""Which version of the catalog wrote each article last, by the articles' ids."""


@dataclass(frozen=True, slots=True)
class Found:
    """The hits of a page and how many variants each has; `since`: the mark they were found at."""

    hits: Hits
    variants: Mapping[int, int]
    versions: Versions
    since: str | None


class State(NamedTuple):
    """What a page rests on besides its question; `rewritten` is empty if no article of it was."""

    since: str | None
    stock: str | None
    rewritten: Versions = ()


class Rows(NamedTuple):
    """The articles of a page, for whoever looks later whether they are still the same."""

    ids: tuple[int, ...]
    versions: Versions

    def still_so(self, connection: Connection) -> bool:
        return versions_of(connection, self.ids) == self.versions


FOUND: Final[Kept[Found]] = Kept(most=300, marks=(LISTS, STOCK))
_ARTICLE: Final = table_of(Article).c
_VERSIONS: Final = (
    select(_ARTICLE.catalog_version_id).where(among(_ARTICLE.id, "ids")).order_by(_ARTICLE.id)
)


def state_of(session: Session, question: Hashable) -> State | None:
    """None while a version is published in steps, where nobody has asked this before."""
    catalog, lists, stock = marks_of(session, (CATALOG, LISTS, STOCK))
    if catalog == lists:
        return State(catalog, stock)
    found = FOUND.known(session, question)
    return _state_by_now(session, found) if found is not None else None


def find_page(
    session: Session, question: Hashable, find: Callable[[], tuple[Hits, Mapping[int, int]]]
) -> tuple[Found, State]:
    """For a session that reads one state of the database; `find`: hits and counts of variants."""

    def work_out() -> Found:
        hits, variants = find()
        (since,) = marks_of(session, (CATALOG,))
        return Found(hits, variants, versions_of(session, hits.ids), since)

    found = FOUND.get(session, question, work_out)
    return found, _state_by_now(session, found)


def rows_of(session: Session, question: Hashable, state: State) -> Rows | None:
    """None where the page was told to be unchanged by its tag alone."""
    found = FOUND.known(session, question)
    return Rows(found.hits.ids, state.rewritten or found.versions) if found is not None else None


def _state_by_now(session: Session, found: Found) -> State:
    catalog, lists, stock = marks_of(session, (CATALOG, LISTS, STOCK))
    now = found.versions if catalog == lists else versions_of(session, found.hits.ids)
    return State(found.since, stock, () if now == found.versions else now)


def versions_of(asked: Session | Connection, ids: tuple[int, ...]) -> Versions:
    return tuple(row[0] for row in fetch_all(asked, _VERSIONS, {"ids": ids})) if ids else ()
