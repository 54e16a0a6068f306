"""`/api/v1/demands`: needs that the catalog does not meet, for programs."""

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, Field, StringConstraints

from app.demand.queries import NeedSeen, need_seen, needs_seen
from app.demand.report_need import NeedWish, report_need
from app.demand.rules import (
    LONGEST_TEXT,
    LONGEST_WHAT,
    MOST_MINUTES,
    MOST_PIECES,
    BoughtBy,
    NeedState,
)
from app.kernel.errors import NotAllowed
from app.kernel.money import Money
from app.members.current import Asking, needs_token
from app.members.rules import Scope
from app.web.commit_route import CommitRoute
from app.web.dependencies import Db, Now
from app.web.paging import Paged
from app.web.sent_body import SentBody

router = APIRouter(prefix="/demands", tags=["Bedarfe"], route_class=CommitRoute)
Reader = Annotated[Asking, Depends(needs_token(Scope.CALL_OFFS_READ))]
Orderer = Annotated[Asking, Depends(needs_token(Scope.CALL_OFFS_WRITE))]
NO_MEMBER = "Bedarfe meldet, wer für ein Mitglied handelt."


class DemandWanted(SentBody):
    """Amounts are texts; `category` is one of the catalog, as in `GET /articles`."""

    what: Annotated[
        str,
        StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_WHAT),
    ]
    quantity: Annotated[int, Field(strict=True, ge=1, le=MOST_PIECES)]
    needed_by: date
    reason: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_TEXT)
    ]
    bought_by: Annotated[
        BoughtBy, Field(description="Wie Sie es stattdessen beschaffen; `not_bought`: gar nicht.")
    ]
    minutes_lost: Annotated[int, Field(strict=True, ge=0, le=MOST_MINUTES)] | None = None
    estimated_net: (
        Annotated[
            str,
            StringConstraints(pattern=r"^[0-9]{1,12}(\.[0-9]{1,2})?$"),
            Field(examples=["1200.00"]),
        ]
        | None
    ) = None
    category: Annotated[str, StringConstraints(max_length=80)] = ""


class DemandGiven(BaseModel):
    """`decision` says why it was declined or what meets it; `sku` is the article that does."""

    id: int
    member: str
    state: NeedState
    what: str
    category: str
    quantity: int
    needed_by: date
    reason: str
    bought_by: BoughtBy
    minutes_lost: int | None
    estimated_net: str | None
    currency: str = "EUR"
    reported_at: datetime
    round: str
    decision: str
    sku: str | None


class DemandList(BaseModel):
    items: list[DemandGiven]
    total: int
    next: str | None


@router.get(
    "",
    summary="Gemeldete Bedarfe, der neueste zuerst",
    description="Die des eigenen Mitglieds; wer für die Genossenschaft handelt, sieht alle.",
)
def show_all(db: Db, asking: Reader, paged: Paged) -> DemandList:
    found, total = needs_seen(db, asking.tenant, paged.page, paged.size)
    items = [_given(one) for one in found]
    return DemandList(items=items, total=total, next=paged.next(total))


@router.post(
    "",
    status_code=201,
    summary="Einen Bedarf melden",
    description="Was der Katalog nicht hat. Derselbe Bedarf am selben Tag noch einmal gesendet "
    "bleibt einer; die Antwort ist dann 200.",
)
def report(db: Db, now: Now, asking: Orderer, body: DemandWanted, answer: Response) -> DemandGiven:
    if asking.member is None:
        raise NotAllowed(NO_MEMBER, "role_not_allowed")
    wish = NeedWish(
        what=body.what,
        quantity=body.quantity,
        needed_by=body.needed_by,
        reason=body.reason,
        bought_by=body.bought_by,
        minutes_lost=body.minutes_lost,
        estimated_net=None if body.estimated_net is None else Money.euros(body.estimated_net),
        category=body.category,
    )
    reported = report_need(db, asking.member, asking.person_id, wish, now)
    if not reported.new:
        answer.status_code = 200
    return _given(need_seen(db, asking.tenant, reported.need.id))


def _given(seen: NeedSeen) -> DemandGiven:
    need = seen.need
    return DemandGiven(
        id=need.id,
        member=seen.member_key,
        state=need.state,
        what=need.what,
        category=seen.category,
        quantity=need.quantity,
        needed_by=need.needed_by,
        reason=need.reason,
        bought_by=need.bought_by,
        minutes_lost=need.minutes_lost,
        estimated_net=None if need.estimated_net is None else need.estimated_net.text,
        reported_at=need.reported_at,
        round=seen.round_title,
        decision=need.decision_reason,
        sku=need.sku,
    )
