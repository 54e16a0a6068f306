"""Papers of the same content are drawn once per process: drawing is pure, and dear.

A quarter of what a test with a placed order takes is its Abrufvermerk on paper.
"""

from collections import OrderedDict
from collections.abc import Callable
from itertools import count
from types import ModuleType
from typing import Final
from uuid import UUID

import pytest

from app.eligibility.deciding import record_decision
from app.fulfilment import record_delivery
from app.invoicing import store_invoice
from app.ordering.memo import write_memo

Draw = Callable[..., bytes]
KEPT: Final = 300  # papers of about 60 kB
DRAWN_BY: Final[tuple[tuple[ModuleType, str], ...]] = (
    (write_memo, "memo_pdf"),
    (record_delivery, "delivery_note_pdf"),
    (store_invoice, "invoice_pdf"),
)


class Numbered:
    """Numbers of decisions that start over with every database: then papers are the same too."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def __call__(self) -> UUID:
        return UUID(int=next(self._numbers), version=4)

    def start_over(self) -> None:
        """Only where no decision is on record yet."""
        self._numbers = count(1)


DECISIONS: Final = Numbered()


def draw_papers_once(patch: pytest.MonkeyPatch) -> None:
    for module, name in DRAWN_BY:
        patch.setattr(module, name, _once(getattr(module, name)))
    patch.setattr(record_decision, "uuid4", DECISIONS)


def _once(draw: Draw) -> Draw:
    """Told apart by all that is drawn, to the letter."""
    drawn: OrderedDict[str, bytes] = OrderedDict()

    def known(*content: object) -> bytes:
        key = repr(content)
        paper = drawn[key] = drawn.pop(key, b"") or draw(*content)
        if len(drawn) > KEPT:
            drawn.popitem(last=False)
        return paper

    return known
