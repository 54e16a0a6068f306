"""Active seconds of one stage of an order; they belong to the order, not to a person."""

from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.ordering.records import CallOffTime


def note_time(session: Session, call_off_id: int, stage: str, seconds: int, now: datetime) -> None:
    """Append the seconds; stages are order, approval, receipt and invoice."""
    session.execute(
        insert(CallOffTime).values(call_off_id=call_off_id, stage=stage, seconds=seconds, at=now)
    )
