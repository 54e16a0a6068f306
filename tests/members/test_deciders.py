"""Four eyes: the value limit and the calendar choose who may decide, never the orderer himself."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from app.accounts.records import Person
from app.kernel.money import Money
from app.members.deciders import deciders, may_decide
from app.members.records import Deputy, RoleAssignment
from app.members.rules import Role
from tests.support.clock import TODAY
from tests.support.world import World, somebody

SMALL, LARGE = Money.euros(5_000), Money.euros("5000.01")


@pytest.fixture
def head(session: Session, world: World) -> Person:
    """Somebody who decides up to 5,000 euros; the approver of the world has no limit."""
    return somebody(
        session, "sachgebiet@dessau-rosslau.example", Role.APPROVER, world.dessau, limit=SMALL
    )


def who(session: Session, world: World, value: Money, on: date = TODAY) -> list[int]:
    found = deciders(session, world.dessau.id, value, excluding=world.it.id, on=on)
    return [one.person_id for one in found]


def test_the_smallest_sufficient_limit_comes_first(
    session: Session, world: World, head: Person
) -> None:
    assert who(session, world, SMALL) == [head.id, world.approver.id]
    assert who(session, world, LARGE) == [world.approver.id]


def test_approvers_of_other_members_and_inactive_ones_never_decide(
    session: Session, world: World, head: Person
) -> None:
    world.approver.active = False

    assert who(session, world, SMALL) == [head.id]
    assert not may_decide(
        session, world.dessau.id, world.approver_magdeburg.id, SMALL, excluding=0, on=TODAY
    )


def test_the_orderer_does_not_decide_even_as_approver_or_deputy(
    session: Session, world: World
) -> None:
    somebody(session, world.it.mail, Role.APPROVER, world.dessau)
    session.add(
        Deputy(
            member_id=world.dessau.id,
            person_id=world.approver.id,
            deputy_person_id=world.it.id,
            valid_from=TODAY,
            valid_to=TODAY,
        )
    )
    session.flush()

    assert who(session, world, SMALL) == [world.approver.id]


def test_a_deputy_decides_on_his_days_with_the_limit_of_the_absent(
    session: Session, world: World, head: Person
) -> None:
    last = TODAY + timedelta(days=6)
    session.add(
        Deputy(
            member_id=world.dessau.id,
            person_id=head.id,
            deputy_person_id=world.member_admin.id,
            valid_from=TODAY,
            valid_to=last,
        )
    )
    session.flush()

    standing_in = [head.id, world.member_admin.id, world.approver.id]
    assert who(session, world, SMALL) == standing_in
    assert who(session, world, SMALL, on=last) == standing_in
    assert who(session, world, LARGE) == [world.approver.id]
    assert who(session, world, SMALL, on=last + timedelta(days=1)) == [head.id, world.approver.id]
    assert who(session, world, SMALL, on=TODAY - timedelta(days=1)) == [head.id, world.approver.id]


def test_a_role_counts_from_its_first_to_its_last_day(session: Session, world: World) -> None:
    assignment = session.query(RoleAssignment).filter_by(person_id=world.approver.id).one()
    assignment.valid_from, assignment.valid_to = TODAY, TODAY
    session.flush()

    days = [TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=1)]
    assert [who(session, world, SMALL, on=day) for day in days] == [[], [world.approver.id], []]
