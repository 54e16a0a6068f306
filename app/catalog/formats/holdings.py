"""Which numbers a file held and how they were grouped, once it is read to its end."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from app.catalog.formats.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Holdings:
    """`names` are those of the groups, by their ids in the file."""

    ledger: Ledger
    names: Mapping[str, str]

    def groups_of(self, skus: Collection[str]) -> dict[str, str]:
        """The name of the first group of each number that was placed in one with a name."""
        placed = self.ledger.placed(skus)
        return {sku: name for sku, group in placed if (name := self.names[group])}

    def holds(self, skus: Collection[str]) -> frozenset[str]:
        """Those of the numbers that the file held as articles, be they rejected or not."""
        return self.ledger.holds(skus)

    def close(self) -> None:
        self.ledger.close()
