"""Hits and facets counted once per state of the catalog, however often a page is asked for."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Final, Generic, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.catalog.records import CatalogVersion
from app.frameworks.records import Framework

MOST_KEPT: Final = 2_000
_STATE = select(
    func.count(CatalogVersion.published_at),
    func.max(CatalogVersion.published_at),
    select(func.sum(Framework.version)).scalar_subquery(),
)


Counted = TypeVar("Counted")


class CountedOnce(Generic[Counted]):
    """The latest answers by question; publishing a version or changing an agreement makes them old.

    Each process counts for itself, so nobody has to be told.
    """

    def __init__(self) -> None:
        self._known: OrderedDict[Hashable, Counted] = OrderedDict()
        self._lock = Lock()

    def get(self, question: Hashable, count: Callable[[], Counted]) -> Counted:
        """The answer to `question`, which names the state of the catalog that it holds for."""
        with self._lock:
            if question in self._known:
                self._known.move_to_end(question)
                return self._known[question]
        counted = count()
        with self._lock:
            self._known[question] = counted
            if len(self._known) > MOST_KEPT:
                self._known.popitem(last=False)
        return counted


def state_of(session: Session) -> Hashable:
    """What changes whenever an article, a category or an agreement does."""
    return (session.get_bind().engine.url, *session.execute(_STATE).one())
