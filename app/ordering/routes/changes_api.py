"""`/api/v1/call-offs/{number}/changes`: wishes to change a placed order."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import Response
from sqlalchemy.orm import Session

from app.members.current import Asking, needs_token
from app.members.rules import Scope
from app.ordering.asking import actor, buyer, sides
from app.ordering.changing.ask_change import ask_change
from app.ordering.changing.make_step import StepAsked, make_step
from app.ordering.changing.propose_change import propose_change
from app.ordering.changing.queries import change_of, changes_of
from app.ordering.changing.records import CallOffChange
from app.ordering.models.change import (
    ChangeGiven,
    ChangeList,
    ChangeStepWanted,
    ChangeWanted,
    change_given,
)
from app.ordering.queries import call_off
from app.ordering.routes.responded_once import responded_once
from app.ordering.submission import Refused
from app.web.commit_route import CommitRoute
from app.web.dependencies import Db, Now
from app.web.errors import problem
from app.web.paging import Paged
from app.web.repeatable import OptionalKey

router = APIRouter(prefix="/call-offs", tags=["Abrufe"], route_class=CommitRoute)
Reader = Annotated[Asking, Depends(needs_token(Scope.CALL_OFFS_READ))]
Buyer = Annotated[Asking, Depends(needs_token(Scope.CALL_OFFS_WRITE))]
Desk = Annotated[Asking, Depends(needs_token(Scope.DELIVERIES_WRITE))]


@router.get("/{number}/changes", summary="Änderungen eines Abrufs, die älteste zuerst")
def show_all(db: Db, asking: Reader, number: str, paged: Paged) -> ChangeList:
    found = changes_of(db, call_off(db, number, asking.tenant).id)
    items = [change_given(change) for change in paged.of(found)]
    return ChangeList(items=items, total=len(found), next=paged.next(len(found)))


@router.post(
    "/{number}/changes",
    status_code=201,
    response_model=ChangeGiven,
    summary="Eine Änderung anfragen",
    description="Andere Mengen (0 storniert die Position) oder ein anderer Liefertermin, vom "
    "Auftrag bis zur vollständigen Lieferung. Was mehr wird, wird sofort geprüft und vorgemerkt; "
    "eine Ablehnung (409) nennt `decision_id`. Je Abruf ist eine Änderung offen (`change_open`).",
)
def ask(
    *,
    db: Db,
    now: Now,
    asking: Buyer,
    number: str,
    body: ChangeWanted,
    idempotency_key: OptionalKey = None,
) -> Response:
    buyer(asking)

    def act() -> Response:
        return _entered(ask_change(db, actor(asking), number, asking.tenant, body.wish(), now))

    address = f"call-offs/{number}/changes"
    return responded_once(db, asking, now, idempotency_key, (address, body), act)


@router.post(
    "/{number}/change-proposals",
    status_code=201,
    response_model=ChangeGiven,
    summary="Eine Änderung vorschlagen (Abwicklung)",
    description="Die Abwicklung schlägt vor, was sonst das Mitglied wünscht. Es gilt, wenn das "
    "Mitglied zustimmt (`agree`) und, was mehr wird, genehmigt ist.",
)
def propose(
    *,
    db: Db,
    now: Now,
    desk: Desk,
    number: str,
    body: ChangeWanted,
    idempotency_key: OptionalKey = None,
) -> Response:
    def act() -> Response:
        return _entered(propose_change(db, actor(desk), number, body.wish(), now))

    address = f"call-offs/{number}/change-proposals"
    return responded_once(db, desk, now, idempotency_key, (address, body), act)


@router.post(
    "/{number}/changes/{position}/moves",
    response_model=ChangeGiven,
    summary="Einen Schritt mit einer Änderung tun",
    description="Die Abwicklung antwortet (`answer`) je Position mit `accepted`, `otherwise` oder "
    "`rejected` und nimmt eigene Vorschläge zurück (`retract`); das Mitglied nimmt an (`agree`), "
    "nicht an (`decline`) oder zieht zurück (`withdraw`); was mehr wird, genehmigt eine zweite "
    "Person (`approve`, `refuse`).",
)
def move(
    *,
    db: Db,
    now: Now,
    asking: Reader,
    number: str,
    position: int,
    body: ChangeStepWanted,
    idempotency_key: OptionalKey = None,
) -> Response:
    def act() -> Response:
        return _moved(db, now, asking, (number, position), body)

    address = f"call-offs/{number}/changes/{position}/moves"
    return responded_once(db, asking, now, idempotency_key, (address, body), act)


def _moved(
    db: Session, now: datetime, asking: Asking, of: tuple[str, int], body: ChangeStepWanted
) -> Response:
    number, position = of
    asked = StepAsked(
        name=body.move,
        standing=sides(asking),
        reason=body.reason,
        acknowledged=tuple(body.acknowledged),
        said={one.sku: one.said() for one in body.answers},
    )
    made = make_step(db, actor(asking), (number, asking.tenant), position, asked, now)
    if isinstance(made, Refused):
        return _refusal(made)
    found = call_off(db, number, asking.tenant)
    given = change_given(change_of(db, found.id, position))
    return Response(given.model_dump_json(), media_type="application/json")


def _entered(made: CallOffChange | Refused) -> Response:
    if isinstance(made, Refused):
        return _refusal(made)
    return Response(change_given(made).model_dump_json(), 201, media_type="application/json")


def _refusal(refused: Refused) -> Response:
    recorded = refused.recorded
    return problem(409, refused.code, refused.text, decision_id=recorded.public_id)
