"""Reminding the legal role 90, 30 and 7 days before evidence ends, and when it has."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.database.base import table_of
from app.eligibility.evidence.counting import every_evidence
from app.eligibility.evidence.due import Due, due_facts
from app.eligibility.evidence.records import EvidenceReminder
from app.eligibility.evidence.vocabulary import SCOPE_WORDS, fact_label
from app.eligibility.people import tell_people
from app.kernel import german
from app.kernel.canonical import sha256_hex
from app.kernel.legal_day import legal_day
from app.members.records import Member
from app.members.rules import Role
from app.notices.announce import News
from app.notices.rules import Event

STAGES: Final = (90, 30, 7)
ENDED: Final = 0
WITHIN: Final = timedelta(days=max(STAGES))
MOST_LINES: Final = 200
OPENING: Final = (
    "Diese Nachweise laufen ab oder sind abgelaufen. Ein abgelaufener Nachweis sperrt "
    "die Abrufe, die auf ihm beruhen."
)
ADVICE: Final = "Bitte erneuern Sie sie rechtzeitig."
_INSERT: Final = {
    name: dialect.insert(table_of(EvidenceReminder)).on_conflict_do_nothing()
    for name, dialect in (("postgresql", postgresql), ("sqlite", sqlite))
}


def remind_of_evidence(session: Session, now: datetime) -> int:
    """One mail a day to each, with everything that is new since; how much was new.

    A last day is told once per stage: days on which no worker ran are made up for by the stage
    that is reached, and a second run finds everything told.
    """
    today = legal_day(now)
    members: dict[str, str] = dict(session.execute(select(Member.key, Member.name)).all())
    told = {
        (row.fact_id, row.last_day, row.stage)
        for row in session.execute(
            select(EvidenceReminder.fact_id, EvidenceReminder.last_day, EvidenceReminder.stage)
        )
    }
    due = due_facts(every_evidence(session, today), today, within=WITHIN)
    new = [
        (item, stage)
        for item in due
        for stage in (stage_of(item.day, today),)
        if (item.fact.number, item.day, stage) not in told
    ]
    if not new:
        return 0
    connection = session.connection()
    connection.execute(
        _INSERT[connection.dialect.name],
        [
            {"fact_id": item.fact.number, "last_day": item.day, "stage": stage, "told_at": now}
            for item, stage in new
        ],
    )
    news = News(Event.EVIDENCE_EXPIRES, _subject(new), _body(new, members, today), "/nachweise")
    cause = sha256_hex(",".join(f"{item.fact.number}:{item.day}:{stage}" for item, stage in new))
    tell_people(session, Role.LEGAL, news, f"evidence-due:{cause[:32]}", now)
    return len(new)


def stage_of(last_day: date, today: date) -> int:
    """The stage that is reached: 90, 30 or 7 days before, 0 once the last day is over."""
    left = (last_day - today).days
    return ENDED if left < 0 else min(stage for stage in STAGES if left <= stage)


def _subject(new: Sequence[tuple[Due, int]]) -> str:
    ended = sum(stage == ENDED for _, stage in new)
    if ended:
        return f"Nachweise: {ended} abgelaufen, {len(new) - ended} bald fällig"
    return f"Nachweise: {len(new)} bald fällig"


def _body(new: Sequence[tuple[Due, int]], members: Mapping[str, str], today: date) -> str:
    lines = [_line(item, members, today) for item, _ in new[:MOST_LINES]]
    if len(new) > MOST_LINES:
        lines.append(f"- und {len(new) - MOST_LINES} weitere")
    listed = "\n".join(lines)
    return f"{OPENING}\n\n{listed}\n\n{ADVICE}\n"


def _line(item: Due, members: Mapping[str, str], today: date) -> str:
    whose = (
        members.get(item.scope_key) or f"{SCOPE_WORDS[item.scope_type]} {item.scope_key}".strip()
    )
    left = (item.day - today).days
    when = (
        f"abgelaufen seit {german.day(item.day)}"
        if left < 0
        else f"letzter Tag {german.day(item.day)}, noch {left} {'Tag' if left == 1 else 'Tage'}"
    )
    label = fact_label(item.scope_type, item.fact.key)
    return f"- {whose}: {label} ({item.document.title}), {when}"
