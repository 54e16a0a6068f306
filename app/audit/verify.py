"""Recomputing every chain from its first row."""

from collections.abc import Iterable, Iterator
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
    breaks.extend(_without_head(session, {row.name for row in heads}))
    return Verification(len(heads), events, tuple(breaks))


def _without_head(session: Session, known: set[str]) -> Iterator[Break]:
    """Rows whose chain has no head any more: nobody would ever look at them."""
    for stream in session.scalars(select(AuditEvent.stream).distinct().order_by(AuditEvent.stream)):
        if stream not in known:
            yield Break(stream, 1, "Der Kopf dieser Kette fehlt.")


def _walk(session: Session, stream: str, length: int, head: str) -> tuple[int, Iterator[Break]]:
    wanted = (
        select(AuditEvent)
        .where(AuditEvent.stream == stream)
        .order_by(AuditEvent.position)
        .execution_options(yield_per=1000)
    )
    # Closed even when the walk stops early: PostgreSQL keeps a cursor open behind it.
    with session.execute(wanted).scalars() as rows:
        return _recompute(rows, stream, length, head)


def _recompute(
    rows: Iterable[AuditEvent], stream: str, length: int, head: str
) -> tuple[int, Iterator[Break]]:
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
    if position > length:
        reason = "Diese Zeile steht hinter dem Ende der Kette."
        return position, iter((Break(stream, length + 1, reason),))
    if (position, previous) != (length, head):
        return position, iter((Break(stream, position + 1, "Das Ende der Kette fehlt."),))
    return position, iter(())
