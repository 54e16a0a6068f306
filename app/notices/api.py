"""`/api/v1/notices`: what the owner of the token was told."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query
from pydantic import BaseModel, Field

from app.members.current import Asking, needs_token
from app.members.rules import Scope
from app.notices.mark_read import mark_all_read, mark_read
from app.notices.queries import notices, unread_count
from app.notices.records import Notice
from app.notices.rules import Event
from app.web.commit_route import CommitRoute
from app.web.dependencies import Db, Now
from app.web.paging import Paged
from app.web.sent_body import SentBody

router = APIRouter(prefix="/notices", tags=["Mitteilungen"], route_class=CommitRoute)
Person = Annotated[Asking, Depends(needs_token(Scope.NOTICES_READ))]
LARGEST_ID = 2**31 - 1


class NoticeGiven(BaseModel):
    """`page` führt im Portal dorthin, worum es geht."""

    id: int
    event: Event
    title: str
    text: str
    page: str
    at: datetime
    read_at: datetime | None


class NoticeList(BaseModel):
    items: list[NoticeGiven]
    total: int
    unread: int
    next: str | None


class SeenUpTo(SentBody):
    up_to: Annotated[
        int,
        Field(strict=True, ge=1, le=LARGEST_ID, description="die neueste, die Sie gesehen haben"),
    ]


class NothingToSay(SentBody):
    """The address says which one."""


class Unread(BaseModel):
    unread: int


@router.get(
    "",
    summary="Eigene Mitteilungen, die neueste zuerst",
    description="Die der Person, der der Token gehört. Lesen markiert nichts als gelesen.",
)
def show_all(
    db: Db,
    asking: Person,
    paging: Paged,
    unread: Annotated[bool, Query(description="nur ungelesene")] = False,
) -> NoticeList:
    total, rows = notices(db, asking.person_id, paging.page, unread_only=unread, size=paging.size)
    return NoticeList(
        items=[_given(row) for row in rows],
        total=total,
        unread=unread_count(db, asking.person_id),
        next=paging.next(total),
    )


@router.post(
    "/read",
    summary="Mitteilungen als gelesen markieren",
    description="Alle bis zu einer; was danach kam, bleibt ungelesen.",
)
def all_read(db: Db, now: Now, asking: Person, body: SeenUpTo) -> Unread:
    mark_all_read(db, asking.person_id, body.up_to, now)
    return Unread(unread=unread_count(db, asking.person_id))


@router.post(
    "/{notice_id}/read",
    summary="Eine Mitteilung als gelesen markieren",
    description="Ein zweites Mal ändert nichts.",
)
def one_read(
    db: Db,
    now: Now,
    asking: Person,
    notice_id: Annotated[int, Path(ge=1, le=LARGEST_ID)],
    _body: NothingToSay | None = None,
) -> NoticeGiven:
    return _given(mark_read(db, asking.person_id, notice_id, now))


def _given(row: Notice) -> NoticeGiven:
    return NoticeGiven(
        id=row.id,
        event=row.event,
        title=row.title,
        text=row.text,
        page=row.address,
        at=row.at,
        read_at=row.read_at,
    )
