"""The toner finder: what fits a device, by its model or by a serial number that was delivered."""

from collections.abc import Callable
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from app.catalog.relations.find_supplies import find_supplies, suggested_models, supplies_for
from app.catalog.visible import lots_seen_by
from app.database.tenant import Tenant
from app.kernel.german import clean
from app.kernel.legal_day import legal_day
from app.members.current import Asking, needs
from app.members.rules import Scope
from app.web.dependencies import Db, Now
from app.web.pages import render

router = APIRouter(include_in_schema=False)
Reader = Annotated[Asking, Depends(needs(Scope.CATALOG_READ))]
# Article numbers delivered under a serial number, of these members only; wired in `main`.
DeliveredUnder = Callable[[Session, str, Tenant], tuple[str, ...]]
LONGEST: Final = 120


@router.get("/toner-finden")
def find(request: Request, db: Db, now: Now, asking: Reader, q: str = "") -> Response:
    typed = clean(q)[:LONGEST]
    today = legal_day(now)
    visible = lots_seen_by(db, asking, today)
    delivered = _delivered(request, db, asking, typed)
    own = [supplies_for(db, sku, today, visible) for sku in delivered]
    context = {
        "typed": typed,
        "delivered": [device for device in own if device is not None],
        "devices": () if delivered else find_supplies(db, typed, today, visible),
        "may_order": asking.member is not None and asking.may(Scope.CALL_OFFS_WRITE),
    }
    return render(request, "catalog/supplies.html", context)


@router.get("/toner-finden/vorschlaege")
def suggest(request: Request, db: Db, now: Now, asking: Reader, q: str = "") -> Response:
    typed = clean(q)[:LONGEST]
    visible = lots_seen_by(db, asking, legal_day(now))
    context = {"models": suggested_models(db, typed, visible), "typed": typed}
    return render(request, "catalog/_supply_suggestions.html", context)


def _delivered(request: Request, db: Session, asking: Asking, typed: str) -> tuple[str, ...]:
    """Only who reads orders learns what was delivered, and only of the own member."""
    if not typed or not asking.may(Scope.CALL_OFFS_READ):
        return ()
    delivered_under: DeliveredUnder = request.app.state.delivered_under
    return delivered_under(db, typed, asking.tenant)
