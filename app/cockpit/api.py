"""`/api/v1/frameworks/{number}`: how full its ceilings are, and its suppliers' returns."""

from datetime import date
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Path, Response
from pydantic import BaseModel

from app.cockpit import queries as cockpit_queries
from app.cockpit.return_models import (
    ReturnList,
    ReturnSheetGiven,
    ReturnWanted,
    month_given,
    sheet_given,
)
from app.cockpit.rules import MemberUse
from app.cockpit.upload_return import SheetWish, return_sheet, upload_return
from app.frameworks import queries
from app.frameworks.outlook.ceilings import CeilingSeen, outlook
from app.frameworks.outlook.rules_forecast import State
from app.frameworks.returns.compare_returns import returns_of
from app.kernel.errors import FieldError, Malformed
from app.kernel.legal_day import legal_day
from app.kernel.money import Money
from app.kernel.month import Month
from app.members.current import Asking, needs_token
from app.members.rules import Role, Scope
from app.ordering.placing.api_once import answered_once
from app.web.commit_route import CommitRoute
from app.web.dependencies import Db, Now
from app.web.field_names import fields_named
from app.web.paging import Paged
from app.web.repeatable import IdempotencyKey, created

router = APIRouter(prefix="/frameworks", tags=["Rahmenverträge"], route_class=CommitRoute)
Reader = Annotated[Asking, Depends(needs_token(Scope.CATALOG_READ))]
Reporter = Annotated[Asking, Depends(needs_token(Scope.STOCK_WRITE))]
BAD_MONTH: Final = FieldError("month", "form", "Bitte geben Sie den Monat so an: 2026-10.")
SEES_MEMBERS = (Role.DESK, Role.CONTRACTS, Role.LEGAL, Role.AUDITOR)


class ForecastGiven(BaseModel):
    state: State
    exhausted_on: date | None
    earliest: date | None
    latest: date | None
    begin_tender_by: date


class CeilingGiven(BaseModel):
    name: str
    lot: int | None
    maximum_value: str | None
    called_off: str
    reserved: str
    remaining: str | None
    maximum_quantity: int | None
    remaining_quantity: int | None
    used_percent: int
    forecast: ForecastGiven | None
    text: str


class MemberUseGiven(BaseModel):
    """Ohne Schlüssel: keinem Mitglied zugeordnet."""

    key: str | None
    name: str
    called_off: str
    reserved: str
    quantity: int


class UseGiven(BaseModel):
    """`quotas` sind die des eigenen Mitglieds; `members` sieht nur die Genossenschaft."""

    number: str
    currency: str = "EUR"
    lots: list[CeilingGiven]
    total: CeilingGiven | None
    quotas: list[CeilingGiven]
    members: list[MemberUseGiven]


@router.get(
    "/{number}/use",
    summary="Verbrauch und Ausblick eines Rahmenvertrags",
    description="Höchstwerte je Los und insgesamt, Prognose und eigene Kontingente.",
)
def show_use(db: Db, now: Now, asking: Reader, number: str) -> UseGiven:
    found = queries.framework(db, number)
    member = asking.member
    seen = outlook(db, found, now, None if member is None else member.id)
    sees_members = member is None and any(asking.has(role) for role in SEES_MEMBERS)
    uses = cockpit_queries.member_uses(db, found) if sees_members else ()
    return UseGiven(
        number=number,
        lots=[_ceiling(one) for one in seen.lots],
        total=None if seen.total is None else _ceiling(seen.total),
        quotas=[_ceiling(one) for one in seen.quotas],
        members=[_member(one) for one in uses],
    )


@router.get(
    "/{number}/returns",
    summary="Umsatzmeldungen eines Rahmenvertrags",
    description="Die letzten zwölf beendeten Monate, der jüngste zuerst; `declared` ist null, "
    "solange nichts gemeldet ist.",
)
def show_returns(db: Db, now: Now, _asking: Reporter, number: str, paged: Paged) -> ReturnList:
    lines = returns_of(db, queries.framework(db, number).framework, legal_day(now))
    items = [month_given(one) for one in paged.of(lines)]
    return ReturnList(items=items, total=len(lines), next=paged.next(len(lines)))


@router.post(
    "/{number}/returns",
    status_code=201,
    response_model=ReturnSheetGiven,
    summary="Umsatzmeldung eines Auftragnehmers hochladen",
    description="Eine spätere Datei zum selben Monat berichtigt die frühere. Jede Zeile mit "
    "lesbarem Betrag zählt; wo sie von den Abrufen abweicht, steht es in `remarks`.",
)
def send_return(
    *,
    db: Db,
    now: Now,
    asking: Reporter,
    number: str,
    body: ReturnWanted,
    idempotency_key: IdempotencyKey,
) -> Response:
    queries.framework(db, number)
    month = Month.parse(body.month)
    if month is None:
        raise Malformed(BAD_MONTH)
    wish = SheetWish(month, body.file.file_name, body.file.content, body.note)

    def act() -> ReturnSheetGiven:
        with fields_named({"file": "file.content"}):
            sheet = upload_return(db, asking.person_id, number, wish, now)
        return sheet_given(return_sheet(db, number, sheet.id))

    address = f"frameworks/{number}/returns"
    return created(answered_once(db, asking, now, idempotency_key, (address, body), act))


@router.get("/{number}/returns/{sheet_id}", summary="Eine hochgeladene Umsatzmeldung mit Hinweisen")
def show_return(
    db: Db, _asking: Reporter, number: str, sheet_id: Annotated[int, Path(ge=1, le=2**31 - 1)]
) -> ReturnSheetGiven:
    return sheet_given(return_sheet(db, number, sheet_id))


def _ceiling(one: CeilingSeen) -> CeilingGiven:
    found = one.forecast
    return CeilingGiven(
        name=one.name,
        lot=None if one.lot is None else one.lot.number,
        maximum_value=_text(one.maximum),
        called_off=one.called_off.text,
        reserved=one.reserved.text,
        remaining=_text(one.remaining),
        maximum_quantity=one.level.maximum_quantity,
        remaining_quantity=one.remaining_quantity,
        used_percent=one.percent,
        forecast=None
        if found is None
        else ForecastGiven(
            state=found.state,
            exhausted_on=found.exhausted_on,
            earliest=found.earliest,
            latest=found.latest,
            begin_tender_by=found.begin_tender_by,
        ),
        text=one.sentence,
    )


def _member(one: MemberUse) -> MemberUseGiven:
    return MemberUseGiven(
        key=one.key,
        name=one.name,
        called_off=one.called_off.text,
        reserved=one.reserved.text,
        quantity=one.pieces,
    )


def _text(amount: Money | None) -> str | None:
    return None if amount is None else amount.text
