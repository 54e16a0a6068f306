"""Forms for an outage: print them, enter them later; the desk's list of what was entered."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from app.archive.store import content
from app.database.tenant import Tenant
from app.kernel.errors import DomainError, FieldError, Malformed, NotFound
from app.kernel.german import whole_number
from app.members import queries as members
from app.members.current import Asking, needs
from app.members.rules import Scope
from app.ordering.asking import actor, buyer
from app.ordering.basket.contents import Owner
from app.ordering.outage import queries
from app.ordering.outage.enter_form import enter_form
from app.ordering.outage.issue_forms import issue_forms
from app.ordering.outage.outage_form import FIELDS, NO_ADDRESS, OutageForm, read_outage_form
from app.ordering.outage.rules_forms import MANY, form_number
from app.ordering.submission import Submitted
from app.ordering.wanted import DeliverTo, Wanted
from app.web.commit_route import CommitRoute
from app.web.dependencies import Db, Now, Sent
from app.web.pages import download, redirect, render

router = APIRouter(include_in_schema=False, route_class=CommitRoute)
Buyer = Annotated[Asking, Depends(needs(Scope.CALL_OFFS_WRITE))]
Desk = Annotated[Asking, Depends(needs(Scope.DELIVERIES_WRITE))]
PAGE = "ordering/outage/outage.html"
ROWS = 10  # as on the paper
PDF = "application/pdf"


@router.get("/ausfall")
def show(request: Request, db: Db, asking: Buyer) -> Response:
    return _page(request, db, buyer(asking))


@router.post("/ausfall/formulare")
def print_forms(request: Request, db: Db, now: Now, asking: Buyer, sent: Sent) -> Response:
    owner, many = buyer(asking), sent.get("anzahl", "").strip()
    try:
        fits = many.isascii() and many.isdecimal() and len(many) < len(MANY)
        issue_forms(db, actor(asking), owner.member_id, int(many) if fits else 0, now)
    except Malformed as fault:
        errors = fault.by_field
        return _page(request, db, owner, errors=errors, many=many, status=422)
    return redirect(request, "/ausfall", "Die Formulare sind nummeriert und bereit zum Drucken.")


@router.get("/ausfall/formulare/{block_id}.pdf")
def forms(db: Db, asking: Buyer, block_id: int) -> Response:
    owner = buyer(asking)
    tenant = Tenant(owner.member_id)
    block = queries.block(db, tenant, block_id)
    key = members.member_of(db, tenant, owner.member_id).key
    return download(
        content(db, block.pdf_sha256).content,
        PDF,
        f"Ausfallformulare-{form_number(key, block.first)}-bis-{form_number(key, block.last)}.pdf",
    )


@router.post("/ausfall/erfassen")
def enter(request: Request, db: Db, now: Now, asking: Buyer, sent: Sent) -> Response:
    """A refusal stays on record and shows its reason; whatever is wrong, nothing typed is lost."""
    owner, form = buyer(asking), read_outage_form(sent)
    paper = form.paper
    if paper is None:
        return _page(request, db, owner, form, status=422)
    try:
        wanted = _wanted(db, owner, form)
        with db.begin_nested():
            done = enter_form(db, actor(asking), owner.member_id, wanted, paper, now)
    except DomainError as fault:
        form.take(fault)
        return _page(request, db, owner, form, status=422)
    if isinstance(done, Submitted):
        return redirect(request, f"/abrufe/{done.number}")
    form.errors["zeilen"] = done.text
    return _page(request, db, owner, form, status=409)


@router.get("/abwicklung/nacherfasst")
def entered(request: Request, db: Db, asking: Desk) -> Response:
    context = {"rows": queries.entered(db, asking.tenant)}
    return render(request, "ordering/outage/entered.html", context)


def _wanted(db: Session, owner: Owner, form: OutageForm) -> Wanted:
    address_id = whole_number(form.values["adresse"]) or 0
    try:
        place = members.address(db, Tenant(owner.member_id), address_id)
    except NotFound:
        raise Malformed(FieldError("adresse", "unknown", NO_ADDRESS)) from None
    return Wanted(
        quantities=form.quantities,
        purpose=form.values["zweck"],
        product_account=form.values["konto"],
        cost_centre=form.values["kostenstelle"],
        unit_id=owner.tenant.home_unit,
        requested_date=form.requested_date,
        offline_minutes=form.offline_minutes,
        deliver_to=DeliverTo(
            place.recipient or place.label,
            place.street,
            place.postal_code,
            place.city,
            place.room,
        ),
    )


def _page(
    request: Request,
    db: Session,
    owner: Owner,
    form: OutageForm | None = None,
    *,
    errors: dict[str, str] | None = None,
    many: str = "10",
    status: int = 200,
) -> Response:
    tenant = Tenant(owner.member_id)
    addresses = members.addresses(db, tenant)  # the usual one first, as at the checkout
    usual = {"adresse": str(addresses[0].id)} if addresses else {}
    typed = form or OutageForm(dict.fromkeys(FIELDS, "") | usual, [], {})
    key = members.member_of(db, tenant, owner.member_id).key
    context = {
        "values": typed.values,
        "rows": [*typed.rows, *([("", "")] * max(0, ROWS - len(typed.rows)))],
        "errors": typed.errors or errors or {},
        "many": many,
        "blocks": [
            (one, form_number(key, one.first), form_number(key, one.last))
            for one in queries.blocks(db, tenant)
        ],
        "entered": queries.entered(db, owner.tenant),
        "addresses": [(one.id, one.label) for one in addresses],
        "accounts": members.product_accounts(db, tenant),
    }
    return render(request, PAGE, context, status=status)
