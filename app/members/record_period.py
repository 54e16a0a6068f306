"""A period of membership: from the resolution to the last day, never two at once."""

from dataclasses import dataclass, fields
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.audit.append import Happening, append, member_stream
from app.kernel.errors import FieldError, Malformed, NotFound
from app.members.queries import member_by_key, memberships
from app.members.records import Membership


@dataclass(frozen=True, slots=True)
class Period:
    """A membership as recorded; `effective_to` is its last day."""

    resolved_on: date | None
    effective_from: date
    effective_to: date | None
    notice_received_on: date | None
    share_paid_on: date | None


def record_period(
    session: Session, key: str, period: Period, actor: str, now: datetime, *, of: int | None = None
) -> Membership:
    """A new period, or with `of` the correction of one; Malformed where periods overlap."""
    member = member_by_key(session, key)
    known = memberships(session, member.id)
    kept = next((one for one in known if one.id == of), None)
    if of is not None and kept is None:
        raise NotFound("Diesen Zeitraum gibt es nicht.")
    _refuse_period(period, [one for one in known if one is not kept])
    row = kept or Membership(member_id=member.id, recorded_at=now)
    said: dict[str, object] = {}
    for field in fields(period):
        value: date | None = getattr(period, field.name)
        setattr(row, field.name, value)
        said[field.name] = None if value is None else value.isoformat()
    session.add(row)
    session.flush()
    happened = Happening("membership_recorded", f"member:{key}", actor, said)
    append(session, member_stream(key), now, happened)
    return row


def _refuse_period(period: Period, others: list[Membership]) -> None:
    last = period.effective_to or date.max
    if last < period.effective_from:
        text = "Der letzte Tag liegt vor dem ersten."
        raise Malformed(FieldError("effective_to", "period_wrong", text))
    for other in others:
        if other.effective_from <= last and period.effective_from <= (
            other.effective_to or date.max
        ):
            text = "In diesem Zeitraum ist schon eine Mitgliedschaft erfasst."
            raise Malformed(FieldError("effective_from", "period_taken", text))
