"""Pages of kits: choosing one, and for the catalog's editor making and changing them."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from app.catalog.relations.kit_form import KitForm, form_of, read_kit
from app.catalog.relations.kit_queries import kit_of, kit_seen, kits_seen
from app.catalog.relations.save_kit import save_kit
from app.catalog.relations.show_kit import show_kit
from app.catalog.relations.successor_queries import article_names
from app.catalog.visible import lots_seen_by
from app.kernel.errors import Malformed
from app.kernel.legal_day import legal_day
from app.members.current import Asking, needs
from app.members.rules import Scope
from app.web.dependencies import Db, Now, Sent
from app.web.pages import redirect, render

router = APIRouter(prefix="/pakete", include_in_schema=False)
Reader = Annotated[Asking, Depends(needs(Scope.CATALOG_READ))]
Keeper = Annotated[Asking, Depends(needs(Scope.CATALOG_WRITE))]


@router.get("")
def show_all(request: Request, db: Db, now: Now, asking: Reader) -> Response:
    today = legal_day(now)
    keeps = asking.may(Scope.CATALOG_WRITE)
    context = {
        "kits": kits_seen(db, today, lots_seen_by(db, asking, today), inactive=keeps),
        "may_order": _may_order(asking),
        "may_edit": keeps,
    }
    return render(request, "catalog/kits.html", context)


@router.get("/neu")
def start(request: Request, db: Db, _asking: Keeper) -> Response:
    return _form(request, db, KitForm())


@router.post("")
def create(request: Request, db: Db, now: Now, asking: Keeper, sent: Sent) -> Response:
    return _save(request, db, now, asking, read_kit(sent))


@router.get("/{number}")
def show_one(request: Request, db: Db, now: Now, asking: Reader, number: str) -> Response:
    today = legal_day(now)
    context = {
        "seen": kit_seen(db, number, today, lots_seen_by(db, asking, today)),
        "may_order": _may_order(asking),
        "may_edit": asking.may(Scope.CATALOG_WRITE),
    }
    return render(request, "catalog/kit.html", context)


@router.get("/{number}/bearbeiten")
def edit(request: Request, db: Db, _asking: Keeper, number: str) -> Response:
    return _form(request, db, form_of(kit_of(db, number)))


@router.post("/{number}")
def change(request: Request, db: Db, now: Now, asking: Keeper, number: str, sent: Sent) -> Response:
    kit_of(db, number)
    return _save(request, db, now, asking, read_kit(sent, number))


@router.post("/{number}/sichtbarkeit")
def set_shown(
    request: Request, db: Db, now: Now, asking: Keeper, number: str, sent: Sent
) -> Response:
    show_kit(db, number, asking.person_id, now, active=sent.get("sichtbar") == "1")
    return redirect(request, f"/pakete/{number}")


def _save(request: Request, db: Session, now: Now, asking: Asking, form: KitForm) -> Response:
    if form.errors:
        return _form(request, db, form, status=422)
    try:
        kit = save_kit(db, form.wanted(), asking.person_id, now)
    except Malformed as fault:
        form.say(fault.errors)
        return _form(request, db, form, status=422)
    return redirect(request, f"/pakete/{kit.number}", "Das Paket ist gespeichert.")


def _form(request: Request, db: Session, form: KitForm, status: int = 200) -> Response:
    context = {
        "form": form,
        "errors": form.errors,
        "names": article_names(db, [sku for sku, _ in form.rows]),
    }
    return render(request, "catalog/kit_form.html", context, status=status)


def _may_order(asking: Asking) -> bool:
    return asking.member is not None and asking.may(Scope.CALL_OFFS_WRITE)
