"""Giving pages their turn back sooner while a worker beside them computes for minutes."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

TURN: Final = 0.0001  # seconds


@contextmanager
def giving_way() -> Iterator[None]:
    """A page waits for its turn a dozen times; for orders alone so short turns cost too much."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(min(TURN, before))
    try:
        yield
    finally:
        sys.setswitchinterval(before)
