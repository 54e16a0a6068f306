"""The quick order: numbers and quantities typed, pasted or uploaded, with a verdict per row."""

from datetime import datetime
from typing import Annotated, Final
from uuid import uuid4

from fastapi import APIRouter, Depends, File, Query, Request, UploadFile
from fastapi.responses import Response
from sqlalchemy.orm import Session

from app.kernel.canonical import canonical_json, sha256_hex
from app.kernel.errors import Malformed
from app.kernel.german import clean
from app.kernel.repeat_key import LONGEST_KEY
from app.members.current import Asking, needs
from app.members.rules import Scope
from app.ordering.asking import buyer
from app.ordering.basket.contents import Owner, piece_count
from app.ordering.filling.judge_rows import Judged, judge_rows
from app.ordering.filling.put_many_in_basket import put_many_in_basket
from app.ordering.filling.quick_form import LARGEST_TABLE, rows_of_file, typed_rows
from app.ordering.filling.suggest_articles import suggest_articles
from app.ordering.placing.answer_once import Earlier, claim_key, keep_answer
from app.web.commit_route import CommitRoute
from app.web.dependencies import Db, Now, Sent
from app.web.pages import redirect, render

router = APIRouter(prefix="/schnellbestellung", include_in_schema=False, route_class=CommitRoute)
Buyer = Annotated[Asking, Depends(needs(Scope.CALL_OFFS_WRITE))]
PAGE: Final = "ordering/quick_order.html"
NO_ROWS: Final = Judged(())
EMPTY_ROWS: Final = 5
MORE_ROWS: Final = 5
NOTHING: Final = "Bitte geben Sie mindestens eine Artikelnummer ein."
SOME_BAD: Final = "Einige Zeilen passen noch nicht. Berichtigen Sie sie, oder nehmen Sie die guten."
TO: Final = {"korb": "/warenkorb", "bestellen": "/bestellen"}


def handed_table(datei: Annotated[UploadFile | None, File()] = None) -> bytes:
    """A byte beyond the limit is enough to refuse it."""
    return b"" if datei is None else datei.file.read(LARGEST_TABLE + 1)


@router.get("")
def show(request: Request, asking: Buyer) -> Response:
    buyer(asking)
    return _page(request, NO_ROWS)


@router.get("/vorschlaege")
def suggest(
    request: Request,
    db: Db,
    now: Now,
    asking: Buyer,
    q: Annotated[str, Query(max_length=400)] = "",
) -> Response:
    rows = suggest_articles(db, buyer(asking).member_id, clean(q), now)
    return render(request, "ordering/_quick_suggestions.html", {"rows": rows})


@router.post("")
def send(request: Request, db: Db, now: Now, asking: Buyer, sent: Sent) -> Response:
    """Look at the rows, and with `nach` put them into the basket: all, or the good ones only."""
    owner = buyer(asking)
    rows = typed_rows(sent)
    try:
        judged = judge_rows(db, owner.member_id, rows, now)
    except Malformed as fault:
        errors = {"zeilen": fault.errors[0].text}
        return _page(request, NO_ROWS, errors, status=422, pasted=sent.get("zeilen", ""))
    target = TO.get(sent.get("nach", ""))
    if "mehr" in sent or (rows and target is None):
        return _page(request, judged, more=MORE_ROWS if "mehr" in sent else 1)
    if not rows or target is None:
        return _page(request, judged, {"nummer-1": NOTHING}, status=422)
    if not judged.good or (judged.bad and "gute" not in sent):
        return _page(request, judged, {_field(judged): SOME_BAD}, status=422)
    _put_once(db, owner, judged, sent.get("schluessel", ""), now)
    if not judged.bad:
        return redirect(request, target)
    left, count = Judged(judged.bad), piece_count(db, owner)
    return _page(request, left, taken=len(judged.good), basket_count=count)


@router.post("/datei")
def upload(
    request: Request,
    db: Db,
    now: Now,
    asking: Buyer,
    table: Annotated[bytes, Depends(handed_table)],
) -> Response:
    owner = buyer(asking)
    try:
        rows = rows_of_file(table)
        judged = judge_rows(db, owner.member_id, rows, now)
    except Malformed as fault:
        text = fault.errors[0].text
        return _page(request, NO_ROWS, {"datei": text}, status=422)
    return _page(request, judged)


def _put_once(db: Session, owner: Owner, judged: Judged, key: str, now: datetime) -> None:
    """A second press and a reload add nothing."""
    digest = sha256_hex(canonical_json(judged.good))
    scope = f"quick:{owner.member_id}:{owner.person_id}"
    claimed = claim_key(db, scope, key[:LONGEST_KEY] or str(uuid4()), digest, now)
    if isinstance(claimed, Earlier):
        return
    put_many_in_basket(db, owner, judged.good, now)
    keep_answer(db, claimed, "put")


def _field(judged: Judged) -> str:
    """The first row that needs a look."""
    at = next(at for at, row in enumerate(judged.rows, 1) if not row.good)
    return f"nummer-{at}"


def _page(
    request: Request,
    judged: Judged,
    errors: dict[str, str] | None = None,
    *,
    more: int = 1,
    status: int = 200,
    **further: str | int,
) -> Response:
    filled = len(judged.rows)
    context = {
        "judged": judged,
        "empty": range(filled + 1, max(EMPTY_ROWS, filled + more) + 1),
        "key": str(uuid4()),
        "errors": errors or {},
        "taken": 0,
        "pasted": "",
        **further,
    }
    return render(request, PAGE, context, status=status)
