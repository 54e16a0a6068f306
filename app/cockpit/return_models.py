"""What `/api/v1/frameworks/{number}/returns` takes and gives."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from app.cockpit.forms import LONGEST_NOTE
from app.cockpit.upload_return import SheetSeen
from app.frameworks.returns.compare_returns import ReturnLine, fee_of
from app.web.sent_body import SentBody
from app.web.sent_json_file import JsonFile


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
    next: str | None


def month_given(one: ReturnLine) -> ReturnGiven:
    return ReturnGiven(
        month=one.month.text,
        called_off=one.called_off.text,
        declared=None if one.declared is None else one.declared.text,
        difference=None if one.difference is None else one.difference.text,
        fee=one.fee.text,
        note=one.note,
        overdue=one.overdue,
    )


def sheet_given(seen: SheetSeen) -> ReturnSheetGiven:
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
