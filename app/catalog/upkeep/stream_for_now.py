"""Until the readers' common stream has landed: the same shape over the reader that is there."""

from collections.abc import Collection, Iterator
from datetime import date
from enum import StrEnum
from typing import Any, BinaryIO

from app.catalog.formats.bmecat import CatalogFile


class Mode(StrEnum):
    NEW = "new"
    UPDATE = "update"
    DELETE = "delete"
    PRICES = "prices"


class CatalogStream:
    def __init__(self, stream: BinaryIO, today: date) -> None:
        self._file = CatalogFile(stream, today)
        self.findings = self._file.findings
        self.counts = self._file.counts
        self.prev_version: int | None = None

    @property
    def header(self) -> Any:
        return self._file.header

    @property
    def transaction(self) -> str:
        return self._file.transaction

    def articles(self) -> Iterator[Any]:
        yield from self._file.articles()

    def holds(self, skus: Collection[str]) -> frozenset[str]:
        return self._file.known_skus & frozenset(skus)

    def groups_of(self, skus: Collection[str]) -> dict[str, str]:
        found = {}
        for sku in skus:
            group = self._file.groups.get(self._file.group_of.get(sku, ""))
            if group is not None and group.name:
                found[sku] = group.name
        return found


def mode_of(article: Any) -> Mode:
    return getattr(article, "mode", Mode.NEW)
