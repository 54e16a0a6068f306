"""A member with a rule table: the head of the office signs first, then the approver."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.records import Person
from app.approvals.add_rule import RuleWish, TableKeeper, add_rule
from app.approvals.records import ApprovalLink
from app.approvals.rules_table import RuleStep
from app.kernel.money import Money
from app.members.rules import Role
from tests.support.clock import NOON
from tests.support.told import mails
from tests.support.world import World, somebody


@dataclass(frozen=True)
class Office:
    """Who stands in the table, and the rule."""

    head: Person
    approver: Person
    rule_id: int


def office(session: Session, world: World, *steps: RuleStep, **changes: Any) -> Office:
    """Two serial steps for every order, unless `steps` say otherwise."""
    head = somebody(
        session,
        "sachgebiet@dessau-rosslau.example",
        Role.APPROVER,
        world.dessau,
        limit=Money.euros(5_000),
    )
    way = steps or (RuleStep(1, head.id), RuleStep(2, world.approver.id))
    keeper = TableKeeper(world.member_admin.id, world.dessau.id)
    rule_id = add_rule(session, keeper, RuleWish("Zwei Unterschriften", way, **changes), NOON)
    session.commit()
    return Office(head, world.approver, rule_id)


def link_of(session: Session, person: Person) -> str:
    """The path of the latest one-time link that was mailed to a person."""
    bodies = [one.body for one in mails(session) if one.recipient == person.mail]
    found = [word for body in bodies for word in body.split() if "/freigabe/" in word]
    assert found, f"no link for {person.mail}"
    session.commit()
    return "/freigabe/" + found[-1].rpartition("/")[2]


def links(session: Session) -> list[ApprovalLink]:
    return list(session.scalars(select(ApprovalLink).order_by(ApprovalLink.id)))
