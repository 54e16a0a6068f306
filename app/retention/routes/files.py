"""Pages: files whose period is over, the lists to release, and the register of erased ones."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from app.documents.delimited import csv_bytes
from app.kernel.errors import FieldError, Malformed, NotAllowed
from app.kernel.german import clean
from app.kernel.legal_day import legal_day
from app.members.current import WRONG_ROLE, Asking, asking_page
from app.members.forms import sentences
from app.members.rules import Role
from app.retention.due_files import MOST, due_files
from app.retention.list_queries import PAGE_SIZE, register, released_lists, waiting_lists
from app.retention.propose_erasure import propose_erasure
from app.retention.release_erasure import LONGEST_REASON, release_erasure
from app.retention.rules import KEPT_WORDS
from app.retention.tell_keepers import HERE, KEEPERS
from app.retention.whole_register import whole_register
from app.web.dependencies import Db, Now, Sent
from app.web.pages import download, redirect, render

router = APIRouter(include_in_schema=False)
Number = Annotated[int, Path(ge=1, le=2**31)]
PageNumber = Annotated[int, Query(ge=1, le=100_000)]
Text = Annotated[str, Query(max_length=100)]
HEAD: Final = (
    *("Datei", "SHA-256", "Typ", "Größe", "Frist", "Frist endete", "Vorgeschlagen von"),
    *("Freigegeben von", "Freigegeben am", "Gelöscht am"),
)


def reader(asking: Annotated[Asking, Depends(asking_page)]) -> Asking:
    """The two who keep the rules, and the auditor who looks on."""
    if not asking.roles & {*KEEPERS, Role.AUDITOR}:
        raise NotAllowed(WRONG_ROLE, "role_not_allowed")
    return asking


def keeper(asking: Annotated[Asking, Depends(asking_page)]) -> Asking:
    """Two roles, so that there is a second person in a small house."""
    if not asking.roles & set(KEEPERS):
        raise NotAllowed(WRONG_ROLE, "role_not_allowed")
    return asking


async def chosen(request: Request) -> list[str]:
    """The ticked files."""
    form = await request.form()
    return [value[:64] for value in form.getlist("datei") if isinstance(value, str)]


Reader = Annotated[Asking, Depends(reader)]
Keeper = Annotated[Asking, Depends(keeper)]


@router.get(HERE)
def show(
    request: Request, db: Db, now: Now, by: Reader, q: Text = "", page: PageNumber = 1
) -> Response:
    return _page(request, db, now, by, (clean(q), page))


@router.get(f"{HERE}.csv")
def save_register(db: Db, _reader: Reader) -> Response:
    """The whole register."""
    data = csv_bytes(HEAD, whole_register(db))
    return download(data, "text/csv; charset=utf-8", "Loeschregister.csv")


@router.post(HERE)
def propose(
    request: Request,
    db: Db,
    now: Now,
    by: Keeper,
    sent: Sent,
    files: Annotated[list[str], Depends(chosen)],
) -> Response:
    try:
        propose_erasure(db, None if sent.get("alle") else files, by.person_id, now)
    except Malformed as fault:
        return _page(request, db, now, by, errors=fault.errors)
    return redirect(request, HERE, "Die Liste ist vorgeschlagen. Eine zweite Person entscheidet.")


@router.post(f"{HERE}/{{proposal_id}}")
def decide(
    request: Request, db: Db, now: Now, by: Keeper, proposal_id: Number, sent: Sent
) -> Response:
    released = sent.get("urteil") == "freigeben"
    field = f"grund-{proposal_id}"
    reason = clean(sent.get(field, ""))
    try:
        release_erasure(db, proposal_id, by.person_id, now, released=released, reason=reason)
    except Malformed as fault:
        faults = [replace(one, field=field) for one in fault.errors]
        return _page(request, db, now, by, errors=faults, sent={field: reason})
    said = (
        "Freigegeben. Der nächste Lauf löscht die Dateien." if released else "Die Dateien bleiben."
    )
    return redirect(request, HERE, said)


def _page(
    request: Request,
    db: Session,
    now: datetime,
    by: Asking,
    asked: tuple[str, int] = ("", 1),
    errors: Sequence[FieldError] = (),
    sent: Mapping[str, str] | None = None,
) -> Response:
    text, page = asked
    context: dict[str, Any] = {
        "due": due_files(db, legal_day(now)),
        "most": MOST,
        "words": KEPT_WORDS,
        "waiting": waiting_lists(db),
        "released": released_lists(db),
        "register": register(db, text, page),
        "q": text,
        "page": page,
        "size": PAGE_SIZE,
        "me": by.person_id,
        "may_decide": bool(by.roles & set(KEEPERS)),
        "may_run": by.has(Role.ADMIN),
        "longest": LONGEST_REASON,
        "sent": sent or {},
        "errors": sentences(errors),
    }
    return render(request, "retention/files.html", context, status=422 if errors else 200)
