"""Pages of the report: the month, its files, and what a member enters for it."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from app.documents.savings.savings_report import SavingsReport
from app.kernel.errors import Malformed, NotAllowed
from app.kernel.legal_day import legal_day
from app.members.current import Asking, needs
from app.members.queries import member_of
from app.members.records import Member
from app.members.rules import Role, Scope
from app.savings import forms
from app.savings.choose_report import choose_report, members_to_choose, months_to_choose
from app.savings.compile_report import compile_report
from app.savings.entering import queries as entered
from app.savings.entering.enter_hourly_rate import enter_hourly_rate
from app.savings.entering.enter_overhead import enter_overhead
from app.savings.entering.record_market_price import record_market_price
from app.savings.figures.material import tenant_of
from app.savings.files.report_files import MEDIA_TYPES, FileKind, file_content, file_name
from app.savings.report_page import page_of
from app.web.dependencies import Db, Now
from app.web.pages import download, redirect, render
from app.web.rendering import render_alone

INPUTS = "/auswertung/angaben"
MARKET_PRICES = "/auswertung/marktpreise"
NOT_ADMIN = "Stundensatz und Pflegeaufwand trägt die Verwaltung Ihres Mitglieds ein."
NO_MEMBER = "Marktpreise erfasst, wer für ein Mitglied abruft."

router = APIRouter(prefix="/auswertung", include_in_schema=False)
Reader = Annotated[Asking, Depends(needs(Scope.REPORTS_READ))]
Orderer = Annotated[Asking, Depends(needs(Scope.CALL_OFFS_WRITE))]
Sent = Annotated[str, Field(max_length=400)]


class RateForm(BaseModel):
    """The hourly rate as typed."""

    rate: Sent = ""
    source: Sent = ""


class OverheadForm(BaseModel):
    """The overhead of one month as typed."""

    month: Sent = ""
    minutes: Sent = ""
    note: Sent = ""


class MarketPriceForm(BaseModel):
    """A price seen elsewhere as typed."""

    sku: Sent = ""
    price: Sent = ""
    source: Sent = ""
    seen_on: Sent = ""
    same_specification: bool = False
    is_list_price: bool = False


def wanted_report(
    db: Db, now: Now, asking: Reader, monat: str = "", mitglied: str = ""
) -> SavingsReport:
    """Compiled in a request thread: a few reads; what is slow comes after it."""
    chosen = choose_report(db, asking.tenant, mitglied, monat, now)
    return compile_report(db, chosen.member, chosen.month, now)


Wanted = Annotated[SavingsReport, Depends(wanted_report)]


@router.get("")
def report(request: Request, db: Db, now: Now, asking: Reader, wanted: Wanted) -> Response:
    months = months_to_choose(db, asking.tenant, wanted.month, now)
    context = page_of(wanted) | {
        "month_options": [(month.text, month.german) for month in months],
        "member_options": members_to_choose(db, asking.tenant),
        "may_enter": asking.has(Role.MEMBER_ADMIN),
        "may_record": asking.member is not None and asking.may(Scope.CALL_OFFS_WRITE),
    }
    return render(request, "savings/report.html", context)


@router.get("/bericht.{kind}")
async def report_download(request: Request, kind: FileKind, wanted: Wanted) -> Response:
    content = await render_alone(request, lambda: file_content(wanted, kind))
    return download(content, MEDIA_TYPES[kind], file_name(wanted, kind))


@router.get("/angaben")
def inputs(request: Request, db: Db, asking: Reader) -> Response:
    return _inputs_page(request, db, _administered(db, asking), {})


@router.post("/angaben/stundensatz")
def hourly_rate(
    request: Request, db: Db, now: Now, asking: Reader, sent: Annotated[RateForm, Form()]
) -> Response:
    member = _administered(db, asking)
    try:
        understood = forms.rate_sent(sent.rate, sent.source)
    except Malformed as wrong:
        return _inputs_page(request, db, member, sent.model_dump(), wrong)
    enter_hourly_rate(db, member, understood, asking.actor, now)
    return redirect(request, INPUTS, "Der Stundensatz ist gespeichert.")


@router.post("/angaben/aufwand")
def overhead(
    request: Request, db: Db, now: Now, asking: Reader, sent: Annotated[OverheadForm, Form()]
) -> Response:
    member = _administered(db, asking)
    try:
        understood = forms.overhead_sent(sent.month, sent.minutes, sent.note)
    except Malformed as wrong:
        return _inputs_page(request, db, member, sent.model_dump(), wrong)
    enter_overhead(db, member, understood, asking.actor, now)
    return redirect(request, INPUTS, "Die Angaben sind gespeichert.")


@router.get("/marktpreise")
def market_prices(
    request: Request, db: Db, now: Now, asking: Orderer, artikel: str = ""
) -> Response:
    _own_member(asking)
    filled = {"sku": artikel[:64], "seen_on": legal_day(now).isoformat()}
    return _market_page(request, db, asking, filled)


@router.post("/marktpreise")
def market_price(
    request: Request, db: Db, now: Now, asking: Orderer, sent: Annotated[MarketPriceForm, Form()]
) -> Response:
    member_id = _own_member(asking)
    try:
        understood = forms.market_price_sent(
            {"sku": sent.sku, "price": sent.price, "source": sent.source, "seen_on": sent.seen_on},
            same_specification=sent.same_specification,
            is_list_price=sent.is_list_price,
        )
        record_market_price(db, member_id, understood, asking.person_id, now)
    except Malformed as wrong:
        return _market_page(request, db, asking, sent.model_dump(), wrong)
    return redirect(
        request, MARKET_PRICES, "Der Marktpreis ist gemeldet. Er steht in der Auswertung."
    )


def _administered(db: Session, asking: Asking) -> Member:
    if asking.member is None or not asking.has(Role.MEMBER_ADMIN):
        raise NotAllowed(NOT_ADMIN, "role_not_allowed")
    return member_of(db, asking.tenant, asking.member.id)


def _own_member(asking: Asking) -> int:
    if asking.member is None:
        raise NotAllowed(NO_MEMBER, "role_not_allowed")
    return asking.member.id


def _inputs_page(
    request: Request,
    db: Session,
    member: Member,
    sent: Mapping[str, object],
    wrong: Malformed | None = None,
) -> Response:
    context = {
        "member": member,
        "overheads": entered.overheads(db, tenant_of(member)),
        "sent": sent,
        "errors": wrong.by_field if wrong else {},
    }
    return render(request, "savings/inputs.html", context, 422 if wrong else 200)


def _market_page(
    request: Request,
    db: Session,
    asking: Asking,
    sent: Mapping[str, object],
    wrong: Malformed | None = None,
) -> Response:
    context = {
        "prices": entered.market_prices(db, asking.tenant),
        "sent": sent,
        "errors": wrong.by_field if wrong else {},
    }
    return render(request, "savings/market_prices.html", context, 422 if wrong else 200)
