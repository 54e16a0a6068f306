"""`/api/v1/frameworks`: agreements with what is left of their lots."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import BaseModel

from app.frameworks import queries
from app.frameworks.queries import FrameworkWithLots
from app.kernel.legal_day import legal_day
from app.members.current import Asking, needs_token
from app.members.rules import Scope
from app.web.dependencies import Db, Now

router = APIRouter(prefix="/frameworks", tags=["Rahmenverträge"])
Reader = Annotated[Asking, Depends(needs_token(Scope.CATALOG_READ))]


class LotGiven(BaseModel):
    number: int
    title: str
    maximum_value: str
    called_off: str
    reserved: str
    remaining: str
    maximum_quantity: int | None
    remaining_quantity: int | None
    currency: str = "EUR"
    valid_to: date


class FrameworkGiven(BaseModel):
    number: str
    title: str
    supplier: str
    contracting_entity: str
    valid_from: date
    valid_to: date
    running: bool
    delivery_days: int
    lots: list[LotGiven]


class FrameworkList(BaseModel):
    items: list[FrameworkGiven]
    total: int
    next: str | None = None


@router.get("", summary="Alle Rahmenverträge", description="Mit Losen und was von ihnen übrig ist.")
def show_all(db: Db, now: Now, _asking: Reader) -> FrameworkList:
    items = [_given(one, legal_day(now)) for one in queries.all_frameworks(db)]
    return FrameworkList(items=items, total=len(items))


@router.get("/{number}", summary="Ein Rahmenvertrag mit Losen")
def show(db: Db, now: Now, _asking: Reader, number: str) -> FrameworkGiven:
    return _given(queries.framework(db, number), legal_day(now))


def _given(found: FrameworkWithLots, today: date) -> FrameworkGiven:
    framework = found.framework
    return FrameworkGiven(
        number=framework.number,
        title=framework.title,
        supplier=framework.supplier_name,
        contracting_entity=framework.contracting_entity,
        valid_from=framework.valid_from,
        valid_to=framework.valid_to,
        running=found.runs_on(today),
        delivery_days=framework.delivery_days,
        lots=[
            LotGiven(
                number=lot.number,
                title=lot.title,
                maximum_value=lot.maximum_value.text,
                called_off=lot.called_off_value.text,
                reserved=lot.reserved_value.text,
                remaining=lot.remaining_value.text,
                maximum_quantity=lot.maximum_quantity,
                remaining_quantity=lot.remaining_quantity,
                valid_to=framework.valid_to,
            )
            for lot in found.lots
        ],
    )
