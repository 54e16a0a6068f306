"""Several people from a table: first what would become of each row, then the good ones."""

from datetime import datetime
from typing import Annotated, Final

from fastapi import APIRouter, Depends, File, Form, Request, UploadFile
from fastapi.responses import Response
from sqlalchemy.orm import Session

from app.accounts.invite_person import invite_person
from app.database.tenant import EVERY_MEMBER
from app.documents.delimited import csv_bytes
from app.kernel.errors import Malformed
from app.kernel.money import Money
from app.members.current import Asking, needs
from app.members.forms import money, sentences
from app.members.importing.import_people import Created, Verdict, import_people, verdicts
from app.members.importing.people_csv import EXAMPLE, LARGEST, decoded, people_lines
from app.members.people.assign_roles import Administrator
from app.members.queries import member_of
from app.members.rules import Scope
from app.web.commit_route import CommitRoute
from app.web.dependencies import Db, Now
from app.web.pages import download, render

router = APIRouter(route_class=CommitRoute)
Keeper = Annotated[Asking, Depends(needs(Scope.USERS_WRITE))]
Pasted = Annotated[str, Form(max_length=LARGEST)]
HERE: Final = "/verwaltung/personen/einlesen"


def handed_file(datei: Annotated[UploadFile | None, File()] = None) -> bytes:
    """One byte more than allowed is enough to refuse it."""
    return datei.file.read(LARGEST + 1) if datei is not None else b""


@router.get("/verwaltung/personen/vorlage.csv")
def example(asking: Keeper) -> Response:
    """With the columns that this administrator needs, and one row to write over."""
    heads, row = EXAMPLE
    more = ((), ()) if asking.member is not None else (("Mitglied",), ("15001000",))
    content = csv_bytes((*heads, *more[0]), [(*row, *more[1])])
    return download(content, "text/csv; charset=utf-8", "personen.csv")


@router.get(HERE)
def ask(request: Request, _asking: Keeper) -> Response:
    return render(request, "members/import_people.html", {"verdicts": (), "table": ""})


@router.post(HERE)
def check(
    request: Request,
    db: Db,
    asking: Keeper,
    content: Annotated[bytes, Depends(handed_file)],
    tabelle: Pasted = "",
) -> Response:
    """A file, or rows pasted from a spreadsheet; nothing is created yet."""
    try:
        table = decoded(content) if content else tabelle
        judged = _judged(db, asking, table)
    except Malformed as wrong:
        return _again(request, wrong, tabelle)
    return render(request, "members/import_people.html", {"verdicts": judged, "table": table})


@router.post("/verwaltung/personen/einlesen/anlegen")
def create(request: Request, db: Db, now: Now, asking: Keeper, tabelle: Pasted = "") -> Response:
    """The rows are judged once more: what changed meanwhile is said, not overwritten."""
    try:
        judged = _judged(db, asking, tabelle)
    except Malformed as wrong:
        return _again(request, wrong, tabelle)
    created = import_people(db, _administrator(asking), judged, now)
    _invite(db, created, request.app.state.base_url, now)
    context = {"created": created, "refused": [one for one in judged if one.faults]}
    return render(request, "members/people_imported.html", context)


def _judged(db: Session, asking: Asking, table: str) -> tuple[Verdict, ...]:
    lines = people_lines(table)
    limits = [_limit(one.limit) for one in lines]
    return verdicts(db, _administrator(asking), lines, limits)


def _limit(text: str) -> Money | Malformed | None:
    try:
        return money("approval_limit", text)
    except Malformed as wrong:
        return wrong


def _invite(db: Session, created: tuple[Created, ...], base_url: str, now: datetime) -> None:
    for one in created:
        whose = "die Genossenschaft"
        if one.member_id is not None:
            whose = member_of(db, EVERY_MEMBER, one.member_id).name
        invite_person(db, one.person, whose, base_url, now)


def _administrator(asking: Asking) -> Administrator:
    return Administrator(asking.person_id, asking.tenant)


def _again(request: Request, wrong: Malformed, table: str) -> Response:
    context = {"verdicts": (), "table": table, "errors": sentences(wrong.errors)}
    return render(request, "members/import_people.html", context, status=422)
