"""`/api/v1/frameworks/{number}/use`: how full every ceiling is and when it will be exhausted."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import BaseModel

from app.cockpit import queries as cockpit_queries
from app.cockpit.rules import MemberUse
from app.frameworks import queries
from app.frameworks.outlook import CeilingSeen, outlook
from app.frameworks.rules_forecast import State
from app.kernel.money import Money
from app.members.current import Asking, needs_token
from app.members.rules import Role, Scope
from app.web.dependencies import Db, Now

router = APIRouter(prefix="/frameworks", tags=["Rahmenverträge"])
Reader = Annotated[Asking, Depends(needs_token(Scope.CATALOG_READ))]
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
