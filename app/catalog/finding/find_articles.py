"""Finding articles: the same hits on SQLite and PostgreSQL, with facets, order and pages."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from sqlalchemy.orm import Session

from app.catalog.finding.ask_index import Ids, count, count_with_page, page_of
from app.catalog.finding.candidates import Candidates, Looked
from app.catalog.finding.facets import NAMES, count_facets
from app.catalog.finding.order import Order, Values, order_of
from app.catalog.finding.same_words import meanings
from app.catalog.finding.sample import most_candidates
from app.catalog.finding.search import Facets, Hits, Search
from app.catalog.finding.shelves import Shelves, shelves
from app.catalog.finding.understand import NOTHING_TYPED, Numbers, Understood, understand
from app.catalog.finding.vocabulary import vocabulary
from app.catalog.finding.whole_catalog import has_families
from app.catalog.supplier_offers.turns import Turns, turns_on
from app.catalog.visible import Visible
from app.database.marks import LISTS, STOCK, Kept

COUNTED: Final[Kept[tuple[int, int, Facets]]] = Kept(most=2_000, marks=(LISTS, STOCK))


def find_articles(
    session: Session, search: Search, on: date, visible: Visible, turns: Turns | None = None
) -> Hits:
    """Articles of the lots `visible` (None: of all), in order, with counts for every facet.

    At most 10,000 candidates (of very many articles 1,000), those with the lowest ids, are counted
    and sorted. Counts are kept per state of LISTS and day. `turns` of the day (None: read
    here) decide which prices count where several suppliers share a lot.
    """
    known = shelves(session)
    looked = Looked(on, visible, known, turns_on(session, on) if turns is None else turns)
    finding = _Finding(session, Candidates(session, looked), known, most_candidates(session))
    understood = _understood(session, finding.candidates, search.typed)
    order, values = order_of(search, understood, looked)
    order = replace(order, fold=search.fold and has_families(session))
    first: list[Ids] = []

    def work_out() -> tuple[int, int, Facets]:
        counted, ids = finding.counts(understood, search, order, values)
        first.append(ids)
        return counted

    most = finding.most
    asked = (search.question, on, visible, order.fold, looked.lists, most)
    total, folded, facets = COUNTED.get(session, asked, work_out)
    counted = min(total, most)
    hits = Hits((), counted, facets, total > most, understood.meant, folded, understood.unknown)
    if first or not total:
        return replace(hits, ids=first[0] if first else ())
    question = finding.candidates.of(understood, search.chosen, most + 1)
    return replace(hits, ids=page_of(session, question, order, values))


def _understood(session: Session, candidates: Candidates, typed: str) -> Understood:
    if not typed.strip():
        return NOTHING_TYPED
    numbers = Numbers(candidates.knows, candidates.holds)
    return understand(typed, vocabulary(session), meanings(), numbers)


@dataclass(frozen=True, slots=True)
class _Finding:
    session: Session
    candidates: Candidates
    known: Shelves
    most: int

    def counts(
        self, understood: Understood, search: Search, order: Order, values: Values
    ) -> tuple[tuple[int, int, Facets], Ids]:
        """How many there are, and of them further variants; per facet, what is left with an entry.

        Each entry counts as if its own facet were open.
        Facets without a choice share one read of the candidates, and so does the page.
        """
        chosen = {name: values for name, values in search.chosen.items() if values}
        question = self.candidates.of(understood, chosen, self.most + 1)
        counted, ids = count_with_page(self.session, question, order, values)
        others = [name for name in NAMES if name not in chosen]
        facets = count_facets(self.session, counted, self.known, others)
        for name in (name for name in chosen if name in NAMES):
            rest = {other: values for other, values in chosen.items() if other != name}
            opened = self.candidates.of(understood, rest, self.most + 1)
            counts = count(self.session, opened)
            facets |= count_facets(self.session, counts, self.known, (name,))
        return (sum(counted.lots.values()), counted.folded, facets), ids
