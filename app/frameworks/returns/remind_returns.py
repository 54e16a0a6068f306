"""Reminding of suppliers' monthly returns that are overdue: suppliers, contracts, the desk."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.frameworks.agreement_records import FrameworkSupplier, SupplierReturn
from app.frameworks.awarding.suppliers import stands
from app.frameworks.records import Framework
from app.frameworks.returns.compare_returns import DUE_DAYS, due_months
from app.kernel.german import day as german_day
from app.kernel.legal_day import legal_day
from app.kernel.month import Month
from app.members.rules import Role
from app.notices.announce import News, announce
from app.notices.people import holders
from app.notices.rules import Event
from app.outbox.enqueue import send_mail

EVERY_DAYS: Final = 14
MOST_REMINDERS: Final = 6
TOLD: Final = (Role.CONTRACTS, Role.DESK)


@dataclass(frozen=True, slots=True)
class Overdue:
    """What one agreement lacks, the latest month first, and when that one was last reminded of."""

    framework: Framework
    months: tuple[Month, ...]
    latest: date

    @property
    def cause(self) -> str:
        return f"return:{self.framework.number}:{self.latest}"

    @property
    def subject(self) -> str:
        if len(self.months) > 1:
            return f"{self.framework.number}: {len(self.months)} Umsatzmeldungen fehlen"
        return f"{self.framework.number}: Umsatzmeldung für {self.months[0].german} fehlt"

    @property
    def text(self) -> str:
        found = f"Zum Rahmenvertrag {self.framework.number}, {self.framework.title},"
        if len(self.months) > 1:
            named = ", ".join(month.german for month in self.months)
            return f"{found} fehlen Umsatzmeldungen für {named}."
        due = german_day(_due(self.months[0]))
        return (
            f"{found} fehlt die Umsatzmeldung für {self.months[0].german}. Fällig war sie am {due}."
        )


def remind_returns(session: Session, now: datetime) -> int:
    """On the first overdue day and every two weeks after, six times; how many are missing.

    Whatever an agreement lacks is one message. Only where the agreement knows a fee, or a return
    was ever made: others owe none.
    """
    today = legal_day(now)
    missing = tuple(_overdue(session, today))
    if missing:
        people = holders(session, TOLD, today)
        for one in missing:
            _tell(session, one, people, now)
    return sum(len(one.months) for one in missing)


def reminder_round(month: Month, today: date) -> int:
    """0 before it is overdue, 1 from the first day, one more every two weeks."""
    late = (today - _due(month)).days
    return 0 if late <= 0 else min((late - 1) // EVERY_DAYS + 1, MOST_REMINDERS)


def _due(month: Month) -> date:
    return month.last + timedelta(days=DUE_DAYS)


def _reminded_on(month: Month, today: date) -> date:
    """The day of the reminder that is due by `today`."""
    return _due(month) + timedelta(days=1 + EVERY_DAYS * (reminder_round(month, today) - 1))


def _overdue(session: Session, today: date) -> Iterator[Overdue]:
    rows = session.execute(select(SupplierReturn.framework_id, SupplierReturn.month)).all()
    made = {(row.framework_id, row.month) for row in rows}
    known = {row.framework_id for row in rows}
    for framework in session.scalars(select(Framework).order_by(Framework.number)):
        if not framework.fee_points and framework.id not in known:
            continue
        months = tuple(
            month
            for month in due_months(framework, today)
            if reminder_round(month, today) and (framework.id, month.text) not in made
        )
        if months:
            yield Overdue(framework, months, _reminded_on(months[0], today))


def _tell(session: Session, one: Overdue, people: Iterable[int], now: datetime) -> None:
    framework = one.framework
    page = f"/cockpit/{framework.number}/meldung"
    news = News(Event.SUPPLY, one.subject, one.text, page)
    announce(session, news, people, now, cause=one.cause)
    for supplier in _suppliers(session, framework.id, legal_day(now)):
        body = (
            f"Guten Tag,\n\n{one.text}\n\n"
            "Bitte melden Sie den Umsatz netto, auch wenn er null war. "
            "Eine Tabelle (CSV oder Excel) mit Abrufnummer und Nettobetrag je Zeile genügt; "
            "senden Sie sie als Antwort auf diese Nachricht.\n"
        )
        key = f"{one.cause}:{supplier.id}"
        send_mail(session, supplier.mail, one.subject, body, now, key)


def _suppliers(session: Session, framework_id: int, today: date) -> list[FrameworkSupplier]:
    """Those with an address, each address once."""
    rows = session.scalars(
        select(FrameworkSupplier)
        .where(FrameworkSupplier.framework_id == framework_id, FrameworkSupplier.mail != "")
        .order_by(FrameworkSupplier.id)
    )
    return list({row.mail: row for row in rows if stands(row, today)}.values())
