"""Pack units: how many pieces one order unit holds, as ceilings and quotas count them."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

PIECES: Final = frozenset({"C62", "H87", "EA", "PCE"})
MOST: Final = 100_000


def pieces_in(content: Mapping[str, Any]) -> int:
    """Whole pieces in one order unit; 1 where the content is metres, sheets or nothing at all."""
    amount = content.get("content_quantity")
    if amount is None or content.get("content_unit") not in PIECES:
        return 1
    if content["order_unit"] in PIECES:
        return 1
    pieces = Decimal(str(amount))
    whole = pieces == pieces.to_integral_value()
    return int(pieces) if whole and 1 <= pieces <= MOST else 1
