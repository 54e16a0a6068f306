"""Time saved, honestly: what a case is, what counts, and when nothing may be said."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import Final

FREE_POSITIONS: Final = "Freie Positionen nach Angebot"
HOUR: Final = 3600
MINUTE: Final = 60
MONTHS: Final = 12

COVERAGE_NEEDED: Final = Fraction(1, 2)
FULL_CASES_NEEDED: Final = 10
SMALLEST_GROUP: Final = 5  # cases; below, no figure of time is shown
FEWEST_PEOPLE: Final = 3  # acting people; below, no figure of time is shown
ONE_NEED: Final = timedelta(hours=24)


class CaseStatus(StrEnum):
    COMPLETED = "completed"
    RUNNING = "running"
    CANCELLED = "cancelled"
    REJECTED = "rejected"


class MeasurementStatus(StrEnum):
    FULL = "full"
    PORTAL_ONLY = "portal_only"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class ProcurementCase:
    """One need that would have been one procurement before; times in whole seconds.

    `baseline_seconds` is the snapshot taken with the order: a later change of the member's
    baseline never touches it. `outside_seconds` is what staff state for work outside the portal;
    None is unknown, and 0 counts only when it was confirmed.
    """

    key: str
    unit: str
    framework: str
    status: CaseStatus
    opened_at: datetime
    closed_on: date | None
    baseline_seconds: int
    portal_seconds: int | None
    outside_seconds: int | None = None
    outside_confirmed: bool = False
    people: frozenset[int] = frozenset()
    orders: int = 1
    lead_days: int | None = None
    is_test: bool = False

    @property
    def measured(self) -> MeasurementStatus:
        if self.portal_seconds is None:
            return MeasurementStatus.NONE
        if self.outside_seconds is None or not self.outside_confirmed:
            return MeasurementStatus.PORTAL_ONLY
        return MeasurementStatus.FULL

    @property
    def spent(self) -> int:
        """What is known to have been spent, whatever came of the case."""
        return (self.portal_seconds or 0) + (self.outside_seconds or 0)


def saved(case: ProcurementCase) -> int | None:
    """Baseline minus portal minus outside; negative stays negative, unmeasured stays unknown."""
    if case.status is not CaseStatus.COMPLETED or case.measured is not MeasurementStatus.FULL:
        return None
    return case.baseline_seconds - case.spent


def upper_bound(case: ProcurementCase) -> int | None:
    """Baseline minus portal where time outside is unknown: shown apart, never a saving."""
    if case.status is not CaseStatus.COMPLETED:
        return None
    if case.measured is not MeasurementStatus.PORTAL_ONLY or case.portal_seconds is None:
        return None
    return case.baseline_seconds - case.portal_seconds


def as_cases(orders: Iterable[ProcurementCase]) -> tuple[ProcurementCase, ...]:
    """Completed orders of one unit and framework within 24 hours become one case.

    Splitting an order therefore gains nothing: one baseline stands against all its effort.
    """
    real = sorted((o for o in orders if not o.is_test), key=lambda o: (o.opened_at, o.key))
    merged: list[ProcurementCase] = []
    open_needs: dict[tuple[str, str], int] = {}
    for order in real:
        need = (order.unit, order.framework)
        at = open_needs.get(need)
        joins = at is not None and order.opened_at - merged[at].opened_at < ONE_NEED
        if order.status is CaseStatus.COMPLETED and at is not None and joins:
            merged[at] = _joined(merged[at], order)
            continue
        if order.status is CaseStatus.COMPLETED:
            open_needs[need] = len(merged)
        merged.append(order)
    return tuple(merged)


def _joined(first: ProcurementCase, second: ProcurementCase) -> ProcurementCase:
    both = (first, second)
    return ProcurementCase(
        key=first.key,
        unit=first.unit,
        framework=first.framework,
        status=first.status,
        opened_at=first.opened_at,
        closed_on=max((c.closed_on for c in both if c.closed_on), default=None),
        baseline_seconds=min(c.baseline_seconds for c in both),
        portal_seconds=_sum_or_unknown([c.portal_seconds for c in both]),
        outside_seconds=_sum_or_unknown([c.outside_seconds for c in both]),
        outside_confirmed=all(c.outside_confirmed for c in both),
        people=first.people | second.people,
        orders=first.orders + second.orders,
        lead_days=max((c.lead_days for c in both if c.lead_days is not None), default=None),
    )


def _sum_or_unknown(seconds: Sequence[int | None]) -> int | None:
    known = [value for value in seconds if value is not None]
    return sum(known) if len(known) == len(seconds) else None


def large_enough(cases: Sequence[ProcurementCase]) -> bool:
    """Whether figures of time over these cases may be shown: five cases and three people."""
    people: frozenset[int] = frozenset().union(*(case.people for case in cases))
    return len(cases) >= SMALLEST_GROUP and len(people) >= FEWEST_PEOPLE


def is_reliable(full: int, completed: int) -> bool:
    """The headline rule: at least half of the cases measured, and at least ten of them."""
    if completed == 0 or full < FULL_CASES_NEEDED:
        return False
    return Fraction(full, completed) >= COVERAGE_NEEDED


def target_seconds(hours_per_year: int, months: int) -> int:
    """The share of a year's expected hours that falls on `months` months."""
    return hours_per_year * HOUR * months // MONTHS


def hours(seconds: int) -> str:
    """Hours with one decimal, half away from zero, German: `12,3`, `−0,5`."""
    tenths = (abs(seconds) * 10 + HOUR // 2) // HOUR
    sign = "−" if seconds < 0 and tenths else ""
    return f"{sign}{tenths // 10},{tenths % 10}"


def minutes(seconds: int) -> str:
    """Minutes with one decimal, half away from zero, German."""
    tenths = (abs(seconds) * 10 + MINUTE // 2) // MINUTE
    sign = "−" if seconds < 0 and tenths else ""
    return f"{sign}{tenths // 10},{tenths % 10}"
