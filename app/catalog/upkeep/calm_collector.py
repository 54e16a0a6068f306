"""Letting Python look for garbage less often while very many small values come and go."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

CALM: Final = (100_000, 50, 100)


@contextmanager
def calm_collector() -> Iterator[None]:
    """Articles hold no cycles, so looking for them costs a third of an import for nothing."""
    before = gc.get_threshold()
    gc.set_threshold(*CALM)
    try:
        yield
    finally:
        gc.set_threshold(*before)
