"""What `/api/v1/call-offs` takes and gives; unknown fields are refused."""

from datetime import date, datetime
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from app.budgets.api_models import ChargeGiven
from app.catalog.rules_charge import MOST_PAGES, Charge
from app.ordering.models.change import ChangeGiven
from app.ordering.models.progress import ApprovalStepGiven
from app.ordering.models.shares import (
    BudgetYear,
    ShareGiven,
    ShareWanted,
    Text60,
    Text80,
    Text120,
)
from app.ordering.rules_funding import LONGEST_CIRCLE, LONGEST_NOTE, Financing
from app.ordering.shares.rules_shares import MOST_SHARES
from app.ordering.steps.make_move import NAMES
from app.ordering.wanted import LARGEST_QUANTITY, MOST_LINES
from app.web.sent_body import SentBody

RuleId = Annotated[str, StringConstraints(max_length=60)]
EXAMPLE: Final[dict[str, Any]] = {
    "lines": [{"sku": "NB-14-BUSINESS", "quantity": 2}],
    "purpose": "Ersatz für zwei defekte Geräte",
    "product_account": "11160.0821050/7831000",
}
Needed120 = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]


class LineWanted(SentBody):
    sku: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=64)]
    quantity: Annotated[int, Field(strict=True, ge=1, le=LARGEST_QUANTITY)]
    term: Annotated[
        int | None,
        Field(strict=True, ge=1, le=MOST_PAGES, description="Monate oder Seiten je Stück"),
    ] = None
    shares: Annotated[
        list[ShareWanted],
        Field(
            max_length=MOST_SHARES,
            description="Aufteilung nach Ort, Termin und Konto; die Mengen ergeben die Position.",
        ),
    ] = Field(default_factory=list)


class Address(SentBody):
    recipient: Needed120
    street: Needed120
    postal_code: Annotated[str, StringConstraints(min_length=1, max_length=10)]
    city: Annotated[str, StringConstraints(min_length=1, max_length=80)]
    room: Text80 = ""


class CallOffWanted(SentBody):
    """One order under one framework; without an address the member's default is taken."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    lines: Annotated[list[LineWanted], Field(min_length=1, max_length=MOST_LINES)]
    purpose: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
    product_account: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)
    ]
    cost_centre: Text60 = ""
    investment_number: Text60 = ""
    budget_year: BudgetYear | None = None
    funding_source: Text120 = ""
    earmarked_until: Annotated[date | None, Field(description="Zweckbindung bis")] = None
    coverage_circle: Annotated[
        str, StringConstraints(max_length=LONGEST_CIRCLE), Field(description="Deckungskreis")
    ] = ""
    financing_type: Annotated[
        Financing | None,
        Field(description="plan-, über- oder außerplanmäßig; die letzten zwei mit Vermerk"),
    ] = None
    financing_note: Annotated[str, StringConstraints(max_length=LONGEST_NOTE)] = ""
    your_reference: Text80 = ""
    delivery_address: Address | None = None
    requested_date: date | None = None
    offline_minutes: Annotated[int, Field(strict=True, ge=0, le=10_000)] | None = None
    market_price_evidence: Annotated[str, StringConstraints(max_length=1000)] = ""
    conflict_free: Annotated[
        bool, Field(strict=True, description="Erklärung: kein Interessenkonflikt (freiwillig)")
    ] = False


class MoveWanted(SentBody):
    """One move; `acknowledged` names the rules whose condition the approver has noted."""

    move: Annotated[str, Field(json_schema_extra={"enum": [*NAMES]}, examples=["approve"])]
    reason: Annotated[str, StringConstraints(max_length=1000)] = ""
    version: int | None = None
    acknowledged: Annotated[
        list[RuleId],
        Field(
            max_length=50,
            description="Kennungen der Regeln; `no_conflict` erklärt, dass kein "
            "Interessenkonflikt besteht, `funds`, dass die Mittel da sind.",
        ),
    ] = Field(default_factory=list)
    promised_date: date | None = None


class LineGiven(BaseModel):
    sku: str
    name: str
    quantity: int
    delivered: int
    cancelled: int
    unit_price_net: str
    net: str
    charge: Charge
    rate_net: str | None
    term: int | None
    shares: list[ShareGiven]
    free: Annotated[
        bool,
        Field(description="Freie Position nach Angebot, siehe `GET /free-positions/{sku}`"),
    ]


class DeliveringSupplier(BaseModel):
    """Who delivers a lot's part, by the agreement's rule, and why."""

    lot: int
    name: str
    reason: str


class Totals(BaseModel):
    net: str
    vat: str
    gross: str
    currency: str = "EUR"


class DecisionGiven(BaseModel):
    outcome: str
    decision_id: str
    sha256: str


class MoveGiven(BaseModel):
    move: str
    state: str
    at: datetime
    side: str
    reason: str


class CallOffGiven(BaseModel):
    """One call-off as programs see it."""

    number: str
    state: str
    version: int
    member: str
    framework: str
    purpose: str
    product_account: str
    cost_centre: str
    budget_year: int | None
    funding_source: str
    earmarked_until: date | None
    coverage_circle: str
    financing_type: Financing | None
    financing_note: str
    submitted_at: datetime
    outage_form: Annotated[
        str | None, Field(description="Bei Ausfall des Portals auf diesem Formular bestellt")
    ]
    entered_at: Annotated[datetime | None, Field(description="Wann das Formular erfasst wurde")]
    placed_at: datetime | None
    requested_date: date | None
    promised_date: date | None
    offline_minutes: int | None
    conflict_free: Annotated[
        bool | None, Field(description="Erklärung des Bestellers; null: nicht abgegeben")
    ]
    lines: list[LineGiven]
    suppliers: Annotated[
        list[DeliveringSupplier],
        Field(description="Wer liefert, wo mehrere Auftragnehmer ein Los teilen; sonst leer"),
    ]
    totals: Totals
    budgets: Annotated[
        list[ChargeGiven], Field(description="Wirkung auf die Budgets der Produktkonten")
    ]
    eligibility: DecisionGiven
    approvals: Annotated[
        list[ApprovalStepGiven] | None,
        Field(description="Genehmigungen der jetzigen Fassung; null in der Antwort aufs Bestellen"),
    ]
    changes: Annotated[
        list[ChangeGiven], Field(description="Änderungen nach der Beauftragung, die älteste zuerst")
    ]
    open_moves: list[str]
    history: list[MoveGiven]
    links: dict[str, str]


class CallOffList(BaseModel):
    items: list[CallOffGiven]
    total: int
    next: str | None
