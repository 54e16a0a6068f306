"""Recomputing every chain from its first row."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.append import Happening, chained
from app.audit.records import GENESIS, AuditEvent, AuditStream


@dataclass(frozen=True, slots=True)
class Break:
    """Where a chain does not hold, and why, in German."""

    stream: str
    position: int
    reason: str


@dataclass(frozen=True, slots=True)
class Verification:
    """How much was recomputed and what did not hold."""

    streams: int
    events: int
    breaks: tuple[Break, ...]

    @property
    def holds(self) -> bool:
        return not self.breaks


def verify_chains(session: Session) -> Verification:
    """Walk all chains; the first break of each stream is reported."""
    heads = session.execute(
        select(AuditStream.name, AuditStream.length, AuditStream.head_sha256).order_by(
            AuditStream.name
        )
    ).all()
    breaks: list[Break] = []
    events = 0
    for name, length, head in heads:
        walked, broken = _walk(session, name, length, head)
        events += walked
        breaks.extend(broken)
    return Verification(len(heads), events, tuple(breaks))


def _walk(session: Session, stream: str, length: int, head: str) -> tuple[int, Iterator[Break]]:
    rows = session.execute(
        select(AuditEvent)
        .where(AuditEvent.stream == stream)
        .order_by(AuditEvent.position)
        .execution_options(yield_per=1000)
    ).scalars()
    previous, position = GENESIS, 0
    for row in rows:
        position += 1
        if row.position != position:
            return position, iter((Break(stream, position, "Diese Zeile fehlt."),))
        what = Happening(row.action, row.subject, row.actor, {})
        expected = chained(previous, stream, position, row.at, what, row.payload)
        if (row.previous_sha256, row.sha256) != (previous, expected):
            reason = "Der Inhalt passt nicht zur Prüfsumme."
            return position, iter((Break(stream, position, reason),))
        previous = row.sha256
    if (position, previous) != (length, head):
        return position, iter((Break(stream, position + 1, "Das Ende der Kette fehlt."),))
    return position, iter(())
