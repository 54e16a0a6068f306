"""Choosing what to be told of, how and when."""

from collections.abc import Mapping

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.notices.records import NoticeChoice, NoticeTimes
from app.notices.rules import EVENTS, Choice, Event, Times, default_choice


def choose(session: Session, person_id: int, choices: Mapping[Event, Choice], times: Times) -> None:
    """Replaces the choices for these events; a duty cannot be chosen off and is passed over."""
    free = {event: chosen for event, chosen in choices.items() if not EVENTS[event].duty}
    session.execute(
        delete(NoticeChoice).where(
            NoticeChoice.person_id == person_id, NoticeChoice.event.in_(free)
        )
    )
    session.execute(delete(NoticeTimes).where(NoticeTimes.person_id == person_id))
    session.add_all(
        NoticeChoice(person_id=person_id, event=event, in_portal=chosen.in_portal, mail=chosen.mail)
        for event, chosen in free.items()
        if chosen != default_choice(event)
    )
    if times != Times():
        session.add(
            NoticeTimes(
                person_id=person_id,
                quiet_from=times.quiet_from,
                quiet_to=times.quiet_to,
                digest_at=times.digest_at,
            )
        )
    session.flush()
