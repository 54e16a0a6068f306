"""Reminding of a wish that waits: the member of an answer it owes, the desk of another."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.database.tenant import EVERY_MEMBER
from app.frameworks.records import Framework
from app.kernel.legal_day import legal_day
from app.members.bound_units import sees_unit
from app.members.rules import Role
from app.notices.announce import News, announce
from app.notices.people import holders
from app.notices.rules import Event
from app.ordering.changing.queries import WHOLE, waiting_of
from app.ordering.changing.records import CallOffChange
from app.ordering.changing.rules import ChangeState
from app.ordering.changing.rules_waiting import Waiting
from app.ordering.changing.tell import told_words
from app.ordering.queries import call_off
from app.ordering.records import CallOff
from app.ordering.rules import Side

REMINDED: Final = (ChangeState.ASKED, ChangeState.OFFERED)
"""What waits for an approver is escalated with the other approvals."""


def remind_of_changes(session: Session, now: datetime) -> int:
    """Once after some working days, once before it lapses; how many wishes are concerned.

    The second time all who could answer for the member are asked: somebody may be on holiday.
    """
    rows = session.execute(
        select(CallOffChange, Framework, CallOff.number)
        .join(CallOff, CallOff.id == CallOffChange.call_off_id)
        .join(Framework, Framework.id == CallOff.framework_id)
        .where(CallOffChange.state.in_(REMINDED))
        .order_by(CallOffChange.asked_at, CallOffChange.id)
        .options(*WHOLE)
    ).all()
    today, concerned = legal_day(now), 0
    for change, framework, number in rows:
        waits = waiting_of(change, framework)
        if waits.is_to_remind(today) or waits.is_nearly_over(today):
            concerned += 1
            found = call_off(session, number, EVERY_MEMBER)
            _remind(session, found, change, waits, now)
    return concerned


def _remind(
    session: Session, found: CallOff, change: CallOffChange, waits: Waiting, now: datetime
) -> None:
    today = legal_day(now)
    nearly_over = waits.is_nearly_over(today)
    to_member = waits.awaited is Side.ORDERER
    what = told_words(found, change) or "Der Abruf bleibt, wie er ist"
    news = News(
        Event.ORDER_CHANGE if to_member else Event.DESK_CHANGE,
        title=f"Erinnerung: Änderung zum Abruf {found.number} wartet auf Antwort",
        text=f"{what}\n\nGrund: {change.reason}\n\n{waits.words(today, own=True)}",
        address=f"/abrufe/{found.number}#h-aenderungen"
        if to_member
        else f"/abwicklung/{found.number}",
    )
    people: Iterable[int]
    if to_member:
        people = _of_member(session, found, change, now, everybody=nearly_over)
    else:
        people = holders(session, [Role.DESK], today)
    often = "last" if nearly_over else "first"
    cause = f"change-waits:{found.number}:{change.position}:{len(change.steps)}:{often}"
    announce(session, news, people, now, cause=cause)


def _of_member(
    session: Session, found: CallOff, change: CallOffChange, now: datetime, *, everybody: bool
) -> set[int]:
    """Who ordered and who asked; with everybody also the colleagues who may answer."""
    people = {found.ordered_by}
    if not change.is_proposed:
        people.add(change.asked_by)
    if everybody:
        today = legal_day(now)
        buyers = holders(session, [Role.ORDERER], today, member_id=found.member_id)
        people |= {
            one for one in buyers if sees_unit(session, one, found.member_id, found.unit_id, today)
        }
    return people
