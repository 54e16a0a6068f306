"""The hours of one period from its cases."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.documents.savings.savings_report import Reliability, Share, TimeFigures
from app.savings.distribution import median, project, rounded, spread
from app.savings.rules import (
    COVERAGE_NEEDED,
    FEWEST_PEOPLE,
    FULL_CASES_NEEDED,
    MONTHS,
    SMALLEST_GROUP,
    CaseStatus,
    MeasurementStatus,
    ProcurementCase,
    is_reliable,
    large_enough,
    saved,
    target_seconds,
    upper_bound,
)


@dataclass(frozen=True, slots=True)
class Expectation:
    """What the member's own council was told to expect of a year; 0 = nothing on record."""

    months: int
    procurements: int = 0
    target_hours: int = 0
    elsewhere: int = 0  # reported needs of these months that were met outside the portal


@dataclass(frozen=True, slots=True)
class _Groups:
    full: Sequence[ProcurementCase]
    portal_only: Sequence[ProcurementCase]
    unmeasured: Sequence[ProcurementCase]
    lost: Sequence[ProcurementCase]

    @property
    def completed(self) -> tuple[ProcurementCase, ...]:
        return (*self.full, *self.portal_only, *self.unmeasured)


def time_figures(
    cases: Sequence[ProcurementCase],
    overhead_seconds: int,
    expected: Expectation,
    *,
    projected: bool = True,
) -> TimeFigures:
    """All figures of time over `cases`, one element per procurement case of the period.

    The Hochrechnung takes 2,000 draws; where nobody shows it, `projected` leaves it out.
    """
    groups = _grouped(cases)
    savings = [value for case in groups.full if (value := saved(case)) is not None]
    shown = large_enough(groups.full)
    total = sum(savings) if shown else None
    wasted = sum(case.spent for case in groups.lost)
    net = None if total is None else total - wasted - overhead_seconds
    target = target_seconds(expected.target_hours, expected.months)
    reliability = _reliability(groups, shown=shown)
    counts = {status: _orders(cases, status) for status in CaseStatus}
    done = counts[CaseStatus.COMPLETED]
    return TimeFigures(
        orders=done,
        cases=len(groups.completed),
        full=len(groups.full),
        portal_only=len(groups.portal_only),
        unmeasured=len(groups.unmeasured),
        running=counts[CaseStatus.RUNNING],
        cancelled=counts[CaseStatus.CANCELLED],
        rejected=counts[CaseStatus.REJECTED],
        coverage=Share(len(groups.full), len(groups.completed)),
        portal_share=_portal_share(done, expected),
        elsewhere=expected.elsewhere,
        saved=total,
        upper_bound=_upper_bound(groups.portal_only),
        wasted=wasted if not groups.lost or large_enough(groups.lost) else None,
        overhead=overhead_seconds,
        net=net,
        target=target,
        target_reached=None if net is None or target == 0 else Share(net, target),
        spread=spread([case.spent for case in groups.full]) if shown else None,
        median_saved=median(savings) if shown else None,
        negative=Share(sum(value < 0 for value in savings), len(savings)) if shown else None,
        lead_days=median([c.lead_days for c in groups.completed if c.lead_days is not None]),
        projection=project(savings, len(groups.completed)) if shown and projected else None,
        reliability=reliability,
        reason=_reason(groups, reliability),
    )


def _portal_share(done: int, expected: Expectation) -> Share:
    """Of the expected procurements; of those that are known to have been, where these are more."""
    whole = expected.procurements * expected.months
    if whole and expected.elsewhere:
        whole = max(whole, (done + expected.elsewhere) * MONTHS)
    return Share(done * MONTHS, whole)


def _grouped(cases: Sequence[ProcurementCase]) -> _Groups:
    done = [case for case in cases if case.status is CaseStatus.COMPLETED]
    by_status = {
        status: [case for case in done if case.measured is status] for status in MeasurementStatus
    }
    lost = [c for c in cases if c.status in {CaseStatus.CANCELLED, CaseStatus.REJECTED}]
    return _Groups(
        full=by_status[MeasurementStatus.FULL],
        portal_only=by_status[MeasurementStatus.PORTAL_ONLY],
        unmeasured=by_status[MeasurementStatus.NONE],
        lost=lost,
    )


def _orders(cases: Sequence[ProcurementCase], status: CaseStatus) -> int:
    return sum(case.orders for case in cases if case.status is status)


def _upper_bound(cases: Sequence[ProcurementCase]) -> int | None:
    if not cases:
        return 0
    if not large_enough(cases):
        return None
    return sum(upper_bound(case) or 0 for case in cases)


def _reliability(groups: _Groups, *, shown: bool) -> Reliability:
    if is_reliable(len(groups.full), len(groups.completed)) and shown:
        return Reliability.RELIABLE
    return Reliability.NOT_RELIABLE if shown else Reliability.SUPPRESSED


def _reason(groups: _Groups, reliability: Reliability) -> str:
    if reliability is Reliability.RELIABLE:
        return ""
    if not groups.completed:
        return "In diesem Zeitraum ist kein Vorgang abgeschlossen."
    if reliability is Reliability.SUPPRESSED:
        return (
            f"Zeiten werden erst ab {SMALLEST_GROUP} vollständig gemessenen Vorgängen und "
            f"{FEWEST_PEOPLE} handelnden Personen gezeigt (Beschäftigtendatenschutz)."
        )
    needed = rounded(COVERAGE_NEEDED * 100)
    return (
        f"Vollständig gemessen sind {len(groups.full)} von {len(groups.completed)} Vorgängen; "
        f"nötig sind mindestens {FULL_CASES_NEEDED} Vorgänge und {needed} % Messabdeckung."
    )
