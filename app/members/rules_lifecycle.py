"""The way of a membership: which step may follow, what it needs, and when it ends."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from app.kernel.money import Money
from app.kernel.month import Month, months_after

REPAYMENT_MONTHS: Final = 6
SHARE: Final = Money(500_000)


class Step(StrEnum):
    APPLICATION = "application"
    RESOLUTION = "council_resolution"
    ADMISSION = "admission"
    SHARE_PAID = "share_paid"
    EFFECTIVE = "effective"
    NOTICE = "notice"
    END = "end"


class Stage(StrEnum):
    """Where a membership stands on a day."""

    OUTSIDE = "outside"
    PREPARING = "preparing"
    ADMITTED = "admitted"
    COMING = "coming"
    MEMBER = "member"
    LEAVING = "leaving"
    ENDED = "ended"


STEP_WORDS: Final[dict[Step, str]] = {
    Step.APPLICATION: "Beitrittserklärung",
    Step.RESOLUTION: "Beschluss des zuständigen Organs",
    Step.ADMISSION: "Zulassung durch die Genossenschaft",
    Step.SHARE_PAID: "Geschäftsanteil gezahlt",
    Step.EFFECTIVE: "Mitgliedschaft wirksam",
    Step.NOTICE: "Kündigung eingegangen",
    Step.END: "Mitgliedschaft beendet",
}
STAGE_WORDS: Final[dict[Stage, str]] = {
    Stage.OUTSIDE: "kein Mitglied",
    Stage.PREPARING: "Beitritt in Vorbereitung",
    Stage.ADMITTED: "zugelassen",
    Stage.COMING: "zugelassen, noch nicht wirksam",
    Stage.MEMBER: "Mitglied",
    Stage.LEAVING: "Mitglied, gekündigt",
    Stage.ENDED: "ausgeschieden",
}
NEEDS: Final[dict[Step, frozenset[Step]]] = {
    Step.APPLICATION: frozenset(),
    Step.RESOLUTION: frozenset(),
    Step.ADMISSION: frozenset({Step.APPLICATION, Step.RESOLUTION}),
    Step.SHARE_PAID: frozenset({Step.ADMISSION}),
    Step.EFFECTIVE: frozenset({Step.ADMISSION}),
    Step.NOTICE: frozenset({Step.EFFECTIVE}),
    Step.END: frozenset({Step.EFFECTIVE}),
}
PROVEN_BY: Final[dict[Step, str]] = {
    Step.APPLICATION: "accession_declaration",
    Step.RESOLUTION: "council_resolution",
}
"""Steps that count only with a document, and the fact of rule M-03 that it proves."""

BEGINNINGS: Final = frozenset({Step.APPLICATION, Step.RESOLUTION})
ENDINGS: Final = frozenset({Step.NOTICE, Step.END})
MAY_BE_AHEAD: Final = frozenset({Step.EFFECTIVE, Step.END})


@dataclass(frozen=True, slots=True)
class Terms:
    """What the statutes say; `first_month` is the month in which the fiscal year begins."""

    first_month: int = 1
    notice_months: int = 6
    share: Money = SHARE


@dataclass(frozen=True, slots=True)
class Taken:
    """One step that was taken on a day."""

    step: Step
    on: date


def present(taken: Iterable[Taken]) -> dict[Step, date]:
    """The steps of the present way, in the order of entry; who left begins anew."""
    way: dict[Step, date] = {}
    for one in taken:
        if one.step in BEGINNINGS and way.keys() & ENDINGS:
            way = {}
        way[one.step] = one.on
    return way


def possible(way: dict[Step, date]) -> tuple[Step, ...]:
    """Which steps may be recorded next; none is taken twice."""
    return tuple(step for step in Step if step not in way and NEEDS[step] <= way.keys())


def refusal(way: dict[Step, date], wish: Taken, today: date) -> str | None:
    """Why a step cannot be taken, in German; None where it can."""
    if wish.step not in possible(way):
        missing = [STEP_WORDS[step] for step in Step if step in NEEDS[wish.step] - way.keys()]
        if missing:
            return f"Zuerst fehlt noch: {', '.join(missing)}."
        return "Dieser Schritt ist schon erfasst."
    if wish.on > today and wish.step not in MAY_BE_AHEAD:
        return "Das Datum liegt in der Zukunft."
    resolved = way.get(Step.RESOLUTION)
    if wish.step is Step.ADMISSION and resolved is not None and wish.on < resolved:
        return "Die Zulassung kann nicht vor dem Beschluss liegen."
    began = way.get(Step.EFFECTIVE)
    if wish.step in {Step.NOTICE, Step.END} and began is not None and wish.on < began:
        return "Dieser Tag liegt vor dem Beginn der Mitgliedschaft."
    return None


def stage(way: dict[Step, date], last: date | None, today: date) -> Stage:
    """Where the way has led by `today`; `last` is the last day of the membership, if any."""
    if last is not None and last < today:
        return Stage.ENDED
    if Step.EFFECTIVE in way:
        if way[Step.EFFECTIVE] > today:
            return Stage.COMING
        return Stage.MEMBER if last is None else Stage.LEAVING
    if Step.ADMISSION in way:
        return Stage.ADMITTED
    return Stage.PREPARING if way else Stage.OUTSIDE


def fiscal_year_end(day: date, first_month: int) -> date:
    """The last day of the fiscal year in which `day` lies."""
    year = day.year if day.month < first_month else day.year + 1
    return date(year, first_month, 1) - timedelta(days=1)


def last_day(notice_on: date, terms: Terms) -> date:
    """The end of the first fiscal year that ends a whole notice period after the notice."""
    earliest = months_after(notice_on, terms.notice_months)
    return fiscal_year_end(earliest, terms.first_month)


def repayment_due(last: date) -> date:
    """Until when the share is paid back (§ 73 Abs. 2 GenG)."""
    return months_after(last, REPAYMENT_MONTHS)


def started_months(begins: date, year: int) -> int:
    """Months of a calendar year for which a monthly fee is due: a started month counts."""
    if begins.year > year:
        return 0
    return 12 if begins.year < year else 13 - Month.of(begins).month
