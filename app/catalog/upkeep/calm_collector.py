"""Letting Python look for garbage less often while very many small values come and go."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

CALM: Final = (100_000, 10, 10)


@contextmanager
def calm_collector() -> Iterator[None]:
    """Articles hold no cycles, and looking for them so often costs a third of an import.

    Statements do hold some, with lists of many numbers: those must not pile up over a million.
    """
    before = gc.get_threshold()
    gc.set_threshold(*CALM)
    try:
        yield
    finally:
        gc.set_threshold(*before)
