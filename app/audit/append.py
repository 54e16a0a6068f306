"""Appending to a chain: the last lock that a transaction takes."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.audit.records import GENESIS, AuditEvent, AuditStream
from app.database.base import table_of
from app.database.straight import fetch_one
from app.database.together import settle, write
from app.kernel.canonical import canonical_json, sha256_hex

COOPERATIVE = "cooperative"

# Built once: putting a statement together costs more than executing it.
_STREAM = table_of(AuditStream)
_HEAD = (
    select(_STREAM.c.length, _STREAM.c.head_sha256)
    .where(_STREAM.c.name == bindparam("stream"))
    .with_for_update()
)
_INSERT = insert(table_of(AuditEvent))
_MOVE_HEAD = (
    update(_STREAM)
    .where(_STREAM.c.name == bindparam("stream"))
    .values(length=bindparam("position"), head_sha256=bindparam("head"))
)


@dataclass(frozen=True, slots=True)
class Happening:
    """One event to put on record; `payload` is JSON without floats and without names."""

    action: str
    subject: str
    actor: str
    payload: dict[str, object]


def member_stream(key: str) -> str:
    return f"member:{key}"


def append(session: Session, stream: str, now: datetime, *happenings: Happening) -> str:
    """Append in order; the answer is the new head. Call it once and last in a transaction."""
    position, head = lock_head(session, stream)
    rows = []
    for happening in happenings:
        position += 1
        payload = canonical_json(happening.payload)
        digest = chained(head, stream, position, now, happening, payload)
        rows.append(
            {
                "stream": stream,
                "position": position,
                "at": now,
                "actor": happening.actor,
                "action": happening.action,
                "subject": happening.subject,
                "payload": payload,
                "previous_sha256": head,
                "sha256": digest,
            }
        )
        head = digest
    write(session, _INSERT, *rows)
    write(session, _MOVE_HEAD, {"stream": stream, "position": position, "head": head})
    return head


def lock_head(session: Session, stream: str) -> tuple[int, str]:
    """Length and head of the chain, locked until commit; a new chain begins at GENESIS."""
    settle(session, _MOVE_HEAD)
    found = fetch_one(session, _HEAD, {"stream": stream})
    if found is None:
        dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
        session.execute(
            dialect.insert(AuditStream)
            .values(name=stream, length=0, head_sha256=GENESIS)
            .on_conflict_do_nothing()
        )
        found = fetch_one(session, _HEAD, {"stream": stream})
    return found.length, found.head_sha256


def chained(
    previous: str, stream: str, position: int, at: datetime, what: Happening, payload: str
) -> str:
    """The hash of one row: everything it says, behind the hash of the row before."""
    return sha256_hex(
        "\n".join(
            (
                previous,
                stream,
                str(position),
                at.astimezone(UTC).isoformat(),
                what.actor,
                what.action,
                what.subject,
                payload,
            )
        )
    )
