"""Reporting a need that the catalog does not meet: once, however often the form is sent."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.append import Happening, append, member_stream
from app.demand.queries import category_id
from app.demand.records import Need
from app.demand.rules import BoughtBy, NeedState, can_be_needed
from app.demand.subject import subject
from app.kernel.errors import FieldError, Malformed
from app.kernel.legal_day import legal_day
from app.kernel.money import Money
from app.members.asking import MemberSeen


@dataclass(frozen=True, slots=True)
class NeedWish:
    """What a member says about its need; `category` is a slug of the catalog or empty."""

    what: str
    quantity: int
    needed_by: date
    reason: str
    bought_by: BoughtBy
    minutes_lost: int | None = None
    estimated_net: Money | None = None
    category: str = ""


@dataclass(frozen=True, slots=True)
class Reported:
    """`new` is False where the same need was reported on the same day before."""

    need: Need
    new: bool


def report_need(
    session: Session, member: MemberSeen, person_id: int, wish: NeedWish, now: datetime
) -> Reported:
    """Raises Malformed for a day too far away or an unknown category; nothing is kept then."""
    need = Need(
        member_id=member.id,
        reported_by=person_id,
        reported_at=now,
        reported_on=legal_day(now),
        state=NeedState.OPEN,
    )
    write_wish(session, need, wish, legal_day(now))
    before = _same(session, need)
    if before is not None:
        return Reported(before, new=False)
    session.add(need)
    session.flush()
    payload: dict[str, object] = {"quantity": need.quantity, "bought_by": need.bought_by.value}
    happening = Happening("need.reported", f"need:{need.id}", f"person:{person_id}", payload)
    append(session, member_stream(member.key), now, happening)
    return Reported(need, new=True)


def write_wish(session: Session, need: Need, wish: NeedWish, today: date) -> None:
    """Into the row, after a look at what only the day and the catalog can tell."""
    category = category_id(session, wish.category)
    errors = []
    if not can_be_needed(wish.needed_by, today):
        text = "Bitte ein Datum vom letzten Jahr bis in fünf Jahren."
        errors.append(FieldError("needed_by", "out_of_range", text))
    if wish.category and category is None:
        text = "Bitte wählen Sie einen Eintrag der Liste."
        errors.append(FieldError("category", "unknown", text))
    if errors:
        raise Malformed(*errors)
    need.what, need.subject = wish.what, subject(wish.what)
    need.quantity, need.needed_by = wish.quantity, wish.needed_by
    need.reason, need.bought_by = wish.reason, wish.bought_by
    need.minutes_lost, need.estimated_net = wish.minutes_lost, wish.estimated_net
    need.category_id = category


def _same(session: Session, need: Need) -> Need | None:
    """A form or a call that was sent twice."""
    return session.scalars(
        select(Need).where(
            Need.member_id == need.member_id,
            Need.reported_by == need.reported_by,
            Need.reported_on == need.reported_on,
            Need.what == need.what,
            Need.quantity == need.quantity,
            Need.needed_by == need.needed_by,
            Need.reason == need.reason,
            Need.bought_by == need.bought_by,
            Need.state == NeedState.OPEN,
        )
    ).first()
