"""The product accounts of a member."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from app.database.tenant import Tenant
from app.kernel.errors import FieldError, Malformed, NotAllowed
from app.kernel.german import clean, typed_day
from app.members.current import Asking, needs
from app.members.forms import AccountForm, sentences
from app.members.queries import every_product_account, member_of, product_account
from app.members.rules import Scope
from app.members.save_account import (
    add_account,
    archive_account,
    rename_account,
    restore_account,
)
from app.members.set_order_stop import set_order_stop
from app.web.dependencies import Db, Now
from app.web.pages import redirect, render

router = APIRouter()
Keeper = Annotated[Asking, Depends(needs(Scope.ADDRESSES_WRITE))]
Entry = Annotated[AccountForm, Form()]
HERE = "/verwaltung/konten"


@router.get(HERE)
def accounts(request: Request, db: Db, asking: Keeper) -> Response:
    return _page(request, db, _member(asking), AccountForm(), ())


@router.post(HERE)
def add(request: Request, db: Db, now: Now, asking: Keeper, form: Entry) -> Response:
    member_id = _member(asking)
    try:
        add_account(db, member_id, form.wish(), asking.actor, now)
    except Malformed as fault:
        return _page(request, db, member_id, form, fault.errors)
    return redirect(request, HERE, "Das Produktkonto ist angelegt.")


@router.get("/verwaltung/konten/{account_id}")
def edit(request: Request, db: Db, asking: Keeper, account_id: int) -> Response:
    found = product_account(db, Tenant(_member(asking)), account_id)
    content = {"account": found, "name": found.name, "errors": {}}
    return render(request, "members/product_account.html", content)


@router.post("/verwaltung/konten/{account_id}")
def rename(
    request: Request, db: Db, now: Now, asking: Keeper, account_id: int, form: Entry
) -> Response:
    tenant = Tenant(_member(asking))
    found = product_account(db, tenant, account_id)
    try:
        rename_account(db, tenant, account_id, clean(form.name), (asking.actor, now))
    except Malformed as fault:
        content = {"account": found, "name": form.name, "errors": sentences(fault.errors)}
        return render(request, "members/product_account.html", content, status=422)
    return redirect(request, HERE, "Das Produktkonto ist geändert.")


@router.post("/verwaltung/konten/{account_id}/archivieren")
def archive(request: Request, db: Db, now: Now, asking: Keeper, account_id: int) -> Response:
    archive_account(db, Tenant(_member(asking)), account_id, (asking.actor, now))
    return redirect(request, HERE, "Das Produktkonto ist archiviert. Sie können es wieder öffnen.")


@router.post("/verwaltung/konten/{account_id}/wiederherstellen")
def restore(request: Request, db: Db, now: Now, asking: Keeper, account_id: int) -> Response:
    restore_account(db, Tenant(_member(asking)), account_id, (asking.actor, now))
    return redirect(request, HERE, "Das Produktkonto ist wieder offen.")


@router.post("/verwaltung/kassenschluss")
def stop_orders(
    request: Request,
    db: Db,
    now: Now,
    asking: Keeper,
    day: Annotated[str, Form(max_length=40)] = "",
) -> Response:
    """Nothing typed: orders are never warned of."""
    member_id, text = _member(asking), clean(day)
    try:
        stop = typed_day(text) if text else None
    except ValueError:
        fault = FieldError("day", "date", "Bitte geben Sie ein Datum an oder nichts.")
        return _page(request, db, member_id, AccountForm(), (fault,), typed_day=text)
    set_order_stop(db, member_id, stop, asking.actor, now)
    return redirect(request, HERE, "Der Kassenschluss ist gespeichert.")


def _member(asking: Asking) -> int:
    if asking.member is None:
        raise NotAllowed("Produktkonten gibt es nur für Personen eines Mitglieds.", "no_member")
    return asking.member.id


def _page(
    request: Request,
    db: Session,
    member_id: int,
    form: AccountForm,
    errors: Sequence[FieldError],
    *,
    typed_day: str = "",
) -> Response:
    tenant = Tenant(member_id)
    member = member_of(db, tenant, member_id)
    stop = member.order_stop_date
    content = {
        "accounts": every_product_account(db, tenant),
        "pattern": member.account_pattern,
        "day": typed_day or (stop.isoformat() if stop else ""),
        "form": form,
        "errors": sentences(errors),
    }
    return render(request, "members/product_accounts.html", content, status=422 if errors else 200)
