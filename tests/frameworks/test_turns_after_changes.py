"""Whose turn it is after a supplier was replaced, or an order changed before he declined it."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.archive.records import StoredFile
from app.database.tenant import EVERY_MEMBER
from app.database.types import MoneyColumn
from app.frameworks.agreement_records import FrameworkSupplier, SupplierAward
from app.frameworks.amending.add_supplier import SupplierWish, add_supplier
from app.frameworks.amending.change_supplier import ChangeGround, ChangeWish, change_supplier
from app.frameworks.awarding.suppliers import candidates_by_lot, candidates_of, standing_awards
from app.frameworks.supplier_choice import AwardEvent, CallOffMode, Choice, NoSupplier
from app.fulfilment.queue_queries import all_rows
from app.fulfilment.queue_view import Wish
from app.fulfilment.supplier_orders.queries import bundles
from app.kernel.errors import Conflict
from app.kernel.money import Money
from app.ordering.changing.answer_change import answer_change
from app.ordering.changing.ask_change import ask_change
from app.ordering.changing.enter_change import ChangeWish as LessWish
from app.ordering.changing.rules import Answer, Said
from app.ordering.queries import call_off
from app.ordering.rules import Side
from app.ordering.steps.approve_call_off import Placed, approve_call_off
from app.ordering.steps.cancel_call_off import cancel_call_off
from app.ordering.turns.pass_to_next_supplier import pass_to_next_supplier
from app.ordering.turns.suppliers_of_order import suppliers_of_order
from app.ordering.wanted import Actor
from tests.frameworks.agreements import NUMBER, decided
from tests.support.clock import NOON, TODAY
from tests.support.orders import confirmed, delivered, placed, ready, submitted
from tests.support.world import MONITOR, NOTEBOOK, World, lot_of

NOTEBOOKS_4 = Money.euros("3156")
YES = Said(Answer.ACCEPTED)


@pytest.fixture
def world(session: Session) -> World:
    """Elbe and Saale take turns in both lots, by equal shares."""
    made = ready(session)
    made.framework.call_off_mode = CallOffMode.ROTATION
    for rank, name in enumerate(("Elbe GmbH", "Saale GmbH"), 1):
        wish = SupplierWish(name, rank)
        add_supplier(session, made.contracts.id, NUMBER, wish, "Zuschlag", NOON)
    session.commit()
    return made


def has(session: Session, number: str) -> str:
    return standing_awards(session, number)[lot_of(session, NOTEBOOK).id].supplier.name


def given(session: Session) -> dict[str, Money]:
    """Net, by supplier: the sum of all entries, over both lots."""
    rows = session.execute(
        select(FrameworkSupplier.name, func.sum(SupplierAward.value, type_=MoneyColumn()))
        .join(SupplierAward, SupplierAward.supplier_id == FrameworkSupplier.id)
        .group_by(FrameworkSupplier.name)
    )
    return {row[0]: row[1] for row in rows}


def replace_elbe(session: Session, world: World) -> None:
    old = session.scalars(
        select(FrameworkSupplier).where(FrameworkSupplier.name == "Elbe GmbH")
    ).one()
    wish = ChangeWish(old.id, "Neue Elbe AG", None, ChangeGround.SUCCESSION, suitable=True)
    change_supplier(session, world.contracts.id, NUMBER, wish, decided(), NOON)
    session.commit()


def less(session: Session, world: World, number: str, pieces: dict[str, int]) -> None:
    orderer = Actor(world.it.id, world.dessau.id)
    wish = LessWish(pieces, "Zwei Stellen bleiben unbesetzt", None)
    ask_change(session, orderer, number, EVERY_MEMBER, wish, NOON)
    said = dict.fromkeys(pieces, YES)
    answer_change(session, Actor(world.desk.id, None), number, 1, said, NOON)
    session.commit()


def declined(session: Session, world: World, number: str) -> Choice | NoSupplier:
    result = pass_to_next_supplier(
        session,
        Actor(world.desk.id, None),
        number,
        lot_of(session, NOTEBOOK).id,
        NOON,
        event=AwardEvent.DECLINED,
        reason="Lieferengpass",
    )
    session.commit()
    return result


def test_who_replaces_a_supplier_takes_over_what_he_was_given(
    session: Session, world: World
) -> None:
    """Otherwise he would get every call-off until he has caught up with the others."""
    before = [has(session, placed(session, world, {NOTEBOOK: 1}, now=NOON)) for _ in range(4)]
    replace_elbe(session, world)

    after = [has(session, placed(session, world, {NOTEBOOK: 1}, now=NOON)) for _ in range(4)]

    assert before == ["Elbe GmbH", "Saale GmbH"] * 2
    assert after == ["Neue Elbe AG", "Saale GmbH"] * 2
    lot = lot_of(session, NOTEBOOK)
    known = candidates_of(session, world.framework.id, lot.id)
    assert {one.name: one.given for one in known if one.stands_on(TODAY)} == {
        "Neue Elbe AG": NOTEBOOKS_4,
        "Saale GmbH": NOTEBOOKS_4,
    }
    by_lot = candidates_by_lot(session, [lot.id])[lot.id]
    assert sorted(by_lot, key=lambda one: one.id) == sorted(known, key=lambda one: one.id)


def test_an_order_that_waits_goes_to_whoever_took_the_place_of_its_supplier(
    session: Session, world: World
) -> None:
    placed(session, world, {NOTEBOOK: 2}, now=NOON)
    placed(session, world, {NOTEBOOK: 2}, now=NOON)
    number = submitted(session, world, {NOTEBOOK: 1}, now=NOON)
    assert has(session, number) == "Elbe GmbH"
    replace_elbe(session, world)

    approver = Actor(world.approver.id, world.dessau.id)
    result = approve_call_off(session, approver, number, EVERY_MEMBER, NOON + timedelta(hours=1))

    assert isinstance(result, Placed)
    assert has(session, number) == "Neue Elbe AG"
    assert given(session) == {
        "Elbe GmbH": Money.euros("1578"),
        "Saale GmbH": Money.euros("1578"),
        "Neue Elbe AG": Money.euros("789"),
    }


def test_who_declines_loses_what_is_left_of_the_order_and_no_more(
    session: Session, world: World
) -> None:
    number = placed(session, world, {NOTEBOOK: 10}, now=NOON)
    less(session, world, number, {NOTEBOOK: 4})

    assert isinstance(declined(session, world, number), Choice)

    assert given(session) == {"Elbe GmbH": Money(0), "Saale GmbH": NOTEBOOKS_4}
    cancel_call_off(
        session,
        Actor(world.it.id, world.dessau.id),
        number,
        EVERY_MEMBER,
        NOON,
        side=Side.ORDERER,
        reason="Bedarf entfallen",
    )
    assert given(session) == {"Elbe GmbH": Money(0), "Saale GmbH": Money(0)}


def test_a_lot_of_which_nothing_is_left_is_not_passed_on(session: Session, world: World) -> None:
    number = placed(session, world, {NOTEBOOK: 2, MONITOR: 1}, now=NOON)
    less(session, world, number, {NOTEBOOK: 0})

    with pytest.raises(Conflict) as nothing:
        declined(session, world, number)
    session.rollback()

    assert nothing.value.code == "illegal_move"
    assert has(session, number) == "Elbe GmbH"
    assert given(session) == {"Elbe GmbH": Money.euros("189.50")}


def test_each_lot_of_a_direct_agreement_names_its_own_supplier(session: Session) -> None:
    world = ready(session)
    for number, name in ((1, "Elbe GmbH"), (2, "Saale GmbH")):
        wish = SupplierWish(name, 1, lot_number=number)
        add_supplier(session, world.contracts.id, NUMBER, wish, "Zuschlag", NOON)
    found = confirmed(session, world, {NOTEBOOK: 1, MONITOR: 1}, now=NOON)
    session.commit()

    suppliers = suppliers_of_order(session, found, world.framework)

    assert suppliers.names == "Elbe GmbH, Saale GmbH"
    memo = json.loads(session.get_one(StoredFile, found.memo_json_sha256).content)
    assert [line["supplier"] for line in memo["lines"]] == ["Elbe GmbH", "Saale GmbH"]
    bundled = {one.supplier: one.pieces for one in bundles(session)}
    assert bundled == {"Elbe GmbH": 1, "Saale GmbH": 1}
    assert [row.supplier for row in all_rows(session, Wish(), TODAY)] == [suppliers.names]


def test_an_order_that_is_over_names_whoever_delivered_it(session: Session) -> None:
    world = ready(session)
    over = confirmed(session, world, {NOTEBOOK: 1})
    delivered(session, world, over, (NOTEBOOK, 1, ("S1",)), now=NOON - timedelta(days=1))
    late = confirmed(session, world, {NOTEBOOK: 1})
    number = placed(session, world, {NOTEBOOK: 1})
    wish = ChangeWish(None, "Neue Elbe AG", None, ChangeGround.SUCCESSION, suitable=True)
    change_supplier(session, world.contracts.id, NUMBER, wish, decided(), NOON)
    delivered(session, world, late, (NOTEBOOK, 1, ("S2",)))
    session.commit()

    names = [
        suppliers_of_order(session, call_off(session, one, EVERY_MEMBER), world.framework).names
        for one in (over.number, late.number, number)
    ]

    assert names == ["Systemhaus Elbe GmbH", "Neue Elbe AG", "Neue Elbe AG"]


def test_the_exported_queue_names_whoever_delivers(session: Session, world: World) -> None:
    first = placed(session, world, {NOTEBOOK: 1, MONITOR: 1}, now=NOON)
    second = placed(session, world, {MONITOR: 1}, now=NOON)
    declined(session, world, first)

    rows = all_rows(session, Wish(), TODAY)

    assert {row.number: row.supplier for row in rows} == {
        first: "Saale GmbH, Elbe GmbH",
        second: "Saale GmbH",
    }
