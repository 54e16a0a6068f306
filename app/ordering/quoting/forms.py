"""Reading the form of a free position: syntax only, every fault at its field."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from app.frameworks.amending.forms import Sheet
from app.kernel.errors import FieldError
from app.kernel.unit_price import UnitPrice
from app.kernel.vat import STANDARD_RATE
from app.ordering.quoting.records import FreePosition
from app.ordering.quoting.rules_quotes import LONGEST, LONGEST_DELIVERY, FreeWish
from app.ordering.wanted import LARGEST_QUANTITY

PRICE: Final = re.compile(r"^\d{1,3}(\.?\d{3}){0,2}(,\d{1,4})?$", re.ASCII)
HIGHEST_ID: Final = 2**31 - 1
MOST_PERCENT: Final = 100


def read_free_position(sent: Mapping[str, str]) -> tuple[FreeWish, list[FieldError]]:
    """The wish, and what could not be read; such a field holds a value that is refused anyway."""
    sheet = Sheet(sent)
    wish = FreeWish(
        lot_id=sheet.whole("lot", HIGHEST_ID) or 0,
        name=sheet.text("name", LONGEST["name"]),
        manufacturer=sheet.text("manufacturer", LONGEST["manufacturer"]),
        quantity=sheet.needed_whole("quantity", LARGEST_QUANTITY, 1),
        unit_price=_price(sheet),
        tax_percent=STANDARD_RATE
        if (percent := sheet.whole("tax_percent", MOST_PERCENT)) is None
        else percent,
        reason=sheet.text("reason", LONGEST["reason"]),
        supplier=sheet.text("supplier", LONGEST["supplier"]),
        quote_number=sheet.text("quote_number", LONGEST["quote_number"]),
        quote_date=sheet.day("quote_date"),
        quote_valid_until=sheet.day("quote_valid_until"),
        delivery_days=sheet.whole("delivery_days", LONGEST_DELIVERY),
    )
    return wish, sheet.errors


def _price(sheet: Sheet) -> UnitPrice:
    """Up to four decimals; 0 for anything else, which is refused with how to write it."""
    text = sheet.text("unit_price_net").replace("€", "").strip()
    if not PRICE.match(text):
        return UnitPrice(0)
    return UnitPrice.euros(Decimal(text.replace(".", "").replace(",", ".")))


def typed_like(before: FreePosition) -> dict[str, str]:
    """The form for the same goods again; what only a new quote can say is empty."""
    return {
        "lot": str(before.lot_id),
        "name": before.name,
        "manufacturer": before.manufacturer,
        "quantity": str(before.quantity),
        "reason": before.reason,
        "supplier": before.supplier,
    }
