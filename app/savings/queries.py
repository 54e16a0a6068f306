"""What happened to a member's call-offs in a window of months: few reads over whole sets."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.orm import Session

from app.database.tenant import Tenant
from app.eligibility.records import EligibilityDecision
from app.frameworks.records import Framework
from app.fulfilment.records import Delivery, DeliveryLine, GoodsReceipt
from app.kernel.legal_day import legal_day
from app.kernel.month import Month
from app.ordering.note_time import ORDER_STAGE
from app.ordering.records import CallOff
from app.ordering.rules import FINAL, State
from app.ordering.trail_records import CallOffMove, CallOffTime
from app.savings.rules import MINUTE, CaseStatus, ProcurementCase

DESK_STAGE = "desk"
STATUS = {
    State.COMPLETED: CaseStatus.COMPLETED,
    State.CANCELLED: CaseStatus.CANCELLED,
    State.REJECTED: CaseStatus.REJECTED,
}


@dataclass(frozen=True, slots=True)
class Window:
    """Whole months from `first` to `last`, as days in Germany."""

    first: Month
    last: Month

    @property
    def months(self) -> tuple[Month, ...]:
        found = [self.first]
        while found[-1] < self.last:
            found.append(found[-1].next())
        return tuple(found)

    def contains(self, day: date | None) -> bool:
        return day is not None and self.first.first <= day <= self.last.last


@dataclass(frozen=True, slots=True)
class OrderSeen:
    """One call-off as a case of its own, before orders of one need are put together."""

    call_off_id: int
    member_id: int
    outcome: str
    case: ProcurementCase


@dataclass(frozen=True, slots=True)
class Found:
    """A call-off, the number of its framework and when it ended."""

    call_off: CallOff
    framework: str
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Traces:
    """What other tables know about a call-off."""

    portal_seconds: int | None
    delivered_on: date | None
    receivers: frozenset[int]


def year_ending(month: Month) -> Window:
    """The twelve months that end with `month`."""
    first = month
    for _ in range(11):
        first = first.previous()
    return Window(first, month)


def orders_seen(session: Session, tenant: Tenant, window: Window) -> tuple[OrderSeen, ...]:
    """Call-offs that ended in the window, or were still running at its end.

    What ended after the window counts as running, so a report of a past month stays as it was.
    """
    ended = _ended().subquery()
    rows = session.execute(
        select(CallOff, Framework.number, EligibilityDecision.outcome, ended.c.at)
        .join(Framework, Framework.id == CallOff.framework_id)
        .join(
            EligibilityDecision,
            EligibilityDecision.id
            == func.coalesce(CallOff.placement_decision_id, CallOff.submission_decision_id),
        )
        .outerjoin(ended, ended.c.call_off_id == CallOff.id)
        .where(*_in_window(tenant, window, ended.c.at))
        .order_by(CallOff.submitted_at, CallOff.id)
    ).all()
    measured = _portal_seconds(session, tenant, window)
    delivered = _last_delivery(session, tenant)
    receivers = _receivers(session, tenant)
    return tuple(
        OrderSeen(
            call_off_id=call_off.id,
            member_id=call_off.member_id,
            outcome=outcome,
            case=_case(
                Found(call_off, framework, ended_at),
                window,
                Traces(
                    measured.get(call_off.id),
                    delivered.get(call_off.id),
                    receivers.get(call_off.id, frozenset()),
                ),
            ),
        )
        for call_off, framework, outcome, ended_at in rows
    )


def desk_seconds(session: Session, tenant: Tenant, window: Window) -> int | None:
    """Active seconds of the desk in the window; None where nobody measured them."""
    found = session.scalar(
        select(func.sum(CallOffTime.seconds))
        .join(CallOff, CallOff.id == CallOffTime.call_off_id)
        .where(
            CallOffTime.stage == DESK_STAGE,
            CallOffTime.at >= window.first.begins,
            CallOffTime.at < window.last.ends,
            tenant.owns(CallOff.member_id),
        )
    )
    return None if found is None else int(found)


def _ended() -> Select[int, datetime]:
    return (
        select(CallOffMove.call_off_id, func.max(CallOffMove.at).label("at"))
        .where(CallOffMove.reached.in_(FINAL))
        .group_by(CallOffMove.call_off_id)
    )


def _in_window(
    tenant: Tenant, window: Window, ended_at: ColumnElement[datetime]
) -> tuple[ColumnElement[bool], ...]:
    return (
        tenant.owns(CallOff.member_id),
        CallOff.state != State.DRAFT,
        CallOff.submitted_at < window.last.ends,
        or_(CallOff.state.not_in(FINAL), ended_at >= window.first.begins),
    )


def _portal_seconds(session: Session, tenant: Tenant, window: Window) -> dict[int, int]:
    """Without the orderer's own time (sent over the interface) an order is not measured."""
    rows = session.execute(
        select(CallOffTime.call_off_id, func.sum(CallOffTime.seconds))
        .join(CallOff, CallOff.id == CallOffTime.call_off_id)
        .where(
            tenant.owns(CallOff.member_id),
            CallOffTime.stage != DESK_STAGE,
            CallOffTime.at < window.last.ends,
        )
        .group_by(CallOffTime.call_off_id)
        .having(func.sum(case((CallOffTime.stage == ORDER_STAGE, 1), else_=0)) > 0)
    )
    return {call_off_id: int(seconds) for call_off_id, seconds in rows}


def _last_delivery(session: Session, tenant: Tenant) -> dict[int, date]:
    rows = session.execute(
        select(Delivery.call_off_id, func.max(Delivery.delivered_on))
        .where(tenant.owns(Delivery.member_id))
        .group_by(Delivery.call_off_id)
    )
    return dict(rows.all())


def _receivers(session: Session, tenant: Tenant) -> dict[int, frozenset[int]]:
    rows = session.execute(
        select(Delivery.call_off_id, GoodsReceipt.by)
        .join(DeliveryLine, DeliveryLine.delivery_id == Delivery.id)
        .join(GoodsReceipt, GoodsReceipt.delivery_line_id == DeliveryLine.id)
        .where(tenant.owns(Delivery.member_id))
        .distinct()
    )
    found: dict[int, set[int]] = {}
    for call_off_id, person_id in rows:
        found.setdefault(call_off_id, set()).add(person_id)
    return {call_off_id: frozenset(people) for call_off_id, people in found.items()}


def _case(found: Found, window: Window, traces: Traces) -> ProcurementCase:
    call_off, ended_at = found.call_off, found.ended_at
    closed_on = None
    if ended_at is not None and call_off.state in FINAL:
        closed_on = legal_day(ended_at)
    ended = window.contains(closed_on)
    people = {call_off.ordered_by, call_off.approved_by, *traces.receivers}
    outside = call_off.offline_minutes
    return ProcurementCase(
        key=call_off.number,
        unit=f"{call_off.member_id}/{call_off.unit_id or ''}",
        framework=found.framework,
        status=STATUS[call_off.state] if ended else CaseStatus.RUNNING,
        opened_at=call_off.submitted_at,
        closed_on=closed_on if ended else None,
        baseline_seconds=call_off.baseline_minutes * MINUTE,
        portal_seconds=traces.portal_seconds if call_off.time_measured else None,
        outside_seconds=None if outside is None else outside * MINUTE,
        outside_confirmed=outside is not None,
        people=frozenset(person for person in people if person is not None),
        lead_days=_lead_days(call_off.placed_at, traces.delivered_on),
    )


def _lead_days(placed_at: datetime | None, delivered_on: date | None) -> int | None:
    """Calendar days from the order to the last delivery."""
    if placed_at is None or delivered_on is None:
        return None
    return (delivered_on - legal_day(placed_at)).days


def months_with_orders(session: Session, tenant: Tenant) -> Sequence[Month]:
    """Months in which something was submitted, from the first to the last, without gaps."""
    mine = (tenant.owns(CallOff.member_id), CallOff.state != State.DRAFT)
    first = session.scalar(select(func.min(CallOff.submitted_at)).where(*mine))
    last = session.scalar(select(func.max(CallOff.submitted_at)).where(*mine))
    if first is None or last is None:
        return ()
    return Window(Month.of(legal_day(first)), Month.of(legal_day(last))).months


def has_demonstration(session: Session, tenant: Tenant, window: Window) -> bool:
    """Whether call-offs of the demonstration stand in the window."""
    found = session.scalar(
        select(CallOff.id)
        .where(
            tenant.owns(CallOff.member_id),
            CallOff.demonstration.is_(True),
            CallOff.submitted_at < window.last.ends,
        )
        .limit(1)
    )
    return found is not None
