"""What a delivery note says."""

from dataclasses import dataclass
from datetime import date

from app.documents.sheet.letterhead import Letterhead


@dataclass(frozen=True, slots=True)
class DeliveredLine:
    """Pieces of one article in this delivery; `open_after` is what is still to come.

    `shares` say to which rooms and people the ordered pieces go, one line each.
    """

    position: int
    sku: str
    name: str
    quantity: int
    ordered: int
    open_after: int
    unit: str = "Stück"
    serial_numbers: tuple[str, ...] = ()
    shares: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DeliveryNoteFacts:
    """One delivery of one call-off. Addresses are printed line by line as given."""

    number: str
    day: date
    call_off_number: str
    framework: str
    member_name: str
    letterhead: Letterhead
    ship_to: tuple[str, ...]
    lines: tuple[DeliveredLine, ...]
    recipient: str = ""
    room: str = ""
    cost_centre: str = ""
    requested_day: date | None = None
    remark: str = ""
    demonstration: bool = False
