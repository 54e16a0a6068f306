"""Named reads about notices; whose they are is always an argument."""

from collections.abc import Collection, Sequence
from typing import Final

from sqlalchemy import ColumnElement, bindparam, func, select
from sqlalchemy.orm import Session

from app.database.base import table_of
from app.database.marks import REGISTER, Kept
from app.database.straight import fetch_one
from app.kernel.errors import NotFound
from app.notices.records import NOTICES, Notice, NoticeChoice, NoticeTimes
from app.notices.rules import Choice, Event, Times

PAGE_SIZE: Final = 25

_NOTICE = table_of(Notice)
_UNREAD: Final = (
    select(func.count().label("unread"))
    .select_from(_NOTICE)
    .where(
        _NOTICE.c.person_id == bindparam("person"),
        _NOTICE.c.in_portal,
        _NOTICE.c.read_at.is_(None),
    )
)
# The register's mark is always there; before the first notice nothing would be kept.
_COUNTS: Final[Kept[int]] = Kept(most=5_000, marks=(REGISTER, NOTICES))


def unread_count(session: Session, person_id: int) -> int:
    """For the bell of every page: asked of the database only after a notice came or was read."""

    def read() -> int:
        return int(fetch_one(session, _UNREAD, {"person": person_id}).unread)

    return _COUNTS.get(session, person_id, read)


def notices(
    session: Session,
    person_id: int,
    page: int,
    *,
    unread_only: bool = False,
    size: int = PAGE_SIZE,
) -> tuple[int, Sequence[Notice]]:
    """How many there are and one page of them, the latest first."""
    conditions: list[ColumnElement[bool]] = [
        Notice.person_id == person_id,
        Notice.in_portal.is_(True),
    ]
    if unread_only:
        conditions.append(Notice.read_at.is_(None))
    total = session.scalar(select(func.count(Notice.id)).where(*conditions)) or 0
    rows = session.scalars(
        select(Notice)
        .where(*conditions)
        .order_by(Notice.at.desc(), Notice.id.desc())
        .limit(size)
        .offset((page - 1) * size)
    ).all()
    return total, rows


def notice_of(session: Session, person_id: int, notice_id: int) -> Notice:
    """NotFound for other people's notices just as for none."""
    found = session.scalar(
        select(Notice).where(Notice.id == notice_id, Notice.person_id == person_id)
    )
    if found is None:
        raise NotFound("Diese Mitteilung gibt es nicht.")
    return found


def choices_of(session: Session, people: Collection[int], event: Event) -> dict[int, Choice]:
    """By person; who is missing takes the default."""
    rows = session.scalars(
        select(NoticeChoice).where(NoticeChoice.person_id.in_(people), NoticeChoice.event == event)
    )
    return {row.person_id: Choice(row.in_portal, row.mail) for row in rows}


def own_choices(session: Session, person_id: int) -> dict[Event, Choice]:
    rows = session.scalars(select(NoticeChoice).where(NoticeChoice.person_id == person_id))
    return {row.event: Choice(row.in_portal, row.mail) for row in rows}


def times_of(session: Session, people: Collection[int]) -> dict[int, Times]:
    """By person; who is missing takes the default."""
    rows = session.scalars(select(NoticeTimes).where(NoticeTimes.person_id.in_(people)))
    return {row.person_id: Times(row.quiet_from, row.quiet_to, row.digest_at) for row in rows}
