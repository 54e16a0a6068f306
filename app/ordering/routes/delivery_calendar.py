"""The calendar of deliveries: a month as a page, and a feed for calendar programs."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from app.accounts.issue_token import issue_token, revoke_token
from app.accounts.queries import api_tokens
from app.kernel.errors import NotFound
from app.kernel.legal_day import legal_day
from app.kernel.month import Month
from app.members.current import Asking, needs
from app.members.find_asking import asking_by_token
from app.members.rules import Scope, scopes_of
from app.ordering.showing.delivery_calendar import calendar_feed, due_days, month_of
from app.web.commit_route import CommitRoute
from app.web.dependencies import Db, Now
from app.web.pages import redirect, render

router = APIRouter(include_in_schema=False, route_class=CommitRoute)
Reader = Annotated[Asking, Depends(needs(Scope.CALL_OFFS_READ))]
NAME = "Lieferkalender"
CALENDAR = "text/calendar; charset=utf-8"


@router.get("/lieferkalender")
def show(
    request: Request,
    db: Db,
    now: Now,
    asking: Reader,
    monat: Annotated[str, Query(max_length=7)] = "",
) -> Response:
    return _page(request, db, now, asking, Month.parse(monat), {})


@router.post("/lieferkalender/link")
def make_link(request: Request, db: Db, now: Now, asking: Reader) -> Response:
    """One link per person, without any scope: it opens the calendar and nothing else.

    The secret is shown now and never again; an earlier link stops working.
    """
    _revoke(db, asking, now)
    secret = issue_token(db, asking.person_id, NAME, (), now, None).secret
    address = f"{request.app.state.base_url}/kalender/{secret}.ics"
    return _page(request, db, now, asking, None, {"link": address})


@router.post("/lieferkalender/link/widerrufen")
def revoke_link(request: Request, db: Db, now: Now, asking: Reader) -> Response:
    _revoke(db, asking, now)
    return redirect(request, "/lieferkalender", "Die Kalenderadresse gilt nicht mehr.")


@router.get("/kalender/{token}")
def feed(request: Request, db: Db, now: Now, token: str) -> Response:
    """What the person behind the link may see today; NotFound for every link that is not alive."""
    asking = asking_by_token(db, token.removesuffix(".ics"), now)
    if asking is None or asking.scopes or Scope.CALL_OFFS_READ not in scopes_of(asking.roles):
        raise NotFound("Diesen Kalender gibt es nicht.")
    content = calendar_feed(db, asking.tenant, request.app.state.base_url, now)
    headers = {"Cache-Control": "private, max-age=900", "Referrer-Policy": "no-referrer"}
    return Response(content, media_type=CALENDAR, headers=headers)


def _revoke(db: Session, asking: Asking, now: datetime) -> None:
    for token in api_tokens(db, asking.person_id):
        if token.name == NAME and token.scopes == "":
            revoke_token(db, asking.person_id, token.id, now)


def _page(
    request: Request,
    db: Session,
    now: datetime,
    asking: Asking,
    wished: Month | None,
    more: Mapping[str, Any],
) -> Response:
    today = legal_day(now)
    month = wished or Month.of(today)
    due = due_days(db, asking.tenant, month.first, month.last)
    context = {
        "month": month,
        "before": month.previous(),
        "after": month.next(),
        "weeks": month_of(due, month),
        "due": due,
        "today": today,
        "has_link": any(
            token.name == NAME and token.scopes == "" for token in api_tokens(db, asking.person_id)
        ),
        "link": "",
        **more,
    }
    return render(request, "ordering/delivery_calendar.html", context)
