"""What leaves the portal for others: files of a year, and the medium for a tax audit."""

from collections.abc import Sequence
from datetime import date, datetime
from tempfile import SpooledTemporaryFile
from typing import Annotated, BinaryIO, Final, cast

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.responses import FileResponse, Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.database.tenant import Tenant
from app.journal.gobd.export import Period
from app.journal.gobd.layout import Supplier
from app.journal.gobd.write_gobd import write_gobd
from app.journal.year_file.ask_year_file import ask_year_file
from app.journal.year_file.records import YearFile
from app.journal.year_file.rules import EARLIEST_YEAR, STATE_WORDS, YearFileState, file_name
from app.kernel.errors import FieldError, Malformed, NotFound
from app.kernel.german import typed_day
from app.kernel.legal_day import legal_day
from app.members.current import Asking, needs
from app.members.queries import member_by_key, member_of
from app.members.records import Member
from app.members.rules import Scope
from app.web.commit_route import CommitRoute
from app.web.dependencies import Db, Now, Sent
from app.web.pages import download_large, redirect, render

router = APIRouter(prefix="/pruefung/ausgaben", include_in_schema=False, route_class=CommitRoute)
Auditor = Annotated[Asking, Depends(needs(Scope.AUDIT_READ))]
ZIP: Final = "application/zip"
IN_MEMORY: Final = 4_000_000
SHOWN: Final = 20
Day = Annotated[str, Query(max_length=10)]


@router.get("")
def show(request: Request, db: Db, now: Now, auditor: Auditor) -> Response:
    return _page(request, db, auditor, now)


@router.post("/jahr")
def ask(request: Request, db: Db, now: Now, auditor: Auditor, sent: Sent) -> Response:
    try:
        year = _year(sent.get("jahr", ""))
        ask_year_file(db, _member(db, auditor, sent), year, auditor.person_id, now)
    except Malformed as wrong:
        return _page(request, db, auditor, now, sent, wrong)
    return redirect(request, "/pruefung/ausgaben")


@router.get("/jahr/{file_id}")
def fetch(
    request: Request, db: Db, auditor: Auditor, file_id: Annotated[int, Path(ge=1, le=2**31)]
) -> Response:
    """From the disk, block by block; a newer file of the year takes an older one's place."""
    asked = db.get(YearFile, file_id)
    if asked is None or asked.state is not YearFileState.DONE:
        raise NotFound("Diese Datei liegt nicht bereit.")
    member = member_of(db, auditor.tenant, asked.member_id)
    name = file_name(member.key, asked.year)
    place = request.app.state.settings.file_folder / name
    if not place.is_file():
        raise NotFound("Diese Datei liegt nicht mehr bereit. Bitte lassen Sie sie neu schreiben.")
    return FileResponse(place, media_type=ZIP, filename=name)


async def asked_period(
    von: Day = "", bis: Day = "", mitglied: Annotated[str, Query(max_length=40)] = ""
) -> dict[str, str]:
    return {"von": von, "bis": bis, "mitglied": mitglied}


@router.get("/gobd.zip")
def medium(
    request: Request,
    db: Db,
    now: Now,
    auditor: Auditor,
    sent: Annotated[dict[str, str], Depends(asked_period)],
) -> Response:
    try:
        first, last = _days(sent["von"], sent["bis"])
        whose = _member(db, auditor, sent) if sent["mitglied"] or auditor.member else None
    except Malformed as wrong:
        return _page(request, db, auditor, now, sent, wrong)
    tenant = auditor.tenant if whose is None else Tenant(whose.id)
    period = Period(tenant, whose.key if whose else "", first, last)
    name = whose.name if whose else request.app.state.settings.product_name
    supplier = Supplier(name, whose.city if whose else "", "Abrufe, Rechnungen und Journal")
    spooled = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - closed when it was sent
    kept = cast("BinaryIO", spooled)
    write_gobd(db, kept, period, supplier)
    title = f"GoBD-{whose.key if whose else 'alle'}-{first}-{last}.zip"
    return download_large(kept, ZIP, title)


def _year(text: str) -> int:
    if text.isascii() and text.isdecimal() and len(text) == len(str(EARLIEST_YEAR)):
        return int(text)
    raise Malformed(FieldError("jahr", "number", "Bitte geben Sie das Jahr an, zum Beispiel 2026."))


def _days(first: str, last: str) -> tuple[date, date]:
    found, errors = [], []
    for name, text in (("von", first), ("bis", last)):
        try:
            found.append(typed_day(text))
        except ValueError:
            errors.append(FieldError(name, "date", "Bitte geben Sie ein Datum an."))
    if not errors and not date(EARLIEST_YEAR, 1, 1) <= found[0] <= found[1] < date(2100, 1, 1):
        errors.append(FieldError("bis", "order", "Das Ende liegt vor dem Beginn."))
    if errors:
        raise Malformed(*errors)
    return found[0], found[1]


def _member(db: Session, auditor: Asking, sent: dict[str, str]) -> Member:
    """One's own; who works for all members chooses one."""
    if auditor.member is not None:
        return member_of(db, auditor.tenant, auditor.member.id)
    try:
        return member_by_key(db, sent.get("mitglied", ""))
    except NotFound:
        text = "Bitte wählen Sie ein Mitglied."
        raise Malformed(FieldError("mitglied", "unknown", text)) from None


def _files(db: Session, auditor: Asking) -> Sequence[tuple[YearFile, Member]]:
    rows = db.execute(
        select(YearFile, Member)
        .join(Member, Member.id == YearFile.member_id)
        .where(auditor.tenant.owns(YearFile.member_id))
        .order_by(YearFile.id.desc())
        .limit(SHOWN)
    ).all()
    return cast(Sequence[tuple[YearFile, Member]], rows)


def _page(
    request: Request,
    db: Session,
    auditor: Asking,
    now: datetime,
    sent: dict[str, str] | None = None,
    wrong: Malformed | None = None,
) -> Response:
    today = legal_day(now)
    members = db.execute(select(Member.key, Member.name).order_by(Member.name)).all()
    context = {
        "files": _files(db, auditor),
        "words": STATE_WORDS,
        "members": [] if auditor.member else [tuple(row) for row in members],
        "sent": {
            "jahr": str(today.year),
            "von": today.replace(month=1, day=1).isoformat(),
            "bis": today.isoformat(),
            **(sent or {}),
        },
        "errors": wrong.by_field if wrong else {},
    }
    return render(request, "journal/outputs.html", context, status=422 if wrong else 200)
