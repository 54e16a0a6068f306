"""Pages of free positions: what is in no price list, into the basket with its quote."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, File, Path, Query, Request, UploadFile
from fastapi.responses import Response
from sqlalchemy.orm import Session

from app.archive.media_type import LARGEST_FILE
from app.archive.store import content
from app.kernel.errors import Malformed
from app.kernel.legal_day import legal_day
from app.kernel.vat import STANDARD_RATE
from app.members.current import Asking, needs
from app.members.rules import Scope
from app.ordering.asking import buyer
from app.ordering.basket.contents import Owner, set_quantity
from app.ordering.enter_free_position import enter_free_position
from app.ordering.placing.form_once import first_sending, forget_sending, new_key
from app.ordering.quoting.forms import read_free_position, typed_like
from app.ordering.quoting.queries import free_position, open_lots_of
from app.web.commit_route import CommitRoute
from app.web.dependencies import Db, Now, Scanning, Sent
from app.web.pages import download, redirect, render

router = APIRouter(prefix="/freie-position", include_in_schema=False, route_class=CommitRoute)
Buyer = Annotated[Asking, Depends(needs(Scope.CALL_OFFS_WRITE))]
Reader = Annotated[Asking, Depends(needs(Scope.CALL_OFFS_READ))]
LONGEST_NUMBER: Final = 40
TAXES: Final = [
    (str(STANDARD_RATE), f"{STANDARD_RATE} %"),
    ("7", "7 % (noch nicht abrufbar)"),
    ("0", "0 % (noch nicht abrufbar)"),
]


@router.get("")
def show(
    request: Request,
    db: Db,
    now: Now,
    asking: Buyer,
    wie: Annotated[str, Query(max_length=LONGEST_NUMBER)] = "",
    los: Annotated[str, Query(max_length=LONGEST_NUMBER)] = "",
) -> Response:
    """Empty, or for the goods of an earlier one (`wie` = its number) at a new quote."""
    owner = buyer(asking)
    sent = typed_like(free_position(db, wie, asking.tenant)) if wie else {"lot": los}
    return _page(request, db, owner, sent, now)


def handed_quote(quote: Annotated[UploadFile | None, File()] = None) -> tuple[str, bytes]:
    """Name and content; a byte beyond the limit is enough to refuse it."""
    if quote is None:
        return "", b""
    return quote.filename or "", quote.file.read(LARGEST_FILE + 1)


@router.post("")
def enter(
    *,
    request: Request,
    db: Db,
    now: Now,
    asking: Buyer,
    sent: Sent,
    handed: Annotated[tuple[str, bytes], Depends(handed_quote)],
    scan: Scanning,
) -> Response:
    owner = buyer(asking)
    sending = first_sending(db, asking, "free-position", sent, now, handed[1])
    if sending is None:
        return redirect(request, "/warenkorb")
    wish, unread = read_free_position(sent)
    try:
        entered = enter_free_position(db, owner, wish, handed, now, scan=scan, unread=unread)
    except Malformed as wrong:
        forget_sending(db, sending)
        return _page(request, db, owner, sent, now, wrong)
    set_quantity(db, owner, entered.number, entered.quantity, now)
    return redirect(request, "/warenkorb", "Die freie Position liegt im Warenkorb.")


@router.get("/{free_position}/angebot")
def show_quote(
    db: Db, asking: Reader, number: Annotated[str, Path(alias="free_position")]
) -> Response:
    """For the member whose position it is, and those who work for all."""
    found = free_position(db, number, asking.tenant)
    stored = content(db, found.file_sha256)
    return download(stored.content, stored.media_type, found.file_name)


def _page(
    request: Request,
    db: Session,
    owner: Owner,
    sent: dict[str, str],
    now: Now,
    wrong: Malformed | None = None,
) -> Response:
    lots = open_lots_of(db, owner.member_id, legal_day(now))
    chosen = sent.get("lot", "")
    if not chosen and len(lots) == 1:
        sent = {**sent, "lot": str(lots[0].id)}
    context: dict[str, Any] = {
        "lots": lots,
        "sent": sent,
        "key": new_key(),
        "suppliers": list(dict.fromkeys(name for lot in lots for name in lot.suppliers)),
        "taxes": TAXES,
        "errors": wrong.by_field if wrong else {},
    }
    status = 422 if wrong else 200
    return render(request, "ordering/quoting/free_position.html", context, status=status)
