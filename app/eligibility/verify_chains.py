"""Recomputing every member's chain of decisions from its first row."""

import json
from collections.abc import Iterable, Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.eligibility.records import DecisionHead, EligibilityDecision
from app.eligibility.snapshot import GENESIS
from app.kernel.canonical import sha256_hex
from app.members.records import Member


def verify_decision_chains(session: Session) -> tuple[str, ...]:
    """What does not hold, in German, the first break of each chain; empty where all hold."""
    heads = session.execute(
        select(DecisionHead.member_id, DecisionHead.length, DecisionHead.head_sha256, Member.key)
        .join(Member, Member.id == DecisionHead.member_id)
        .order_by(Member.key)
    ).all()
    found: list[str] = []
    for member_id, length, head, key in heads:
        wanted = (
            select(EligibilityDecision)
            .where(EligibilityDecision.member_id == member_id)
            .order_by(EligibilityDecision.position)
            .execution_options(yield_per=500)
        )
        # Closed even when the walk stops early: PostgreSQL keeps a cursor open behind it.
        with session.scalars(wanted) as rows:
            broken = next(_breaks(rows, length, head), None)
        if broken is not None:
            found.append(f"Entscheidungen von {key}: {broken}")
    return tuple(found)


def _breaks(rows: Iterable[EligibilityDecision], length: int, head: str) -> Iterator[str]:
    previous, position = GENESIS, 0
    for row in rows:
        position += 1
        if row.position != position:
            yield f"Zeile {position} fehlt."
            return
        chained = json.loads(row.snapshot)["recording"]["prev_sha256"]
        if row.sha256 != sha256_hex(row.snapshot):
            yield f"Zeile {position}: der Inhalt passt nicht zur Prüfsumme."
            return
        if {row.previous_sha256, chained} != {previous}:
            yield f"Zeile {position}: die Kette ist unterbrochen."
            return
        previous = row.sha256
    if (position, previous) != (length, head):
        yield f"Zeile {position + 1}: das Ende der Kette fehlt."
