"""The documented exception: a one-person administration, and nobody else, decides alone."""

from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.archive.store import keep
from app.database.tenant import Tenant
from app.eligibility.evidence.records import EvidenceDocument
from app.kernel.errors import NotAllowed
from app.kernel.money import Money
from app.members.records import RoleAssignment
from app.members.rules import Role
from app.ordering.steps.approve_call_off import Placed, approve_call_off
from app.ordering.wanted import Actor
from tests.support.clock import NOON, TODAY
from tests.support.orders import submitted
from tests.support.world import NOTEBOOK, World


def rule(session: Session, world: World, limit: str, valid_to: date | None) -> None:
    """The member's own rule up to `limit` euros, proved until `valid_to`."""
    proof = EvidenceDocument(
        type="legal_memorandum",
        title="Dienstanweisung Beschaffung",
        document_date=TODAY - timedelta(days=30),
        valid_from=TODAY - timedelta(days=30),
        valid_to=valid_to,
        member_id=world.dessau.id,
        file_sha256=keep(session, b"%PDF-", "application/pdf", NOON),
        file_name="dienstanweisung.pdf",
        size=5,
        stored_at=NOON,
    )
    session.add(proof)
    session.flush()
    world.dessau.self_approval_evidence_id = proof.id
    world.dessau.self_approval_limit = Money.euros(limit)
    session.add(
        RoleAssignment(person_id=world.it.id, member_id=world.dessau.id, role=Role.APPROVER)
    )
    session.commit()


def decide_alone(session: Session, world: World) -> object:
    number = submitted(session, world, {NOTEBOOK: 1}, now=NOON)
    session.commit()
    actor = Actor(world.it.id, world.dessau.id)
    return approve_call_off(session, actor, number, Tenant(world.dessau.id), NOON)


def test_within_a_documented_rule_one_person_may_decide_alone(
    session: Session, world: World
) -> None:
    rule(session, world, "100000.00", None)

    placed = decide_alone(session, world)

    assert isinstance(placed, Placed)
    assert placed.call_off.self_approval_evidence_id == world.dessau.self_approval_evidence_id


@pytest.mark.parametrize(
    ("limit", "valid_to"),
    [("0.00", None), ("100000.00", TODAY - timedelta(days=1))],
    ids=["above the limit", "document expired"],
)
def test_without_a_valid_rule_nobody_decides_alone(
    session: Session, world: World, limit: str, valid_to: date | None
) -> None:
    rule(session, world, limit, valid_to)

    with pytest.raises(NotAllowed):
        decide_alone(session, world)


def test_the_database_itself_refuses_a_self_approval(session: Session, world: World) -> None:
    submitted(session, world, {NOTEBOOK: 1}, now=NOON)
    session.commit()

    with pytest.raises(IntegrityError):
        session.execute(text("UPDATE call_off SET approved_by = ordered_by"))
