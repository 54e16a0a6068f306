"""Pages of one's own notices and of how one wants to be told."""

from collections.abc import Mapping
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from app.kernel.errors import Malformed
from app.members.current import Asking, asking_page
from app.notices.choose import choose
from app.notices.forms import chosen, seen_up_to
from app.notices.mark_read import mark_all_read, mark_read
from app.notices.queries import PAGE_SIZE, notices, own_choices, times_of, unread_count
from app.notices.rules import EVENTS, HOURS, MAIL_WORDS, Times, effective, events_for
from app.web.commit_route import CommitRoute
from app.web.dependencies import Db, Now, Sent
from app.web.pages import own_address, redirect, render

router = APIRouter(include_in_schema=False, route_class=CommitRoute)
Person = Annotated[Asking, Depends(asking_page)]
NoticeId = Annotated[int, Path(ge=1, le=2**31)]
HERE: Final = "/mitteilungen"
CHOICES: Final = "/konto/mitteilungen"


@router.get(HERE)
def show(
    request: Request,
    db: Db,
    asking: Person,
    ungelesen: Annotated[bool, Query()] = False,
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> Response:
    total, rows = notices(db, asking.person_id, page, unread_only=ungelesen)
    unread = unread_count(db, asking.person_id)
    content = {
        "rows": rows,
        "total": total,
        "unread": unread,
        "unread_only": ungelesen,
        "events": EVENTS,
        "latest": max((one.id for one in rows), default=0),
        "page": page,
        "size": PAGE_SIZE,
    }
    return render(request, "notices/notices.html", content)


@router.post("/mitteilungen/gelesen")
def all_read(request: Request, db: Db, now: Now, asking: Person, sent: Sent) -> Response:
    mark_all_read(db, asking.person_id, seen_up_to(sent.get("bis", "")), now)
    return redirect(request, HERE, "Alle Mitteilungen sind gelesen.")


@router.post("/mitteilungen/{notice_id}/gelesen")
def one_read(
    request: Request, db: Db, now: Now, asking: Person, sent: Sent, notice_id: NoticeId
) -> Response:
    mark_read(db, asking.person_id, notice_id, now)
    return redirect(request, own_address(sent.get("zurueck"), HERE))


@router.post("/mitteilungen/{notice_id}/oeffnen")
def follow(request: Request, db: Db, now: Now, asking: Person, notice_id: NoticeId) -> Response:
    """Read, and on to what it is about."""
    found = mark_read(db, asking.person_id, notice_id, now)
    return redirect(request, own_address(found.address, HERE))


@router.get(CHOICES)
def show_choices(
    request: Request, db: Db, asking: Person, gespeichert: Annotated[bool, Query()] = False
) -> Response:
    return _choices(request, db, asking, {}, saved=gespeichert)


@router.post(CHOICES)
def save_choices(request: Request, db: Db, asking: Person, sent: Sent) -> Response:
    try:
        choices, times = chosen(sent, events_for(asking.roles))
    except Malformed as wrong:
        return _choices(request, db, asking, wrong.by_field)
    choose(db, asking.person_id, choices, times)
    return redirect(request, f"{CHOICES}?gespeichert=1")


def _choices(
    request: Request, db: Session, asking: Asking, errors: Mapping[str, str], *, saved: bool = False
) -> Response:
    own = own_choices(db, asking.person_id)
    content = {
        "rows": [
            (event, EVENTS[event], effective(event, own.get(event)))
            for event in events_for(asking.roles)
        ],
        "times": times_of(db, [asking.person_id]).get(asking.person_id, Times()),
        "mail_words": [(way.value, words) for way, words in MAIL_WORDS.items()],
        "hours": [(hour, f"{hour} Uhr") for hour in HOURS],
        "errors": errors,
        "saved": saved,
    }
    return render(request, "notices/choices.html", content, status=422 if errors else 200)
