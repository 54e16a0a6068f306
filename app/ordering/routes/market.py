"""Pages of the market price check: one form, up to three sources, under a minute."""

import re
from datetime import datetime
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, File, Path, Query, Request, UploadFile
from fastapi.responses import Response
from sqlalchemy.orm import Session

from app.archive.check_upload import Scanner, paper_fault
from app.archive.media_type import LARGEST_FILE
from app.archive.store import content
from app.catalog.supplied import supplied_articles
from app.catalog.visible import lots_seen_by, sees
from app.demand.rules import BOUGHT_WORDS, ELSEWHERE
from app.kernel.errors import Malformed, NotAllowed, NotFound
from app.kernel.german import clean
from app.kernel.legal_day import legal_day
from app.members.current import Asking, needs
from app.members.rules import Scope
from app.ordering.asking import buyer
from app.ordering.market.check_market_price import check_market_price
from app.ordering.market.forms import SentFile, read_check
from app.ordering.market.queries import latest_checks, source
from app.ordering.market.rules import MOST_SOURCES
from app.ordering.wanted import LARGEST_QUANTITY
from app.web.commit_route import CommitRoute
from app.web.dependencies import Db, Now, Scanning, Sent
from app.web.pages import download, is_fragment, redirect, render

router = APIRouter(prefix="/marktpreis", include_in_schema=False, route_class=CommitRoute)
Buyer = Annotated[Asking, Depends(needs(Scope.CALL_OFFS_WRITE))]
Reader = Annotated[Asking, Depends(needs(Scope.CALL_OFFS_READ))]
BACK: Final = re.compile(r"^/(bestellen|warenkorb|abrufe/[\w-]{1,40})$", re.ASCII)
WAYS: Final = [(way.value, BOUGHT_WORDS[way]) for way in BOUGHT_WORDS if way in ELSEWHERE]


@router.get("")
def show(
    request: Request,
    db: Db,
    now: Now,
    asking: Buyer,
    sku: Annotated[str, Query(max_length=64)] = "",
    menge: Annotated[int, Query(ge=1, le=100_000)] = 1,
    zurueck: Annotated[str, Query(max_length=80)] = "",
) -> Response:
    buyer(asking)
    if not sku:
        return redirect(request, "/katalog")
    sent = {"sku": sku, "menge": str(menge), "zurueck": zurueck}
    sent |= {f"datum-{place}": legal_day(now).isoformat() for place in range(MOST_SOURCES)}
    return _page(request, db, asking, sent, now)


def handed_files(
    scan: Scanning,
    first: Annotated[UploadFile | None, File(alias="datei-0")] = None,
    second: Annotated[UploadFile | None, File(alias="datei-1")] = None,
    third: Annotated[UploadFile | None, File(alias="datei-2")] = None,
) -> list[SentFile]:
    """One per source; a byte beyond the limit is enough to refuse it."""
    return [_handed(one, scan) for one in (first, second, third)]


def _handed(file: UploadFile | None, scan: Scanner) -> SentFile:
    if file is None:
        return SentFile("", b"")
    content = file.file.read(LARGEST_FILE + 1)
    name = clean(file.filename or "beleg")[:200]
    return SentFile(name, content, paper_fault(content, scan))


@router.post("/pruefung")
def check(
    request: Request,
    db: Db,
    now: Now,
    asking: Buyer,
    sent: Sent,
    files: Annotated[list[SentFile], Depends(handed_files)],
) -> Response:
    if asking.member is None:
        raise NotAllowed("Marktpreise prüft, wer für ein Mitglied angemeldet ist.")
    try:
        understood = read_check(sent, files)
        check_market_price(db, asking.member, asking.person_id, understood, now)
    except Malformed as wrong:
        return _page(request, db, asking, sent, now, wrong)
    if is_fragment(request):
        return _page(request, db, asking, {**sent, "fertig": "1"}, now)
    return redirect(request, _back(sent) or f"/marktpreis?sku={understood.sku}")


@router.get("/belege/{price_id}")
def proof(db: Db, asking: Reader, price_id: Annotated[int, Path(ge=1, le=2**31)]) -> Response:
    found = source(db, asking.tenant, price_id)
    stored = content(db, found.file_sha256 or "")
    return download(stored.content, stored.media_type, found.file_name)


def _quantity(text: str) -> int:
    fits = text.isascii() and text.isdecimal() and len(text) <= len(str(LARGEST_QUANTITY))
    return max(1, int(text)) if fits else 1


def _back(sent: dict[str, str]) -> str:
    back = sent.get("zurueck", "")
    return back if BACK.match(back) else ""


def _page(
    request: Request,
    db: Session,
    asking: Asking,
    sent: dict[str, str],
    now: datetime,
    wrong: Malformed | None = None,
) -> Response:
    today, sku = legal_day(now), sent.get("sku", "")
    quantity = _quantity(sent.get("menge", "1"))
    article = supplied_articles(db, {sku: quantity}, today).get(sku)
    if article is None or not sees(lots_seen_by(db, asking, today), article.lot_id):
        raise NotFound(f"Den Artikel „{sku}“ gibt es im Katalog nicht.")
    context: dict[str, Any] = {
        "article": article,
        "sent": sent,
        "errors": wrong.by_field if wrong else {},
        "checked": latest_checks(db, asking.tenant, [sku], now).get(sku),
        "places": range(MOST_SOURCES),
        "ways": WAYS,
        "back": _back(sent),
        "done": "fertig" in sent,
    }
    name = "ordering/market/_check.html" if is_fragment(request) else "ordering/market/check.html"
    return render(request, name, context, status=422 if wrong else 200)
