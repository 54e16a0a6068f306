"""What is worked out once per state of the catalog, however often it is asked for."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Final, Generic, TypeVar

from sqlalchemy.orm import Session

from app.database.marks import CATALOG, mark_of

MOST_KEPT: Final = 2_000
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
    return mark_of(session, CATALOG) or object()
