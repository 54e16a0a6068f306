"""Working out the rows of a committed draft: what a process beside the writing one does."""

from collections.abc import Generator, Iterator, Mapping
from typing import Final

from app.catalog.entry_rows import Batch, Entry, Terms, work_out
from app.catalog.upkeep.calm_collector import calm_collector
from app.database.plain_reading import Asking, PlainReading

AT_ONCE: Final = 125  # articles; nothing else runs in a process while it unpacks them


def work_out_stored(
    entries: PlainReading, span: Mapping[str, int], terms: Terms, groups: Mapping[str, str]
) -> Generator[Batch, None, None]:
    """`span`: what `entries` are asked with, of which `after` moves on; groups as in `work_out`."""
    with entries.opened() as ask, calm_collector():
        yield from work_out(_stored(ask, dict(span)), terms, groups)


def _stored(ask: Asking, span: dict[str, int]) -> Iterator[list[Entry]]:
    while found := ask(span):
        for start in range(0, len(found), AT_ONCE):
            yield [Entry._make(row) for row in found[start : start + AT_ONCE]]
        span["after"] = found[-1][0]
