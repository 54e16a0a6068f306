"""On which days something is due: promised by the desk, wished by the member, per place."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, selectinload

from app.database.tenant import Tenant
from app.documents.calendar_file import CalendarEntry, calendar_bytes
from app.kernel.german import day as german_day
from app.kernel.legal_day import legal_day
from app.kernel.month import Month
from app.members.records import Member
from app.ordering.queries import content_of
from app.ordering.records import CallOff
from app.ordering.rules import ON_RECORD, STATE_WORDS, State
from app.ordering.shares.records import CallOffShare

SHOWN: Final = tuple(state for state in ON_RECORD if state not in {State.REJECTED, State.CANCELLED})
ARRIVED: Final = frozenset({State.DELIVERED, State.INVOICED, State.COMPLETED})
MOST: Final = 2_000
BACK: Final = timedelta(days=90)
AHEAD: Final = timedelta(days=730)


@dataclass(frozen=True, slots=True)
class DueDay:
    """One order on one day; `kind` says who named the day."""

    day: date
    kind: str
    call_off: CallOff
    member_name: str
    what: str
    place: str
    part: int = 0

    @property
    def title(self) -> str:
        return f"Lieferung {self.kind}: {self.what}"

    @property
    def arrived(self) -> bool:
        return self.call_off.state in ARRIVED

    def overdue(self, today: date) -> bool:
        return self.kind == PROMISED and not self.arrived and self.day < today


PROMISED: Final = "zugesagt"
WISHED: Final = "gewünscht"


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One cell of a month; days of the months around it are only filled in."""

    day: date
    inside: bool
    due: tuple[DueDay, ...]


def due_days(session: Session, tenant: Tenant, first: date, last: date) -> tuple[DueDay, ...]:
    """By day, then by number: what the desk promised counts, before that what was wished."""
    in_time = or_(
        CallOff.promised_date.between(first, last),
        CallOff.requested_date.between(first, last),
        CallOff.is_split,
    )
    rows = session.execute(
        select(CallOff, Member.name)
        .join(Member, Member.id == CallOff.member_id)
        .where(
            tenant.reaches(CallOff.member_id, CallOff.unit_id), CallOff.state.in_(SHOWN), in_time
        )
        .options(selectinload(CallOff.lines))
        .order_by(CallOff.id.desc())
        .limit(MOST)
    ).all()
    found = [_of_order(row[0], row[1]) for row in rows]
    found += _of_shares(session, {row[0].id: (row[0], row[1]) for row in rows if row[0].is_split})
    due = [one for one in found if one is not None and first <= one.day <= last]
    return tuple(sorted(due, key=lambda one: (one.day, one.call_off.number, one.part)))


def month_of(due: Iterable[DueDay], month: Month) -> list[list[CalendarDay]]:
    """Weeks from Monday to Sunday that together hold the whole month."""
    by_day: dict[date, list[DueDay]] = {}
    for one in due:
        by_day.setdefault(one.day, []).append(one)
    start = month.first - timedelta(days=month.first.weekday())
    weeks = ((month.last - start).days // 7) + 1
    days = [start + timedelta(days=at) for at in range(weeks * 7)]
    cells = [CalendarDay(day, Month.of(day) == month, tuple(by_day.get(day, ()))) for day in days]
    return [cells[at : at + 7] for at in range(0, len(cells), 7)]


def calendar_feed(session: Session, tenant: Tenant, base_url: str, now: datetime) -> bytes:
    """A quarter back and two years ahead, as calendar programs subscribe to it."""
    today = legal_day(now)
    due = due_days(session, tenant, today - BACK, today + AHEAD)
    host = base_url.rsplit("//", 1)[-1].strip("/")
    return calendar_bytes("Lieferungen", (_entry(one, base_url, host) for one in due))


def _entry(one: DueDay, base_url: str, host: str) -> CalendarEntry:
    found = one.call_off
    kind = f"teil-{one.part}" if one.part else "lieferung"
    return CalendarEntry(
        uid=f"{found.number}-{kind}@{host}",
        day=one.day,
        title=f"{'Geliefert' if one.arrived else one.title} ({found.number})",
        text="\n".join(
            part
            for part in (
                f"{one.what}, {STATE_WORDS[found.state]}",
                one.member_name,
                one.place,
                f"Wunschtermin {german_day(found.requested_date)}" if found.requested_date else "",
            )
            if part
        ),
        url=f"{base_url}/abrufe/{found.number}",
        changed_at=found.placed_at or found.submitted_at,
        revision=found.version,
    )


def _of_order(found: CallOff, member_name: str) -> DueDay | None:
    """Promised once it is placed; before that the promise is a mere forecast."""
    placed = found.placed_at is not None
    day = found.promised_date if placed and found.promised_date else found.requested_date
    if day is None:
        return None
    kind = PROMISED if placed and found.promised_date else WISHED
    place = f"{found.delivery_recipient}, {found.delivery_city}"
    return DueDay(day, kind, found, member_name, content_of(found), place)


def _of_shares(session: Session, orders: dict[int, tuple[CallOff, str]]) -> list[DueDay | None]:
    if not orders:
        return []
    rows = session.scalars(
        select(CallOffShare)
        .where(and_(CallOffShare.call_off_id.in_(orders), CallOffShare.wanted_on.is_not(None)))
        .order_by(CallOffShare.id)
    )
    return [_of_share(row, *orders[row.call_off_id]) for row in rows]


def _of_share(row: CallOffShare, found: CallOff, member_name: str) -> DueDay | None:
    share = row.share
    if share.wanted_on is None:
        return None
    names = {line.sku: line.name for line in found.lines}
    what = f"{share.quantity} × {names.get(share.sku, share.sku)}"
    return DueDay(share.wanted_on, WISHED, found, member_name, what, share.place.text, part=row.id)
