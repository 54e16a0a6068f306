"""The value behind every form of the savings report: page, PDF, workbook, CSV and JSON agree."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.kernel.money import Money
from app.kernel.month import Month


class Reliability(StrEnum):
    """What may be said about the hours of a period."""

    RELIABLE = "reliable"
    NOT_RELIABLE = "not_reliable"
    SUPPRESSED = "suppressed"


@dataclass(frozen=True, slots=True)
class Share:
    """An exact share; both counts stay, so that a file can show where a percentage is from."""

    part: int
    whole: int

    @property
    def permille(self) -> int | None:
        """Tenths of a percent, half away from zero; None where nothing is there to divide by."""
        if self.whole == 0:
            return None
        doubled = (abs(self.part) * 2000 + self.whole) // (2 * self.whole)
        return doubled if self.part >= 0 else -doubled

    @property
    def percent(self) -> str:
        """For example "53.3", with a point; empty where nothing is there to divide by."""
        tenths = self.permille
        if tenths is None:
            return ""
        sign = "-" if tenths < 0 else ""
        return f"{sign}{abs(tenths) // 10}.{abs(tenths) % 10}"

    @property
    def german(self) -> str:
        """For example "53,3 %" with a non-breaking space, or "–"."""
        if not self.whole:
            return "–"
        return self.percent.replace(".", ",").replace("-", "−") + "\N{NO-BREAK SPACE}%"


@dataclass(frozen=True, slots=True)
class Spread:
    """Seconds at the usual places of a distribution (linear interpolation, rounded to seconds)."""

    lower_quartile: int
    median: int
    upper_quartile: int
    ninth_decile: int


@dataclass(frozen=True, slots=True)
class Projection:
    """A Hochrechnung: seconds with its 95 % interval. Never printed without that word."""

    seconds: int
    low: int
    high: int
    draws: int
    seed: int


@dataclass(frozen=True, slots=True)
class TimeFigures:
    """Hours of one period. All times in whole seconds; None = suppressed or not there."""

    orders: int  # completed call-offs
    cases: int  # completed procurement cases (several call-offs may be one case)
    full: int  # cases with portal time and confirmed time outside
    portal_only: int  # cases with portal time only: an upper bound, never added
    unmeasured: int
    running: int  # call-offs
    cancelled: int  # call-offs
    rejected: int  # call-offs
    coverage: Share  # Messabdeckung: full of cases
    portal_share: Share  # Portalanteil: completed call-offs of the expected procurements
    elsewhere: int  # needs reported in the period and met outside the portal; never a saving
    saved: int | None  # "gemessene Zeitersparnis", over full cases only
    upper_bound: int | None  # portal_only cases, "Obergrenze, externe Zeit nicht erfasst"
    wasted: int | None  # spent on cancelled and rejected call-offs
    overhead: int  # entered by the member: master data, training
    net: int | None  # saved - wasted - overhead
    target: int
    target_reached: Share | None  # net of target
    spread: Spread | None  # portal + outside per full case
    median_saved: int | None
    negative: Share | None  # cases that took longer than before
    lead_days: int | None  # median calendar days from order to delivery
    projection: Projection | None
    reliability: Reliability
    reason: str  # German; why the hours are not reliable, else ""


@dataclass(frozen=True, slots=True)
class MoneyFigures:
    """The four numbers of the money side; the two results below are always named as such."""

    time_value: Money | None  # 1 Kalkulatorischer Zeitwert, nicht kassenwirksam
    price_advantage: Money  # 2 may be negative
    evidence_coverage: Share  # net cents with market evidence of all net cents
    membership_cost: Money  # 3 positive = cost
    fee_months: int
    cash_discount: Money  # 4 Skonto, only if taken in time
    cash_result: Money  # 2 - 3 + 4
    overall: Money | None  # cash_result + 1, "Gesamtbetrachtung (kalkulatorisch)"
    hourly_rate: Money | None
    hourly_rate_source: str
    break_even_hours: str  # hours that pay the fee at that rate, "48,0", else ""
    break_even_cases: str  # cases at the median saving of this period, "44,2", else ""
    break_even_sentence: str
    covered_by_time_alone: bool | None


@dataclass(frozen=True, slots=True)
class MonthRow:
    """One bar of the chart and one row of its table."""

    month: Month
    orders: int
    cases: int
    full: int
    saved: int | None
    time_value: Money | None
    price_advantage: Money
    net_value: Money
    reliability: Reliability


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One procurement case of the annex: no names, no call-off numbers."""

    position: int
    completed_on: date
    orders: int
    baseline: int  # seconds
    portal: int | None
    outside: int | None
    status: str  # full | portal_only | none
    saved: int | None  # only for full cases


@dataclass(frozen=True, slots=True)
class Named:
    """A figure with a name: a category, a product account, an outcome of the check."""

    name: str
    count: int
    net: Money


@dataclass(frozen=True, slots=True)
class LotRow:
    """What is left of a lot, value reserved included in what is gone."""

    framework: str
    lot: str
    maximum: Money
    called_off: Money
    reserved: Money
    remaining: Money
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class ConsultationStep:
    """A row of the Beratungsfolge; the cells of the vote stay empty to be filled in."""

    body: str
    is_public: bool
    day: date | None


@dataclass(frozen=True, slots=True)
class PaperHead:
    """Head of the council paper; empty fields stay visible."""

    council_paper_number: str
    submitted_by: str
    responsible_unit: str
    title: str
    resolution: str  # reference of the member's own resolution
    proposal: str  # the sentence to take note of
    consultation: tuple[ConsultationStep, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One of the five headings a) to e) of the council paper, in plain sentences."""

    letter: str
    heading: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SavingsReport:
    """One month of one member (or of all), with the twelve months that end with it."""

    scope: str  # name of the member, or "Alle Mitglieder"
    member_key: str | None  # None = all members
    month: Month
    first_month: Month  # of the twelve
    demonstration: bool  # figures are labelled "Demonstrationsdaten"
    as_of: datetime  # data status
    sha256: str  # over the canonical JSON of all but as_of and sha256
    headline: str
    head: PaperHead
    sections: tuple[Section, ...]  # a) to e)
    time: TimeFigures  # the month
    year: TimeFigures  # the twelve months
    money: MoneyFigures  # the month
    year_money: MoneyFigures  # the twelve months
    months: tuple[MonthRow, ...]
    cases: tuple[CaseRow, ...]  # annex; empty where suppressed
    net_value: Money
    gross_value: Money
    categories: tuple[Named, ...]
    labelled: Share  # cents delivered with a valid label, of all cents delivered
    labels: tuple[Named, ...]  # by label; an article may carry several
    outcomes: tuple[Named, ...]
    product_accounts: tuple[Named, ...]
    lots: tuple[LotRow, ...]
    desk_seconds: int | None  # effort of the desk, only in the report over all members
    method: tuple[str, ...]  # plain sentences
