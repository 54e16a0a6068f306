"""Recomputing every chain from its first row, and comparing it with what was sealed outside."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from app.audit.append import Happening, chained
from app.audit.records import GENESIS, AuditEvent, AuditStream
from app.database.base import table_of
from app.kernel.german import day

_EVENT: Final = table_of(AuditEvent)
_COLUMNS: Final = select(
    _EVENT.c.position,
    _EVENT.c.at,
    _EVENT.c.actor,
    _EVENT.c.action,
    _EVENT.c.subject,
    _EVENT.c.payload,
    _EVENT.c.previous_sha256,
    _EVENT.c.sha256,
)
MOST_NAMED: Final = 20  # places of one chain; the others are counted
ELSEWHERE: Final = "decisions:"
"""Chains of this kind are sealed with the others, but kept and verified where decisions are."""


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


Witnesses = Mapping[int, tuple[str, date]]
"""By position: the hash that an anchor names for this row, and the day of the anchor."""


def verify_chains(session: Session, sealed: Mapping[str, Witnesses] | None = None) -> Verification:
    """Walk all chains; each place that does not hold is named. `sealed` is by stream."""
    witnesses = {
        stream: seen for stream, seen in (sealed or {}).items() if not stream.startswith(ELSEWHERE)
    }
    heads = session.execute(
        select(AuditStream.name, AuditStream.length, AuditStream.head_sha256).order_by(
            AuditStream.name
        )
    ).all()
    breaks: list[Break] = []
    events = 0
    for name, length, head in heads:
        walked, broken = _walk(session, name, (length, head), witnesses.get(name, {}))
        events += walked
        breaks.extend(broken)
    known = {row.name for row in heads}
    breaks.extend(_without_head(session, known))
    breaks.extend(lost_streams(witnesses, known))
    return Verification(len(heads), events, tuple(breaks))


def lost_streams(sealed: Mapping[str, Witnesses], known: set[str]) -> Iterator[Break]:
    """Chains that an anchor knows and the database does not."""
    for stream, witnesses in sorted(sealed.items()):
        last = max(witnesses, default=0)
        if stream not in known and last:
            text = (
                f"Diese Kette fehlt; der Anker vom {day(witnesses[last][1])} nennt {last} Zeilen."
            )
            yield Break(stream, 1, text)


def contradiction(position: int, digest: str, witnesses: Witnesses) -> str | None:
    """Why a row is not the sealed one although its chain holds: all of it was written anew."""
    sealed = witnesses.get(position)
    if sealed is None or sealed[0] == digest:
        return None
    held = max((earlier for earlier in witnesses if earlier < position), default=0)
    return (
        f"Der Anker vom {day(sealed[1])} nennt hier eine andere Prüfsumme: "
        f"ab Zeile {held + 1} wurde die Kette neu geschrieben."
    )


def cut_tail(position: int, witnesses: Witnesses) -> str | None:
    """That an anchor has seen more rows than there are."""
    last = max(witnesses, default=0)
    if last <= position:
        return None
    return f"Das Ende der Kette fehlt: der Anker vom {day(witnesses[last][1])} nennt {last} Zeilen."


def _without_head(session: Session, known: set[str]) -> Iterator[Break]:
    """Rows whose chain has no head any more: nobody would ever look at them."""
    for stream in session.scalars(select(AuditEvent.stream).distinct().order_by(AuditEvent.stream)):
        if stream not in known:
            yield Break(stream, 1, "Der Kopf dieser Kette fehlt.")


def _walk(
    session: Session, stream: str, end: tuple[int, str], witnesses: Witnesses
) -> tuple[int, tuple[Break, ...]]:
    wanted = (
        _COLUMNS.where(_EVENT.c.stream == stream)
        .order_by(_EVENT.c.position)
        .execution_options(yield_per=1000)
    )
    with session.execute(wanted) as rows:
        walked, found = _recompute(rows, stream, end, witnesses)
    named = [Break(stream, place, reason) for place, reason in found[:MOST_NAMED]]
    if len(found) > MOST_NAMED:
        named.append(Break(stream, found[MOST_NAMED][0], further(len(found) - MOST_NAMED)))
    return walked, tuple(named)


def further(places: int) -> str:
    """What stands for the places of a chain that are not named one by one."""
    return f"Ab hier {places} weitere Stellen dieser Kette, die nicht halten."


def _recompute(
    rows: Iterable[Row[*tuple[Any, ...]]], stream: str, end: tuple[int, str], witnesses: Witnesses
) -> tuple[int, list[tuple[int, str]]]:
    """Rows walked, and every place that does not hold, with its reason.

    Behind such a place the next row's own word counts, so that one change is one place.
    """
    before: str | None = GENESIS
    position = walked = 0
    rewritten: str | None = None
    found: list[tuple[int, str]] = []
    for place, at, actor, action, subject, payload, previous, digest in rows:
        walked += 1
        position += 1
        if place != position:
            found.append((position, missing(position, place)))
            position, before = place, None
        what = Happening(action, subject, actor, {})
        linked = previous if before is None else before
        if (previous, digest) != (linked, chained(linked, stream, position, at, what, payload)):
            found.append((position, "Der Inhalt passt nicht zur Prüfsumme."))
            before = None
            continue
        if rewritten is None and (rewritten := contradiction(position, digest, witnesses)):
            found.append((position, rewritten))
        before = digest
    found.extend(_end(position, before, end, witnesses))
    return walked, found


def missing(first: int, found: int) -> str:
    """What lies between the row that should come and the one that does."""
    last = found - 1
    return "Diese Zeile fehlt." if last == first else f"Die Zeilen bis {last} fehlen."


def _end(
    position: int, before: str | None, end: tuple[int, str], witnesses: Witnesses
) -> Iterator[tuple[int, str]]:
    """`before` is None behind a row that does not hold: its hash proves no end."""
    if position > end[0]:
        yield end[0] + 1, "Diese Zeile steht hinter dem Ende der Kette."
    elif (reason := cut_tail(position, witnesses)) is not None:
        yield position + 1, reason
    elif position != end[0] or before not in {None, end[1]}:
        yield position + 1, "Das Ende der Kette fehlt."
