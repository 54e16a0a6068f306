"""Putting a judgement on record: canonical, hashed, chained, never changed again."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.database.base import table_of
from app.database.next_id import next_id
from app.database.straight import fetch_one
from app.database.together import settle, write
from app.eligibility.assess_case import Assessed
from app.eligibility.judging.snapshot import GENESIS, Recording, sealed
from app.eligibility.records import DecisionHead, EligibilityDecision
from app.eligibility.rules import Assessment, Outcome

# Built once: this runs in every submission of an order.
_DECISION: Final = table_of(EligibilityDecision)
_CHAIN: Final = table_of(DecisionHead)
_ROW: Final = insert(_DECISION)
_HEAD: Final = (
    select(_CHAIN.c.length, _CHAIN.c.head_sha256, next_id(_DECISION).label("next"))
    .where(_CHAIN.c.member_id == bindparam("of"))
    .with_for_update()
)
_MOVE_HEAD: Final = (
    update(_CHAIN)
    .where(_CHAIN.c.member_id == bindparam("of"))
    .values(length=bindparam("length"), head_sha256=bindparam("head_sha256"))
)


@dataclass(frozen=True, slots=True)
class Recorded:
    """The stored decision: `id` for foreign keys, `public_id` for people and programs."""

    id: int
    public_id: str
    outcome: Outcome
    sha256: str
    assessment: Assessment


def record_decision(
    session: Session,
    assessed: Assessed,
    now: datetime,
    actor: str = "",
    refusal: str | None = None,
) -> Recorded:
    """Append to the member's chain; the case must name its agreement.

    Call it after the lots were reserved: the head of the chain stays locked until commit.
    `refusal` is the code of a later step that refused although the check passed.
    """
    framework = assessed.case.framework
    if framework is None:
        raise ValueError("only a judgement about an agreement is put on record")
    member_id = assessed.case.member.id
    end = _lock_head(session, member_id)
    recording = Recording(str(uuid4()), end.length + 1, end.head_sha256, now, actor, refusal)
    text, digest = sealed(assessed.case, assessed.assessment, recording, assessed.written)
    outcome = assessed.assessment.outcome
    write(
        session,
        _ROW,
        {
            "id": end.next,
            "public_id": recording.decision_id,
            "member_id": member_id,
            "position": recording.position,
            "framework_id": framework.id,
            "phase": assessed.case.phase.value,
            "reference_instant": assessed.case.reference,
            "outcome": outcome.value,
            "snapshot": text,
            "sha256": digest,
            "previous_sha256": end.head_sha256,
            "decided_at": now,
        },
    )
    write(
        session,
        _MOVE_HEAD,
        {"of": member_id, "length": recording.position, "head_sha256": digest},
    )
    return Recorded(end.next, recording.decision_id, outcome, digest, assessed.assessment)


def _lock_head(session: Session, member_id: int) -> Any:
    """Length and end of the member's chain, locked until commit; it begins at GENESIS.

    `next` is the id of the next decision.
    """
    settle(session, _MOVE_HEAD)
    found = fetch_one(session, _HEAD, {"of": member_id})
    if found is None:
        dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
        session.execute(
            dialect.insert(DecisionHead)
            .values(member_id=member_id, length=0, head_sha256=GENESIS)
            .on_conflict_do_nothing()
        )
        found = fetch_one(session, _HEAD, {"of": member_id})
    return found
