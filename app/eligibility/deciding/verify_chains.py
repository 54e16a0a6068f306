"""Recomputing every member's chain of decisions from its first row."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from app.audit.merkle import Head
from app.audit.verify import (
    MOST_NAMED,
    Witnesses,
    contradiction,
    cut_tail,
    further,
    lost_streams,
    missing,
)
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
    """What does not hold, in German, place by place; empty where all hold.

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
        with session.execute(wanted) as rows:
            seen = witnesses.get(decision_stream(key), {})
            breaks = list(_breaks(rows, (length, head), seen))
        found += [f"Entscheidungen von {key}: {one}" for one in breaks[:MOST_NAMED]]
        if len(breaks) > MOST_NAMED:
            found.append(f"Entscheidungen von {key}: {further(len(breaks) - MOST_NAMED)}")
    known = {decision_stream(row.key) for row in heads}
    found += [f"{one.stream}: {one.reason}" for one in lost_streams(witnesses, known)]
    return tuple(found)


def _breaks(
    rows: Iterable[Row[*tuple[Any, ...]]], end: tuple[int, str], witnesses: Witnesses
) -> Iterator[str]:
    previous: str | None = GENESIS
    position = 0
    rewritten: str | None = None
    for place, snapshot, digest, before, outcome in rows:
        position += 1
        if place != position:
            yield f"Zeile {position}: {missing(position, place)}"
            position, previous = place, None
        # Behind a break the row's own word counts, so that one change is one place.
        link = (position, before, before if previous is None else previous)
        if (reason := _fault(snapshot, digest, outcome, link)) is not None:
            yield f"Zeile {position}: {reason}"
            previous = None
            continue
        if rewritten is None and (rewritten := contradiction(position, digest, witnesses)):
            yield f"Zeile {position}: {rewritten}"
        previous = digest
    if (reason := cut_tail(position, witnesses)) is not None:
        yield f"Zeile {position + 1}: {reason}"
    elif position != end[0] or previous not in {None, end[1]}:
        yield f"Zeile {position + 1}: das Ende der Kette fehlt."


def _fault(snapshot: str, digest: str, outcome: str, link: tuple[int, str, str]) -> str | None:
    position, before, previous = link
    # Lists and searches read the outcome beside the document.
    if digest != sha256_hex(snapshot) or f'"outcome":"{outcome}"' not in snapshot:
        return "der Inhalt passt nicht zur Prüfsumme."
    # The document names its place and the row before; canonical text needs no parsing.
    if before != previous or _link(position, previous) not in snapshot:
        return "die Kette ist unterbrochen."
    return None


def _link(position: int, previous: str) -> str:
    return f'"position":{position},"prev_sha256":"{previous}"'
