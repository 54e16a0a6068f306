"""Needs and rounds for tests, by the real use cases."""

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from app.accounts.records import Person
from app.demand.open_round import RoundWish, open_round
from app.demand.records import DemandRound, Need
from app.demand.report_need import NeedWish, report_need
from app.demand.rules import BoughtBy
from app.members.asking import MemberSeen
from app.members.records import Member
from tests.support.clock import NOON
from tests.support.world import World

WISH: dict[str, Any] = {
    "what": "Etikettendrucker",
    "quantity": 6,
    "needed_by": date(2026, 12, 31),
    "reason": "Inventar im Lager",
    "bought_by": BoughtBy.DIRECT_PURCHASE,
}
FORM = {
    "what": "Etikettendrucker",
    "quantity": "6",
    "needed_by": "2026-12-31",
    "reason": "Inventar im Lager",
    "bought_by": "direct_purchase",
}
ROUND = {
    "title": "Notebooks im dritten Quartal",
    "purpose": "Hardware 2027, Los Notebooks",
    "period_from": "2027-07-01",
    "period_to": "2027-09-30",
    "deadline": "2026-12-18",
}


def seen(member: Member) -> MemberSeen:
    return MemberSeen(member.id, member.key, member.name)


def reported(
    session: Session, member: Member, by: Person, at: datetime = NOON, **said: Any
) -> Need:
    return report_need(session, seen(member), by.id, NeedWish(**(WISH | said)), at).need


def opened(session: Session, world: World, **said: Any) -> DemandRound:
    wish: dict[str, Any] = {
        "title": ROUND["title"],
        "purpose": ROUND["purpose"],
        "period_from": date(2027, 7, 1),
        "period_to": date(2027, 9, 30),
        "deadline": date(2026, 12, 18),
    }
    return open_round(session, RoundWish(**(wish | said)), world.desk.id, NOON)
