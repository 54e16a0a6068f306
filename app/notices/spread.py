"""Carrying an announcement to each person, as the person has chosen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.accounts.records import Person
from app.database.base import table_of
from app.notices.letter import OPEN, letter
from app.notices.queries import choices_of, times_of
from app.notices.records import Notice
from app.notices.rules import (
    EVENTS,
    Choice,
    Event,
    MailWay,
    Times,
    default_choice,
    effective,
    may_leave,
    next_digest,
)
from app.outbox.enqueue import job, send_mail

DIGEST: Final = "notice_digest"

_INSERT: Final = {
    name: dialect.insert(table_of(Notice))
    .on_conflict_do_nothing(index_elements=["person_id", "cause"])
    .returning(table_of(Notice).c.id)
    for name, dialect in (("postgresql", postgresql), ("sqlite", sqlite))
}


@dataclass(frozen=True, slots=True)
class _Told:
    """One person with what it chose for this event."""

    id: int
    mail: str
    choice: Choice
    times: Times


def spread(session: Session, payload: Mapping[str, Any], base_url: str, now: datetime) -> None:
    """Who lost the access meanwhile is told nothing; who was told this cause before neither."""
    event = Event(payload["event"])
    for person in _people(session, event, payload["people"]):
        if _note(session, payload, event, person):
            _mail(session, payload, person, base_url, now)


def _people(session: Session, event: Event, ids: list[int]) -> list[_Told]:
    chosen, times = choices_of(session, ids, event), times_of(session, ids)
    rows = session.execute(
        select(Person.id, Person.mail)
        .where(Person.id.in_(ids), Person.active.is_(True))
        .order_by(Person.id)
    )
    return [
        _Told(
            number,
            mail,
            effective(event, chosen.get(number, default_choice(event))),
            times.get(number, Times()),
        )
        for number, mail in rows
    ]


def _note(session: Session, payload: Mapping[str, Any], event: Event, person: _Told) -> bool:
    """Whether this is new to the person; kept even where neither page nor mail is wanted."""
    row = {
        "person_id": person.id,
        "event": event,
        "title": payload["title"],
        "text": payload["text"],
        "address": payload["address"],
        "cause": payload["cause"],
        "at": datetime.fromisoformat(payload["at"]),
        "in_portal": person.choice.in_portal,
        "waits_for_digest": person.choice.mail is MailWay.DAILY,
    }
    statement = _INSERT[session.get_bind().dialect.name]
    return session.execute(statement, row).scalar_one_or_none() is not None


def _mail(
    session: Session, payload: Mapping[str, Any], person: _Told, base_url: str, now: datetime
) -> None:
    if person.choice.mail is MailWay.DAILY:
        due = next_digest(now, person.times)
        key = f"{DIGEST}:{person.id}:{due.isoformat()}"
        job(session, DIGEST, {"person": person.id}, now, key, due=due)
    if person.choice.mail is not MailWay.AT_ONCE:
        return
    links = [(text, path) for text, path in payload["mail_links"]]
    body = letter(
        payload["text"],
        [*links, (OPEN, payload["address"])],
        base_url,
        note=payload.get("mail_note", ""),  # rows of an earlier version have none
        duty=EVENTS[Event(payload["event"])].duty,
    )
    key = f"notice:{payload['cause']}:{person.id}"
    due = may_leave(now, person.times)
    send_mail(session, person.mail, payload["title"], body, now, key, due=due)
