"""How every letter begins: the recipient on the left, the facts to refer to on the right."""

from collections.abc import Iterable
from typing import Any, Final

from reportlab.lib.units import mm
from reportlab.platypus import Table, TableStyle

from app.documents.sheet.letterhead import WIDTH
from app.documents.sheet.tagging import LayoutTags, TableTags
from app.documents.sheet.text import BARE, CELL, CELL_MUTED, P, address

ADDRESS_WIDTH: Final = 85 * mm
LABEL_WIDTH: Final = 27 * mm


def opening(recipient: Iterable[str], facts: Iterable[tuple[str, str]]) -> Any:
    """Facts without a value are left out."""
    block = Table(
        [[P(label, CELL_MUTED), P(value, CELL)] for label, value in facts if value],
        colWidths=[LABEL_WIDTH, WIDTH - ADDRESS_WIDTH - LABEL_WIDTH],
        style=TableStyle(BARE),
        renderCB=TableTags(head_column=True),
    )
    return Table(
        [[address(recipient), block]],
        colWidths=[ADDRESS_WIDTH, WIDTH - ADDRESS_WIDTH],
        style=TableStyle([*BARE, ("RIGHTPADDING", (0, 0), (0, 0), 10)]),
        renderCB=LayoutTags(),
    )
