"""Pages of the register: every member, one member, the cooperative."""

from datetime import datetime
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.documents.delimited import csv_bytes
from app.eligibility.evidence.forms import year_wish
from app.eligibility.evidence.record_turnover import record_turnover
from app.eligibility.judging.rule_table import RULES
from app.eligibility.register.as_of import AsOf, as_of
from app.eligibility.register.chain_view import chain_view
from app.eligibility.register.cooperative_page import cooperative_page
from app.eligibility.register.member_page import member_page
from app.eligibility.register.rule_view import rule_view
from app.eligibility.register.standing import Standing, member_register
from app.eligibility.routes.handed import Handed, Scanning
from app.eligibility.rules import RESULT_WORDS
from app.frameworks.records import Framework
from app.kernel.errors import FieldError, Malformed
from app.kernel.german import fold
from app.kernel.legal_day import legal_day
from app.members.current import Asking, needs
from app.members.rules import Scope
from app.web.dependencies import Db, Now, Sent
from app.web.pages import download, redirect, render

router = APIRouter(include_in_schema=False)
Reader = Annotated[Asking, Depends(needs(Scope.EVIDENCE_READ))]
Writer = Annotated[Asking, Depends(needs(Scope.EVIDENCE_WRITE))]

Day = Annotated[str, Query(max_length=20)]
RuleId = Annotated[str, Query(max_length=10)]

PAGE_SIZE: Final = 25
CSV: Final = "text/csv; charset=utf-8"


@router.get("/inhouse-register")
def show_register(
    request: Request,
    db: Db,
    now: Now,
    _reader: Reader,
    stand: Annotated[str, Query(max_length=20)] = "",
    q: Annotated[str, Query(max_length=100)] = "",
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
    stichtag: Day = "",
    wissen: Day = "",
) -> Response:
    """All members, the most urgent first; filter and search work on the same rows."""
    asked, errors = asked_for(stichtag, wissen, now)
    register = member_register(db, asked.at, asked.known)
    wanted = fold(q.strip())
    rows = [
        row
        for row in register.rows
        if (stand not in set(Standing) or row.standing == stand)
        and (not wanted or wanted in fold(f"{row.member.name} {row.member.key}"))
    ]
    context = {
        "register": register,
        "rows": rows[(page - 1) * PAGE_SIZE : page * PAGE_SIZE],
        "total": len(rows),
        "size": PAGE_SIZE,
        "page": page,
        "stand": stand,
        "q": q,
        "now": asked.at,
        "asked": asked,
        "days": {"stichtag": stichtag, "wissen": wissen},
        "errors": errors,
    }
    return render(request, "eligibility/register.html", context, 422 if errors else 200)


@router.get("/inhouse-register/genossenschaft")
def show_cooperative(request: Request, db: Db, now: Now, reader: Reader) -> Response:
    return _cooperative(request, db, now, reader, {})


@router.post("/inhouse-register/genossenschaft")
def add_year(
    request: Request,
    db: Db,
    now: Now,
    writer: Writer,
    sent: Sent,
    handed: Handed,
    scan: Scanning,
) -> Response:
    """Record a closed fiscal year; the form comes back with its faults."""
    try:
        record_turnover(db, year_wish(sent, *handed), writer.person_id, now, scan)
    except Malformed as refused:
        context = {"sent": sent, "errors": list(refused.errors)}
        return _cooperative(request, db, now, writer, context, status=422)
    return redirect(
        request, "/inhouse-register/genossenschaft", "Das Geschäftsjahr ist eingetragen."
    )


def _cooperative(
    request: Request,
    db: Session,
    now: datetime,
    asking: Asking,
    context: dict[str, Any],
    status: int = 200,
) -> Response:
    known: dict[str, Any] = {
        "view": cooperative_page(db, now),
        "now": now,
        "may_add": asking.may(Scope.EVIDENCE_WRITE),
        "sent": {},
        "errors": [],
    }
    return render(request, "eligibility/cooperative.html", known | context, status)


@router.get("/inhouse-register/kette")
def show_chain(request: Request, db: Db, now: Now, _reader: Reader) -> Response:
    """The evidence of every link with its last days."""
    return render(request, "eligibility/chain.html", {"view": chain_view(db, now), "now": now})


@router.get("/inhouse-register/regeln")
def show_rule(
    request: Request,
    db: Db,
    now: Now,
    _reader: Reader,
    regel: RuleId = "K-05",
    ergebnis: Annotated[str, Query(max_length=20)] = "",
    rahmenvertrag: Annotated[str, Query(max_length=40)] = "",
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
    stichtag: Day = "",
    wissen: Day = "",
) -> Response:
    """One rule over all members: who breaks it."""
    asked, errors = asked_for(stichtag, wissen, now)
    view = rule_view(db, regel, asked.at, asked.known, rahmenvertrag)
    rows = [row for row in view.rows if not ergebnis or row.verdict.result == ergebnis]
    context = {
        "view": view,
        "rows": rows[(page - 1) * PAGE_SIZE : page * PAGE_SIZE],
        "total": len(rows),
        "size": PAGE_SIZE,
        "page": page,
        "ergebnis": ergebnis,
        "rules": [(rule.id, f"{rule.id} {rule.title}") for rule in RULES.values()],
        "agreements": [
            (found.number, f"{found.number} {found.title}")
            for found in db.scalars(select(Framework).order_by(Framework.number))
        ],
        "rahmenvertrag": rahmenvertrag,
        "words": RESULT_WORDS,
        "asked": asked,
        "days": {"stichtag": stichtag, "wissen": wissen},
        "errors": errors,
    }
    return render(request, "eligibility/rule.html", context, 422 if errors else 200)


@router.get("/inhouse-register/regeln.csv")
def save_rule(
    db: Db,
    now: Now,
    _reader: Reader,
    regel: RuleId = "K-05",
    rahmenvertrag: Annotated[str, Query(max_length=40)] = "",
    stichtag: Day = "",
    wissen: Day = "",
) -> Response:
    """The same as a table for a spreadsheet."""
    asked = as_of(stichtag, wissen, now)
    view = rule_view(db, regel, asked.at, asked.known, rahmenvertrag)
    head = ("Schlüssel", "Mitglied", "Art", "Regel", "Ergebnis", "Begründung", "Stichtag", "Wissen")
    known = (asked.known_on or legal_day(now)).isoformat()
    rows = (
        (
            row.member.key,
            row.member.name,
            row.kind,
            view.rule_id,
            RESULT_WORDS[row.verdict.result],
            row.verdict.text,
            legal_day(asked.at).isoformat(),
            known,
        )
        for row in view.rows
    )
    return download(csv_bytes(head, rows), CSV, f"Regel_{view.rule_id}_{legal_day(asked.at)}.csv")


@router.get("/inhouse-register/{member_key}")
def show_member(
    request: Request,
    db: Db,
    now: Now,
    _reader: Reader,
    member_key: str,
    stichtag: Day = "",
    wissen: Day = "",
) -> Response:
    asked, errors = asked_for(stichtag, wissen, now)
    context = {
        "view": member_page(db, member_key, asked.at, asked.known),
        "now": asked.at,
        "asked": asked,
        "days": {"stichtag": stichtag, "wissen": wissen},
        "errors": errors,
    }
    return render(request, "eligibility/member.html", context, 422 if errors else 200)


def asked_for(about: str, known_on: str, now: datetime) -> tuple[AsOf, list[FieldError]]:
    """The two dates, or today with the sentence that says what is wrong with them."""
    try:
        return as_of(about, known_on, now), []
    except Malformed as refused:
        return AsOf(now), list(refused.errors)
