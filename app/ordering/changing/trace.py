"""A step of a wish on the member's chain; call it last in a use case."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.audit.append import Happening, append, member_stream
from app.database.tenant import EVERY_MEMBER
from app.members.queries import member_of
from app.ordering.changing.records import CallOffChange
from app.ordering.records import CallOff


def record_step(
    session: Session,
    found: CallOff,
    change: CallOffChange,
    actor_name: str,
    now: datetime,
    payload: dict[str, object] | None = None,
) -> None:
    """What was wished and answered stands in the entry, line by line."""
    session.flush()
    step = change.steps[-1]
    happening = Happening(
        f"call_off.change.{step.step.value}",
        found.number,
        actor_name,
        {
            "change": change.position,
            "from": None if step.left is None else step.left.value,
            "to": step.reached.value,
            "reason": step.reason,
            "lines": [
                [
                    item.sku,
                    item.before if item.sku else str(item.day_before or ""),
                    item.pieces if item.sku else str(item.wanted_day or ""),
                ]
                for item in change.items
            ],
            **(payload or {}),
        },
    )
    key = member_of(session, EVERY_MEMBER, found.member_id).key
    append(session, member_stream(key), now, happening)
