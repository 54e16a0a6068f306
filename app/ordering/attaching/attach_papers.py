"""Attaching the kept files to the call-offs that came out of one order."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.kernel.errors import NotFound
from app.ordering.attaching.records import CallOffPaper, KeptPaper
from app.ordering.basket.contents import Owner
from app.ordering.records import CallOff


def kept_papers(session: Session, owner: Owner, ids: Collection[int]) -> Sequence[KeptPaper]:
    """Those of this person that the form names; others are left out."""
    return session.scalars(
        select(KeptPaper)
        .where(
            KeptPaper.id.in_(ids),
            KeptPaper.member_id == owner.member_id,
            KeptPaper.person_id == owner.person_id,
        )
        .order_by(KeptPaper.id)
    ).all()


def attach_papers(
    session: Session, owner: Owner, ids: Collection[int], numbers: Collection[str], now: datetime
) -> None:
    """To each of the call-offs `numbers`; kept no longer then."""
    papers = kept_papers(session, owner, ids)
    if not papers or not numbers:
        return
    orders = session.scalars(
        select(CallOff.id).where(CallOff.number.in_(numbers), CallOff.member_id == owner.member_id)
    ).all()
    session.add_all(
        CallOffPaper(
            call_off_id=call_off_id,
            member_id=owner.member_id,
            by=owner.person_id,
            file_name=paper.file_name,
            file_sha256=paper.file_sha256,
            confirms_funds=paper.confirms_funds,
            at=now,
        )
        for call_off_id in orders
        for paper in papers
    )
    session.execute(
        delete(KeptPaper).where(KeptPaper.id.in_([paper.id for paper in papers])),
        execution_options={"synchronize_session": False},
    )


def papers_of(session: Session, call_off_id: int) -> Sequence[CallOffPaper]:
    return session.scalars(
        select(CallOffPaper)
        .where(CallOffPaper.call_off_id == call_off_id)
        .order_by(CallOffPaper.id)
    ).all()


def funds_papers(session: Session, call_off_id: int) -> tuple[str, ...]:
    """The files with which the funds were confirmed, each with its hash."""
    return tuple(
        f"{one.file_name}, SHA-256 {one.file_sha256}"
        for one in papers_of(session, call_off_id)
        if one.confirms_funds
    )


def paper_of(session: Session, found: CallOff, paper_id: int) -> CallOffPaper:
    """NotFound for a paper of another call-off."""
    paper = session.get(CallOffPaper, paper_id)
    if paper is None or paper.call_off_id != found.id:
        raise NotFound("Diese Datei gibt es nicht.")
    return paper
