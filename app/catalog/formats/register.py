"""What a reader keeps about the whole file while its articles stream by."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import Final

from app.catalog.formats.circles import circles
from app.catalog.formats.findings import Fault, FileRefused, Findings
from app.catalog.formats.holdings import Holdings
from app.catalog.formats.ledger import Ledger
from app.catalog.formats.price_lists import PriceReading
from app.catalog.formats.share import WHOLE, Share
from app.catalog.formats.values import Article, Group, Reference

SKU_LENGTH: Final = 64
GROUPS: Final = 100_000
CHAINS: Final = 50_000  # articles with parts or successors that are searched for circles
CHAINING: Final = frozenset({"consists_of", "followup"})
WAY_SHOWN: Final = 6


@dataclass(slots=True)
class Counts:
    """What was seen in the file, read or rejected; the check compares it with other tools."""

    articles: int = 0
    prices: int = 0
    price_blocks: int = 0
    dated_price_blocks: int = 0
    features: int = 0
    gtins: int = 0
    mpns: int = 0
    groups: int = 0
    group_mappings: int = 0
    dangling_references: int = 0
    references: Counter[str] = field(default_factory=Counter)
    price_kinds: Counter[str] = field(default_factory=Counter)
    amounts: list[str] | None = None  # kept where somebody puts a list here

    def add(self, other: "Counts") -> None:
        """What another reader of the same file has seen in its share of the articles."""
        self.group_mappings += other.group_mappings
        self.prices += other.prices
        self.price_blocks += other.price_blocks
        self.dated_price_blocks += other.dated_price_blocks
        self.features += other.features
        self.gtins += other.gtins
        self.mpns += other.mpns
        self.references += other.references
        self.price_kinds += other.price_kinds


class Register:
    """Numbers seen, groups, placements and references; reports what does not fit together.

    That of a `share` takes every number; `withdrawn` are those whose articles are rejected.
    """

    def __init__(self, share: Share = WHOLE) -> None:
        self.findings = Findings()
        self.counts = Counts()
        self.groups: dict[str, Group] = {}
        self.withdrawn: list[str] = []
        self._share = share
        self._ledger = Ledger()
        self._foretold = False
        self._groups_then: int | None = None

    def enter(self, line: int, sku: str) -> bool:
        """Whether the number is usable and new; else the finding says why the article is not."""
        if not sku:
            self.findings.add(line, sku, Fault.EMPTY_SKU, self.counts.articles)
        elif len(sku) > SKU_LENGTH:
            self.findings.add(line, sku[:SKU_LENGTH], Fault.SKU_TOO_LONG, SKU_LENGTH)
        elif not self._share.whole:
            return True
        elif (first := self._ledger.enter(sku, line)) != 0:
            self.findings.add(line, sku, Fault.DUPLICATE_SKU, first)
        else:
            return True
        return False

    def withdraw(self, sku: str) -> None:
        """The number was entered, but its article is rejected."""
        if self._share.whole:
            self._ledger.reject(sku)
        else:
            self.withdrawn.append(sku)

    def count_prices(self, blocks: int, reading: PriceReading) -> None:
        counts = self.counts
        counts.price_blocks += blocks
        counts.dated_price_blocks += reading.dated_blocks
        counts.prices += len(reading.kinds_seen)
        for kind in reading.kinds_seen:
            counts.price_kinds[kind] += 1
        if counts.amounts is not None:
            counts.amounts += reading.amounts

    def refer(self, line: int, sku: str, references: Iterable[Reference]) -> None:
        for reference in references:
            chain = reference.kind if reference.kind in CHAINING else ""
            self._ledger.point(line, sku, reference.sku, chain)

    def group(self, group: Group) -> None:
        self.counts.groups += 1
        if len(self.groups) >= GROUPS:
            raise FileRefused(
                f"Die Datei hat mehr als {GROUPS} Warengruppen. Bitte teilen Sie sie.",
                "too_many_groups",
            )
        self.groups[group.id] = group

    def place(self, line: int, sku: str, group_id: str) -> None:
        self.counts.group_mappings += 1
        if group_id in self.groups:
            self._ledger.place(line, sku, group_id)
        else:
            self.findings.add(line, sku, Fault.UNKNOWN_GROUP, group_id)

    def foretell(self, placements: Iterable[tuple[str, str]]) -> None:
        """Numbers and groups that are likely to be placed later on; see came_true."""
        self._foretold = self._ledger.foretell(placements)

    def foretold(self, skus: Collection[str]) -> dict[str, str] | None:
        """Names of the groups as the holdings should have them; None where nothing is foretold."""
        if not self._foretold:
            return None
        if self._groups_then is None:
            self._groups_then = self.counts.groups
        groups = self.groups
        placed = self._ledger.foretold(skus)
        return {sku: groups[group].name for sku, group in placed if group in groups}

    @property
    def came_true(self) -> bool:
        """After the last article: whether all that was foretold is what the file says."""
        unchanged = self._groups_then == self.counts.groups
        return self._foretold and unchanged and self._ledger.came_true()

    def finish(self, *, whole: bool) -> None:
        """At the end of the file; only in a `whole` catalog must every target be in the file."""
        for line, sku, target in self._ledger.dangling():
            self.counts.dangling_references += 1
            if whole:
                self.findings.add(line, sku, Fault.DANGLING_REFERENCE, target)
        for line, sku, _ in self._ledger.misplaced() if whole else ():
            self.findings.add(line, sku, Fault.UNKNOWN_ARTICLE, sku)
        chains: dict[tuple[str, str], list[str]] = {}
        for kind, sku, target in self._ledger.chained():
            if len(chains) < CHAINS:
                chains.setdefault((kind, sku), []).append(target)
        for kind in sorted(CHAINING):
            # By number, whoever read which of them first.
            edges = {sku: ends for (of, sku), ends in sorted(chains.items()) if of == kind}
            for way in circles(edges):
                around = " → ".join((*way[:WAY_SHOWN], way[0]))
                self.findings.add(0, way[0], Fault.CIRCULAR_REFERENCE, around)

    def holdings(self) -> Holdings:
        names = {group.id: group.name for group in self.groups.values()}
        return Holdings(self._ledger, names)

    def join(self, counts: Sequence[Counts], holdings: Sequence[Holdings]) -> Holdings:
        """The shares of one file, whose numbers were entered here; their holdings are closed."""
        self.counts = counts[0]
        for more in counts[1:]:
            self.counts.add(more)
        for part in holdings:
            with closing(part):
                self._ledger.join(part.ledger)
        return Holdings(self._ledger, holdings[0].names)

    def close(self) -> None:
        self._ledger.close()


class Registered:
    """What every reader of a format answers from its register after the last article.

    `silent`: see CatalogStream; most formats write the whole article again.
    """

    register: Register
    silent: frozenset[str] = frozenset()

    def articles(self) -> Iterator[Article]:
        raise NotImplementedError

    def by_element(self) -> Iterator[Sequence[Article]]:
        return ((one,) for one in self.articles())

    def foretell(self, placements: Iterable[tuple[str, str]]) -> None:
        self.register.foretell(placements)

    def foretold(self, skus: Collection[str]) -> dict[str, str] | None:
        return self.register.foretold(skus)

    @property
    def came_true(self) -> bool:
        return self.register.came_true

    def holdings(self) -> Holdings:
        return self.register.holdings()

    def close(self) -> None:
        self.register.close()
