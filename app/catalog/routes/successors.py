"""Pages for the catalog's editors: comparing, declaring, releasing and withdrawing successors."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, File, Request, UploadFile
from fastapi.responses import Response
from sqlalchemy.orm import Session

from app.archive.check_upload import Scanner, paper_fault
from app.archive.store import content
from app.catalog.relations.compare_articles import Compared, compare_articles
from app.catalog.relations.declare_successor import (
    LARGEST_DOCUMENT,
    NoSuccessor,
    SuccessorWanted,
    declare_successor,
)
from app.catalog.relations.release_successor import release_successor
from app.catalog.relations.rules_successor import VERDICT_WORDS
from app.catalog.relations.successor_queries import (
    all_successors,
    article_names,
    labels,
    successor_of,
    suggestions,
)
from app.catalog.relations.withdraw_successor import withdraw_successor
from app.kernel.errors import FieldError, Malformed, NotFound
from app.kernel.german import clean
from app.kernel.legal_day import legal_day
from app.members.current import Asking, needs
from app.members.rules import Scope
from app.web.dependencies import Db, Now, Scanning, Sent
from app.web.pages import download, redirect, render

router = APIRouter(prefix="/nachfolger", include_in_schema=False)
Keeper = Annotated[Asking, Depends(needs(Scope.CATALOG_WRITE))]


@router.get("")
def show_all(request: Request, db: Db, _asking: Keeper) -> Response:
    found = all_successors(db)
    skus = {one.old_sku for one in found} | {one.new_sku for one in found}
    context = {"successors": found, "names": article_names(db, skus), "open": suggestions(db)}
    return render(request, "catalog/successors.html", context)


@router.get("/neu")
def compare(
    request: Request, db: Db, now: Now, _asking: Keeper, alt: str = "", neu: str = ""
) -> Response:
    """First the two numbers, then their comparison with the form below."""
    sent = {"old": clean(alt)[:64], "new": clean(neu)[:64], "grounds": ""}
    return _form(request, db, now, sent, {})


@router.post("")
def declare(
    request: Request,
    db: Db,
    now: Now,
    asking: Keeper,
    texts: Sent,
    scan: Scanning,
    document: Annotated[UploadFile | None, File()] = None,
) -> Response:
    sent = {name: clean(texts.get(name, "")) for name in ("old", "new", "grounds")}
    wanted = SuccessorWanted(
        old_sku=sent["old"],
        new_sku=sent["new"],
        grounds=sent["grounds"],
        document_name=(document.filename or "" if document else ""),
        document=document.file.read(LARGEST_DOCUMENT + 1) if document else b"",
    )
    try:
        _check(wanted.document, scan)
        declared = declare_successor(db, wanted, asking.person_id, now)
    except Malformed as fault:
        return _form(request, db, now, sent, fault.by_field, status=422)
    except NoSuccessor:
        return _form(request, db, now, sent, {}, status=409)
    return redirect(
        request,
        f"/nachfolger/{declared.id}",
        "Der Nachfolger ist vorgeschlagen. Eine zweite Person gibt ihn frei.",
    )


def _check(document: bytes, scan: Scanner) -> None:
    """Raises Malformed for what is cut, locked, runs programs or carries a virus."""
    if fault := paper_fault(document, scan):
        raise Malformed(FieldError("document", "file_refused", fault))


@router.get("/{successor_id}")
def show(request: Request, db: Db, asking: Keeper, successor_id: int) -> Response:
    return _show(request, db, asking, successor_id, {})


@router.get("/{successor_id}/dokument")
def document(db: Db, _asking: Keeper, successor_id: int) -> Response:
    found = successor_of(db, successor_id)
    stored = content(db, found.document_sha256)
    return download(stored.content, stored.media_type, found.document_name or "Nachweis.pdf")


@router.post("/{successor_id}/freigeben")
def release(request: Request, db: Db, now: Now, asking: Keeper, successor_id: int) -> Response:
    release_successor(db, successor_id, asking.person_id, now)
    return redirect(request, f"/nachfolger/{successor_id}", "Der Nachfolger ist freigegeben.")


@router.post("/{successor_id}/zurueckziehen")
def withdraw(
    request: Request, db: Db, now: Now, asking: Keeper, successor_id: int, sent: Sent
) -> Response:
    reason = clean(sent.get("reason", ""))
    try:
        withdraw_successor(db, successor_id, reason, asking.person_id, now)
    except Malformed as fault:
        return _show(request, db, asking, successor_id, fault.by_field, status=422)
    return redirect(request, f"/nachfolger/{successor_id}", "Der Nachfolger ist zurückgenommen.")


def _show(
    request: Request,
    db: Session,
    asking: Asking,
    successor_id: int,
    errors: dict[str, str],
    status: int = 200,
) -> Response:
    found = successor_of(db, successor_id)
    context = {
        "found": found,
        "names": article_names(db, {found.old_sku, found.new_sku}),
        "labels": labels(db, {found.declared_by, found.released_by, found.withdrawn_by}),
        "words": {verdict.value: text for verdict, text in VERDICT_WORDS.items()},
        "own": found.declared_by == asking.person_id,
        "errors": errors,
    }
    return render(request, "catalog/successor.html", context, status=status)


def _form(
    request: Request,
    db: Session,
    now: Now,
    sent: dict[str, str],
    errors: dict[str, str],
    status: int = 200,
) -> Response:
    errors = dict(errors)
    found = _compared(db, now, sent, errors)
    context: dict[str, Any] = {"sent": sent, "errors": errors, "found": found}
    return render(request, "catalog/successor_form.html", context, status=status)


def _compared(
    db: Session, now: Now, sent: dict[str, str], errors: dict[str, str]
) -> Compared | None:
    if not sent["old"] or not sent["new"]:
        return None
    try:
        return compare_articles(db, sent["old"], sent["new"], legal_day(now))
    except NotFound as fault:
        errors["old" if f"„{sent['old']}“" in fault.text else "new"] = fault.text
        return None
