"""What `/api/v1/free-positions` takes and gives."""

from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from app.kernel.unit_price import UnitPrice
from app.kernel.vat import STANDARD_RATE
from app.ordering.quoting.records import FreePosition
from app.ordering.quoting.rules_quotes import LONGEST, LONGEST_DELIVERY, FreeWish
from app.ordering.wanted import LARGEST_QUANTITY
from app.web.sent_body import SentBody
from app.web.sent_json_file import JsonFile

Price = Annotated[
    str,
    StringConstraints(pattern=r"^\d{1,7}(\.\d{1,4})?$"),
    Field(description="netto je Stück, zwei bis vier Nachkommastellen", examples=["249.00"]),
]


class FreePositionWanted(SentBody):
    """Something outside the price lists, with the supplier's quote."""

    framework: Annotated[str, StringConstraints(min_length=1, max_length=40)]
    lot: Annotated[int, Field(strict=True, ge=1, le=9999, description="Nummer des Loses")]
    name: Annotated[
        str,
        StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST["name"]),
    ]
    manufacturer: Annotated[str, StringConstraints(max_length=LONGEST["manufacturer"])] = ""
    quantity: Annotated[int, Field(strict=True, ge=1, le=LARGEST_QUANTITY)]
    unit_price_net: Price
    tax_percent: Annotated[int, Field(strict=True, ge=0, le=100)] = STANDARD_RATE
    delivery_days: Annotated[
        int | None, Field(strict=True, ge=0, le=LONGEST_DELIVERY, description="Arbeitstage")
    ] = None
    reason: Annotated[
        str,
        StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST["reason"]),
        Field(description="Warum es zum Los gehört und kein Artikel der Preisliste passt"),
    ]
    supplier: Annotated[
        str,
        StringConstraints(max_length=LONGEST["supplier"]),
        Field(description="Nur nötig, wo das Los mehrere Auftragnehmer hat"),
    ] = ""
    quote_number: Annotated[
        str,
        StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST["quote_number"]),
    ]
    quote_date: date
    quote_valid_until: date
    quote: Annotated[JsonFile, Field(description="PDF, PNG oder JPEG mit höchstens 10 MB")]

    def wish(self, lot_id: int) -> FreeWish:
        """As the use case takes it."""
        return FreeWish(
            lot_id=lot_id,
            name=self.name,
            manufacturer=self.manufacturer,
            quantity=self.quantity,
            unit_price=UnitPrice.euros(self.unit_price_net),
            tax_percent=self.tax_percent,
            reason=self.reason,
            supplier=self.supplier,
            quote_number=self.quote_number,
            quote_date=self.quote_date,
            quote_valid_until=self.quote_valid_until,
            delivery_days=self.delivery_days,
        )


class FreePositionGiven(BaseModel):
    """A free position; `sku` is what `POST /call-offs` takes for it."""

    sku: str
    name: str
    manufacturer: str
    quantity: int
    unit_price_net: str
    tax_percent: int
    delivery_days: int
    reason: str
    supplier: str
    quote_number: str
    quote_date: date
    quote_valid_until: date
    quote_sha256: str
    entered_at: datetime
    call_off: Annotated[str | None, Field(description="Der Abruf, der sie bestellt hat")]


def free_position_given(one: FreePosition) -> FreePositionGiven:
    return FreePositionGiven(
        sku=one.number,
        name=one.name,
        manufacturer=one.manufacturer,
        quantity=one.quantity,
        unit_price_net=one.unit_price.text,
        tax_percent=one.tax_percent,
        delivery_days=one.delivery_days,
        reason=one.reason,
        supplier=one.supplier,
        quote_number=one.quote_number,
        quote_date=one.quote_date,
        quote_valid_until=one.quote_valid_until,
        quote_sha256=one.file_sha256,
        entered_at=one.entered_at,
        call_off=one.ordered_as,
    )
