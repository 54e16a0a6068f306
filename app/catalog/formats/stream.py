"""What every reader of a catalog format offers: one stream of articles and what goes with it."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Protocol

from app.catalog.formats.findings import Findings
from app.catalog.formats.holdings import Holdings
from app.catalog.formats.media import MediaSource
from app.catalog.formats.register import Counts
from app.catalog.formats.values import Article, Header


class CatalogStream(Protocol):
    """Iterate `articles()` to its end, then ask for the rest, then close.

    FileRefused may come at any point of the iteration, so whoever stores articles must be able
    to throw them all away. `header` and `transaction` are known from the first article on;
    `transaction` is a value of Transaction, or '' where the file has none.
    """

    @property
    def header(self) -> Header: ...

    @property
    def format(self) -> str:
        """For people: the format and its version."""

    @property
    def transaction(self) -> str: ...

    @property
    def prev_version(self) -> int | None:
        """How many updates of this catalog version the sender knows; None where it says nothing."""

    @property
    def findings(self) -> Findings: ...

    @property
    def counts(self) -> Counts: ...

    @property
    def media(self) -> MediaSource: ...

    @property
    def silent(self) -> frozenset[str]:
        """Parts of a known article's content that an update of this kind leaves as they are."""

    def articles(self) -> Iterator[Article]:
        """Every article that is not rejected, in the order of the file."""

    def by_element(self) -> Iterator[Sequence[Article]]:
        """The same, as what each element of the file comes to: nothing, one, or its variants."""

    def foretell(self, placements: Iterable[tuple[str, str]]) -> None:
        """Before the first article: likely groups of numbers, by their ids in the file."""

    def foretold(self, skus: Collection[str]) -> dict[str, str] | None:
        """The names of those groups, ahead of the holdings; None where nothing was foretold."""

    @property
    def came_true(self) -> bool:
        """After the last article: whether all that was foretold is what the file says."""

    def holdings(self) -> Holdings:
        """After the last article, and before the file is closed."""

    def close(self) -> None: ...
