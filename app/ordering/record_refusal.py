"""A refusal on record: the row, its reason, and its place on the member's chain."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.audit.append import Happening, append, member_stream
from app.eligibility.deciding.record_decision import Recorded
from app.kernel.money import Money
from app.members.records import Member
from app.ordering.trail_records import RefusedAttempt
from app.ordering.wanted import Actor


@dataclass(frozen=True, slots=True)
class Attempted:
    """Who wanted what; `number` only where the order already exists."""

    member: Member
    actor: Actor
    net: Money
    quantities: dict[str, int]
    number: str | None = None


def record_refusal(
    session: Session,
    attempted: Attempted,
    recorded: Recorded,
    code: str,
    text: str,
    now: datetime,
) -> None:
    """Every refusal after the check leaves this, whichever step refused; call it last."""
    session.execute(
        insert(RefusedAttempt).values(
            member_id=attempted.member.id,
            decision_id=recorded.id,
            call_off_number=attempted.number,
            code=code,
            text=text,
            value=attempted.net,
            at=now,
        )
    )
    happening = Happening(
        "call_off.refused",
        attempted.number or recorded.public_id,
        attempted.actor.name,
        {
            "code": code,
            "decision": recorded.sha256,
            "net_cents": attempted.net.cents,
            "lines": attempted.quantities,
        },
    )
    append(session, member_stream(attempted.member.key), now, happening)
