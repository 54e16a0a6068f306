"""`/api/v1/market-checks`: what an article costs elsewhere, and what followed from it."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Response

from app.archive.store import content
from app.kernel.errors import NotAllowed
from app.members.current import Asking, needs_token
from app.members.rules import Scope
from app.ordering.market.check_market_price import check_market_price
from app.ordering.market.models import (
    FIELD_NAMES,
    MarketCheckGiven,
    MarketCheckList,
    MarketCheckWanted,
    check_given,
)
from app.ordering.market.queries import check_page, checked, source
from app.ordering.placing.api_once import answered_once
from app.ordering.routes.attachments_api import FILE
from app.web.commit_route import CommitRoute
from app.web.dependencies import Db, Now, Scanning
from app.web.field_names import fields_named
from app.web.pages import download
from app.web.paging import Paged
from app.web.repeatable import IdempotencyKey, created

router = APIRouter(prefix="/market-checks", tags=["Marktpreise"], route_class=CommitRoute)
Reader = Annotated[Asking, Depends(needs_token(Scope.CALL_OFFS_READ))]
Buyer = Annotated[Asking, Depends(needs_token(Scope.CALL_OFFS_WRITE))]


@router.get(
    "",
    summary="Marktpreisprüfungen, die neueste zuerst",
    description="Die des eigenen Mitglieds; wer für die Genossenschaft handelt, sieht alle.",
)
def show_all(
    db: Db,
    asking: Reader,
    paging: Paged,
    sku: Annotated[str, Query(max_length=64, description="nur zu diesem Artikel")] = "",
) -> MarketCheckList:
    total, rows = check_page(db, asking.tenant, sku, (paging.skipped, paging.size))
    items = [check_given(row) for row in rows]
    return MarketCheckList(items=items, total=total, next=paging.next(total))


@router.post(
    "",
    status_code=201,
    response_model=MarketCheckGiven,
    summary="Einen Marktpreis prüfen",
    description="Bis zu drei datierte Quellen mit Preis und, wenn Sie wollen, Beleg (PDF, PNG, "
    "JPEG). Ist es anderswo günstiger, braucht es einen Grund; `elsewhere` meldet den Bedarf, "
    "der nicht über das Portal gedeckt wird. Gilt 30 Tage für Abrufe dieses Artikels.",
)
def check(
    *,
    db: Db,
    now: Now,
    asking: Buyer,
    scan: Scanning,
    body: MarketCheckWanted,
    idempotency_key: IdempotencyKey,
) -> Response:
    member = asking.member
    if member is None:
        raise NotAllowed("Marktpreise prüft, wer für ein Mitglied angemeldet ist.")

    def act() -> MarketCheckGiven:
        understood = body.understood(scan)
        with fields_named(FIELD_NAMES):
            made = check_market_price(db, member, asking.person_id, understood, now)
        return check_given(checked(db, made.check))

    return created(answered_once(db, asking, now, idempotency_key, ("market-checks", body), act))


@router.get(
    "/proofs/{price_id}",
    summary="Der Beleg einer Quelle",
    response_class=Response,
    responses=FILE,
)
def show_proof(
    db: Db, asking: Reader, price_id: Annotated[int, Path(ge=1, le=2**31 - 1)]
) -> Response:
    found = source(db, asking.tenant, price_id)
    stored = content(db, found.file_sha256 or "")
    return download(stored.content, stored.media_type, found.file_name)
