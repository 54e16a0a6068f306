"""The register of members on any day; statutes and fees with their validity."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from app.documents.delimited import csv_bytes
from app.kernel.errors import FieldError, Malformed, NotAllowed
from app.kernel.german import clean
from app.kernel.legal_day import legal_day
from app.kernel.money import Money
from app.kernel.month import NAMES
from app.members.current import WRONG_ROLE, Asking, asking_page, needs
from app.members.forms import day, money, sentences, whole
from app.members.membership.keep_terms import TermsWish, keep_fee, keep_terms
from app.members.membership.register import Register, every_terms, fees, register_on
from app.members.rules import Scope
from app.web.dependencies import Db, Now
from app.web.pages import download, redirect, render

router = APIRouter()
KEPT = [Depends(needs(Scope.MEMBERS_WRITE))]
Keeper = Annotated[Asking, Depends(needs(Scope.MEMBERS_WRITE))]
Typed = Annotated[str, Query(max_length=20)]
Text = Annotated[str, Query(max_length=100)]
At = Annotated[int, Query(ge=1, le=100_000)]
PAGE = 25
HERE = "/mitgliederverzeichnis"
TERMS = "/verwaltung/beitragsordnung"


class TermsForm(BaseModel):
    terms_from: str = Field(default="", max_length=20)
    cooperative: str = Field(default="", max_length=120)
    first_month: str = Field(default="1", max_length=2)
    notice_months: str = Field(default="6", max_length=3)
    share: str = Field(default="", max_length=20)
    terms_source: str = Field(default="", max_length=200)

    def wish(self) -> TermsWish:
        return TermsWish(
            valid_from=required_day("terms_from", self.terms_from),
            cooperative=clean(self.cooperative),
            first_month=whole("first_month", self.first_month) or 0,
            notice_months=whole("notice_months", self.notice_months) or 0,
            share=required_money("share", self.share),
            source=clean(self.terms_source),
        )


class FeeForm(BaseModel):
    fee_from: str = Field(default="", max_length=20)
    monthly: str = Field(default="", max_length=20)
    fee_source: str = Field(default="", max_length=200)


def asked_days(stichtag: Typed = "", bekannt: Typed = "") -> tuple[str, str]:
    """Of which day, and as known on which, as typed."""
    return stichtag, bekannt


Dates = Annotated[tuple[str, str], Depends(asked_days)]


def required_day(field: str, text: str) -> date:
    found = day(field, text)
    if found is None:
        raise Malformed(FieldError(field, "missing", "Bitte geben Sie den Tag an."))
    return found


def required_money(field: str, text: str) -> Money:
    found = money(field, text)
    if found is None:
        raise Malformed(FieldError(field, "missing", "Bitte geben Sie den Betrag an."))
    return found


def register_reader(asking: Annotated[Asking, Depends(asking_page)]) -> Asking:
    """The cooperative's own people: what one member is to it does not concern the others."""
    if asking.member is not None or not (
        asking.may(Scope.EVIDENCE_READ) or asking.may(Scope.MEMBERS_WRITE)
    ):
        raise NotAllowed(WRONG_ROLE, "role_not_allowed")
    return asking


READERS = [Depends(register_reader)]


@router.get(HERE, dependencies=READERS)
def show_register(
    request: Request, db: Db, now: Now, dates: Dates, q: Text = "", art: Text = "", page: At = 1
) -> Response:
    """A page of what was found; the figures above it and the CSV are always of all."""
    stichtag, bekannt = dates
    errors: dict[str, str] = {}
    try:
        register = _register(db, now, stichtag, bekannt)
    except Malformed as fault:
        errors = sentences(fault.errors)
        register = register_on(db, legal_day(now))
    found = register.found(clean(q), art)
    context = {
        "register": register,
        "rows": found[(page - 1) * PAGE : page * PAGE],
        "total": len(found),
        "page": page,
        "size": PAGE,
        "q": q,
        "art": art,
        "stichtag": stichtag or register.day.isoformat(),
        "bekannt": bekannt,
        "errors": errors,
    }
    return render(request, "members/register.html", context, status=422 if errors else 200)


@router.get(f"{HERE}.csv", dependencies=READERS)
def save_register(db: Db, now: Now, stichtag: Typed = "", bekannt: Typed = "") -> Response:
    found = _register(db, now, stichtag, bekannt)
    head = ("Schlüssel", "Name", "Art", "Ort", "Mitglied seit", "Letzter Tag", "Stimmen")
    rows = [
        (
            row.key,
            row.name,
            row.kind,
            row.city,
            row.since.isoformat(),
            row.until.isoformat() if row.until else "",
            row.votes,
        )
        for row in found.rows
    ]
    name = f"Mitgliederverzeichnis-{found.day.isoformat()}.csv"
    return download(csv_bytes(head, rows), "text/csv; charset=utf-8", name)


@router.get(TERMS, dependencies=KEPT)
def show_terms(request: Request, db: Db) -> Response:
    return _terms(request, db, TermsForm(), FeeForm(), ())


@router.post(f"{TERMS}/satzung")
def add_terms(
    request: Request, db: Db, now: Now, keeper: Keeper, form: Annotated[TermsForm, Form()]
) -> Response:
    try:
        keep_terms(db, form.wish(), keeper.actor, now)
    except Malformed as fault:
        return _terms(request, db, form, FeeForm(), fault.errors)
    return redirect(request, TERMS, "Die Beitragsordnung ist eingetragen.")


@router.post(f"{TERMS}/beitrag")
def add_fee(
    request: Request, db: Db, now: Now, keeper: Keeper, form: Annotated[FeeForm, Form()]
) -> Response:
    try:
        fee = (required_money("monthly", form.monthly), clean(form.fee_source))
        keep_fee(db, required_day("fee_from", form.fee_from), fee, keeper.actor, now)
    except Malformed as fault:
        return _terms(request, db, TermsForm(), form, fault.errors)
    return redirect(request, TERMS, "Der Beitrag ist eingetragen.")


def _register(db: Session, now: datetime, day_typed: str, known_typed: str) -> Register:
    on = day("stichtag", day_typed) or legal_day(now)
    return register_on(db, on, day("bekannt", known_typed))


def _terms(
    request: Request,
    db: Session,
    terms: TermsForm,
    fee: FeeForm,
    errors: Sequence[FieldError],
) -> Response:
    content = {
        "terms": every_terms(db),
        "fees": fees(db),
        "terms_form": terms,
        "fee_form": fee,
        "months": [(str(at), name) for at, name in enumerate(NAMES, 1)],
        "errors": sentences(errors),
    }
    return render(request, "members/terms.html", content, status=422 if errors else 200)
