"""How an import writes: all in one transaction of its caller, or in many short ones."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import TypeAlias

from sqlalchemy.orm import Session

Turns: TypeAlias = Callable[[], AbstractContextManager[Session]]


def in_one(session: Session) -> Turns:
    """Every turn is part of the caller's transaction."""
    return lambda: nullcontext(session)
