"""Approval in steps by the member's own table, from submission to placement."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import event, func, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.accounts.records import Person
from app.approvals.add_rule import TableKeeper
from app.approvals.end_rule import end_rule
from app.approvals.records import Approval, ApprovalPath
from app.approvals.rules_table import RuleStep
from app.database.tenant import Tenant
from app.journal.file.file_zip import file_contents
from app.kernel.errors import NotAllowed
from app.kernel.money import Money
from app.members.records import Deputy, RoleAssignment
from app.ordering.approving.escalate_approvals import escalate_approvals
from app.ordering.queries import call_off
from app.ordering.records import CallOff, CallOffLine
from app.ordering.rules import State
from app.ordering.signing.steps_of_order import path_of_order
from app.ordering.steps.approve_call_off import Placed, StepApproved, approve_call_off
from app.ordering.steps.reject_call_off import reject_call_off
from app.ordering.wanted import Actor
from tests.support.approvals import Office, office
from tests.support.clock import NOON, TODAY
from tests.support.databases import Database
from tests.support.evidence import complete_evidence
from tests.support.orders import submitted
from tests.support.told import mails
from tests.support.world import MONITOR, NOTEBOOK, World, lot_of, settled


def signs(session: Session, world: World, person: Person, number: str) -> object:
    actor = Actor(person.id, world.dessau.id)
    result = approve_call_off(session, actor, number, Tenant(world.dessau.id), NOON)
    session.commit()
    return result


def order(session: Session, world: World, **pieces: int) -> str:
    number = submitted(session, world, pieces or {NOTEBOOK: 1}, now=NOON)
    session.commit()
    return number


def state(session: Session, world: World, number: str) -> State:
    return call_off(session, number, Tenant(world.dessau.id)).state


def asked(session: Session, number: str) -> list[str | None]:
    return [one.recipient for one in mails(session) if number in (one.subject or "")]


def test_two_serial_steps_place_the_order_only_together(session: Session, world: World) -> None:
    rule = office(session, world)
    number = order(session, world)
    assert asked(session, number) == [rule.head.mail]

    first = signs(session, world, rule.head, number)

    assert isinstance(first, StepApproved)
    assert first.words == "1 von 2 Genehmigungen liegt vor"
    assert state(session, world, number) is State.IN_APPROVAL
    assert lot_of(session, NOTEBOOK).called_off_value == Money(0)
    assert asked(session, number) == [rule.head.mail, rule.approver.mail]

    assert isinstance(signs(session, world, rule.approver, number), Placed)
    found = session.scalars(select(Approval).order_by(Approval.id)).all()
    assert [one.decided_by for one in found] == [rule.head.id, rule.approver.id]
    assert len({one.subject_sha256 for one in found}) == 1
    files = dict(file_contents(session, number, Tenant(world.dessau.id)))
    memo = json.loads(files[f"Abrufvermerk-{number}.json"])
    steps = ["Genehmigung, Stufe 1 von 2", "Genehmigung, Stufe 2 von 2"]
    assert [one["role"] for one in memo["approvals"]] == steps
    assert all(one in files["Genehmigungen.csv"].decode("utf-8-sig") for one in steps)


def test_a_later_step_and_a_second_signature_must_wait(session: Session, world: World) -> None:
    rule = office(session, world)
    number = order(session, world)

    with pytest.raises(NotAllowed, match="andere Person"):
        signs(session, world, rule.approver, number)
    session.rollback()
    signs(session, world, rule.head, number)
    with pytest.raises(NotAllowed, match="schon genehmigt"):
        signs(session, world, rule.head, number)
    session.rollback()

    assert state(session, world, number) is State.IN_APPROVAL


def test_parallel_steps_are_asked_together_and_sign_in_any_order(
    session: Session, world: World
) -> None:
    rule = office(session, world)
    end_rule(session, TableKeeper(world.member_admin.id, world.dessau.id), rule.rule_id, NOON)
    steps = RuleStep(1, rule.head.id), RuleStep(1, world.approver.id)
    both = office_again(session, world, *steps)
    number = order(session, world)

    assert sorted(str(one) for one in asked(session, number)) == sorted(
        [both.approver.mail, both.head.mail]
    )
    assert isinstance(signs(session, world, both.approver, number), StepApproved)
    assert isinstance(signs(session, world, both.head, number), Placed)


def office_again(session: Session, world: World, *steps: RuleStep) -> Office:
    session.execute(
        update(RoleAssignment)
        .where(RoleAssignment.person_id == steps[0].person_id)
        .values(valid_to=TODAY - timedelta(days=1))
    )
    return office(session, world, *steps)


def test_one_rejection_ends_the_order_and_gives_the_reservation_back(
    session: Session, world: World
) -> None:
    rule = office(session, world)
    number = order(session, world)
    signs(session, world, rule.head, number)

    actor = Actor(rule.approver.id, world.dessau.id)
    reject_call_off(session, actor, number, Tenant(world.dessau.id), NOON, reason="Zu teuer")
    session.commit()

    assert state(session, world, number) is State.REJECTED
    assert lot_of(session, NOTEBOOK).reserved_value == Money(0)


def test_a_deputy_signs_in_the_name_of_the_absent(session: Session, world: World) -> None:
    rule = office(session, world)
    session.add(
        Deputy(
            member_id=world.dessau.id,
            person_id=rule.head.id,
            deputy_person_id=world.member_admin.id,
            valid_from=TODAY,
            valid_to=TODAY,
        )
    )
    number = order(session, world)

    assert isinstance(signs(session, world, world.member_admin, number), StepApproved)
    assert session.scalars(select(Approval.on_behalf_of)).all() == [rule.head.id]


def test_a_role_that_was_lost_meanwhile_falls_to_the_value_limit(
    session: Session, world: World
) -> None:
    rule = office(session, world, RuleStep(1, world.approver.id))
    number = order(session, world)
    session.execute(
        update(RoleAssignment)
        .where(RoleAssignment.person_id == world.approver.id)
        .values(valid_to=TODAY - timedelta(days=1))
    )
    session.commit()

    with pytest.raises(NotAllowed):
        signs(session, world, world.approver, number)
    session.rollback()
    assert isinstance(signs(session, world, rule.head, number), Placed)


def test_a_step_that_waits_too_long_may_be_signed_by_somebody_else_once(
    session: Session, world: World
) -> None:
    rule = office(session, world, escalate_after_days=3, escalate_to=world.approver.id)
    number = order(session, world)

    assert escalate_approvals(session, NOON + timedelta(days=2)) == 0
    assert escalate_approvals(session, NOON + timedelta(days=3)) == 1
    assert escalate_approvals(session, NOON + timedelta(days=4)) == 0
    session.commit()

    assert isinstance(signs(session, world, rule.approver, number), StepApproved)
    assert isinstance(signs(session, world, rule.head, number), Placed)


def test_a_material_change_voids_the_signatures_and_a_cosmetic_one_does_not(
    session: Session, world: World
) -> None:
    rule = office(session, world)
    number = order(session, world)
    signs(session, world, rule.head, number)
    session.execute(update(CallOff).values(your_reference="AZ 7"))
    session.commit()
    assert rounds(session, world, number) == (1, 1)

    session.execute(update(CallOff).values(cost_centre="4711"))
    session.commit()

    with pytest.raises(NotAllowed):
        signs(session, world, rule.approver, number)
    session.rollback()
    signs(session, world, rule.head, number)
    assert rounds(session, world, number) == (2, 1)
    assert isinstance(signs(session, world, rule.approver, number), Placed)


def rounds(session: Session, world: World, number: str) -> tuple[int, int]:
    """The present round, and how many signatures it has."""
    path = path_of_order(session, call_off(session, number, Tenant(world.dessau.id)))
    assert path is not None
    return path.round, len(path.signed_by)


def test_splitting_below_the_limit_meets_the_rule_all_the_same(
    session: Session, world: World
) -> None:
    office(session, world, above=Money.euros(1_500))

    order(session, world)
    assert session.scalar(select(func.count(ApprovalPath.id))) == 0
    order(session, world)
    counted = session.scalars(select(ApprovalPath.counted)).all()

    assert counted == [Money.euros("1877.82")]  # 2 x 789.00 x 1.19


def test_an_ended_rule_holds_for_orders_under_way_only(session: Session, world: World) -> None:
    rule = office(session, world)
    before = order(session, world)
    end_rule(session, TableKeeper(world.member_admin.id, world.dessau.id), rule.rule_id, NOON)
    session.commit()
    after = order(session, world, **{MONITOR: 1})

    assert isinstance(signs(session, world, rule.head, before), StepApproved)
    assert isinstance(signs(session, world, rule.approver, after), Placed)


def test_the_database_refuses_to_skip_an_open_step(session: Session, world: World) -> None:
    office(session, world)
    order(session, world)

    with pytest.raises(IntegrityError):
        session.execute(text("UPDATE call_off SET state = 'placed'"))
    session.rollback()
    with pytest.raises(IntegrityError):
        session.execute(text("UPDATE call_off SET ordered_by = ordered_by + 1"))


@pytest.mark.parametrize("table", ["call_off", "approval"])
def test_the_database_refuses_ones_own_order_on_any_other_paper(
    session: Session, world: World, table: str
) -> None:
    """A document that the member's rule does not name does not help, nor a false orderer."""
    order(session, world)
    paper = session.scalar(text("SELECT min(id) FROM evidence_document"))
    statements = {
        "call_off": "UPDATE call_off SET approved_by = ordered_by, placed_at = submitted_at, "
        "self_approval_evidence_id = :paper",
        "approval": "INSERT INTO approval (member_id, subject, subject_sha256, value, requested_by,"
        " decided_by, verdict, acknowledged, reason, exception_evidence_id, at) "
        "SELECT member_id, number, 'x', gross, approver.id, ordered_by, 'approved', '', '', "
        ":paper, submitted_at FROM call_off, (SELECT min(id) AS id FROM person) AS approver",
    }

    with pytest.raises(IntegrityError):
        session.execute(text(statements[table]), {"paper": paper})


def test_lines_of_an_order_in_approval_bind_the_hash(session: Session, world: World) -> None:
    rule = office(session, world)
    number = order(session, world)
    signs(session, world, rule.head, number)
    session.execute(update(CallOffLine).values(quantity=2))
    session.commit()

    with pytest.raises(NotAllowed):
        signs(session, world, rule.approver, number)


def test_who_has_no_table_pays_no_statement_for_it(database: Database) -> None:
    with database.sessions.begin() as session:
        world = settled(session)
        complete_evidence(session)
    said: list[str] = []
    with database.sessions.begin() as session:
        submitted(session, world, {NOTEBOOK: 1}, now=NOON)  # from now on it is known
    event.listen(
        database.engine, "before_cursor_execute", lambda *asked: said.append(str(asked[2]))
    )
    with database.sessions.begin() as session:
        submitted(session, world, {NOTEBOOK: 1}, now=NOON)

    assert said
    assert not [one for one in said if "approval" in one]
