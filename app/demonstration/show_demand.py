"""Needs that the catalog does not meet, and a round that is still open."""

import tomllib
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.demand.answer_round import Wanted, answer_round
from app.demand.open_round import RoundWish, open_round
from app.demand.report_need import NeedWish, report_need
from app.demand.rules import BoughtBy
from app.demonstration.cast import person_id
from app.kernel.legal_day import legal_day
from app.kernel.money import Money
from app.members.asking import MemberSeen
from app.members.records import Member, RoleAssignment

FILE: Final = "demand.toml"


def show_demand(session: Session, folder: Path, now: datetime) -> None:
    """Days of the file count from `now`."""
    said = tomllib.loads((folder / FILE).read_text(encoding="utf-8"))
    for need in said["needs"]:
        member, person = _acting(session, need["by"])
        report_need(session, member, person, _wish(need, now), now)
    asked = said["round"]
    today = legal_day(now)
    wish = RoundWish(
        title=asked["title"],
        purpose=asked["purpose"],
        period_from=today + timedelta(days=asked["from_days"]),
        period_to=today + timedelta(days=asked["to_days"]),
        deadline=today + timedelta(days=asked["deadline_days"]),
        note=asked["note"],
        category=asked["category"],
    )
    opened = open_round(session, wish, person_id(session, said["steering"]), now)
    for one in asked["answers"]:
        member, person = _acting(session, one["by"])
        wanted = Wanted(one["requested"], one["note"])
        answer_round(session, opened.id, member, person, wanted, now)


def _wish(need: dict[str, Any], now: datetime) -> NeedWish:
    net = need.get("estimated_net")
    return NeedWish(
        what=need["what"],
        quantity=need["quantity"],
        needed_by=legal_day(now) + timedelta(days=need["days"]),
        reason=need["reason"],
        bought_by=BoughtBy(need["bought_by"]),
        minutes_lost=need.get("minutes_lost"),
        estimated_net=None if net is None else Money.euros(net),
    )


def _acting(session: Session, mail: str) -> tuple[MemberSeen, int]:
    """The account and the member it orders for; a missing one is LookupError."""
    person = person_id(session, mail)
    member = session.scalars(
        select(Member)
        .join(RoleAssignment, RoleAssignment.member_id == Member.id)
        .where(RoleAssignment.person_id == person)
    ).first()
    if member is None:
        raise LookupError(mail)
    return MemberSeen(member.id, member.key, member.name), person
