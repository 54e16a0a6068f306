"""`/api/v1/stock`: a supplier reports its figures."""

from datetime import date, datetime
from typing import Annotated, Final

from fastapi import APIRouter, Depends
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from app.catalog.formats.findings import Findings
from app.catalog.formats.stock_file import MOST_DAYS, MOST_PIECES, StockLine
from app.catalog.upkeep.import_result import finding_json
from app.catalog.upkeep.report_stock import StockOrder, report_stock
from app.members.current import Asking, needs_token
from app.members.rules import Scope
from app.web.dependencies import Db, Now

router = APIRouter(prefix="/stock", tags=["Katalog"])
Reporter = Annotated[Asking, Depends(needs_token(Scope.STOCK_WRITE))]
NAME: Final = "Schnittstelle"


class FigureSent(BaseModel):
    """`next_on`: when more is expected. `dispatch_days`: working days from stock to the member."""

    model_config = ConfigDict(extra="forbid")

    sku: str = Field(min_length=1, max_length=64)
    quantity: int = Field(ge=0, le=MOST_PIECES)
    as_of: AwareDatetime | None = None
    next_on: date | None = None
    dispatch_days: int | None = Field(None, ge=0, le=MOST_DAYS)


class StockSent(BaseModel):
    """`as_of` counts for every figure without its own; without both it is the present instant."""

    model_config = ConfigDict(extra="forbid")

    framework: str = Field(max_length=40)
    supplier: str = Field("", max_length=160, description="nötig bei mehreren Auftragnehmern")
    as_of: AwareDatetime | None = None
    figures: list[FigureSent] = Field(min_length=1, max_length=20_000)


class Remark(BaseModel):
    """`line`: the figure's place in the list, from 1."""

    line: int
    sku: str
    code: str
    reason: str


class StockTaken(BaseModel):
    report: int
    figures: int
    reported_at: datetime
    rejected: list[Remark]
    warnings: list[Remark]


@router.post(
    "",
    status_code=201,
    responses={404: {}},
    summary="Bestand melden",
    description="Der jüngste Stand je Artikel und Auftragnehmer gilt; ältere und unbekannte "
    "Zeilen werden mit Grund zurückgewiesen, die übrigen übernommen.",
)
def report(db: Db, now: Now, asking: Reporter, sent: StockSent) -> StockTaken:
    findings = Findings()
    lines = [
        StockLine(line, one.sku, one.quantity, one.as_of, one.next_on, one.dispatch_days)
        for line, one in enumerate(sent.figures, 1)
    ]
    order = StockOrder(sent.framework, sent.supplier, NAME, sent.as_of)
    taken = report_stock(db, order, lines, findings, (asking.person_id, now))
    return StockTaken(
        report=taken.id,
        figures=taken.figures,
        reported_at=taken.reported_at,
        rejected=[Remark(**finding_json(one)) for one in findings.rejected],
        warnings=[Remark(**finding_json(one)) for one in findings.warnings],
    )
