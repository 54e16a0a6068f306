"""People and their roles: a member's administrator sees its own people, others all."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from app.accounts.invite_person import invite_person
from app.database.tenant import EVERY_MEMBER, Tenant
from app.kernel.errors import FieldError, Malformed
from app.kernel.legal_day import legal_day
from app.members.current import Asking, needs
from app.members.deciders import approvers
from app.members.forms import DeputyForm, PersonForm, RolesForm, sentences
from app.members.membership.queries import member_choices
from app.members.people.assign_roles import Administrator, assign_roles
from app.members.people.create_user import NewUser, create_user
from app.members.people.name_deputy import name_deputy, remove_deputy
from app.members.people.queries import (
    assignments,
    deputies,
    person_of,
    person_rows,
    possible_deputies,
)
from app.members.people.set_active import set_active
from app.members.queries import member_by_key, member_of, units
from app.members.rules import COOPERATIVE_ROLES, MEMBER_ROLES, ROLE_LABELS, Role, Scope
from app.web.dependencies import Db, Now
from app.web.pages import redirect, render

router = APIRouter()
Keeper = Annotated[Asking, Depends(needs(Scope.USERS_WRITE))]
Roles = Annotated[RolesForm, Form()]
PAGE = 25
HERE = "/verwaltung/personen"


@router.get(HERE)
def people(
    request: Request,
    db: Db,
    now: Now,
    asking: Keeper,
    q: Annotated[str, Query(max_length=100)] = "",
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> Response:
    total, rows = person_rows(db, asking.tenant, q.strip(), PAGE, (page - 1) * PAGE)
    content = {"rows": rows, "total": total, "page": page, "size": PAGE, "search": q.strip()}
    content["nobody_approves"] = (
        _nobody_approves(db, asking, asking.member.id, now) if asking.member else False
    )
    return render(request, "members/people.html", content | {"role_labels": ROLE_LABELS})


@router.get("/verwaltung/personen/neu")
def new_person(request: Request, db: Db, asking: Keeper) -> Response:
    return _new(request, db, asking, PersonForm(), ())


@router.post(HERE)
def add_person(
    request: Request, db: Db, now: Now, asking: Keeper, form: Annotated[PersonForm, Form()]
) -> Response:
    """The new person is invited by mail and sets its own password."""
    try:
        grants = form.grants(_member_id(db, asking, form))
        added = create_user(
            db, asking.tenant, NewUser(form.mail, form.label), grants, asking.actor, now
        )
    except Malformed as fault:
        return _new(request, db, asking, form, fault.errors)
    invite_person(db, added, _whose(db, grants.member_id), request.app.state.base_url, now)
    return redirect(
        request, f"{HERE}/{added.id}", "Das Konto ist angelegt. Die Einladung geht per E-Mail."
    )


@router.post("/verwaltung/personen/{person_id}/einladen")
def invite_again(request: Request, db: Db, now: Now, asking: Keeper, person_id: int) -> Response:
    """Earlier links end; who has a password already asks for a new one by itself."""
    found = person_of(db, asking.tenant, person_id)
    held = assignments(db, asking.tenant, person_id)
    member_id = next((one.member_id for one in held if one.member_id is not None), None)
    invite_person(db, found, _whose(db, member_id), request.app.state.base_url, now)
    return redirect(request, f"{HERE}/{person_id}?eingeladen=1")


@router.get("/verwaltung/personen/{person_id}")
def person(
    request: Request,
    db: Db,
    now: Now,
    asking: Keeper,
    person_id: int,
    eingeladen: Annotated[bool, Query()] = False,
) -> Response:
    return _person(request, db, asking, now, (person_id, ()), invited=eingeladen)


@router.post("/verwaltung/personen/{person_id}/rollen")
def change_roles(
    request: Request, db: Db, now: Now, asking: Keeper, person_id: int, form: Roles
) -> Response:
    person_of(db, asking.tenant, person_id)
    try:
        grants = form.grants(_member_id(db, asking, form))
        assign_roles(db, _administrator(asking), person_id, grants, now)
    except Malformed as fault:
        return _person(request, db, asking, now, (person_id, fault.errors))
    return redirect(request, f"{HERE}/{person_id}", "Die Rollen sind gespeichert.")


@router.post("/verwaltung/personen/{person_id}/sperren")
def lock_out(request: Request, db: Db, now: Now, asking: Keeper, person_id: int) -> Response:
    set_active(db, _administrator(asking), person_id, now, active=False)
    return redirect(request, f"{HERE}/{person_id}", "Das Konto ist gesperrt.")


@router.post("/verwaltung/personen/{person_id}/freischalten")
def let_in(request: Request, db: Db, now: Now, asking: Keeper, person_id: int) -> Response:
    set_active(db, _administrator(asking), person_id, now, active=True)
    return redirect(request, f"{HERE}/{person_id}", "Das Konto ist entsperrt.")


@router.post("/verwaltung/personen/{person_id}/vertretung")
def add_deputy(
    request: Request,
    db: Db,
    now: Now,
    asking: Keeper,
    person_id: int,
    form: Annotated[DeputyForm, Form()],
) -> Response:
    try:
        absence = form.absence(person_id)
        name_deputy(db, _administrator(asking), absence, now, legal_day(now))
    except Malformed as fault:
        return _person(request, db, asking, now, (person_id, fault.errors))
    return redirect(request, f"{HERE}/{person_id}", "Die Vertretung ist eingetragen.")


@router.post("/verwaltung/vertretungen/{deputy_id}/beenden")
def end_deputy(request: Request, db: Db, now: Now, asking: Keeper, deputy_id: int) -> Response:
    remove_deputy(db, _administrator(asking), deputy_id, now)
    return redirect(request, HERE, "Die Vertretung ist beendet.")


def _administrator(asking: Asking) -> Administrator:
    return Administrator(asking.person_id, asking.tenant)


def _member_id(db: Session, asking: Asking, form: RolesForm) -> int | None:
    """A member's administrator stays with its member, whatever the form says."""
    if asking.member is not None:
        return asking.member.id
    return member_by_key(db, form.member_key).id if form.member_key else None


def _whose(db: Session, member_id: int | None) -> str:
    """For whom the invited person works."""
    return (
        "die Genossenschaft" if member_id is None else member_of(db, EVERY_MEMBER, member_id).name
    )


def _choices(db: Session, asking: Asking) -> dict[str, Any]:
    own = asking.member is not None
    offered = MEMBER_ROLES if own else (*MEMBER_ROLES, *COOPERATIVE_ROLES)
    return {
        "roles": [(role.value, ROLE_LABELS[role]) for role in offered],
        "members": [] if own else member_choices(db),
        "units": [(one.id, one.name) for one in units(db, asking.tenant)] if own else [],
        "role_labels": ROLE_LABELS,
    }


def _new(
    request: Request, db: Session, asking: Asking, form: PersonForm, errors: Sequence[FieldError]
) -> Response:
    content = _choices(db, asking) | {"form": form, "errors": sentences(errors)}
    return render(request, "members/new_person.html", content, status=422 if errors else 200)


def _nobody_approves(db: Session, asking: Asking, member_id: int, now: datetime) -> bool:
    """Orders of this member would wait for nobody, unless small ones pass by the own word."""
    alone = member_of(db, asking.tenant, member_id).self_approval_limit
    return not alone and not approvers(db, member_id, legal_day(now))


def _person(
    request: Request,
    db: Session,
    asking: Asking,
    now: datetime,
    shown: tuple[int, Sequence[FieldError]],
    *,
    invited: bool = False,
) -> Response:
    person_id, errors = shown
    someone = person_of(db, asking.tenant, person_id)
    held = assignments(db, asking.tenant, person_id)
    member_id = next((one.member_id for one in held if one.member_id is not None), None)
    content = _choices(db, asking) | {"person": someone, "held": held, "errors": sentences(errors)}
    content["own"], content["invited_now"] = someone.id == asking.person_id, invited
    content["approver"] = any(one.role is Role.APPROVER for one in held)
    content["limit"] = next((one.approval_limit for one in held if one.approval_limit), None)
    content["unit_id"] = next((one.unit_id for one in held if one.unit_id), "")
    content["member"] = None
    content["colleagues"] = content["deputies"] = ()
    if member_id is not None:
        content["member"] = member_of(db, asking.tenant, member_id)
        content["nobody_approves"] = _nobody_approves(db, asking, member_id, now)
        colleagues = possible_deputies(db, member_id, person_id, legal_day(now))
        content["colleagues"] = [(one.id, one.label) for one in colleagues]
        running = deputies(db, Tenant(member_id), legal_day(now))
        content["deputies"] = [one for one in running if one.person_id == person_id]
        content["units"] = [(one.id, one.name) for one in units(db, Tenant(member_id))]
    return render(request, "members/person.html", content, status=422 if errors else 200)
