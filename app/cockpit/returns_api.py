"""`/api/v1/frameworks/{number}/returns`: suppliers' monthly returns beside the orders."""

from datetime import datetime
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Path, Response
from pydantic import BaseModel, Field, StringConstraints

from app.cockpit.forms import LONGEST_NOTE
from app.cockpit.upload_return import SheetSeen, SheetWish, return_sheet, upload_return
from app.frameworks.queries import framework
from app.frameworks.returns import fee_of, returns_of
from app.kernel.errors import FieldError, Malformed
from app.kernel.legal_day import legal_day
from app.kernel.month import Month
from app.members.current import Asking, needs_token
from app.members.rules import Scope
from app.ordering.api_once import IdempotencyKey, answered_once
from app.web.commit_route import CommitRoute
from app.web.dependencies import Db, Now
from app.web.field_names import fields_named
from app.web.sent_body import SentBody
from app.web.sent_json_file import JsonFile

router = APIRouter(
    prefix="/frameworks/{number}/returns", tags=["Rahmenverträge"], route_class=CommitRoute
)
Reporter = Annotated[Asking, Depends(needs_token(Scope.STOCK_WRITE))]
BAD_MONTH: Final = FieldError("month", "form", "Bitte geben Sie den Monat so an: 2026-10.")


class ReturnWanted(SentBody):
    """A table, CSV or Excel, with the columns `Abrufnummer` and `Netto`."""

    month: Annotated[str, StringConstraints(max_length=7), Field(examples=["2026-10"])]
    file: JsonFile
    note: Annotated[str, StringConstraints(strip_whitespace=True, max_length=LONGEST_NOTE)] = ""


class RemarkGiven(BaseModel):
    """`line` 0: zu einem Abruf, den keine Zeile nennt."""

    line: int
    order: str
    text: str
    counted: bool


class ReturnSheetGiven(BaseModel):
    """Was aus einer Tabelle wurde; `remarks` je Zeile."""

    id: int
    framework: str
    month: str
    declared: str
    fee: str
    currency: str = "EUR"
    rows: int
    remarks: list[RemarkGiven]
    note: str
    file_name: str
    file_sha256: str
    sent_at: datetime


class ReturnGiven(BaseModel):
    """Ein Monat: abgerufen, gemeldet, und was der Auftragnehmer schuldet."""

    month: str
    called_off: str
    declared: str | None
    difference: str | None
    fee: str
    currency: str = "EUR"
    note: str
    overdue: bool


class ReturnList(BaseModel):
    items: list[ReturnGiven]
    total: int
    next: str | None = None


@router.get(
    "",
    summary="Umsatzmeldungen eines Rahmenvertrags",
    description="Die letzten zwölf beendeten Monate, der jüngste zuerst; `declared` ist null, "
    "solange nichts gemeldet ist.",
)
def show_all(db: Db, now: Now, _asking: Reporter, number: str) -> ReturnList:
    lines = returns_of(db, framework(db, number).framework, legal_day(now))
    items = [
        ReturnGiven(
            month=one.month.text,
            called_off=one.called_off.text,
            declared=None if one.declared is None else one.declared.text,
            difference=None if one.difference is None else one.difference.text,
            fee=one.fee.text,
            note=one.note,
            overdue=one.overdue,
        )
        for one in lines
    ]
    return ReturnList(items=items, total=len(items))


@router.post(
    "",
    status_code=201,
    response_model=ReturnSheetGiven,
    summary="Umsatzmeldung eines Auftragnehmers hochladen",
    description="Eine spätere Datei zum selben Monat berichtigt die frühere. Jede Zeile mit "
    "lesbarem Betrag zählt; wo sie von den Abrufen abweicht, steht es in `remarks`.",
)
def send(
    *,
    db: Db,
    now: Now,
    asking: Reporter,
    number: str,
    body: ReturnWanted,
    idempotency_key: IdempotencyKey,
) -> Response:
    framework(db, number)
    month = Month.parse(body.month)
    if month is None:
        raise Malformed(BAD_MONTH)
    wish = SheetWish(month, body.file.file_name, body.file.content, body.note)

    def act() -> ReturnSheetGiven:
        with fields_named({"file": "file.content"}):
            sheet = upload_return(db, asking.person_id, number, wish, now)
        return _given(return_sheet(db, number, sheet.id))

    address = f"frameworks/{number}/returns"
    return answered_once(db, asking, now, idempotency_key, (address, body), act)


@router.get("/{sheet_id}", summary="Eine hochgeladene Umsatzmeldung mit Hinweisen")
def show(
    db: Db, _asking: Reporter, number: str, sheet_id: Annotated[int, Path(ge=1, le=2**31 - 1)]
) -> ReturnSheetGiven:
    return _given(return_sheet(db, number, sheet_id))


def _given(seen: SheetSeen) -> ReturnSheetGiven:
    sheet, said = seen.sheet, seen.said
    return ReturnSheetGiven(
        id=sheet.id,
        framework=seen.framework.number,
        month=said.month,
        declared=said.declared.text,
        fee=fee_of(said.declared, said.fee_points).text,
        rows=sheet.rows,
        remarks=[RemarkGiven(**one) for one in sheet.remarks],
        note=said.note,
        file_name=sheet.file_name,
        file_sha256=sheet.file_sha256,
        sent_at=sheet.at,
    )
