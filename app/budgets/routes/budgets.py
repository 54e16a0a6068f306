"""Pages of budgets: the list, one with its movements, opening and changing."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from app.budgets import queries
from app.budgets.budget_csv import budgets_csv, movements_csv
from app.budgets.change_budget import change_budget
from app.budgets.forms import read_budget, read_change
from app.budgets.open_budget import Keeper, open_budget
from app.budgets.queries import BudgetsWanted
from app.budgets.records import Budget
from app.budgets.rules import BOOKING_WORDS, LIMIT_MEANS, LIMIT_WORDS, Limit
from app.kernel.errors import Malformed, NotAllowed
from app.kernel.german import clean
from app.kernel.legal_day import legal_day
from app.members.current import Asking, MemberSeen, needs
from app.members.rules import Scope
from app.web.commit_route import CommitRoute
from app.web.dependencies import Db, Now, Sent
from app.web.pages import download, redirect, render

router = APIRouter(prefix="/budgets", include_in_schema=False, route_class=CommitRoute)
Reader = Annotated[Asking, Depends(needs(Scope.CALL_OFFS_READ))]
Writer = Annotated[Asking, Depends(needs(Scope.BUDGETS_WRITE))]
Words = Annotated[str, Query(max_length=60)]
PageNumber = Annotated[int, Query(ge=1, le=10_000)]
CSV: Final = "text/csv; charset=utf-8"
NO_MEMBER: Final = "Budgets gehören einem Mitglied; sie sieht nur, wer für eines handelt."
LIMITS: Final = [
    (limit.value, LIMIT_WORDS[limit].capitalize(), LIMIT_MEANS[limit]) for limit in Limit
]


@router.get("")
def show_all(
    request: Request,
    db: Db,
    now: Now,
    asking: Reader,
    jahr: Words = "",
    q: Words = "",
    knapp: Words = "",
    sort: Words = "account",
    seite: PageNumber = 1,
) -> Response:
    member(asking)
    years = queries.years(db, asking.tenant)
    year = _year(jahr, years, legal_day(now).year)
    wanted = BudgetsWanted(year, clean(q), bool(knapp), sort, seite)
    filters = {"jahr": jahr, "q": clean(q), "knapp": knapp}
    context = {
        "listing": queries.budgets(db, asking.tenant, wanted),
        "years": years,
        "year": year,
        "sort": sort,
        "page": seite,
        "size": queries.PAGE,
        "params": {name: value for name, value in filters.items() if value},
        "may_write": asking.may(Scope.BUDGETS_WRITE),
        **filters,
    }
    return render(request, "budgets/budgets.html", context)


@router.get("/budgets.csv")
def export_all(
    db: Db, now: Now, asking: Reader, jahr: Words = "", q: Words = "", knapp: Words = ""
) -> Response:
    member(asking)
    year = _year(jahr, queries.years(db, asking.tenant), legal_day(now).year)
    rows = queries.every_budget(db, asking.tenant, BudgetsWanted(year, clean(q), bool(knapp)))
    return download(budgets_csv(rows), CSV, "budgets.csv")


@router.get("/neu")
def start(request: Request, now: Now, asking: Writer) -> Response:
    member(asking)
    sent = {"year": str(legal_day(now).year), "limit": Limit.SOFT.value}
    return _form(request, sent, {})


@router.post("")
def add(request: Request, db: Db, now: Now, asking: Writer, sent: Sent) -> Response:
    keeper = keeper_of(asking)
    try:
        opened = open_budget(db, keeper, read_budget(sent), now)
    except Malformed as fault:
        return _form(request, sent, fault.by_field, status=422)
    return redirect(request, f"/budgets/{opened.id}", "Das Budget ist angelegt.")


@router.get("/{budget_id}")
def show(
    request: Request, db: Db, asking: Reader, budget_id: int, seite: PageNumber = 1
) -> Response:
    member(asking)
    found = queries.budget_of(db, asking.tenant, budget_id)
    return _page(request, db, asking, found, _as_sent(found), {}, seite)


@router.get("/{budget_id}/bewegungen.csv")
def export_movements(db: Db, asking: Reader, budget_id: int) -> Response:
    member(asking)
    found = queries.budget_of(db, asking.tenant, budget_id)
    rows, _ = queries.movements(db, asking.tenant, found.id, None)
    return download(movements_csv(rows), CSV, f"budget-{found.year}-{found.id}.csv")


@router.post("/{budget_id}")
def change(
    request: Request, db: Db, now: Now, asking: Writer, budget_id: int, sent: Sent
) -> Response:
    keeper = keeper_of(asking)
    found = queries.budget_of(db, asking.tenant, budget_id)
    try:
        change_budget(db, keeper, budget_id, read_change(sent), now)
    except Malformed as fault:
        return _page(request, db, asking, found, sent, fault.by_field, status=422)
    return redirect(request, f"/budgets/{budget_id}", "Das Budget ist geändert.")


def member(asking: Asking) -> MemberSeen:
    """Whose budgets these are; NotAllowed for people of the cooperative."""
    if asking.member is None:
        raise NotAllowed(NO_MEMBER, "role_not_allowed")
    return asking.member


def keeper_of(asking: Asking) -> Keeper:
    return Keeper(member(asking).id, asking.person_id)


def _year(word: str, years: Any, this: int) -> int | None:
    """The chosen year; unsaid this year, or the latest there is; `alle` is none."""
    if word == "alle":
        return None
    if word.isascii() and word.isdecimal():
        return int(word[:4])
    return this if this in years or not years else years[0]


def _as_sent(found: Budget) -> dict[str, str]:
    return {
        "name": found.name,
        "amount": found.amount.text.replace(".", ","),
        "limit": found.limit.value,
    }


def _form(
    request: Request, sent: dict[str, str], errors: dict[str, str], status: int = 200
) -> Response:
    context = {"sent": sent, "errors": errors, "limits": LIMITS}
    return render(request, "budgets/budget_form.html", context, status=status)


def _page(
    request: Request,
    db: Session,
    asking: Asking,
    found: Budget,
    sent: dict[str, str],
    errors: dict[str, str],
    seite: int = 1,
    status: int = 200,
) -> Response:
    rows, total = queries.movements(db, asking.tenant, found.id, seite)
    context = {
        "budget": found,
        "movements": rows,
        "total": total,
        "page": seite,
        "size": queries.PAGE,
        "sent": sent,
        "errors": errors,
        "limits": LIMITS,
        "limit_words": LIMIT_WORDS,
        "booking_words": BOOKING_WORDS,
        "may_write": asking.may(Scope.BUDGETS_WRITE),
    }
    return render(request, "budgets/budget.html", context, status=status)
