"""From the wish to the placed order: what is on record after each step."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.approvals.records import Approval
from app.audit.records import AuditEvent
from app.audit.verify import verify_chains
from app.catalog.records import Article
from app.database.tenant import Tenant
from app.eligibility.records import EligibilityDecision
from app.frameworks.records import CeilingMovement
from app.kernel.errors import NotAllowed
from app.kernel.money import Money
from app.ordering.placing.submit_call_off import submit_call_off
from app.ordering.queries import call_off
from app.ordering.records import CallOff
from app.ordering.rules import Side, State
from app.ordering.steps.approve_call_off import Placed, approve_call_off
from app.ordering.steps.cancel_call_off import cancel_call_off
from app.ordering.steps.reject_call_off import reject_call_off
from app.ordering.submission import Refused, Submitted
from app.ordering.trail_records import RefusedAttempt
from app.ordering.wanted import Actor, ArticleUnknown, DeliverTo, Wanted
from tests.support.clock import NOON
from tests.support.told import mails
from tests.support.world import ACCOUNT, MONITOR, NOTEBOOK, World, lot_of


def wanted(**quantities: int) -> Wanted:
    return Wanted(
        quantities={sku.replace("_", "-"): count for sku, count in quantities.items()},
        purpose="Ersatz für Altgeräte Bürgeramt",
        product_account=ACCOUNT,
        deliver_to=DeliverTo("IT-Lager", "Zerbster Straße 4", "06844", "Dessau-Roßlau"),
        offline_minutes=0,
    )


def submitted(session: Session, world: World, wish: Wanted) -> Submitted:
    actor = Actor(world.it.id, world.dessau.id)
    result = submit_call_off(session, actor, world.dessau.id, wish, NOON)
    assert isinstance(result, Submitted), result
    session.commit()
    return result


def count(session: Session, table: type) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def test_a_submitted_order_reserves_and_waits_for_a_second_person(
    session: Session, world: World
) -> None:
    result = submitted(session, world, wanted(NB_14=8, MON_27=8))

    found = call_off(session, result.number, Tenant(world.dessau.id))
    assert result.number == f"{world.dessau.key}-2026-0001"
    assert found.state is State.IN_APPROVAL
    assert found.net == Money.euros("7828.00")
    assert found.vat == Money.euros("1487.32")
    assert found.gross == Money.euros("9315.32")
    assert lot_of(session, NOTEBOOK).reserved_value == Money.euros("6312.00")
    assert lot_of(session, MONITOR).reserved_quantity == 8
    assert lot_of(session, NOTEBOOK).called_off_value == Money(0)
    assert [one.recipient for one in mails(session)] == ["freigabe@dessau-rosslau.example"]


def test_approval_places_the_order_and_writes_the_memo(session: Session, world: World) -> None:
    number = submitted(session, world, wanted(NB_14=8)).number

    placed = approve_call_off(
        session,
        Actor(world.approver.id, world.dessau.id),
        number,
        Tenant(world.dessau.id),
        NOON + timedelta(hours=1),
    )
    session.commit()

    assert isinstance(placed, Placed)
    found = call_off(session, number, Tenant(world.dessau.id))
    assert found.state is State.PLACED
    assert found.approved_by == world.approver.id
    assert found.memo_pdf_sha256 is not None
    assert found.memo_json_sha256 is not None
    assert lot_of(session, NOTEBOOK).reserved_value == Money(0)
    assert lot_of(session, NOTEBOOK).called_off_value == Money.euros("6312.00")
    assert [move.reached for move in found.history] == [State.IN_APPROVAL, State.PLACED]
    assert count(session, EligibilityDecision) == 2
    assert count(session, Approval) == 1
    assert verify_chains(session).holds


def test_nobody_approves_an_own_order(session: Session, world: World) -> None:
    number = submitted(session, world, wanted(NB_14=1)).number

    with pytest.raises(NotAllowed):
        approve_call_off(
            session, Actor(world.it.id, world.dessau.id), number, Tenant(world.dessau.id), NOON
        )
    session.rollback()

    assert call_off(session, number, Tenant(world.dessau.id)).state is State.IN_APPROVAL
    assert count(session, Approval) == 0


def test_rejection_gives_the_reservation_back(session: Session, world: World) -> None:
    number = submitted(session, world, wanted(NB_14=8)).number

    reject_call_off(
        session,
        Actor(world.approver.id, world.dessau.id),
        number,
        Tenant(world.dessau.id),
        NOON,
        reason="Bedarf ist nicht begründet",
    )
    session.commit()

    assert call_off(session, number, Tenant(world.dessau.id)).state is State.REJECTED
    assert lot_of(session, NOTEBOOK).reserved_value == Money(0)
    assert lot_of(session, NOTEBOOK).reserved_quantity == 0


def test_the_member_cancels_until_the_desk_has_confirmed(session: Session, world: World) -> None:
    number = submitted(session, world, wanted(NB_14=2)).number
    tenant = Tenant(world.dessau.id)
    approve_call_off(session, Actor(world.approver.id, world.dessau.id), number, tenant, NOON)

    cancel_call_off(
        session,
        Actor(world.it.id, world.dessau.id),
        number,
        tenant,
        NOON,
        side=Side.ORDERER,
        reason="doppelt bestellt",
    )
    session.commit()

    assert call_off(session, number, tenant).state is State.CANCELLED
    assert lot_of(session, NOTEBOOK).called_off_value == Money(0)
    total = session.scalars(select(CeilingMovement.called_off_value)).all()
    assert Money.total(total) == Money(0)


def test_an_order_beyond_the_ceiling_leaves_only_its_decision(
    session: Session, world: World
) -> None:
    lot = lot_of(session, NOTEBOOK)
    lot.maximum_value = Money.euros("1577.99")
    session.commit()

    result = submit_call_off(
        session, Actor(world.it.id, world.dessau.id), world.dessau.id, wanted(NB_14=2), NOON
    )
    session.commit()

    assert isinstance(result, Refused)
    assert result.code == "ceiling_reached"
    assert count(session, CallOff) == 0
    assert count(session, EligibilityDecision) == 1
    assert count(session, RefusedAttempt) == 1
    assert lot_of(session, NOTEBOOK).reserved_value == Money(0)
    assert session.scalars(select(AuditEvent.action)).all() == ["call_off.refused"]


def test_an_unknown_article_leaves_no_trace(session: Session, world: World) -> None:
    actor = Actor(world.it.id, world.dessau.id)

    with pytest.raises(ArticleUnknown):
        submit_call_off(session, actor, world.dessau.id, wanted(GIBT_ES_NICHT=1), NOON)
    session.commit()

    assert count(session, EligibilityDecision) == 0
    assert count(session, RefusedAttempt) == 0


def test_a_quantity_between_the_packing_steps_is_refused_on_record(
    session: Session, world: World
) -> None:
    article = session.scalars(select(Article).where(Article.sku == NOTEBOOK)).one()
    article.minimum_quantity, article.quantity_interval = 5, 2
    session.commit()
    actor = Actor(world.it.id, world.dessau.id)

    refused = submit_call_off(session, actor, world.dessau.id, wanted(NB_14=6), NOON)
    taken = submit_call_off(session, actor, world.dessau.id, wanted(NB_14=7), NOON)

    assert isinstance(refused, Refused)
    assert refused.code == "article_not_orderable"
    assert isinstance(taken, Submitted)
