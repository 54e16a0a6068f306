"""`/api/v1/members`: the register of members on any day."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import BaseModel

from app.kernel.legal_day import legal_day
from app.members.current import Asking, needs_token
from app.members.membership.register import register_on
from app.members.rules import BodyKind, Scope
from app.web.dependencies import Db, Now
from app.web.paging import Paged
from app.web.query_days import QueryDay

router = APIRouter(tags=["Mitglieder"])
Reader = Annotated[Asking, Depends(needs_token(Scope.AUDIT_READ))]


class MemberListed(BaseModel):
    """One member of the register."""

    key: str
    name: str
    body_kind: BodyKind
    city: str
    member_since: date
    last_day: date | None
    votes: int


class RegisterGiven(BaseModel):
    """Who was a member on `day`; with `known_on`, as it was on record at the end of that day."""

    day: date
    known_on: date | None
    items: list[MemberListed]
    total: int
    next: str | None


@router.get(
    "/members",
    summary="Mitgliederverzeichnis zu einem Stichtag",
    description="`on` ist der Stichtag (sonst heute), `known_on` lässt weg, was erst später "
    "erfasst wurde.",
)
def members(
    db: Db,
    now: Now,
    _reader: Reader,
    on: QueryDay = None,
    known_on: QueryDay = None,
    *,
    paged: Paged,
) -> RegisterGiven:
    found = register_on(db, on or legal_day(now), known_on)
    return RegisterGiven(
        day=found.day,
        known_on=known_on,
        items=[
            MemberListed(
                key=row.key,
                name=row.name,
                body_kind=row.body_kind,
                city=row.city,
                member_since=row.since,
                last_day=row.until,
                votes=row.votes,
            )
            for row in paged.of(found.rows)
        ],
        total=len(found.rows),
        next=paged.next(len(found.rows)),
    )
