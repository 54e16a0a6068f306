"""A supplier in the place of another keeps to that one's prices until his own list begins."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from app.catalog.supplier_offers.turns import turns_on
from app.catalog.supplier_prices.suppliers_of_article import suppliers_of_article
from app.database.tenant import EVERY_MEMBER
from app.frameworks.amending.change_supplier import ChangeGround, ChangeWish, change_supplier
from app.frameworks.supplier_choice import CallOffMode
from app.kernel.errors import Conflict
from app.kernel.unit_price import UnitPrice
from app.ordering.steps.approve_call_off import Placed, approve_call_off
from app.ordering.wanted import Actor
from tests.catalog.test_supplier_prices import in_force, price_in, sent, share_lot
from tests.frameworks.agreements import NUMBER, decided
from tests.support.clock import NOON, TODAY
from tests.support.orders import placed, ready, submitted
from tests.support.world import NOTEBOOK, World, lot_of

ELBE = UnitPrice.euros(700)


@pytest.fixture
def world(session: Session) -> World:
    """Elbe, whose list says 700 euros and not the catalog's 789, comes before Saale."""
    made = ready(session)
    session.commit()
    first, _second = share_lot(session, made, CallOffMode.CASCADE)
    in_force(session, made, first, f"{NOTEBOOK};700")
    return made


def replaced(session: Session, world: World, old: int = 1) -> int:
    wish = ChangeWish(old, "Neue Elbe AG", None, ChangeGround.SUCCESSION, suitable=True)
    new = change_supplier(session, world.contracts.id, NUMBER, wish, decided(), NOON)
    session.commit()
    return new.id


def elbe(session: Session) -> int:
    return turns_named(session)["Elbe GmbH"]


def turns_named(session: Session) -> dict[str, int]:
    seen = turns_on(session, TODAY)[lot_of(session, NOTEBOOK).id]
    return {one.name: one.lists[0].supplier_id for one in seen if one.lists}


def test_a_change_of_supplier_changes_no_price(session: Session, world: World) -> None:
    """§ 132 Abs. 2 Satz 1 Nr. 4 GWB: nothing else of the agreement may change with it."""
    old = elbe(session)
    waiting = submitted(session, world, {NOTEBOOK: 1}, now=NOON)
    replaced(session, world, old)

    approver = Actor(world.approver.id, world.dessau.id)
    done = approve_call_off(session, approver, waiting, EVERY_MEMBER, NOON)
    number = placed(session, world, {NOTEBOOK: 2}, now=NOON)

    assert isinstance(done, Placed)
    assert (price_in(session, waiting), price_in(session, number)) == (ELBE, ELBE)
    assert turns_named(session) == {"Neue Elbe AG": old}
    shown = suppliers_of_article(session, NOTEBOOK, 1, TODAY)
    assert shown is not None
    assert [(one.name, one.price) for one in shown.suppliers] == [
        ("Neue Elbe AG", ELBE),
        ("Saale GmbH", UnitPrice.euros(789)),
    ]


def test_the_first_list_of_a_replacement_is_held_against_the_one_before(
    session: Session, world: World
) -> None:
    new = replaced(session, world, elbe(session))

    with pytest.raises(Conflict):
        in_force(session, world, new, f"{NOTEBOOK};700,01")
    session.rollback()
    in_force(session, world, new, f"{NOTEBOOK};690")
    sent(session, world, new, f"{NOTEBOOK};680", on=TODAY + timedelta(days=1))

    assert price_in(session, placed(session, world, {NOTEBOOK: 1}, now=NOON)) == UnitPrice.euros(
        690
    )
    assert turns_named(session) == {"Neue Elbe AG": new}
