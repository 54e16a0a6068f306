"""What the API takes and gives of a line's shares."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from app.ordering.shares.rules_shares import EARLIEST_YEAR, LATEST_YEAR, Coding, Place, Share
from app.ordering.wanted import LARGEST_QUANTITY
from app.web.sent_body import SentBody

Text60 = Annotated[str, StringConstraints(strip_whitespace=True, max_length=60)]
Text80 = Annotated[str, StringConstraints(strip_whitespace=True, max_length=80)]
Text120 = Annotated[str, StringConstraints(strip_whitespace=True, max_length=120)]
BudgetYear = Annotated[int, Field(strict=True, ge=EARLIEST_YEAR, le=LATEST_YEAR)]


class ShareWanted(SentBody):
    """Pieces of a line for a place, by a day, on an account; what is empty is as in the order."""

    quantity: Annotated[int, Field(strict=True, ge=1, le=LARGEST_QUANTITY)]
    recipient: Text120 = ""
    street: Text120 = ""
    postal_code: Annotated[str, StringConstraints(strip_whitespace=True, max_length=10)] = ""
    city: Text80 = ""
    building: Text80 = ""
    room: Text80 = ""
    requested_date: date | None = None
    product_account: Text60 = ""
    cost_centre: Text60 = ""
    investment_number: Text60 = ""
    budget_year: BudgetYear | None = None
    funding_source: Text120 = ""
    earmarked_until: date | None = None

    def share(self, sku: str) -> Share:
        place = Place(
            self.recipient, self.street, self.postal_code, self.city, self.building, self.room
        )
        coding = Coding(
            self.product_account,
            self.cost_centre,
            self.investment_number,
            self.budget_year,
            self.funding_source,
            self.earmarked_until,
        )
        return Share(sku, self.quantity, place, self.requested_date, coding)


class ShareGiven(BaseModel):
    quantity: int
    recipient: str
    street: str
    postal_code: str
    city: str
    building: str
    room: str
    requested_date: date | None
    product_account: str
    cost_centre: str
    investment_number: str
    budget_year: int | None
    funding_source: str
    earmarked_until: date | None


def given_shares(shares: tuple[Share, ...], sku: str) -> list[ShareGiven]:
    """Those of one line."""
    return [
        ShareGiven(
            quantity=share.quantity,
            recipient=share.place.recipient,
            street=share.place.street,
            postal_code=share.place.postal_code,
            city=share.place.city,
            building=share.place.building,
            room=share.place.room,
            requested_date=share.wanted_on,
            product_account=share.coding.product_account,
            cost_centre=share.coding.cost_centre,
            investment_number=share.coding.investment_number,
            budget_year=share.coding.budget_year,
            funding_source=share.coding.funding_source,
            earmarked_until=share.coding.earmarked_until,
        )
        for share in shares
        if share.sku == sku
    ]
