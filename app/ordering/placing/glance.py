"""Whether anything changed for a session since a page was made for it: one statement.

A page of the catalog is made of what the marks stand for, of who asks, and of what stands in its
frame. Two parts of these have no mark: the basket, and what waits for somebody who approves. The
latter changes only with the member's chain, so its length stands for it.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, bindparam, func, select
from sqlalchemy.orm import Session

from app.accounts.records import LoginSession
from app.accounts.rules import Times, alive, due_to_write
from app.audit.append import member_stream
from app.catalog.list_page import Rows
from app.database.marks import MARKS, only_stepped, text_of_marks
from app.database.straight import fetch_one
from app.members.asking import Asking
from app.ordering.basket_records import BasketLine
from app.ordering.showing.waiting_count import CHAIN_LENGTH, chain_counted

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


_LOOK_OF_APPROVER: Final = _LOOK.add_columns(CHAIN_LENGTH)


@dataclass(frozen=True, slots=True)
class Seen:
    """What somebody's page rested on; another mark may mean another member, role or catalog."""

    marks: str
    member_id: int
    measured: bool
    articles: int
    rows: Rows | None = None
    """The articles it shows: while a version is published, only these make it old."""
    chain: str = ""
    chain_length: int | None = None
    """Where the page counts what waits for an approver: the member's chain before it counted."""


def seen_by(session: Session, asking: Asking, articles: int, rows: Rows | None) -> Seen | None:
    """None where no glance can tell: somebody without a member, or a transaction that writes."""
    marks, member = text_of_marks(session), asking.member
    if marks is None or member is None:
        return None
    counted = chain_counted(session)
    chain = member_stream(member.key) if counted is not None else ""
    return Seen(marks, member.id, member.measures_time, articles, rows, chain, counted)


def still_so(connection: Connection, hashed: str, seen: Seen, now: datetime) -> bool:
    """False also where the session is over or its presence has to be noted.

    `hashed` is the session's token as its table has it.
    """
    asked = {"digest": hashed, "member": seen.member_id}
    if seen.chain:
        found = fetch_one(connection, _LOOK_OF_APPROVER, {**asked, "chain": seen.chain})
    else:
        found = fetch_one(connection, _LOOK, asked)
    return (
        found is not None
        and (found.marks == seen.marks or _only_stepped(connection, found.marks, seen))
        and found.articles == seen.articles
        and (not seen.chain or found.chain_length == seen.chain_length)
        and alive(Times(found.expires_at, found.last_seen_at, found.revoked_at), now)
        and not due_to_write(found.last_seen_at, now, measured=seen.measured)
    )


def _only_stepped(connection: Connection, marks: str, seen: Seen) -> bool:
    """A version is published in steps since then, and none has written an article of the page."""
    rows = seen.rows
    return rows is not None and only_stepped(seen.marks, marks) and rows.still_so(connection)
