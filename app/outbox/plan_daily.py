"""Work that comes up every day: planned once, by whichever worker sees the day first."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from app.kernel.legal_day import legal_day
from app.outbox.enqueue import job


def plan_daily(session: Session, names: Iterable[str], now: datetime) -> None:
    """A second worker, or a second start on the same day, adds nothing."""
    today = legal_day(now).isoformat()
    for name in names:
        job(session, name, {}, now, f"daily:{name}:{today}")
