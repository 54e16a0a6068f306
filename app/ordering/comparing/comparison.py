"""A comparison as somebody saw it: pure values, and their stored form."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: what is compared, and what each article says."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Articles beside each other on a day; `lines` name what differs, price and lot always."""

    on: date
    skus: tuple[str, ...]
    names: tuple[str, ...]
    lines: tuple[Line, ...]

    def names_one_of(self, skus: Collection[str]) -> bool:
        """Whether it helped to choose something of an order."""
        return any(sku in skus for sku in self.skus)

    def as_json(self) -> dict[str, Any]:
        return {
            "on": self.on.isoformat(),
            "skus": list(self.skus),
            "names": list(self.names),
            "lines": [[line.name, *line.values] for line in self.lines],
        }

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        return cls(
            date.fromisoformat(stored["on"]),
            tuple(stored["skus"]),
            tuple(stored["names"]),
            tuple(Line(name, tuple(values)) for name, *values in stored["lines"]),
        )
