"""Everything a report needs of twelve months, read once and then cut into periods."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.database.tenant import EVERY_MEMBER, Tenant
from app.demand.queries import bought_elsewhere
from app.kernel.legal_day import legal_day
from app.kernel.money import NOTHING, Money
from app.kernel.month import Month
from app.members.records import Member, Membership, MembershipFee
from app.savings.figures.money_figures import HourlyRate
from app.savings.figures.values import (
    Invoiced,
    LineSeen,
    fee_schedule,
    invoiced,
    lines_seen,
    overhead_minutes,
)
from app.savings.queries import OrderSeen, Window, orders_seen
from app.savings.rules import CaseStatus, ProcurementCase, as_cases
from app.savings.wording import Basis

STANDARD_BASELINE = 180


@dataclass(frozen=True, slots=True)
class Material:
    """Orders, lines, invoices, overhead and fees of one window."""

    member: Member | None
    window: Window
    orders: tuple[OrderSeen, ...]
    cases: tuple[ProcurementCase, ...]
    lines: tuple[LineSeen, ...]
    invoiced: dict[int, Invoiced]
    overhead: dict[Month, int]  # minutes
    elsewhere: dict[Month, int]  # needs met outside the portal, by the month of their report
    fees: dict[Month, Money]

    @property
    def tenant(self) -> Tenant:
        return tenant_of(self.member)

    @property
    def rate(self) -> HourlyRate | None:
        if self.member is None or self.member.hourly_rate is None:
            return None
        return HourlyRate(self.member.hourly_rate, self.member.hourly_rate_source or "")

    @property
    def basis(self) -> Basis:
        if self.member is None:
            return Basis("", 0, 0, STANDARD_BASELINE, "Angaben der Mitglieder, geschätzt")
        return Basis(
            self.member.council_paper_number or "",
            self.member.procurements_per_year or 0,
            self.member.target_hours_per_year or 0,
            self.member.baseline_minutes,
            self.member.baseline_source,
        )

    def cases_of(self, months: Iterable[Month]) -> tuple[ProcurementCase, ...]:
        """Cases that ended in these months; what still runs belongs to the last month."""
        wanted = set(months)
        with_running = self.window.last in wanted
        return tuple(
            case
            for case in self.cases
            if (Month.of(case.closed_on) in wanted if case.closed_on else with_running)
        )

    def completed(self, months: Iterable[Month]) -> tuple[OrderSeen, ...]:
        """Call-offs that were completed in these months."""
        wanted = set(months)
        return tuple(
            order
            for order in self.orders
            if order.case.status is CaseStatus.COMPLETED
            and order.case.closed_on is not None
            and Month.of(order.case.closed_on) in wanted
        )

    def lines_of(self, months: Iterable[Month]) -> tuple[LineSeen, ...]:
        ids = {order.call_off_id for order in self.completed(months)}
        return tuple(line for line in self.lines if line.call_off_id in ids)

    def invoices_of(self, months: Iterable[Month]) -> tuple[Invoiced, ...]:
        ids = (order.call_off_id for order in self.completed(months))
        return tuple(self.invoiced[each] for each in ids if each in self.invoiced)


def tenant_of(member: Member | None) -> Tenant:
    return Tenant(member.id) if member else EVERY_MEMBER


def read_material(session: Session, member: Member | None, window: Window) -> Material:
    """A handful of reads, whatever the number of call-offs; None reads all members."""
    tenant = tenant_of(member)
    orders = orders_seen(session, tenant, window)
    ordered_on = {
        order.call_off_id: legal_day(order.case.opened_at)
        for order in orders
        if order.case.status is CaseStatus.COMPLETED
    }
    return Material(
        member=member,
        window=window,
        orders=orders,
        cases=as_cases(order.case for order in orders),
        lines=lines_seen(session, tenant, ordered_on),
        invoiced=invoiced(session, tenant),
        overhead=overhead_minutes(session, tenant, window),
        elsewhere=_elsewhere(session, tenant, window),
        fees=_fees(session, member, window),
    )


def _elsewhere(session: Session, tenant: Tenant, window: Window) -> dict[Month, int]:
    found: dict[Month, int] = {}
    by_day = bought_elsewhere(session, tenant, window.first.first, window.last.last)
    for day, count in by_day.items():
        month = Month.of(day)
        found[month] = found.get(month, 0) + count
    return found


def _fees(session: Session, member: Member | None, window: Window) -> dict[Month, Money]:
    """What each started month of membership cost, by the schedule of its first day."""
    wanted = Membership.member_id == member.id if member else Membership.id > 0
    memberships = session.scalars(select(Membership).where(wanted)).all()
    schedule = fee_schedule(session)
    found = {}
    for month in window.months:
        monthly = _monthly(schedule, month)
        running = {held.member_id for held in memberships if _runs_in(held, month)}
        if monthly and running:
            found[month] = monthly * len(running)
    return found


def _monthly(schedule: Sequence[MembershipFee], month: Month) -> Money:
    valid = [fee.monthly for fee in schedule if fee.valid_from <= month.first]
    return valid[-1] if valid else NOTHING


def _runs_in(membership: Membership, month: Month) -> bool:
    ends = membership.effective_to
    return membership.effective_from <= month.last and (ends is None or ends >= month.first)
