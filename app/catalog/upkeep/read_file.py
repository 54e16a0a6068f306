"""Reading a file in batches of what its articles come to; no database, so any process can."""

from collections.abc import Callable, Collection, Generator
from contextlib import closing
from dataclasses import dataclass
from itertools import chain, islice
from typing import BinaryIO, Final

from app.catalog.formats.findings import Finding, Findings
from app.catalog.formats.foretelling import group_mappings
from app.catalog.formats.holdings import Holdings
from app.catalog.formats.register import Counts
from app.catalog.formats.share import RUN
from app.catalog.formats.stream import CatalogStream
from app.catalog.formats.values import Article, Header, Media, Mode, Transaction
from app.catalog.upkeep.calm_collector import calm_collector
from app.catalog.upkeep.open_file import Reading, open_file
from app.catalog.upkeep.tell_articles import Place, Told, tell
from app.kernel.beside import OpenFile

BATCH: Final = 1000  # articles; a run of elements with many variants is told in several batches


@dataclass(frozen=True, slots=True)
class Batch:
    """Articles in the order of the file, and what was remarked while they were read.

    `more`: the next batch belongs to the same run of elements, see Share.
    """

    articles: list[Told]
    remarks: list[Finding]
    silent: frozenset[str]
    more: bool = False


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What is known of a file after its last article: see CatalogStream.

    `grouped`: its articles were told with the groups that they are in.
    """

    header: Header
    format: str
    transaction: str
    prev_version: int | None
    counts: Counts
    holdings: Holdings
    grouped: bool


def read_file(
    stream: BinaryIO | OpenFile, place: Place, reading: Reading
) -> Generator[Batch | FileFacts, None, None]:
    """Batches, at last the facts, to be used before more is asked for. FileRefused at any point.

    Of a share (`reading`), batches and facts to be put together: see read_in_shares.
    """
    opened = stream.open() if isinstance(stream, OpenFile) else stream
    with calm_collector(), closing(open_file(opened, place.today, reading)) as file:
        if isinstance(stream, OpenFile):
            with stream.open() as ahead:
                file.foretell(group_mappings(ahead))
        yield from _batches(file, place)
        yield facts_of(file)


def facts_of(file: CatalogStream) -> FileFacts:
    """Of a file that was read to its end."""
    return FileFacts(
        file.header,
        file.format,
        file.transaction,
        file.prev_version,
        file.counts,
        file.holdings(),
        file.came_true,
    )


def _batches(file: CatalogStream, place: Place) -> Generator[Batch, None, None]:
    elements = file.by_element()
    remarks = Remarks(file.findings)
    partly = {Mode.PRICES, Mode.UPDATE} if file.silent else {Mode.PRICES}
    print_of = file.media.print_of
    for first in elements:
        told: list[Told] = []
        for read in chain((first,), islice(elements, RUN - 1)):
            told += [_told(one, partly, place, print_of) for one in read]
            if len(told) >= BATCH:
                yield Batch(_with_groups(file, told), remarks.fresh(), file.silent, more=True)
                told = []
        yield Batch(_with_groups(file, told), remarks.fresh(), file.silent)
    if last := remarks.fresh():
        yield Batch([], last, file.silent)


class Remarks:
    """What a reader remarks, a part at a time."""

    def __init__(self, findings: Findings) -> None:
        self._kept = findings.kept
        self._taken = 0

    def fresh(self) -> list[Finding]:
        """Those since it was last asked."""
        fresh = self._kept[self._taken :]
        self._taken += len(fresh)
        return fresh


def _told(
    article: Article, partly: Collection[Mode], place: Place, print_of: Callable[[Media], str]
) -> Told:
    if article.mode in partly:
        return Told(article.line, article.sku, article.mode, article=article)
    return tell(article, place, print_of)


def _with_groups(file: CatalogStream, told: list[Told]) -> list[Told]:
    whole = file.transaction == Transaction.NEW_CATALOG
    groups = file.foretold([one.sku for one in told]) if whole else None
    if groups is None:
        return told
    return [one._replace(group=groups.get(one.sku, "")) for one in told]
