"""Finding articles: the same hits on SQLite and PostgreSQL, with facets, order and pages."""

from collections.abc import Hashable
from dataclasses import replace
from datetime import date
from typing import Final

from sqlalchemy.orm import Session

from app.catalog.finding.candidates import SORTED, Candidates, Looked
from app.catalog.finding.facets import NAMES, Counted, count_facets
from app.catalog.finding.order import ordered
from app.catalog.finding.same_words import meanings
from app.catalog.finding.search import CANDIDATES, Facets, Hits, Search
from app.catalog.finding.shelves import Shelves, shelves
from app.catalog.finding.understand import NOTHING_TYPED, Numbers, Understood, understand
from app.catalog.finding.vocabulary import vocabulary
from app.catalog.visible import Visible
from app.database.marks import CATALOG, STOCK, Kept

COUNTED: Final[Kept[tuple[int, Facets]]] = Kept(most=2_000, marks=(CATALOG, STOCK))


def find_articles(session: Session, search: Search, on: date, visible: Visible) -> Hits:
    """Articles of the lots `visible` (None: of all), in order, with counts for every facet.

    At most 10,000 candidates, those with the lowest ids, are counted and sorted. Counts are kept
    per state of the catalog and day.
    """
    known = shelves(session)
    candidates = Candidates(session, Looked(on, visible, known))
    understood = _understood(session, candidates, search.typed)
    question: Hashable = (search.question, on, visible)
    total, facets = COUNTED.get(
        session, question, lambda: _counts(session, candidates, understood, search, known)
    )
    hits = Hits((), min(total, CANDIDATES), facets, total > CANDIDATES, understood.meant)
    if not total:
        return hits
    found = candidates.of(understood, search.chosen, CANDIDATES, columns=SORTED)
    ids = session.scalars(ordered(found, understood, search, candidates))
    return replace(hits, ids=tuple(ids))


def _understood(session: Session, candidates: Candidates, typed: str) -> Understood:
    if not typed.strip():
        return NOTHING_TYPED
    numbers = Numbers(candidates.knows, candidates.with_fragment)
    return understand(typed, vocabulary(session), meanings(), numbers)


def _counts(
    session: Session,
    candidates: Candidates,
    understood: Understood,
    search: Search,
    known: Shelves,
) -> tuple[int, Facets]:
    """How many there are; per facet, what each entry would leave if its own choice were open.

    Facets without a choice share one read of the candidates.
    """
    chosen = {name: values for name, values in search.chosen.items() if values}
    counted = _counted(session, candidates, understood, chosen)
    others = [name for name in NAMES if name not in chosen]
    facets = count_facets(session, counted, known, others)
    for name in chosen:
        rest = {other: values for other, values in chosen.items() if other != name}
        opened = _counted(session, candidates, understood, rest)
        facets |= count_facets(session, opened, known, (name,))
    return sum(counted.lots.values()), facets


def _counted(
    session: Session,
    candidates: Candidates,
    understood: Understood,
    chosen: dict[str, tuple[str, ...]],
) -> Counted:
    found = candidates.of(understood, chosen, CANDIDATES + 1)
    counted = Counted({}, {}, {}, {}, candidates.labels(found), {})
    for kind, key, lot_id, many in session.execute(candidates.groups(found)):
        counted.take(kind, key, lot_id, many)
    return counted
