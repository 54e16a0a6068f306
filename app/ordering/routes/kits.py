"""Putting kits into the basket and taking them out, and successors for single articles."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from app.kernel.errors import FieldError, Malformed
from app.members.current import Asking, needs
from app.members.rules import Scope
from app.ordering.asking import buyer
from app.ordering.basket import contents as basket
from app.ordering.basket.put_kit_in_basket import put_kit_in_basket
from app.ordering.basket.take_kit_out import take_kit_out
from app.ordering.basket.take_successor import take_successor
from app.web.dependencies import Db, Now, Sent
from app.web.pages import is_fragment, redirect, render

router = APIRouter(prefix="/warenkorb", include_in_schema=False)
Buyer = Annotated[Asking, Depends(needs(Scope.CALL_OFFS_WRITE))]


@router.post("/paket")
def add(request: Request, db: Db, now: Now, asking: Buyer, sent: Sent) -> Response:
    owner = buyer(asking)
    added = put_kit_in_basket(db, owner, sent.get("paket", ""), _count(sent), now)
    if not is_fragment(request):
        return redirect(request, "/warenkorb")
    lacking = ", ".join(line.name for line in added.lacking)
    context = {"title": added.title, "lacking": lacking, "count": basket.piece_count(db, owner)}
    return render(request, "ordering/_kit_added.html", context)


@router.post("/paket/entfernen")
def remove(request: Request, db: Db, now: Now, asking: Buyer, sent: Sent) -> Response:
    take_kit_out(db, buyer(asking), sent.get("paket", ""), now)
    return redirect(request, "/warenkorb", "Das Paket ist aus dem Warenkorb entfernt.")


@router.post("/nachfolger")
def swap(request: Request, db: Db, now: Now, asking: Buyer, sent: Sent) -> Response:
    owner = buyer(asking)
    basket.refill(
        db,
        owner,
        take_successor(
            db, owner.member_id, basket.quantities(db, owner), sent.get("nachfolger", ""), now
        ),
        now,
    )
    return redirect(request, "/warenkorb", "Der Artikel ist getauscht.")


def _count(sent: dict[str, str]) -> int:
    text = sent.get("anzahl", "1").strip()
    if text.isascii() and text.isdecimal() and len(text) <= len("100000"):
        return int(text)
    sentence = "Bitte geben Sie die Anzahl als ganze Zahl an."
    raise Malformed(FieldError("anzahl", "number", sentence))
