"""Corrections by hand beside running orders: what these may give back stays theirs."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.cockpit.correct_lot import correct_lot
from app.database.tenant import EVERY_MEMBER
from app.frameworks.amending.correct_use import Correction
from app.frameworks.amending.set_quota import QuotaWish, set_quota
from app.frameworks.drawing.check_ledger import check_ledger
from app.frameworks.records import CeilingMovement, MemberQuota
from app.kernel.errors import Malformed
from app.kernel.money import Money
from app.ordering.rules import Side
from app.ordering.steps.cancel_call_off import cancel_call_off
from app.ordering.wanted import Actor
from tests.frameworks.agreements import NUMBER
from tests.frameworks.limits import used
from tests.support.application import Portal
from tests.support.clock import NOON
from tests.support.orders import confirmed, delivered, placed, ready
from tests.support.world import NOTEBOOK, World

REASON = "Meldung des Auftragnehmers 11/2026"


def taken_away(
    session: Session, world: World, value: str, pieces: int, of: str | None = None
) -> None:
    wish = Correction(1, -Money.euros(value), -pieces, of)
    assert correct_lot(session, world.contracts.id, NUMBER, wish, REASON, NOON) is None
    session.commit()


def test_what_a_running_order_may_give_back_is_not_corrected_away(session: Session) -> None:
    world = ready(session)
    number = placed(session, world, {NOTEBOOK: 2})
    session.commit()

    with pytest.raises(Malformed) as refused:
        taken_away(session, world, "0.01", 1)
    session.rollback()

    assert [(error.field, error.code) for error in refused.value.errors] == [
        ("value", "still_open"),
        ("quantity", "still_open"),
    ]
    assert [one.move.value for one in session.scalars(select(CeilingMovement))] == [
        "reserve",
        "call_off",
    ]
    actor = Actor(world.it.id, world.dessau.id)
    cancel_call_off(
        session, actor, number, EVERY_MEMBER, NOON, side=Side.ORDERER, reason="Bedarf entfallen"
    )
    assert used(session) == [0, 0]


def test_what_was_delivered_and_credited_is_given_back_by_correction(session: Session) -> None:
    """Returns lower the use where the contract says so; the rest of the order is left to it."""
    world = ready(session)
    found = confirmed(session, world, {NOTEBOOK: 3})
    delivered(session, world, found, (NOTEBOOK, 2, ("S1", "S2")))
    session.commit()

    for value, pieces in (("1578.01", 2), ("1578.00", 3)):
        with pytest.raises(Malformed):
            taken_away(session, world, value, pieces, world.dessau.key)
        session.rollback()
    taken_away(session, world, "1578.00", 2, world.dessau.key)

    assert used(session) == [78900, 0]
    cancel_call_off(
        session,
        Actor(world.desk.id, None),
        found.number,
        EVERY_MEMBER,
        NOON + timedelta(hours=1),
        side=Side.DESK,
        reason="Der Hersteller liefert nicht mehr",
    )
    assert used(session) == [0, 0]
    assert check_ledger(session) == ()


def test_a_member_that_drew_nothing_has_nothing_to_take_away(session: Session) -> None:
    """Its sum in the ledger would be below zero: no quota could begin with it."""
    world = ready(session)
    placed(session, world, {NOTEBOOK: 2})
    session.commit()

    with pytest.raises(Malformed) as refused:
        taken_away(session, world, "0.01", 0, world.magdeburg.key)
    session.rollback()

    assert [(error.field, error.code) for error in refused.value.errors] == [
        ("value", "still_open")
    ]
    wish = QuotaWish(1, world.magdeburg.key, Money.euros("5000"), None)
    set_quota(session, world.contracts.id, NUMBER, wish, REASON, NOON)
    assert session.scalars(select(MemberQuota.called_off_value)).one() == Money(0)


def test_a_correction_of_delivered_goods_stays_with_the_member_that_has_them(
    session: Session,
) -> None:
    world = ready(session)
    found = confirmed(session, world, {NOTEBOOK: 1})
    delivered(session, world, found, (NOTEBOOK, 1, ("S1",)))
    session.commit()

    with pytest.raises(Malformed) as refused:
        taken_away(session, world, "789.00", 1, world.magdeburg.key)
    session.rollback()

    assert [(error.field, error.code) for error in refused.value.errors] == [
        ("value", "below_zero"),
        ("quantity", "below_zero"),
    ]
    assert used(session) == [78900, 0]


def test_the_form_says_where_to_give_it_back(portal: Portal) -> None:
    world = ready(portal.session)
    placed(portal.session, world, {NOTEBOOK: 2})
    portal.session.commit()

    sent = {"lot": "1", "value": "-1.578,00", "quantity": "-2", "reason": REASON}
    page = portal.signed_in(world.contracts).post(f"/cockpit/{NUMBER}/berichtigung", sent)

    assert page.status_code == 422
    assert "Noch nicht geliefert sind Abrufe über 1.578,00\u00a0€ netto." in page.text
    assert used(portal.session) == [157800, 0]
