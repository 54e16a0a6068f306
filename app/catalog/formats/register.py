"""What a reader keeps about the whole file while its articles stream by."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Final

from app.catalog.formats.circles import circles
from app.catalog.formats.findings import Fault, FileRefused, Findings
from app.catalog.formats.holdings import Holdings
from app.catalog.formats.ledger import Ledger
from app.catalog.formats.price_lists import PriceReading
from app.catalog.formats.values import Group, Reference

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
    amounts: list[str] | None = None


class Register:
    """Numbers seen, groups, placements and references; reports what does not fit together."""

    def __init__(self, *, keep_amounts: bool = False) -> None:
        self.findings = Findings()
        self.counts = Counts(amounts=[] if keep_amounts else None)
        self.groups: dict[str, Group] = {}
        self._ledger = Ledger()
        self._chains: dict[tuple[str, str], list[str]] = {}
        self._foretold = False
        self._groups_then: int | None = None

    def enter(self, line: int, sku: str) -> bool:
        """Whether the number is usable and new; else the finding says why the article is not."""
        if not sku:
            self.findings.add(line, sku, Fault.EMPTY_SKU, self.counts.articles)
        elif len(sku) > SKU_LENGTH:
            self.findings.add(line, sku[:SKU_LENGTH], Fault.SKU_TOO_LONG, SKU_LENGTH)
        elif (first := self._ledger.enter(sku, line)) != 0:
            self.findings.add(line, sku, Fault.DUPLICATE_SKU, first)
        else:
            return True
        return False

    def withdraw(self, sku: str) -> None:
        """The number was entered, but its article is rejected."""
        self._ledger.reject(sku)

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
            self._ledger.point(line, sku, reference.sku)
            if reference.kind in CHAINING and len(self._chains) < CHAINS:
                self._chains.setdefault((reference.kind, sku), []).append(reference.sku)

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
        for kind in sorted(CHAINING):
            edges = {sku: ends for (of, sku), ends in self._chains.items() if of == kind}
            for way in circles(edges):
                around = " → ".join((*way[:WAY_SHOWN], way[0]))
                self.findings.add(0, way[0], Fault.CIRCULAR_REFERENCE, around)

    def holdings(self) -> Holdings:
        return Holdings(self._ledger, {group.id: group.name for group in self.groups.values()})

    def close(self) -> None:
        self._ledger.close()


class Registered:
    """What every reader of a format answers from its register after the last article.

    `silent`: see CatalogStream; most formats write the whole article again.
    """

    register: Register
    silent: frozenset[str] = frozenset()

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
