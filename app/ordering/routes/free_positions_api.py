"""`/api/v1/free-positions`: what is in no price list, ordered at a supplier's quote."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path
from fastapi.responses import Response
from sqlalchemy.orm import Session

from app.frameworks.queries import framework
from app.kernel.errors import FieldError, Malformed, NotFound
from app.members.current import Asking, needs_token
from app.members.rules import Scope
from app.ordering.asking import buyer
from app.ordering.enter_free_position import enter_free_position
from app.ordering.placing.api_once import answered_once
from app.ordering.quoting.models import (
    FreePositionGiven,
    FreePositionWanted,
    free_position_given,
)
from app.ordering.quoting.queries import free_position
from app.web.commit_route import CommitRoute
from app.web.dependencies import Db, Now, Scanning
from app.web.repeatable import OptionalKey, created

router = APIRouter(prefix="/free-positions", tags=["Abrufe"], route_class=CommitRoute)
Reader = Annotated[Asking, Depends(needs_token(Scope.CALL_OFFS_READ))]
Buyer = Annotated[Asking, Depends(needs_token(Scope.CALL_OFFS_WRITE))]


@router.post(
    "",
    status_code=201,
    response_model=FreePositionGiven,
    summary="Eine freie Position mit Angebot eingeben",
    description="Nur im offenen Sortiment eines Loses (`no_open_assortment`) und nur mit dem "
    "Angebot des Auftragnehmers. Die Antwort nennt die `sku`, unter der `POST /call-offs` genau "
    "diese Menge einmal bestellt, solange das Angebot gilt. Reserviert wird erst dort.",
)
def enter(
    *,
    db: Db,
    now: Now,
    asking: Buyer,
    scan: Scanning,
    body: FreePositionWanted,
    idempotency_key: OptionalKey = None,
) -> Response:
    owner = buyer(asking)

    def act() -> FreePositionGiven:
        wish = body.wish(_lot_id(db, body.framework, body.lot))
        handed = (body.quote.file_name, body.quote.content)
        return free_position_given(enter_free_position(db, owner, wish, handed, now, scan=scan))

    return created(answered_once(db, asking, now, idempotency_key, ("free-positions", body), act))


@router.get("/{free_position}", summary="Eine freie Position")
def show(
    db: Db, asking: Reader, sku: Annotated[str, Path(alias="free_position")]
) -> FreePositionGiven:
    return free_position_given(free_position(db, sku, asking.tenant))


def _lot_id(db: Session, number: str, lot_number: int) -> int:
    try:
        lots = framework(db, number).lots
    except NotFound as unknown:
        raise Malformed(FieldError("framework", "unknown", unknown.text)) from None
    found = next((lot.id for lot in lots if lot.number == lot_number), None)
    if found is None:
        raise Malformed(FieldError("lot", "unknown", "Dieses Los gibt es in dem Vertrag nicht."))
    return found
