"""Whether anything changed for a session since a page was made for it: one statement.

A page of the catalog is made of what the marks stand for, of who asks, and of what stands in its
frame. The basket is the only part of these that no mark stands for, unless somebody approves.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from app.accounts.bearer import digest
from app.accounts.records import LoginSession
from app.accounts.rules import Times, alive, due_to_write
from app.database.marks import MARKS, text_of_marks
from app.database.straight import fetch_one
from app.members.asking import Asking
from app.members.rules import Scope
from app.ordering.basket_records import BasketLine

_ARTICLES: Final = (
    select(func.count())
    .select_from(BasketLine)
    .where(
        BasketLine.person_id == LoginSession.person_id,
        BasketLine.member_id == bindparam("member"),
    )
    .scalar_subquery()
    .label("articles")
)
_LOOK: Final = select(
    LoginSession.expires_at, LoginSession.last_seen_at, LoginSession.revoked_at, MARKS, _ARTICLES
).where(LoginSession.token_sha256 == bindparam("digest"))


@dataclass(frozen=True, slots=True)
class Seen:
    """What somebody's page rested on; another mark may mean another member, role or catalog."""

    marks: str
    member_id: int
    measured: bool
    articles: int


def seen_by(session: Session, asking: Asking, articles: int) -> Seen | None:
    """None for those whose frame shows more than a glance tells: what waits for them."""
    marks, member = text_of_marks(session), asking.member
    if marks is None or member is None or asking.may(Scope.CALL_OFFS_APPROVE):
        return None
    return Seen(marks, member.id, member.measures_time, articles)


def still_so(session: Session, token: str, seen: Seen, now: datetime) -> bool:
    """False also where the session is over or its presence has to be noted."""
    found = fetch_one(session, _LOOK, {"digest": digest(token), "member": seen.member_id})
    return (
        found is not None
        and found.marks == seen.marks
        and found.articles == seen.articles
        and alive(Times(found.expires_at, found.last_seen_at, found.revoked_at), now)
        and not due_to_write(found.last_seen_at, now, measured=seen.measured)
    )
