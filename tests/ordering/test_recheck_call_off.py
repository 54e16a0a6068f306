from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.database.tenant import EVERY_MEMBER
from app.eligibility.queries import stored_decision
from app.eligibility.records import EligibilityDecision
from app.eligibility.rules import Outcome, Phase
from app.invoicing.issue_invoice import issue_invoice
from app.kernel.errors import Conflict
from app.kernel.unit_price import UnitPrice
from app.members.records import Membership
from app.ordering.market.records import MarketCheck, MarketPrice
from app.ordering.market.rules import MarketOutcome
from app.ordering.queries import later_checks
from app.ordering.rechecking.affected_call_offs import affected_call_offs
from app.ordering.rechecking.reassess_call_off import reassess_call_off
from app.ordering.records import CallOff
from app.ordering.trail_records import CallOffCheck
from app.ordering.wanted import Actor
from tests.support.clock import NOON, TODAY
from tests.support.invoices import operating_company
from tests.support.orders import A_WEEK_AGO, confirmed, delivered, placed, ready, submitted
from tests.support.world import MONITOR, World


def leave(session: Session, world: World, days: int) -> None:
    """Dessau-Roßlau's membership ends so many days after today."""
    session.execute(
        update(Membership)
        .where(Membership.member_id == world.dessau.id)
        .values(effective_to=TODAY + timedelta(days=days))
    )
    session.flush()


def outcomes(session: Session, call_off_id: int) -> list[tuple[str, str]]:
    return [(check.phase, check.outcome) for check in later_checks(session, call_off_id)]


def test_delivery_and_invoice_are_judged_again_and_warn_without_stopping(session: Session) -> None:
    world = ready(session)
    found = confirmed(session, world, {MONITOR: 2})
    leave(session, world, -1)

    delivered(session, world, found, (MONITOR, 2, ()))
    session.flush()
    desk = Actor(world.desk.id, None)
    issue_invoice(session, desk, found.number, EVERY_MEMBER, operating_company(), NOON)
    session.flush()

    assert outcomes(session, found.id) == [
        ("Lieferung", "not_eligible"),
        ("Rechnung", "not_eligible"),
    ]
    assert all(check.warns for check in later_checks(session, found.id))
    assert found.state == "invoiced"


def test_judging_again_makes_a_new_decision_beside_the_old_ones(session: Session) -> None:
    world = ready(session)
    number = placed(session, world, {MONITOR: 1})
    before = session.scalar(select(func.count()).select_from(EligibilityDecision)) or 0

    recorded = reassess_call_off(session, Actor(world.legal.id, None), number, EVERY_MEMBER, NOON)
    session.flush()

    assert recorded.outcome is Outcome.ELIGIBLE
    made = session.get_one(EligibilityDecision, recorded.id)
    assert (made.phase, made.position) == (Phase.RUNNING, before + 1)
    assert stored_decision(made).case.order.number == number  # type: ignore[union-attr]
    check = session.scalars(select(CallOffCheck)).one()
    assert (check.decision_id, check.on) == (recorded.id, TODAY)


def test_before_placement_everything_is_asked_again(session: Session) -> None:
    world = ready(session)
    number = submitted(session, world, {MONITOR: 1})

    recorded = reassess_call_off(session, Actor(world.desk.id, None), number, EVERY_MEMBER, NOON)

    assert "F-05" in {rule.id for rule in recorded.assessment.rules}


def test_a_closed_order_is_not_judged_again(session: Session) -> None:
    world = ready(session)
    number = placed(session, world, {MONITOR: 1})
    session.execute(update(CallOff).where(CallOff.number == number).values(state="cancelled"))

    with pytest.raises(Conflict):
        reassess_call_off(session, Actor(world.legal.id, None), number, EVERY_MEMBER, NOON)

    assert session.scalar(select(func.count()).select_from(CallOffCheck)) == 0


def test_open_orders_are_listed_that_facts_have_changed_or_will(session: Session) -> None:
    world = ready(session)
    number = placed(session, world, {MONITOR: 1})
    placed(session, world, {MONITOR: 1}, of=world.magdeburg)
    leave(session, world, 30)

    today = affected_call_offs(session, TODAY, NOON)
    later = affected_call_offs(session, TODAY + timedelta(days=31), NOON)

    assert (today.rows, today.looked_at) == ((), 2)
    (affected,) = later.rows
    assert (affected.number, affected.now) == (number, Outcome.NOT_ELIGIBLE)
    assert "M-02" in {rule.id for rule in affected.reasons}
    assert session.scalar(select(func.count()).select_from(CallOffCheck)) == 0


def test_the_order_page_has_the_button_and_shows_the_warning(session: Session, portal: Any) -> None:
    world = ready(session)
    number = placed(session, world, {MONITOR: 1})
    leave(session, world, -1)
    session.commit()
    legal = portal.signed_in(world.legal)

    answer = legal.post(f"/abrufe/{number}/neu-pruefen", {})

    assert answer.status_code == 303
    assert "nicht zulässig" in legal.page(answer.headers["location"])
    page = legal.page(f"/abrufe/{number}")
    assert "Die Voraussetzungen des Inhouse-Geschäfts sind nicht mehr belegt" in page
    assert "Jetzt neu prüfen" in page
    seen = portal.signed_in(world.it).page(f"/abrufe/{number}")
    assert "nicht mehr belegt" in seen
    assert "Jetzt neu prüfen" not in seen
    listed = legal.page("/betroffene-abrufe")
    assert number in listed
    assert legal.get("/betroffene-abrufe", am="2020-01-01").status_code == 422


def test_a_lower_market_price_and_its_reason_stand_in_the_decision(session: Session) -> None:
    world = ready(session)
    seen = MarketCheck(
        member_id=world.dessau.id,
        sku=MONITOR,
        quantity=1,
        contract_price=UnitPrice.euros("199.00"),
        cheaper_elsewhere=True,
        result="günstiger",
        outcome=MarketOutcome.CALLED_OFF,
        reason="Lieferzeit",
        checked_by=world.it.id,
        checked_at=A_WEEK_AGO,
    )
    session.add(seen)
    session.flush()
    session.add(
        MarketPrice(
            member_id=world.dessau.id,
            sku=MONITOR,
            unit_price=UnitPrice.euros("1.00"),
            source="Angebot 7",
            seen_on=A_WEEK_AGO.date(),
            same_specification=True,
            is_list_price=False,
            check_id=seen.id,
            recorded_by=world.it.id,
            recorded_at=A_WEEK_AGO,
        )
    )

    number = placed(session, world, {MONITOR: 1})

    found = session.scalars(select(CallOff).where(CallOff.number == number)).one()
    assert found.placement_decision_id is not None
    stored = stored_decision(session.get_one(EligibilityDecision, found.placement_decision_id))
    rules = {rule.id: rule for rule in stored.assessment.rules}
    assert rules["O-02"].text.endswith("(eine Quelle)). Begründung: Lieferzeit")
    assert rules["O-04"].met
