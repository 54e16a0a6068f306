"""Reminding of suppliers' monthly returns that are overdue: suppliers, contracts, the desk."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.frameworks.agreement_records import FrameworkSupplier, SupplierReturn
from app.frameworks.records import Framework
from app.frameworks.returns import DUE_DAYS, due_months
from app.frameworks.suppliers import stands
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
    """A return that is missing, and the how-manieth reminder is due."""

    framework: Framework
    month: Month
    round: int

    @property
    def cause(self) -> str:
        return f"return:{self.framework.number}:{self.month.text}:{self.round}"


def remind_returns(session: Session, now: datetime) -> int:
    """On the first overdue day and every two weeks after, six times; how many are missing.

    Only where the agreement knows a fee, or a return was ever made: others owe none.
    """
    today = legal_day(now)
    missing = tuple(_overdue(session, today))
    if missing:
        people = holders(session, TOLD, today)
        for one in missing:
            _tell(session, one, people, now)
    return len(missing)


def reminder_round(month: Month, today: date) -> int:
    """0 before it is overdue, 1 from the first day, one more every two weeks."""
    late = (today - (month.last + timedelta(days=DUE_DAYS))).days
    return 0 if late <= 0 else min((late - 1) // EVERY_DAYS + 1, MOST_REMINDERS)


def _overdue(session: Session, today: date) -> Iterator[Overdue]:
    rows = session.execute(select(SupplierReturn.framework_id, SupplierReturn.month)).all()
    made = {(row.framework_id, row.month) for row in rows}
    known = {row.framework_id for row in rows}
    for framework in session.scalars(select(Framework).order_by(Framework.number)):
        if not framework.fee_points and framework.id not in known:
            continue
        for month in due_months(framework, today):
            count = reminder_round(month, today)
            if count and (framework.id, month.text) not in made:
                yield Overdue(framework, month, count)


def _tell(session: Session, one: Overdue, people: Iterable[int], now: datetime) -> None:
    framework, due = one.framework, one.month.last + timedelta(days=DUE_DAYS)
    subject = f"{framework.number}: Umsatzmeldung für {one.month.german} fehlt"
    text = (
        f"Zum Rahmenvertrag {framework.number}, {framework.title}, fehlt die Umsatzmeldung für "
        f"{one.month.german}. Fällig war sie am {german_day(due)}."
    )
    page = f"/cockpit/{framework.number}/meldung"
    announce(session, News(Event.SUPPLY, subject, text, page), people, now, cause=one.cause)
    for supplier in _suppliers(session, framework.id, legal_day(now)):
        body = (
            f"Guten Tag,\n\n{text}\n\nBitte melden Sie den Umsatz netto, auch wenn er null war. "
            "Eine Tabelle (CSV oder Excel) mit Abrufnummer und Nettobetrag je Zeile genügt; "
            "senden Sie sie als Antwort auf diese Nachricht.\n"
        )
        key = f"{one.cause}:{supplier.id}"
        send_mail(session, supplier.mail, subject, body, now, key)


def _suppliers(session: Session, framework_id: int, today: date) -> list[FrameworkSupplier]:
    """Those with an address, each address once."""
    rows = session.scalars(
        select(FrameworkSupplier)
        .where(FrameworkSupplier.framework_id == framework_id, FrameworkSupplier.mail != "")
        .order_by(FrameworkSupplier.id)
    )
    return list({row.mail: row for row in rows if stands(row, today)}.values())
