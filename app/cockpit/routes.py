"""Pages of the cockpit: all agreements, one agreement, its files, and what steers it."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Annotated, Final

from fastapi import APIRouter, Depends, File, Request, UploadFile
from fastapi.responses import Response
from sqlalchemy.orm import Session

from app.cockpit import forms
from app.cockpit.correct_lot import correct_lot
from app.cockpit.export_cockpit import MOVE_WORDS, cockpit_workbook, members_csv, shares_csv
from app.cockpit.fair_share_view import fair_share_view
from app.cockpit.framework_view import framework_view, overview
from app.cockpit.limit_article import limit_article
from app.cockpit.rules_shares import BASIS_WORDS, Basis
from app.cockpit.upload_return import HEADS, MOST_BYTES, return_sheet, upload_return
from app.documents.delimited import csv_bytes
from app.documents.limiter import ONE_AT_A_TIME
from app.frameworks import queries
from app.frameworks.amending.set_quota import set_quota
from app.frameworks.amending.set_watch import set_watch
from app.kernel.errors import FieldError, Malformed
from app.kernel.legal_day import legal_day
from app.kernel.month import Month
from app.members.current import Asking, needs
from app.members.queries import active_members
from app.members.rules import Scope
from app.ordering.submission import no_room_text
from app.web.dependencies import Db, Now, Sent
from app.web.pages import download, redirect, render

router = APIRouter(prefix="/cockpit", include_in_schema=False)
Reader = Annotated[Asking, Depends(needs(Scope.COCKPIT_READ))]
Manager = Annotated[Asking, Depends(needs(Scope.FRAMEWORKS_WRITE))]
Reporter = Annotated[Asking, Depends(needs(Scope.STOCK_WRITE))]
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV: Final = "text/csv; charset=utf-8"
NOTHING_SENT: Final[Mapping[str, str]] = MappingProxyType({})


@router.get("")
def show_all(request: Request, db: Db, now: Now, _asking: Reader) -> Response:
    return render(request, "cockpit/overview.html", {"lines": overview(db, now)})


@router.get("/{number}")
def show(request: Request, db: Db, now: Now, _asking: Reader, number: str) -> Response:
    context = {"view": framework_view(db, number, now), "move_words": MOVE_WORDS}
    return render(request, "cockpit/framework.html", context)


@router.get("/{number}/cockpit.xlsx")
def show_workbook(db: Db, now: Now, _asking: Reader, number: str) -> Response:
    view = framework_view(db, number, now)
    with ONE_AT_A_TIME:
        content = cockpit_workbook(view)
    return download(content, XLSX, f"Cockpit_{number}_{legal_day(now)}.xlsx")


@router.get("/{number}/mitglieder.csv")
def show_members(db: Db, now: Now, _asking: Reader, number: str) -> Response:
    content = members_csv(framework_view(db, number, now))
    return download(content, CSV, f"Cockpit_{number}_{legal_day(now)}.csv")


@router.get("/{number}/anteile")
def show_shares(request: Request, db: Db, now: Now, _asking: Reader, number: str) -> Response:
    context = {
        "view": fair_share_view(db, number, _basis(request), now),
        "bases": [(basis.value, words) for basis, words in BASIS_WORDS.items()],
    }
    return render(request, "cockpit/shares.html", context)


@router.get("/{number}/anteile.csv")
def show_shares_csv(request: Request, db: Db, now: Now, _asking: Reader, number: str) -> Response:
    content = shares_csv(fair_share_view(db, number, _basis(request), now))
    return download(content, CSV, f"Anteile_{number}_{legal_day(now)}.csv")


def _basis(request: Request) -> Basis:
    """Unknown words are the plain division."""
    asked = request.query_params.get("nach", "")
    return Basis(asked) if asked in set(Basis) else Basis.EQUAL


@router.get("/{number}/kontingent")
def show_quota(request: Request, db: Db, now: Now, _asking: Manager, number: str) -> Response:
    return _steering(request, db, now, number, "quota")


@router.get("/{number}/berichtigung")
def show_correction(request: Request, db: Db, now: Now, _asking: Manager, number: str) -> Response:
    return _steering(request, db, now, number, "correction")


@router.get("/{number}/ueberwachung")
def show_watch(request: Request, db: Db, now: Now, _asking: Manager, number: str) -> Response:
    return _steering(request, db, now, number, "watch")


@router.get("/{number}/artikelgrenze")
def show_cap(request: Request, db: Db, now: Now, _asking: Manager, number: str) -> Response:
    return _steering(request, db, now, number, "cap", {"sku": request.query_params.get("sku", "")})


@router.post("/{number}/artikelgrenze")
def change_cap(
    request: Request, db: Db, now: Now, asking: Manager, number: str, sent: Sent
) -> Response:
    def change() -> None:
        wish, reason = forms.cap_sent(sent)
        limit_article(db, asking.person_id, number, wish, reason, now)

    return _changed(request, db, now, number, ("cap", sent, change))


@router.post("/{number}/kontingent")
def change_quota(
    request: Request, db: Db, now: Now, asking: Manager, number: str, sent: Sent
) -> Response:
    def change() -> None:
        wish, reason = forms.quota_sent(sent)
        set_quota(db, asking.person_id, number, wish, reason, now)

    return _changed(request, db, now, number, ("quota", sent, change))


@router.post("/{number}/berichtigung")
def change_use(
    request: Request, db: Db, now: Now, asking: Manager, number: str, sent: Sent
) -> Response:
    def change() -> None:
        wish, reason = forms.correction_sent(sent)
        refused = correct_lot(db, asking.person_id, number, wish, reason, now)
        if refused is not None:
            raise Malformed(FieldError("value", refused.code, no_room_text(refused)))

    return _changed(request, db, now, number, ("correction", sent, change))


@router.post("/{number}/ueberwachung")
def change_watch(
    request: Request, db: Db, now: Now, asking: Manager, number: str, sent: Sent
) -> Response:
    def change() -> None:
        wish, reason = forms.watch_sent(sent)
        set_watch(db, asking.person_id, number, wish, reason, now)

    return _changed(request, db, now, number, ("watch", sent, change))


@router.get("/{number}/meldung")
def show_return(request: Request, db: Db, now: Now, _asking: Reporter, number: str) -> Response:
    month = Month.of(legal_day(now)).previous()
    return _upload_page(request, db, number, {"month": month.text})


@router.post("/{number}/meldung")
def send_return(
    request: Request,
    db: Db,
    now: Now,
    asking: Reporter,
    number: str,
    sent: Sent,
    file: Annotated[UploadFile | None, File()] = None,
) -> Response:
    queries.framework(db, number)
    name = file.filename or "" if file else ""
    content = file.file.read(MOST_BYTES + 1) if file else b""
    try:
        with db.begin_nested():
            wish = forms.return_sent(sent, name, content)
            sheet = upload_return(db, asking.person_id, number, wish, now)
    except Malformed as wrong:
        return _upload_page(request, db, number, sent, wrong.by_field)
    return redirect(request, f"/cockpit/{number}/meldung/{sheet.id}", "Die Meldung ist eingelesen.")


@router.get("/{number}/meldung/vorlage.csv")
def show_return_template(db: Db, _asking: Reporter, number: str) -> Response:
    queries.framework(db, number)
    return download(csv_bytes(HEADS, []), CSV, "umsatzmeldung-vorlage.csv")


@router.get("/{number}/meldung/{sheet_id}")
def show_return_sheet(
    request: Request, db: Db, _asking: Reporter, number: str, sheet_id: int
) -> Response:
    return render(
        request, "cockpit/return_sheet.html", {"seen": return_sheet(db, number, sheet_id)}
    )


@router.get("/{number}/meldung/{sheet_id}/hinweise.csv")
def show_return_remarks(db: Db, _asking: Reporter, number: str, sheet_id: int) -> Response:
    remarks = return_sheet(db, number, sheet_id).sheet.remarks
    rows = [(one["line"] or "", one["order"], one["text"]) for one in remarks]
    content = csv_bytes(("Zeile", "Abrufnummer", "Hinweis"), rows)
    return download(content, CSV, f"hinweise-meldung-{sheet_id}.csv")


def _upload_page(
    request: Request,
    db: Session,
    number: str,
    sent: Mapping[str, str],
    errors: Mapping[str, str] = NOTHING_SENT,
) -> Response:
    found = queries.framework(db, number)
    context = {"framework": found.framework, "sent": sent, "errors": errors}
    return render(request, "cockpit/return_upload.html", context, status=422 if errors else 200)


Form = tuple[str, dict[str, str], Callable[[], None]]


def _changed(request: Request, db: Session, now: Now, number: str, form: Form) -> Response:
    """Saved and back to the agreement, or the form again with what is wrong; nothing is written."""
    name, sent, change = form
    queries.framework(db, number)
    try:
        with db.begin_nested():
            change()
    except Malformed as wrong:
        return _steering(request, db, now, number, name, sent, wrong.by_field)
    return redirect(request, f"/cockpit/{number}", "Die Änderung ist gespeichert.")


def _steering(
    request: Request,
    db: Session,
    now: Now,
    number: str,
    which: str,
    sent: Mapping[str, str] = NOTHING_SENT,
    errors: Mapping[str, str] = NOTHING_SENT,
) -> Response:
    found = queries.framework(db, number)
    members = active_members(db, legal_day(now))
    context = {
        "which": which,
        "framework": found.framework,
        "lots": found.lots,
        "lot_options": [(lot.number, f"Los {lot.number} {lot.title}") for lot in found.lots],
        "member_options": [(member.key, member.name) for member in members],
        "sent": sent,
        "errors": errors,
    }
    return render(request, "cockpit/steering.html", context, status=422 if errors else 200)
