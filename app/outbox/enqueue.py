"""Putting a mail or a job into the business transaction that causes it."""

from datetime import datetime
from typing import Final

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.database.base import table_of
from app.database.together import write
from app.kernel.canonical import canonical_json
from app.outbox.records import Kind, OutboxMessage

MAIL = "mail"

# Built once: putting a statement together costs more than executing it.
_INSERT: Final = {
    name: dialect.insert(table_of(OutboxMessage)).on_conflict_do_nothing(
        index_elements=["dedupe_key"]
    )
    for name, dialect in (("postgresql", postgresql), ("sqlite", sqlite))
}


def send_mail(  # noqa: PLR0913 - to whom, what, when, and which cause
    session: Session,
    to: str,
    subject: str,
    body: str,
    now: datetime,
    dedupe_key: str,
    *,
    due: datetime | None = None,
) -> None:
    """One mail to one person, not before `due`; the same `dedupe_key` never sends twice."""
    _add(
        session,
        {
            "kind": Kind.MAIL,
            "name": MAIL,
            "recipient": to,
            "subject": " ".join(subject.split()),
            "body": body,
            "dedupe_key": dedupe_key,
            "created_at": now,
            "due_at": due or now,
        },
    )


def job(
    session: Session,
    kind: str,
    payload: dict[str, object],
    now: datetime,
    dedupe_key: str,
    *,
    due: datetime | None = None,
) -> None:
    """Work for later, not before `due`: `kind` names the function, `payload` has no floats."""
    _add(
        session,
        {
            "kind": Kind.JOB,
            "name": kind,
            "body": canonical_json(payload),
            "dedupe_key": dedupe_key,
            "created_at": now,
            "due_at": due or now,
        },
    )


def _add(session: Session, row: dict[str, object]) -> None:
    """A repeated key is a repeated cause: the first message stays."""
    statement = _INSERT[session.get_bind().dialect.name]
    write(session, statement, {"recipient": None, "subject": None, "attempts": 0} | row)
