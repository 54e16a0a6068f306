"""A period of membership: from the resolution to the last day, never two at once.

What a period said before stays on record with the time in which it was known.
"""

from dataclasses import dataclass, fields
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.audit.append import Happening, append, member_stream
from app.kernel.errors import FieldError, Malformed, NotFound
from app.members.queries import member_by_key, memberships
from app.members.records import Membership, MembershipPast


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
    """A new period, or with `of` what one says from now on; Malformed where periods overlap."""
    member = member_by_key(session, key)
    known = memberships(session, member.id)
    kept = next((one for one in known if one.id == of), None)
    if of is not None and kept is None:
        raise NotFound("Diesen Zeitraum gibt es nicht.")
    refuse_overlap(period, [one for one in known if one is not kept])
    if kept is not None:
        _keep_past(session, kept, now)
    row = kept or Membership(member_id=member.id)
    row.recorded_at = now
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


def withdraw_period(session: Session, key: str, number: int, actor: str, now: datetime) -> None:
    """The period was never one: it counts no more, and what stood on record stays to be seen."""
    member = member_by_key(session, key)
    row = next((one for one in memberships(session, member.id) if one.id == number), None)
    if row is None:
        raise NotFound("Diesen Zeitraum gibt es nicht.")
    _keep_past(session, row, now)
    said: dict[str, object] = {"effective_from": row.effective_from.isoformat()}
    session.delete(row)
    session.flush()
    append(
        session,
        member_stream(key),
        now,
        Happening("membership_withdrawn", f"member:{key}", actor, said),
    )


def _keep_past(session: Session, row: Membership, now: datetime) -> None:
    past = MembershipPast(
        membership_id=row.id,
        member_id=row.member_id,
        votes=row.votes,
        known_from=row.recorded_at,
        known_until=now,
        **{field.name: getattr(row, field.name) for field in fields(Period)},
    )
    session.add(past)


def refuse_overlap(period: Period, others: list[Membership]) -> None:
    """Malformed where the last day lies before the first, or another period has a day of it."""
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
