"""The documented exception from four eyes rests on a document of the member, or there is none."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.records import AuditEvent
from app.eligibility.evidence.records import EvidenceDocument
from app.kernel.money import NOTHING, Money
from app.members.queries import member_by_key
from app.members.records import Member
from tests.support.application import Portal
from tests.support.clock import TODAY
from tests.support.evidence import complete_evidence
from tests.support.portal import SQLITE
from tests.support.world import World, settled

MEMBER = "/verwaltung/mitglieder/15001000"
HERE = f"{MEMBER}/vier-augen"


@pytest.fixture
def world(session: Session) -> World:
    settled_world = settled(session)
    complete_evidence(session)
    return settled_world


def proof(session: Session, member: Member) -> EvidenceDocument:
    documents = select(EvidenceDocument).where(EvidenceDocument.member_id == member.id)
    return session.scalars(documents.order_by(EvidenceDocument.id)).all()[-1]


def exceptions(session: Session) -> list[str]:
    wanted = select(AuditEvent.payload).where(AuditEvent.action == "self_approval_changed")
    return list(session.scalars(wanted.order_by(AuditEvent.position)))


def test_the_exception_rests_on_a_document_and_is_taken_back_with_zero(
    portal: Portal, session: Session, world: World
) -> None:
    document = proof(session, world.dessau)
    browser = portal.signed_in(world.contracts)
    assert "nie" in browser.page(MEMBER)

    browser.post(HERE, {"grenze": "500,00", "nachweis": str(document.id)})

    member = member_by_key(session, "15001000")
    assert (member.self_approval_limit, member.self_approval_evidence_id) == (
        Money.euros("500"),
        document.id,
    )
    assert "bis 500,00" in browser.page(MEMBER)
    assert document.title in browser.page(HERE)

    for _ in range(2):
        browser.post(HERE, {"grenze": "0", "nachweis": str(document.id)})
    member = member_by_key(session, "15001000")
    assert (member.self_approval_limit, member.self_approval_evidence_id) == (NOTHING, None)
    assert exceptions(session) == [
        f'{{"evidence":{document.id},"limit":"500.00"}}',
        '{"evidence":null,"limit":"0.00"}',
    ]


@SQLITE
@pytest.mark.parametrize("chosen", ["", "999999", "theirs", "eins"])
def test_without_a_document_of_the_member_the_limit_stays_zero(
    portal: Portal, session: Session, world: World, chosen: str
) -> None:
    number = str(proof(session, world.magdeburg).id) if chosen == "theirs" else chosen

    answer = portal.signed_in(world.admin).post(HERE, {"grenze": "500", "nachweis": number})

    assert answer.status_code == 422
    assert "eine ganze Zahl" in answer.text if chosen == "eins" else "bei 0 Euro" in answer.text
    assert member_by_key(session, "15001000").self_approval_limit == NOTHING
    assert exceptions(session) == []


@SQLITE
def test_an_expired_document_carries_no_exception(
    portal: Portal, session: Session, world: World
) -> None:
    known = proof(session, world.dessau)
    values = {column.name: getattr(known, column.name) for column in known.__table__.columns}
    ended = EvidenceDocument(**(values | {"id": None, "valid_to": TODAY - timedelta(days=1)}))
    session.add(ended)
    session.flush()
    sent = {"grenze": "500", "nachweis": str(ended.id)}

    answer = portal.signed_in(world.contracts).post(HERE, sent)

    assert answer.status_code == 422
    assert member_by_key(session, "15001000").self_approval_evidence_id is None


@SQLITE
def test_an_unreadable_limit_is_explained(portal: Portal, session: Session, world: World) -> None:
    answer = portal.signed_in(world.contracts).post(HERE, {"grenze": "viel", "nachweis": ""})

    assert answer.status_code == 422
    assert "Bitte geben Sie einen Betrag an" in answer.text
    assert exceptions(session) == []
