"""Recomputing every member's chain of decisions from its first row."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from app.audit.merkle import Head
from app.audit.verify import Witnesses, contradiction, cut_tail, lost_streams
from app.database.base import table_of
from app.eligibility.judging.snapshot import GENESIS
from app.eligibility.records import DecisionHead, EligibilityDecision
from app.kernel.canonical import sha256_hex
from app.members.records import Member

_DECISION: Final = table_of(EligibilityDecision)
# Plain rows: verifying reads millions of them.
_ROWS: Final = select(
    _DECISION.c.position,
    _DECISION.c.snapshot,
    _DECISION.c.sha256,
    _DECISION.c.previous_sha256,
    _DECISION.c.outcome,
).order_by(_DECISION.c.position)


def decision_heads(session: Session) -> Sequence[Head]:
    """The end of every member's chain of decisions, as an anchor names it."""
    rows = session.execute(
        select(Member.key, DecisionHead.length, DecisionHead.head_sha256)
        .join(Member, Member.id == DecisionHead.member_id)
        .order_by(Member.key)
    )
    return [Head(decision_stream(key), length, head) for key, length, head in rows]


def decision_stream(key: str) -> str:
    return f"decisions:{key}"


def verify_decision_chains(
    session: Session, sealed: Mapping[str, Witnesses] | None = None
) -> tuple[str, ...]:
    """What does not hold, in German, the first break of each chain; empty where all hold.

    `sealed` says by stream what the anchors outside the database witness.
    """
    witnesses = {
        stream: seen
        for stream, seen in (sealed or {}).items()
        if stream.startswith(decision_stream(""))
    }
    heads = session.execute(
        select(DecisionHead.member_id, DecisionHead.length, DecisionHead.head_sha256, Member.key)
        .join(Member, Member.id == DecisionHead.member_id)
        .order_by(Member.key)
    ).all()
    found: list[str] = []
    for member_id, length, head, key in heads:
        wanted = _ROWS.where(_DECISION.c.member_id == member_id).execution_options(yield_per=500)
        # Closed even when the walk stops early: PostgreSQL keeps a cursor open behind it.
        with session.execute(wanted) as rows:
            seen = witnesses.get(decision_stream(key), {})
            broken = next(_breaks(rows, (length, head), seen), None)
        if broken is not None:
            found.append(f"Entscheidungen von {key}: {broken}")
    known = {decision_stream(row.key) for row in heads}
    found += [f"{one.stream}: {one.reason}" for one in lost_streams(witnesses, known)]
    return tuple(found)


def _breaks(
    rows: Iterable[Row[*tuple[Any, ...]]], end: tuple[int, str], witnesses: Witnesses
) -> Iterator[str]:
    previous, position = GENESIS, 0
    for place, snapshot, digest, before, outcome in rows:
        position += 1
        if place != position:
            yield f"Zeile {position} fehlt."
            return
        # Lists and searches read the outcome beside the document.
        if digest != sha256_hex(snapshot) or f'"outcome":"{outcome}"' not in snapshot:
            yield f"Zeile {position}: der Inhalt passt nicht zur Prüfsumme."
            return
        # The document names its place and the row before; canonical text needs no parsing.
        if before != previous or _link(position, previous) not in snapshot:
            yield f"Zeile {position}: die Kette ist unterbrochen."
            return
        if (reason := contradiction(position, digest, witnesses)) is not None:
            yield f"Zeile {position}: {reason}"
            return
        previous = digest
    if (reason := cut_tail(position, witnesses)) is not None:
        yield f"Zeile {position + 1}: {reason}"
    elif (position, previous) != end:
        yield f"Zeile {position + 1}: das Ende der Kette fehlt."


def _link(position: int, previous: str) -> str:
    return f'"position":{position},"prev_sha256":"{previous}"'
