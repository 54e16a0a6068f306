"""Everything on record about one person (Art. 15 DSGVO): no table can be forgotten."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any, Final

from sqlalchemy import Column, LargeBinary, Table, or_, select
from sqlalchemy.orm import Session

from app.accounts.records import Person
from app.audit.records import AuditEvent
from app.database.base import Record, table_of
from app.kernel.money import Money
from app.kernel.unit_price import UnitPrice
from app.outbox.records import OutboxMessage

SECRET: Final = ("token", "password", "csrf", "sha256", "secret")
LONGEST: Final = 500


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of one table that name the person in one column."""

    table: str
    column: str
    rows: tuple[dict[str, object], ...]


@dataclass(frozen=True, slots=True)
class PersonFile:
    person: dict[str, object]
    created_at: datetime
    parts: tuple[Part, ...]
    events: tuple[dict[str, object], ...]
    messages: tuple[dict[str, object], ...]

    @property
    def plain(self) -> dict[str, object]:
        """For the JSON file."""
        return {
            "person": self.person,
            "records": [
                {"table": part.table, "as": part.column, "rows": list(part.rows)}
                for part in self.parts
            ],
            "events": list(self.events),
            "messages": list(self.messages),
        }


def person_file(session: Session, person: Person) -> PersonFile:
    """Read from the foreign keys themselves; secrets and whole files are left out."""
    mine = f"person:{person.id}"
    events = session.execute(
        select(AuditEvent.at, AuditEvent.stream, AuditEvent.action, AuditEvent.subject)
        .where(or_(AuditEvent.actor == mine, AuditEvent.subject == mine))
        .order_by(AuditEvent.at, AuditEvent.id)
    ).mappings()
    messages = session.execute(
        select(OutboxMessage.created_at, OutboxMessage.subject, OutboxMessage.body)
        .where(OutboxMessage.recipient == person.mail)
        .order_by(OutboxMessage.id)
    ).mappings()
    table = table_of(Person)
    own = session.execute(select(*_shown(table)).where(table.c.id == person.id)).mappings().one()
    return PersonFile(
        person=_plain(own),
        created_at=person.created_at,
        parts=tuple(_parts(session, person.id)),
        events=tuple(_plain(one) for one in events),
        messages=tuple(_plain(one) for one in messages),
    )


def _parts(session: Session, person_id: int) -> Iterator[Part]:
    for table in Record.metadata.sorted_tables:
        for column in table.columns:
            if not any(key.column.table.name == "person" for key in column.foreign_keys):
                continue
            wanted = select(*_shown(table)).where(column == person_id)
            rows = session.execute(wanted).mappings().all()
            if rows:
                yield Part(table.name, column.name, tuple(_plain(row) for row in rows))


def _shown(table: Table) -> list[Column[Any]]:
    return [
        column
        for column in table.columns
        if not isinstance(column.type, LargeBinary)
        and not any(word in column.name for word in SECRET)
    ]


def _plain(row: Any) -> dict[str, object]:
    return {name: _value(value) for name, value in row.items()}


def _value(value: object) -> object:
    match value:
        case Money() | UnitPrice():
            return value.text
        case Enum():
            return value.value
        case datetime() | date():
            return value.isoformat()
        case str():
            return value if len(value) <= LONGEST else f"{value[:LONGEST]}…"
        case bool() | int() | None:
            return value
        case _:
            return str(value)
