"""Putting a mail or a job into the business transaction that causes it."""

from datetime import datetime

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.kernel.canonical import canonical_json
from app.outbox.records import Kind, OutboxMessage

MAIL = "mail"


def send_mail(
    session: Session, to: str, subject: str, body: str, now: datetime, dedupe_key: str
) -> None:
    """One plain mail to one person; the same `dedupe_key` never sends twice."""
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
            "due_at": now,
        },
    )


def job(
    session: Session, kind: str, payload: dict[str, object], now: datetime, dedupe_key: str
) -> None:
    """Work for later: `kind` names the function, `payload` is JSON without floats."""
    _add(
        session,
        {
            "kind": Kind.JOB,
            "name": kind,
            "body": canonical_json(payload),
            "dedupe_key": dedupe_key,
            "created_at": now,
            "due_at": now,
        },
    )


def _add(session: Session, row: dict[str, object]) -> None:
    """A repeated key is a repeated cause: the first message stays."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    statement = dialect.insert(OutboxMessage).values(attempts=0, **row)
    session.execute(statement.on_conflict_do_nothing(index_elements=["dedupe_key"]))
