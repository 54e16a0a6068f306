"""Keeping comparisons for the memo."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from app.members.current import Asking, needs
from app.members.rules import Scope
from app.ordering.asking import buyer
from app.ordering.comparing.drop_comparison import drop_comparison
from app.ordering.comparing.keep_comparison import keep_comparison
from app.web.dependencies import Db, Now
from app.web.pages import redirect

router = APIRouter(include_in_schema=False)
Buyer = Annotated[Asking, Depends(needs(Scope.CALL_OFFS_WRITE))]


async def compared_skus(request: Request) -> list[str]:
    form = await request.form()
    return [value for value in form.getlist("v") if isinstance(value, str)]


@router.post("/vergleich/merken")
def keep(
    request: Request,
    db: Db,
    now: Now,
    asking: Buyer,
    skus: Annotated[list[str], Depends(compared_skus)],
) -> Response:
    kept = keep_comparison(db, buyer(asking), skus, now)
    pairs = [("v", sku) for sku in kept.skus]
    return redirect(request, f"/vergleich?{urlencode([*pairs, ('gemerkt', '1')])}")


@router.post("/vergleich/{comparison_id}/entfernen")
def drop(request: Request, db: Db, asking: Buyer, comparison_id: int) -> Response:
    drop_comparison(db, buyer(asking), comparison_id)
    return redirect(request, "/warenkorb", "Der Vergleich ist entfernt.")
