"""Parking the basket, handing it over, taking it up again."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from app.kernel.errors import Malformed
from app.kernel.german import clean
from app.kernel.legal_day import legal_day
from app.members.current import Asking, needs
from app.members.rules import Scope
from app.ordering.asking import buyer
from app.ordering.basket.contents import Owner, piece_count
from app.ordering.filling.hand_over_basket import HandOver, hand_over_basket
from app.ordering.filling.park_basket import Parking, park_basket
from app.ordering.filling.queries import colleagues, parked_basket, parked_seen
from app.ordering.filling.take_up_basket import take_up_basket
from app.web.commit_route import CommitRoute
from app.web.dependencies import Db, Now, Sent
from app.web.pages import redirect, render

router = APIRouter(prefix="/warenkorb", include_in_schema=False, route_class=CommitRoute)
Buyer = Annotated[Asking, Depends(needs(Scope.CALL_OFFS_WRITE))]
PAGE: Final = "ordering/parked.html"
HERE: Final = "/warenkorb"


@router.post("/parken")
def park(request: Request, db: Db, now: Now, asking: Buyer, sent: Sent) -> Response:
    """With `weiter` on to the page on which it is handed over."""
    owner = buyer(asking)
    parked = park_basket(db, owner, Parking(sent.get("name", ""), owner.person_id), now)
    return redirect(
        request,
        f"{HERE}/geparkt/{parked.id}" if "weiter" in sent else HERE,
        "Der Warenkorb ist geparkt. Ihr Warenkorb ist jetzt leer.",
    )


@router.get("/geparkt/{basket_id}")
def show(request: Request, db: Db, now: Now, asking: Buyer, basket_id: int) -> Response:
    return _page(request, db, buyer(asking), basket_id, now)


@router.post("/geparkt/{basket_id}/aufnehmen")
def take_up(
    request: Request, db: Db, now: Now, asking: Buyer, basket_id: int, sent: Sent
) -> Response:
    take_up_basket(db, buyer(asking), basket_id, now, instead=sent.get("wie") == "tausch")
    return redirect(request, HERE, "Der geparkte Warenkorb ist aufgenommen.")


@router.post("/geparkt/{basket_id}/uebergeben")
def hand_over(
    request: Request, db: Db, now: Now, asking: Buyer, basket_id: int, sent: Sent
) -> Response:
    owner = buyer(asking)
    wish = HandOver(clean(sent.get("an", "")), clean(sent.get("kommentar", "")))
    try:
        hand_over_basket(db, owner, basket_id, wish, now)
    except Malformed as fault:
        errors = fault.by_field
        return _page(request, db, owner, basket_id, now, wish=wish, errors=errors)
    return redirect(request, HERE, "Der Warenkorb ist übergeben.")


@router.post("/geparkt/{basket_id}/loeschen")
def drop(request: Request, db: Db, asking: Buyer, basket_id: int) -> Response:
    db.delete(parked_basket(db, buyer(asking), basket_id, lock=True))
    return redirect(request, HERE, "Der geparkte Warenkorb ist gelöscht.")


def _page(
    request: Request,
    db: Session,
    owner: Owner,
    basket_id: int,
    now: Now,
    *,
    wish: HandOver | None = None,
    errors: dict[str, str] | None = None,
) -> Response:
    context = {
        "seen": parked_seen(db, owner, basket_id, now),
        "colleagues": colleagues(db, owner, legal_day(now)),
        "wish": wish or HandOver("", ""),
        "errors": errors or {},
        "present": piece_count(db, owner),
    }
    return render(request, PAGE, context, status=422 if errors else 200)
