"""What is worked out once per state of the catalog, however often it is asked for."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Final, Generic, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.catalog.content_records import ArticleEdit
from app.catalog.records import CatalogVersion
from app.frameworks.agreement_records import FrameworkChange
from app.frameworks.records import Framework, FrameworkParty

MOST_KEPT: Final = 2_000
_STATE = select(
    func.count(CatalogVersion.published_at),
    func.max(CatalogVersion.published_at),
    select(func.sum(Framework.version)).scalar_subquery(),
    select(func.max(FrameworkChange.id)).scalar_subquery(),
    select(func.max(FrameworkParty.id)).scalar_subquery(),
    select(func.max(ArticleEdit.id)).scalar_subquery(),
)


Answer = TypeVar("Answer")


class KeptAnswers(Generic[Answer]):
    """The latest answers by question; publishing a version or changing an agreement makes them old.

    Each process counts for itself, so nobody has to be told.
    """

    def __init__(self, most: int = MOST_KEPT) -> None:
        self._most = most
        self._known: OrderedDict[Hashable, Answer] = OrderedDict()
        self._lock = Lock()

    def get(self, question: Hashable, work_out: Callable[[], Answer]) -> Answer:
        """The answer to `question`, which names the state of the catalog that it holds for."""
        with self._lock:
            if question in self._known:
                self._known.move_to_end(question)
                return self._known[question]
        answer = work_out()
        with self._lock:
            self._known[question] = answer
            if len(self._known) > self._most:
                self._known.popitem(last=False)
        return answer

    def forget(self) -> None:
        """Everything; whoever measures asks anew."""
        with self._lock:
            self._known.clear()


def state_of(session: Session) -> Hashable:
    """What changes whenever an article, a category or an agreement does."""
    return (session.get_bind().engine.url, *session.execute(_STATE).one())
