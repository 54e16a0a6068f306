"""Lists of files that are to be erased, what was said about them, and the register."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app.accounts.records import Person
from app.archive.records import ErasedFile
from app.retention.records import ErasureItem, ErasureProposal, ErasureRelease

PAGE_SIZE: Final = 50


@dataclass(frozen=True, slots=True)
class List:
    """One proposal with its files; people are named by function."""

    number: int
    proposed_by_id: int
    proposed_by: str
    proposed_at: datetime
    items: tuple[ErasureItem, ...]
    released_by: str = ""
    released_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Register:
    """One page of erased files, the latest first."""

    rows: Sequence[ErasedFile]
    total: int


def waiting_lists(session: Session) -> tuple[List, ...]:
    """Proposed, and nobody has said anything yet."""
    rows = session.execute(
        select(ErasureProposal, Person.label)
        .join(Person, Person.id == ErasureProposal.proposed_by)
        .outerjoin(ErasureRelease, ErasureRelease.proposal_id == ErasureProposal.id)
        .where(ErasureRelease.proposal_id.is_(None))
        .order_by(ErasureProposal.id)
    )
    return tuple(
        List(one.id, one.proposed_by, label, one.proposed_at, _items(session, one.id))
        for one, label in rows
    )


def lists_to_decide(session: Session, person_id: int) -> int:
    """How many lists wait for this person's word: those that somebody else proposed."""
    wanted = (
        select(func.count(ErasureProposal.id))
        .outerjoin(ErasureRelease, ErasureRelease.proposal_id == ErasureProposal.id)
        .where(ErasureRelease.proposal_id.is_(None), ErasureProposal.proposed_by != person_id)
    )
    return session.scalar(wanted) or 0


def released_lists(session: Session) -> tuple[List, ...]:
    """Released, and some of their files still have their content."""
    there = (
        select(ErasureItem.proposal_id)
        .outerjoin(ErasedFile, ErasedFile.item == ErasureItem.id)
        .where(ErasedFile.id.is_(None))
    )
    rows = session.execute(
        select(ErasureProposal, ErasureRelease, Person.label)
        .join(ErasureRelease, ErasureRelease.proposal_id == ErasureProposal.id)
        .join(Person, Person.id == ErasureRelease.decided_by)
        .where(ErasureRelease.released, ErasureProposal.id.in_(there))
        .order_by(ErasureRelease.decided_at)
    )
    return tuple(
        List(
            one.id,
            one.proposed_by,
            "",
            one.proposed_at,
            _items(session, one.id, only_there=True),
            label,
            said.decided_at,
        )
        for one, said, label in rows
    )


def register(session: Session, text: str, page: int) -> Register:
    """What was erased; `text` is part of what it was, or the beginning of its hash."""
    wanted = select(ErasedFile)
    if text:
        wanted = wanted.where(
            or_(
                ErasedFile.what.icontains(text, autoescape=True),
                ErasedFile.sha256.startswith(text.lower(), autoescape=True),
            )
        )
    total = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    rows = session.scalars(
        wanted.order_by(ErasedFile.id.desc()).offset((page - 1) * PAGE_SIZE).limit(PAGE_SIZE)
    ).all()
    return Register(rows, total)


def _items(
    session: Session, proposal_id: int, *, only_there: bool = False
) -> tuple[ErasureItem, ...]:
    wanted = select(ErasureItem).where(ErasureItem.proposal_id == proposal_id)
    if only_there:
        wanted = wanted.outerjoin(ErasedFile, ErasedFile.item == ErasureItem.id).where(
            ErasedFile.id.is_(None)
        )
    return tuple(session.scalars(wanted.order_by(ErasureItem.kept_until, ErasureItem.id)))
