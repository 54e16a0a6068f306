"""What `/api/v1/market-checks` takes and gives."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from app.archive.check_upload import Scanner, paper_fault
from app.demand.rules import ELSEWHERE, BoughtBy
from app.kernel.errors import FieldError, Malformed
from app.kernel.unit_price import UnitPrice
from app.ordering.market.forms import LONGEST_REASON, LONGEST_SOURCE, CheckSent, SentFile
from app.ordering.market.queries import Checked
from app.ordering.market.records import MarketPrice
from app.ordering.market.rules import MOST_SOURCES, MarketOutcome, Source
from app.ordering.wanted import LARGEST_QUANTITY
from app.web.sent_body import SentBody
from app.web.sent_json_file import JsonFile

EXAMPLE: Final[dict[str, Any]] = {
    "sku": "NB-14-BUSINESS",
    "quantity": 10,
    "sources": [
        {"name": "Angebot 4711", "seen_on": "2026-11-20", "unit_price_net": "812.50"},
    ],
}
# The form counts its sources from 0 in the names of its fields.
FIELD_NAMES: Final = {
    "grund": "reason",
    **{f"datum-{at}": f"sources.{at}.seen_on" for at in range(MOST_SOURCES)},
    **{f"datei-{at}": f"sources.{at}.file.content" for at in range(MOST_SOURCES)},
}


class SourceWanted(SentBody):
    """One price that somebody saw: per piece, net, delivered."""

    name: Annotated[
        str,
        StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_SOURCE),
        Field(description="Angebot, Händler oder Adresse"),
    ]
    seen_on: date
    unit_price_net: Annotated[
        str, StringConstraints(pattern=r"^[0-9]{1,8}(\.[0-9]{1,4})?$"), Field(examples=["812.50"])
    ]
    same_specification: Annotated[
        bool, Field(strict=True, description="gleiche Ausführung; sonst zählt der Preis nicht")
    ] = True
    is_list_price: Annotated[
        bool, Field(strict=True, description="ein Listenpreis zählt nicht als Marktpreis")
    ] = False
    file: JsonFile | None = None


class MarketCheckWanted(SentBody):
    """Up to three sources for one article, and what follows from them."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    sku: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=64)]
    quantity: Annotated[int, Field(strict=True, ge=1, le=LARGEST_QUANTITY)]
    sources: Annotated[list[SourceWanted], Field(min_length=1, max_length=MOST_SOURCES)]
    outcome: MarketOutcome = MarketOutcome.CALLED_OFF
    reason: Annotated[
        str,
        StringConstraints(strip_whitespace=True, max_length=LONGEST_REASON),
        Field(description="nötig, wenn es anderswo günstiger ist oder dort beschafft wird"),
    ] = ""
    bought_by: Annotated[
        BoughtBy, Field(description="wie beschafft wird, wenn nicht über das Portal")
    ] = BoughtBy.DIRECT_PURCHASE

    def understood(self, scan: Scanner) -> CheckSent:
        """As the form is. Raises Malformed for a price of nothing and an unfitting way."""
        faults = [
            FieldError(f"sources.{at}.unit_price_net", "amount", "Der Preis muss über null liegen.")
            for at, one in enumerate(self.sources)
            if not UnitPrice.euros(one.unit_price_net).ten_thousandths
        ]
        if self.outcome is MarketOutcome.ELSEWHERE and self.bought_by not in ELSEWHERE:
            faults.append(FieldError("bought_by", "unknown", "Bitte nennen Sie den Weg."))
        if faults:
            raise Malformed(*faults)
        return CheckSent(
            sku=self.sku,
            quantity=self.quantity,
            sources=tuple(_source(one) for one in self.sources),
            files={
                at: SentFile(file.file_name, file.content, paper_fault(file.content, scan))
                for at, one in enumerate(self.sources)
                if (file := one.file) is not None
            },
            outcome=self.outcome,
            reason=self.reason,
            bought_by=self.bought_by,
        )


class SourceGiven(BaseModel):
    """`proof`: wo der Beleg liegt, wenn einer mitkam."""

    name: str
    seen_on: date
    unit_price_net: str
    same_specification: bool
    is_list_price: bool
    proof: str | None


class MarketCheckGiven(BaseModel):
    """Ein Blick auf den Markt; die günstigste Quelle zuerst."""

    id: int
    sku: str
    quantity: int
    contract_price_net: str
    currency: str = "EUR"
    cheaper_elsewhere: bool
    result: str
    outcome: MarketOutcome
    reason: str
    demand: Annotated[int | None, Field(description="der Bedarf, der daraus gemeldet wurde")]
    checked_at: datetime
    sources: list[SourceGiven]


class MarketCheckList(BaseModel):
    items: list[MarketCheckGiven]
    total: int
    next: str | None


def check_given(seen: Checked) -> MarketCheckGiven:
    check = seen.check
    return MarketCheckGiven(
        id=check.id,
        sku=check.sku,
        quantity=check.quantity,
        contract_price_net=check.contract_price.text,
        cheaper_elsewhere=check.cheaper_elsewhere,
        result=check.result,
        outcome=check.outcome,
        reason=check.reason,
        demand=check.need_id,
        checked_at=check.checked_at,
        sources=_sources(seen.sources),
    )


def _source(one: SourceWanted) -> Source:
    return Source(
        one.name,
        one.seen_on,
        UnitPrice.euros(one.unit_price_net),
        one.same_specification,
        one.is_list_price,
    )


def _sources(rows: Sequence[MarketPrice]) -> list[SourceGiven]:
    return [
        SourceGiven(
            name=row.source,
            seen_on=row.seen_on,
            unit_price_net=row.unit_price.text,
            same_specification=row.same_specification,
            is_list_price=row.is_list_price,
            proof=f"/api/v1/market-checks/proofs/{row.id}" if row.file_sha256 else None,
        )
        for row in rows
    ]
