"""Asking for all files of a member's year: a row with its progress, and work for the worker."""

from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.append import Happening, append, member_stream
from app.journal.year_file.records import YearFile
from app.journal.year_file.rules import EARLIEST_YEAR, YearFileState
from app.kernel.errors import FieldError, Malformed
from app.kernel.legal_day import legal_day
from app.members.records import Member
from app.outbox.enqueue import job

YEAR_FILE: Final = "year_file"


def ask_year_file(
    session: Session, member: Member, year: int, person_id: int, now: datetime
) -> YearFile:
    """The one that is still being written answers a second wish. Malformed: a year to come."""
    if not EARLIEST_YEAR <= year <= legal_day(now).year:
        text = f"Bitte ein Jahr von {EARLIEST_YEAR} bis {legal_day(now).year}."
        raise Malformed(FieldError("jahr", "out_of_range", text))
    open_one = session.scalar(
        select(YearFile).where(
            YearFile.member_id == member.id,
            YearFile.year == year,
            YearFile.state != YearFileState.DONE,
        )
    )
    if open_one is not None:
        return open_one
    asked = YearFile(member_id=member.id, year=year, asked_by=person_id, asked_at=now)
    session.add(asked)
    session.flush()
    job(session, YEAR_FILE, {"file": asked.id}, now, f"{YEAR_FILE}:{asked.id}")
    payload: dict[str, object] = {"year": year}
    happening = Happening("file.asked", f"year_file:{asked.id}", f"person:{person_id}", payload)
    append(session, member_stream(member.key), now, happening)
    return asked
