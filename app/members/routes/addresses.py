"""The address book of a member."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from app.database.tenant import Tenant
from app.kernel.errors import FieldError, Malformed, NotAllowed
from app.members.current import Asking, needs
from app.members.forms import AddressForm, sentences
from app.members.queries import address, addresses
from app.members.rules import Scope
from app.members.save_address import archive_address, make_default, save_address
from app.web.dependencies import Db, Now
from app.web.pages import redirect, render

router = APIRouter()
Keeper = Annotated[Asking, Depends(needs(Scope.ADDRESSES_WRITE))]
Entry = Annotated[AddressForm, Form()]
HERE = "/verwaltung/adressen"


@router.get(HERE)
def book(request: Request, db: Db, asking: Keeper) -> Response:
    return _page(request, db, _member(asking), AddressForm(), ())


@router.post(HERE)
def add(request: Request, db: Db, asking: Keeper, form: Entry) -> Response:
    member_id = _member(asking)
    try:
        save_address(db, member_id, form.wish())
    except Malformed as fault:
        return _page(request, db, member_id, form, fault.errors)
    return redirect(request, HERE, "Die Lieferadresse ist angelegt.")


@router.get("/verwaltung/adressen/{address_id}")
def edit(request: Request, db: Db, asking: Keeper, address_id: int) -> Response:
    entry = address(db, Tenant(_member(asking)), address_id)
    form = AddressForm(
        label=entry.label,
        street=entry.street,
        postal_code=entry.postal_code,
        city=entry.city,
        recipient=entry.recipient,
        room=entry.room,
        is_default="1" if entry.is_default else "",
    )
    content = {"form": form, "errors": {}, "address_id": address_id}
    return render(request, "members/address.html", content)


@router.post("/verwaltung/adressen/{address_id}")
def change(request: Request, db: Db, asking: Keeper, address_id: int, form: Entry) -> Response:
    try:
        save_address(db, _member(asking), form.wish(), address_id)
    except Malformed as fault:
        content = {"form": form, "errors": sentences(fault.errors), "address_id": address_id}
        return render(request, "members/address.html", content, status=422)
    return redirect(request, HERE, "Die Lieferadresse ist geändert.")


@router.post("/verwaltung/adressen/{address_id}/standard")
def default(request: Request, db: Db, asking: Keeper, address_id: int) -> Response:
    make_default(db, _member(asking), address_id)
    return redirect(request, HERE, "Diese Adresse ist jetzt vorausgewählt.")


@router.post("/verwaltung/adressen/{address_id}/entfernen")
def remove(request: Request, db: Db, now: Now, asking: Keeper, address_id: int) -> Response:
    archive_address(db, _member(asking), address_id, now)
    return redirect(request, HERE, "Die Lieferadresse ist entfernt.")


def _member(asking: Asking) -> int:
    if asking.member is None:
        raise NotAllowed("Ein Adressbuch gibt es nur für Personen eines Mitglieds.", "no_member")
    return asking.member.id


def _page(
    request: Request, db: Session, member_id: int, form: AddressForm, errors: Sequence[FieldError]
) -> Response:
    content = {
        "addresses": addresses(db, Tenant(member_id)),
        "form": form,
        "errors": sentences(errors),
    }
    return render(request, "members/addresses.html", content, status=422 if errors else 200)
