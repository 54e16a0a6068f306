"""How an import writes: all in one transaction of its caller, or in many short ones."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TypeAlias

from sqlalchemy.orm import Session

from app.outbox.deliver import Bench

Turns: TypeAlias = Callable[[], AbstractContextManager[Session]]


def in_one(session: Session) -> Turns:
    """Every turn is part of the caller's transaction."""
    return lambda: nullcontext(session)


def in_turns(bench: Bench) -> Turns:
    """Every turn is a transaction, between which orders go on."""

    @contextmanager
    def turn() -> Iterator[Session]:
        with bench.sessions.begin() as session:
            bench.stay(session)
            yield session

    return turn
