"""The members of the cooperative: settings, memberships, units, import."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, File, Form, Query, Request, UploadFile
from fastapi.responses import Response
from sqlalchemy.orm import Session

from app.database.tenant import Tenant
from app.kernel.errors import FieldError, Malformed
from app.kernel.german import clean
from app.kernel.legal_day import legal_day
from app.kernel.money import Money
from app.members.add_unit import add_unit
from app.members.current import Asking, needs
from app.members.edit_member import edit_member
from app.members.forms import MemberForm, PeriodForm, UnitForm, sentences
from app.members.importing.import_members import LARGEST_FILE, MembersImported, import_members
from app.members.membership.queries import active_members, member_rows
from app.members.membership.record_period import record_period
from app.members.queries import member_by_key, memberships, units
from app.members.records import Member
from app.members.rules import BODY_KIND_LABELS, Scope
from app.web.dependencies import Db, Now
from app.web.pages import redirect, render

router = APIRouter()
KEPT = [Depends(needs(Scope.MEMBERS_WRITE))]
Keeper = Annotated[Asking, Depends(needs(Scope.MEMBERS_WRITE))]
PAGE = 25
HERE = "/verwaltung/mitglieder"


@router.get(HERE, dependencies=KEPT)
def members(
    request: Request,
    db: Db,
    now: Now,
    q: Annotated[str, Query(max_length=100)] = "",
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> Response:
    return _list(request, db, now, q.strip(), page)


@router.post("/verwaltung/mitglieder/einlesen")
def upload(
    request: Request, db: Db, now: Now, asking: Keeper, file: Annotated[UploadFile, File()]
) -> Response:
    content = file.file.read(LARGEST_FILE + 1)
    result = import_members(db, content, asking.actor, now)
    status = 200 if isinstance(result, MembersImported) else 422
    return render(request, "members/imported.html", {"result": result}, status=status)


@router.get("/verwaltung/mitglieder/{key}", dependencies=KEPT)
def member(request: Request, db: Db, now: Now, key: str) -> Response:
    found = member_by_key(db, key)
    return _page(request, db, now, found, _form(found))


@router.post("/verwaltung/mitglieder/{key}")
def change(
    request: Request,
    db: Db,
    now: Now,
    asking: Keeper,
    key: str,
    form: Annotated[MemberForm, Form()],
) -> Response:
    found = member_by_key(db, key)
    try:
        edit_member(db, key, form.settings(), asking.actor, now)
    except Malformed as fault:
        return _page(request, db, now, found, form, fault.errors)
    return redirect(request, f"{HERE}/{key}", "Die Angaben sind gespeichert.")


@router.post("/verwaltung/mitglieder/{key}/mitgliedschaft")
def period(
    request: Request,
    db: Db,
    now: Now,
    asking: Keeper,
    key: str,
    form: Annotated[PeriodForm, Form()],
) -> Response:
    found = member_by_key(db, key)
    try:
        record_period(db, key, form.period(), asking.actor, now)
    except Malformed as fault:
        return _page(request, db, now, found, _form(found), fault.errors)
    return redirect(request, f"{HERE}/{key}", "Die Mitgliedschaft ist eingetragen.")


@router.post("/verwaltung/mitglieder/{key}/einheiten")
def unit(
    request: Request,
    db: Db,
    now: Now,
    asking: Keeper,
    key: str,
    form: Annotated[UnitForm, Form()],
) -> Response:
    found = member_by_key(db, key)
    try:
        add_unit(db, key, clean(form.unit_name), form.kind(), asking.actor, now)
    except Malformed as fault:
        return _page(request, db, now, found, _form(found), fault.errors)
    return redirect(request, f"{HERE}/{key}", "Die Einrichtung ist angelegt.")


def _list(request: Request, db: Session, now: datetime, search: str, page: int) -> Response:
    today = legal_day(now)
    total, rows = member_rows(db, search, PAGE, (page - 1) * PAGE)
    content = {
        "rows": rows,
        "total": total,
        "page": page,
        "size": PAGE,
        "search": search,
        "today": today,
        "active": active_members(db, today),
        "kinds": BODY_KIND_LABELS,
    }
    return render(request, "members/members.html", content)


def _form(member: Member) -> MemberForm:
    """The form as the database would fill it in."""
    return MemberForm(
        name=member.name,
        street=member.street,
        postal_code=member.postal_code,
        city=member.city,
        contracting_authority_basis=member.contracting_authority_basis or "",
        leitweg_id=member.leitweg_id or "",
        invoice_mail=member.invoice_mail or "",
        account_pattern=member.account_pattern or "",
        approval_limit_is_net="1" if member.approval_limit_is_net else "",
        time_measurement_enabled="1" if member.time_measurement_enabled else "",
        time_measurement_evidence=member.time_measurement_evidence or "",
        baseline_minutes=str(member.baseline_minutes),
        baseline_source=member.baseline_source,
        procurements_per_year=_text(member.procurements_per_year),
        target_hours_per_year=_text(member.target_hours_per_year),
        hourly_rate=_typed(member.hourly_rate),
        hourly_rate_source=member.hourly_rate_source or "",
        council_paper_number=member.council_paper_number or "",
    )


def _typed(amount: Money | None) -> str:
    return "" if amount is None else amount.text.replace(".", ",")


def _text(number: int | None) -> str:
    return "" if number is None else str(number)


def _page(
    request: Request,
    db: Session,
    now: datetime,
    member: Member,
    form: MemberForm,
    errors: Sequence[FieldError] = (),
) -> Response:
    content = {
        "member": member,
        "form": form,
        "errors": sentences(errors),
        "periods": memberships(db, member.id),
        "units": units(db, Tenant(member.id)),
        "kinds": BODY_KIND_LABELS,
        "today": legal_day(now),
    }
    return render(request, "members/member.html", content, status=422 if errors else 200)
