"""Every ceiling of an agreement with its level, its forecast and a sentence about it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.frameworks.outlook.drawn import NOTHING_DRAWN, Drawn, drawn_lately, recorded_since
from app.frameworks.outlook.rules_forecast import Forecast, Question, State, forecast
from app.frameworks.outlook.rules_outlook import sentence
from app.frameworks.outlook.watch_ceilings import total_level
from app.frameworks.queries import FrameworkWithLots
from app.frameworks.records import Framework, Lot, MemberQuota
from app.frameworks.rules_ceiling import Level, Measure, level_of
from app.kernel.legal_day import legal_day
from app.kernel.money import Money


@dataclass(frozen=True, slots=True)
class CeilingSeen:
    """One ceiling as pages show it; a quota has no forecast of its own."""

    name: str
    level: Level
    reserved: Money
    called_off: Money
    lot: Lot | None = None
    forecast: Forecast | None = None
    sentence: str = ""

    @property
    def percent(self) -> int:
        return self.level.percent

    @property
    def maximum(self) -> Money | None:
        return None if self.level.maximum_value is None else Money(self.level.maximum_value)

    @property
    def remaining(self) -> Money | None:
        return None if self.maximum is None else self.maximum - Money(self.level.value)

    @property
    def remaining_quantity(self) -> int | None:
        most = self.level.maximum_quantity
        return None if most is None else most - self.level.quantity


@dataclass(frozen=True, slots=True)
class Outlook:
    """The lots in order, the ceiling over all lots, and quotas of the member who looks."""

    lots: tuple[CeilingSeen, ...]
    total: CeilingSeen | None
    quotas: tuple[CeilingSeen, ...]

    @property
    def every(self) -> tuple[CeilingSeen, ...]:
        return (*self.lots, *([self.total] if self.total else []))

    @property
    def fullest(self) -> CeilingSeen | None:
        return max(self.every, key=lambda one: one.percent, default=None)

    def first_to_act(self) -> CeilingSeen | None:
        """The ceiling whose new tender has to begin first."""
        known = [one for one in self.every if one.forecast is not None]
        return min(known, key=_begin, default=None)


def outlook(
    session: Session, found: FrameworkWithLots, now: datetime, member_id: int | None = None
) -> Outlook:
    """Reads only. `member_id` adds the quotas of that member."""
    framework, today = found.framework, legal_day(now)
    drawn = drawn_lately(session, found.lots, today)
    since = max(framework.valid_from, recorded_since(session, found.lots, today))
    lots = tuple(
        _seen(
            f"Los {lot.number} {lot.title}",
            level_of(lot),
            (lot,),
            drawn.get(lot.id, NOTHING_DRAWN),
            _Term(framework, since, today),
        )
        for lot in found.lots
    )
    return Outlook(
        lots,
        _total(found, drawn, _Term(framework, since, today)),
        _quotas(session, found, member_id),
    )


@dataclass(frozen=True, slots=True)
class _Term:
    framework: Framework
    since: date
    today: date


def _seen(name: str, level: Level, lots: Sequence[Lot], drawn: Drawn, term: _Term) -> CeilingSeen:
    framework = term.framework
    measure, decisive = _decisive(level, drawn, term)
    by = (
        " nach Stückzahl"
        if measure is Measure.QUANTITY and decisive.state is State.RUNS_OUT
        else ""
    )
    months = framework.tender_months
    return CeilingSeen(
        name=name,
        level=level,
        reserved=Money.total(lot.reserved_value for lot in lots),
        called_off=Money.total(lot.called_off_value for lot in lots),
        lot=lots[0] if len(lots) == 1 else None,
        forecast=decisive,
        sentence=sentence(name + by, decisive, framework.valid_to, months, term.today),
    )


def _decisive(level: Level, drawn: Drawn, term: _Term) -> tuple[Measure, Forecast]:
    """By value or by pieces: whichever is used up first."""
    framework = term.framework
    found = []
    for measure, used, most in level.measured:
        if most is not None:
            asked = Question(most - used, term.since, framework.valid_to, framework.tender_months)
            found.append((measure, forecast(drawn[measure], asked, term.today)))
    return min(found, key=lambda one: _end(one[1]))


def _end(found: Forecast) -> date:
    if found.state is State.USED_UP:
        return date.min
    return found.exhausted_on or date.max


def _begin(seen: CeilingSeen) -> date:
    return date.max if seen.forecast is None else seen.forecast.begin_tender_by


def _total(found: FrameworkWithLots, drawn: Mapping[int, Drawn], term: _Term) -> CeilingSeen | None:
    framework = found.framework
    if framework.maximum_value is None and framework.maximum_quantity is None:
        return None
    together = {
        measure: [use for of_lot in drawn.values() for use in of_lot[measure]]
        for measure in Measure
    }
    level = total_level(framework, found.lots)
    return _seen("der Vertrag insgesamt", level, found.lots, together, term)


def _quotas(
    session: Session, found: FrameworkWithLots, member_id: int | None
) -> tuple[CeilingSeen, ...]:
    limited = {lot.id: lot for lot in found.lots if lot.has_quotas}
    if member_id is None or not limited:
        return ()
    return tuple(_quota_seen(session, limited, member_id))


def _quota_seen(session: Session, lots: Mapping[int, Lot], member_id: int) -> Iterator[CeilingSeen]:
    rows = session.scalars(
        select(MemberQuota)
        .where(MemberQuota.lot_id.in_(lots), MemberQuota.member_id == member_id)
        .order_by(MemberQuota.lot_id)
    )
    for quota in rows:
        if quota.maximum_value is not None or quota.maximum_quantity is not None:
            lot = lots[quota.lot_id]
            yield CeilingSeen(
                f"Ihr Kontingent in Los {lot.number} {lot.title}",
                level_of(quota),
                quota.reserved_value,
                quota.called_off_value,
                lot,
            )
