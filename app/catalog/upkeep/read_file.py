"""Reading a file in batches of what its articles come to; no database, so any process can."""

from collections.abc import Callable, Collection, Generator
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO, Final

from app.catalog.formats.findings import Finding
from app.catalog.formats.foretelling import group_mappings
from app.catalog.formats.holdings import Holdings
from app.catalog.formats.register import Counts
from app.catalog.formats.stream import CatalogStream
from app.catalog.formats.values import Article, Header, Media, Mode, Transaction
from app.catalog.upkeep.calm_collector import calm_collector
from app.catalog.upkeep.open_file import Reading, open_file
from app.catalog.upkeep.tell_articles import Place, Told, tell
from app.kernel.beside import OpenFile

BATCH: Final = 500  # more of them at once would only take more memory


@dataclass(frozen=True, slots=True)
class Batch:
    """Articles in the order of the file, and what was remarked while they were read."""

    articles: list[Told]
    remarks: list[Finding]
    silent: frozenset[str]


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
    """Batches, at last the facts, to be used before more is asked for. FileRefused at any point."""
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
    articles = file.articles()
    kept = file.findings.kept
    looked_at = 0
    print_of = file.media.print_of
    partly = {Mode.PRICES, Mode.UPDATE} if file.silent else {Mode.PRICES}
    more = True
    while more:
        told = [_told(one, partly, place, print_of) for one in islice(articles, BATCH)]
        more = bool(told)
        if file.transaction == Transaction.NEW_CATALOG:
            told = _with_groups(file, told)
        fresh = kept[looked_at:]
        looked_at += len(fresh)
        if told or fresh:
            yield Batch(told, fresh, file.silent)


def _told(
    article: Article, partly: Collection[Mode], place: Place, print_of: Callable[[Media], str]
) -> Told:
    if article.mode in partly:
        return Told(article.line, article.sku, article.mode, article=article)
    return tell(article, place, print_of)


def _with_groups(file: CatalogStream, told: list[Told]) -> list[Told]:
    groups = file.foretold([one.sku for one in told])
    if groups is None:
        return told
    return [one._replace(group=groups.get(one.sku, "")) for one in told]
