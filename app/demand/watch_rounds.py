"""Every day: members without an answer are reminded, and a round whose deadline is over rests."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.append import COOPERATIVE, Happening, append
from app.demand.records import DemandRound
from app.demand.round_queries import orderers
from app.demand.rules import RoundState, collects, reminder_due
from app.kernel.german import day
from app.kernel.legal_day import legal_day
from app.notices.announce import News, announce
from app.notices.rules import Event


def watch_rounds(session: Session, now: datetime) -> int:
    """How many reminders are written; on the same day a second run writes none again."""
    today = legal_day(now)
    collecting = session.scalars(
        select(DemandRound)
        .where(DemandRound.state == RoundState.COLLECTING)
        .order_by(DemandRound.id)
        .with_for_update()
    ).all()
    over, reminders = [], 0
    for one in collecting:
        ahead = reminder_due(one.deadline, today)
        if not collects(one.state, one.deadline, today):
            one.state = RoundState.REVIEWING
            over.append(one)
        elif ahead is not None:
            reminders += _remind(session, one, ahead, now)
    session.flush()
    if over:
        happenings = [
            Happening("demand_round.reviewing", f"demand_round:{one.id}", "system", {})
            for one in over
        ]
        append(session, COOPERATIVE, now, *happenings)
    return reminders


def _remind(session: Session, waiting: DemandRound, ahead: int, now: datetime) -> int:
    body = (
        f"Ihre Antwort zur Bedarfsrunde „{waiting.title}“ fehlt noch.\n"
        f"Bitte melden Sie Ihre Menge bis {day(waiting.deadline)}. Auch „0“ ist eine Antwort."
    )
    people = orderers(session, legal_day(now), unanswered=waiting.id)
    news = News(
        Event.DEMAND,
        f"Erinnerung: Bedarfsrunde {waiting.title}",
        body,
        f"/bedarfsrunden/{waiting.id}",
    )
    announce(session, news, people, now, cause=f"round:{waiting.id}:{ahead}")
    return len(people)
