"""Everything that the cockpit shows of one agreement, and the one line of it in the overview."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from sqlalchemy.orm import Session

from app.cockpit import queries
from app.cockpit.free_spend import FreeSpend, free_spend
from app.cockpit.labelled_spend import LabelledSpend, labelled_spend
from app.cockpit.queries import LedgerLine, MonthUse
from app.cockpit.reservations import Reservation, reservations, reserved_changes
from app.cockpit.rules import MarketComparison, MemberShare, Term, shares, term_of
from app.frameworks.cap_records import ArticleCap
from app.frameworks.drawing.caps import caps_of
from app.frameworks.outlook.ceilings import CeilingSeen, Outlook, outlook
from app.frameworks.queries import FrameworkWithLots, all_frameworks, framework
from app.frameworks.records import CeilingAlert, Framework, Lot
from app.frameworks.rules_ceiling import Measure
from app.kernel.german import euro, number
from app.kernel.legal_day import legal_day
from app.kernel.money import Money
from app.kernel.month import months_after
from app.web.bar_chart import Bar, BarChart

THOUSAND_EUROS: Final = 100_000  # cents


@dataclass(frozen=True, slots=True)
class FrameworkLine:
    """One agreement in the overview."""

    found: FrameworkWithLots
    outlook: Outlook
    today: date
    waiting: Money

    @property
    def framework(self) -> Framework:
        return self.found.framework

    @property
    def days_left(self) -> int:
        return (self.framework.valid_to - self.today).days

    @property
    def term(self) -> Term:
        return term_of(self.framework.valid_to, self.today)

    @property
    def fullest(self) -> CeilingSeen | None:
        return self.outlook.fullest

    @property
    def begin_tender_by(self) -> date:
        """The first of all ceilings and of the term decides; without a lot the term alone."""
        first = self.outlook.first_to_act()
        if first is None or first.forecast is None:
            over = self.framework.valid_to + timedelta(days=1)
            return months_after(over, -self.framework.tender_months)
        return first.forecast.begin_tender_by

    @property
    def alarm(self) -> bool:
        return self.begin_tender_by <= self.today


@dataclass(frozen=True, slots=True)
class FrameworkView:
    """One agreement in full; `silent` may call off and have never done so, nor reserved."""

    line: FrameworkLine
    months: tuple[MonthUse, ...]
    members: tuple[MemberShare, ...]
    entitled: int
    silent: int
    reservations: tuple[Reservation, ...]
    changes: tuple[Reservation, ...]
    alerts: Sequence[CeilingAlert]
    movements: tuple[LedgerLine, ...]
    market: tuple[MarketComparison, ...]
    names: Mapping[int, str]
    caps: Sequence[tuple[ArticleCap, Lot]]
    labelled: LabelledSpend
    free: FreeSpend

    @property
    def chart(self) -> BarChart:
        """Thousands of euros per month; what came back more than was drawn shows as nothing."""
        title = f"Abrufe je Monat, {self.line.framework.number}"
        return BarChart(
            title=title,
            description=f"{title}: Werte netto in Tausend Euro; die Tabelle darunter nennt sie.",
            bars=tuple(
                Bar(
                    f"{one.month.month:02}/{one.month.year % 100:02}",
                    one.net.cents,
                    number(Decimal(one.net.cents) / THOUSAND_EUROS, 1),
                )
                for one in self.months
            ),
            scale=THOUSAND_EUROS,
        )

    def alert_name(self, alert: CeilingAlert) -> str:
        """Whose ceiling an alert is about."""
        if alert.lot_id is None:
            return "Vertrag insgesamt"
        lot = next(lot for lot in self.line.found.lots if lot.id == alert.lot_id)
        if alert.member_id is None:
            return f"Los {lot.number} {lot.title}"
        return f"Kontingent von {self.names.get(alert.member_id, '')} in Los {lot.number}"

    @staticmethod
    def alert_level(alert: CeilingAlert) -> str:
        """`1.000,00 € von 2.000,00 €`, or pieces."""
        if alert.measure == Measure.VALUE:
            return f"{euro(Money(alert.used))} von {euro(Money(alert.maximum))}"
        return f"{number(alert.used)} von {number(alert.maximum)} Stück"

    @property
    def dearer(self) -> int:
        return sum(one.dearer for one in self.market)


def overview(session: Session, now: datetime) -> tuple[FrameworkLine, ...]:
    """Agreements that run today; whose tender is most urgent stands first."""
    today = legal_day(now)
    lines = [_line(session, one, now) for one in all_frameworks(session) if one.runs_on(today)]
    return tuple(sorted(lines, key=lambda line: (line.begin_tender_by, line.framework.number)))


def framework_view(session: Session, number_: str, now: datetime) -> FrameworkView:
    """Raises NotFound. Reads only."""
    found = framework(session, number_)
    today = legal_day(now)
    uses = queries.member_uses(session, found)
    drawn = {one.key for one in uses if one.drawn}
    entitled = queries.entitled(session, found.framework, today)
    told = queries.alerts(session, found.framework.id)
    return FrameworkView(
        line=_line(session, found, now),
        months=queries.months(session, found, today),
        members=shares(uses, len(entitled)),
        entitled=len(entitled),
        silent=sum(one.key not in drawn for one in entitled),
        reservations=reservations(session, found.framework),
        changes=reserved_changes(session, found.framework),
        alerts=told,
        names=queries.names(session, {one.member_id for one in told}),
        movements=queries.movements(session, found),
        market=queries.market(session, found.framework.id, today),
        caps=caps_of(session, found.framework.id),
        labelled=labelled_spend(session, found.framework.id, today),
        free=free_spend(session, found.framework.id, today),
    )


def _line(session: Session, found: FrameworkWithLots, now: datetime) -> FrameworkLine:
    waiting = Money.total(lot.reserved_value for lot in found.lots)
    return FrameworkLine(found, outlook(session, found, now), legal_day(now), waiting)
