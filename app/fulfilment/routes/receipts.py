"""The member's goods receipt."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from app.fulfilment import queries
from app.fulfilment.forms import Typed, receipt_page_errors, typed_receipt
from app.fulfilment.receive_goods import receive_goods
from app.kernel.errors import Malformed, NotAllowed
from app.members.current import Asking, needs
from app.members.rules import Scope
from app.ordering.asking import actor
from app.ordering.queries import call_off, lock_call_off
from app.web.dependencies import Db, Now, Sent
from app.web.pages import is_fragment, redirect, render

router = APIRouter()
Reader = Annotated[Asking, Depends(needs(Scope.CALL_OFFS_READ))]
Receiver = Annotated[Asking, Depends(needs(Scope.CALL_OFFS_WRITE))]


@router.get("/abrufe/{number}/empfang")
def show_receipt(request: Request, db: Db, asking: Reader, number: str) -> Response:
    return _receipt(request, db, asking, number, {})


@router.post("/abrufe/{number}/empfang")
def receive(
    request: Request, db: Db, now: Now, asking: Receiver, number: str, sent: Sent
) -> Response:
    if asking.member is None:
        raise NotAllowed("Den Empfang bestätigt das Mitglied, das bestellt hat.")
    found = lock_call_off(db, number, asking.tenant)
    waiting = queries.awaited(queries.deliveries(db, found))
    try:
        wanted = typed_receipt(Typed(sent), waiting) if "einzeln" in sent else None
        receive_goods(db, found, wanted, actor(asking), now)
    except Malformed as error:
        errors = receipt_page_errors(error.errors)
        return _receipt(request, db, asking, number, {"errors": errors, "typed": sent}, 422)
    return redirect(request, f"/abrufe/{number}", "Der Wareneingang ist bestätigt. Danke.")


def _receipt(
    request: Request,
    db: Session,
    asking: Asking,
    number: str,
    more: Mapping[str, Any],
    status: int = 200,
) -> Response:
    found = call_off(db, number, asking.tenant)
    context = {
        "number": number,
        "deliveries": queries.deliveries(db, found),
        "errors": {},
        "typed": {},
        **more,
    }
    name = "_receipt.html" if is_fragment(request) else "receipt.html"
    return render(request, f"fulfilment/{name}", context, status)
