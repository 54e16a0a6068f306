"""Pages: the schedule with its holds and runs, and what is on record about a person."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from typing import Annotated, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from fastapi import APIRouter, Depends, Path, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from app.accounts.records import Person
from app.kernel.errors import FieldError, Malformed, NotAllowed
from app.kernel.german import clean, moment
from app.kernel.legal_day import legal_day
from app.members.current import WRONG_ROLE, Asking, asking_page, needs
from app.members.forms import day, sentences, whole
from app.members.people.queries import person_of
from app.members.rules import Role, Scope
from app.retention.change_period import LONGEST_BASIS, change_period
from app.retention.erase_expired import erase_expired
from app.retention.keep_hold import LONGEST_REASON, lift_hold, set_hold
from app.retention.person_file import person_file
from app.retention.queries import every_hold, runs, schedule
from app.retention.rules import KEPT_WORDS, START_WORDS, Kept
from app.retention.rules_tables import RECORDS, UNLIMITED
from app.retention.table_words import column_word, table_word
from app.web.dependencies import Db, Now, Sent
from app.web.pages import download, redirect, render

router = APIRouter(include_in_schema=False)
Number = Annotated[int, Path(ge=1, le=2**31)]
HERE: Final = "/verwaltung/aufbewahrung"
SUBJECT_WORDS: Final = {"member": "Mitglied", "person": "Person", "framework": "Rahmenvertrag"}
SUBJECT_CODES: Final = {word.casefold(): code for code, word in SUBJECT_WORDS.items()}
README: Final = (
    "Auskunft nach Art. 15 DSGVO\n\n"
    "Auskunft.json enthält alles, was das Portal zu dieser Person gespeichert hat: die Angaben des "
    "Kontos, jede Tabelle, die auf die Person verweist, die Einträge der Protokollketten und die "
    "Nachrichten an sie. Kennwörter und Zugangsschlüssel sind nicht enthalten.\n\n"
    "Stand: {at}\n"
)


def keeper(asking: Annotated[Asking, Depends(asking_page)]) -> Asking:
    """Who answers for data protection: the administration."""
    if not asking.has(Role.ADMIN):
        raise NotAllowed(WRONG_ROLE, "role_not_allowed")
    return asking


Keeper = Annotated[Asking, Depends(keeper)]
Anybody = Annotated[Asking, Depends(asking_page)]
PeopleKeeper = Annotated[Asking, Depends(needs(Scope.USERS_WRITE))]


@router.get(HERE)
def show_schedule(request: Request, db: Db, now: Now, _keeper: Keeper) -> Response:
    return _page(request, db, now, {}, ())


@router.post(f"{HERE}/lauf")
def run(request: Request, db: Db, now: Now, by: Keeper, sent: Sent) -> Response:
    """A dry run unless the form says otherwise: counting is never a mistake."""
    erase_expired(db, by.actor, now, dry=sent.get("art") != "loeschen")
    return redirect(request, HERE, "Fertig. Das Ergebnis steht auf dieser Seite.")


@router.post(f"{HERE}/fristen")
def change(request: Request, db: Db, now: Now, by: Keeper, sent: Sent) -> Response:
    try:
        kind = _kind(sent)
        period = (
            whole("amount", sent.get("amount", "")) or 0,
            clean(sent.get("basis", "")),
            day("valid_from", sent.get("valid_from", "")) or legal_day(now),
        )
        change_period(db, kind, period, by.person_id, now)
    except Malformed as fault:
        return _page(request, db, now, sent, fault.errors)
    return redirect(request, HERE, "Die Frist ist gespeichert.")


@router.post(f"{HERE}/sperren")
def hold(request: Request, db: Db, now: Now, by: Keeper, sent: Sent) -> Response:
    try:
        reason = clean(sent.get("reason", ""))
        set_hold(db, _subject(sent), reason, by.person_id, now)
    except Malformed as fault:
        return _page(request, db, now, sent, fault.errors)
    return redirect(request, HERE, "Die Löschsperre ist gesetzt.")


@router.post(f"{HERE}/sperren/{{hold_id}}/aufheben")
def lift(request: Request, db: Db, now: Now, by: Keeper, hold_id: Number, sent: Sent) -> Response:
    field = f"lift_reason-{hold_id}"
    try:
        lift_hold(db, hold_id, clean(sent.get(field, "")), by.person_id, now)
    except Malformed as fault:
        faults = [replace(one, field=field) for one in fault.errors]
        return _page(request, db, now, sent, faults)
    return redirect(request, HERE, "Die Löschsperre ist aufgehoben.")


@router.get("/konto/auskunft")
def own_data(request: Request, db: Db, asking: Anybody) -> Response:
    """The readable form; the file has the same and every value."""
    found = person_file(db, db.get_one(Person, asking.person_id))
    context = {"file": found, "table_word": table_word, "column_word": column_word}
    return render(request, "retention/own_data.html", context)


@router.get("/konto/auskunft.zip")
def save_own_data(db: Db, now: Now, asking: Anybody) -> Response:
    return _zipped(db, db.get_one(Person, asking.person_id), now)


@router.get("/verwaltung/personen/{person_id}/auskunft.zip")
def save_data(db: Db, now: Now, by: PeopleKeeper, person_id: Number) -> Response:
    """For the administration that answers a request; a member's one sees its own people only."""
    return _zipped(db, person_of(db, by.tenant, person_id), now)


def _kind(sent: dict[str, str]) -> Kept:
    kind = sent.get("kind", "")
    if kind not in set(Kept):
        raise Malformed(FieldError("kind", "unknown", "Bitte wählen Sie die Art."))
    return Kept(kind)


def _subject(sent: dict[str, str]) -> str:
    """As people write it; the code that stands on record is understood as well."""
    typed = clean(sent.get("subject", ""))[:60]
    kind, _, key = typed.partition(" ")
    if typed.casefold() == "alles":
        return "all"
    code = SUBJECT_CODES.get(kind.casefold())
    return f"{code}:{key.strip()}" if code else typed


def _subject_words(subject: str) -> str:
    kind, _, key = subject.partition(":")
    return "Alles" if kind == "all" else f"{SUBJECT_WORDS[kind]} {key}"


def _names(tables: Sequence[str], stores: Sequence[str] = ()) -> str:
    return ", ".join((*map(table_word, tables), *stores))


def _zipped(db: Session, person: Person, now: datetime) -> Response:
    text = json.dumps(person_file(db, person).plain, ensure_ascii=False, indent=1)
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as file:
        file.writestr(ZipInfo("Auskunft.json"), text)
        file.writestr(ZipInfo("LIESMICH.txt"), README.format(at=moment(now)))
    return download(target.getvalue(), "application/zip", f"Auskunft-{person.id}.zip")


def _page(
    request: Request,
    db: Session,
    now: datetime,
    sent: dict[str, str],
    errors: Sequence[FieldError],
) -> Response:
    done = runs(db)
    context = {
        "schedule": schedule(db, legal_day(now)),
        "words": KEPT_WORDS,
        "starts": START_WORDS,
        "records": {kind: _names(tables) for kind, tables in RECORDS.items()},
        "unlimited": [(_names(one.tables, one.stores), one.why) for one in UNLIMITED],
        "holds": [(one, _subject_words(one.subject)) for one in every_hold(db)],
        "runs": done,
        "counted": {one.kind: one for one in done[0].counted} if done else {},
        "longest_basis": LONGEST_BASIS,
        "longest_reason": LONGEST_REASON,
        "sent": sent,
        "errors": sentences(errors),
    }
    return render(request, "retention/schedule.html", context, 422 if errors else 200)
