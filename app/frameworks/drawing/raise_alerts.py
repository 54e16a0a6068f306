"""Telling the desk that a share of a ceiling is reached: once on record, once to each."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.database.base import table_of
from app.frameworks.records import CeilingAlert, Framework, Lot
from app.frameworks.rules_ceiling import Bound, Crossing, Measure
from app.kernel.german import euro, number
from app.kernel.legal_day import legal_day
from app.kernel.money import Money
from app.members.records import Member
from app.members.rules import Role
from app.notices.announce import News, announce
from app.notices.people import holders
from app.notices.rules import Event

TOLD: Final = (Role.DESK, Role.CONTRACTS)
FULL: Final = 90
UNIQUE: Final = ["bound", "measure", "percent", "maximum"]
_INSERT: Final = {
    name: dialect.insert(table_of(CeilingAlert))
    .on_conflict_do_nothing(index_elements=UNIQUE)
    .returning(table_of(CeilingAlert).c.id)
    for name, dialect in (("postgresql", postgresql), ("sqlite", sqlite))
}


def raise_alerts(session: Session, crossings: Iterable[Crossing], now: datetime) -> int:
    """How many were new; what was told before is not told again unless the ceiling was raised."""
    raised = 0
    for crossing in crossings:
        if _note(session, crossing, now):
            raised += 1
            _tell(session, crossing, now)
    return raised


def _note(session: Session, crossing: Crossing, now: datetime) -> bool:
    place = crossing.place
    row = {
        "framework_id": place.framework_id,
        "lot_id": place.lot_id,
        "member_id": place.member_id,
        "bound": place.key,
        "measure": crossing.measure.value,
        "percent": crossing.percent,
        "used": crossing.used,
        "maximum": crossing.maximum,
        "at": now,
    }
    insert = _INSERT[session.get_bind().dialect.name]
    return session.execute(insert, row).scalar_one_or_none() is not None


def _tell(session: Session, crossing: Crossing, now: datetime) -> None:
    framework = session.get_one(Framework, crossing.place.framework_id)
    what = _what(session, crossing)
    sentence = (
        f"{framework.number}, {framework.title}: {what} ist zu {crossing.percent} % belegt "
        f"({_amount(crossing.measure, crossing.used)} von "
        f"{_amount(crossing.measure, crossing.maximum)})."
    )
    further = (
        "\nIst die Grenze erreicht, nimmt das Portal keinen Abruf mehr an."
        if crossing.percent >= FULL
        else ""
    )
    subject = f"{framework.number}: {what} zu {crossing.percent} % belegt"
    news = News(Event.CEILING, subject, f"{sentence}{further}", f"/cockpit/{framework.number}")
    cause = f"{crossing.place.key}:{crossing.measure}:{crossing.percent}:{crossing.maximum}"
    people = holders(session, TOLD, legal_day(now))
    announce(session, news, people, now, cause=f"ceiling:{cause}")


def _what(session: Session, crossing: Crossing) -> str:
    """`Los 2 Monitore`, `Kontingent von … in Los 2`, `der Gesamthöchstwert`."""
    place = crossing.place
    if place.bound is Bound.TOTAL:
        worth = crossing.measure is Measure.VALUE
        return "der Gesamthöchstwert" if worth else "die Gesamthöchstmenge"
    lot = session.get_one(Lot, place.lot_id)
    if place.bound is Bound.LOT:
        return f"Los {lot.number} {lot.title}"
    member = session.get_one(Member, place.member_id)
    return f"das Kontingent von {member.name} in Los {lot.number}"


def _amount(measure: Measure, amount: int) -> str:
    return euro(Money(amount)) if measure is Measure.VALUE else f"{number(amount)} Stück"
