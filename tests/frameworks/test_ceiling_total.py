"""The ceiling over all lots: it stops what each lot alone would take, on every path."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.frameworks.drawing.draw import Draw, Reserved, open_with, release, reserve
from app.frameworks.drawing.find_room import NoRoom
from app.frameworks.rules_ceiling import Bound
from app.kernel.money import Money
from app.ordering.placing.submit_call_off import submit_call_off
from app.ordering.submission import Refused, no_room_text
from app.ordering.wanted import Actor, DeliverTo, Wanted
from tests.frameworks.limits import draw, held, limit_total, lots, used
from tests.support.clock import NOON, TODAY
from tests.support.databases import Database
from tests.support.orders import ready
from tests.support.world import ACCOUNT, MONITOR, NOTEBOOK, World, settled


@pytest.fixture
def world(session: Session) -> World:
    found = settled(session)
    limit_total(session, "1000.00", 10)
    session.commit()
    return found


@pytest.mark.usefixtures("world")
def test_the_total_holds_to_the_cent_over_all_lots(session: Session) -> None:
    notebooks, monitors = lots(session)
    assert isinstance(held(session, draw(notebooks, "600.00")), Reserved)

    refused = held(session, draw(monitors, "400.01"))

    assert isinstance(refused, NoRoom)
    assert (refused.bound, refused.code) == (Bound.TOTAL, "ceiling_reached")
    assert refused.remaining_value == Money.euros("400.00")
    assert isinstance(held(session, draw(monitors, "400.00")), Reserved)
    assert used(session) == [60000, 40000]


@pytest.mark.usefixtures("world")
def test_the_total_holds_to_the_piece_over_all_lots(session: Session) -> None:
    notebooks, monitors = lots(session)
    assert isinstance(held(session, draw(notebooks, "1.00", 7)), Reserved)

    refused = held(session, draw(monitors, "1.00", 4))

    assert isinstance(refused, NoRoom)
    assert (refused.bound, refused.remaining_quantity) == (Bound.TOTAL, 3)
    assert used(session) == [100, 0]


@pytest.mark.usefixtures("world")
def test_an_order_over_two_lots_counts_both_against_the_total(session: Session) -> None:
    notebooks, monitors = lots(session)

    refused = held(session, draw(notebooks, "500.00"), draw(monitors, "500.01"))

    assert isinstance(refused, NoRoom)
    assert used(session) == [0, 0]


@pytest.mark.usefixtures("world")
def test_what_is_released_is_free_for_the_other_lot(session: Session) -> None:
    notebooks, monitors = lots(session)
    held(session, draw(notebooks, "1000.00"))
    release(session, [draw(notebooks, "1000.00")], "A-1", NOON)

    assert isinstance(held(session, draw(monitors, "1000.00")), Reserved)


@pytest.mark.usefixtures("world")
def test_an_opening_stock_needs_room_in_the_total_too(session: Session) -> None:
    notebooks, _ = lots(session)

    refused = open_with(session, [draw(notebooks, "1000.01")], "Altbestand", NOON)

    assert isinstance(refused, NoRoom)
    assert used(session) == [0, 0]


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(
    "change",
    [
        pytest.param("UPDATE lot SET called_off_value = 100001 WHERE number = 1", id="one lot"),
        pytest.param("UPDATE lot SET reserved_value = 50001", id="all lots"),
        pytest.param("UPDATE lot SET called_off_quantity = 6", id="pieces"),
    ],
)
def test_the_database_itself_refuses_to_pass_the_total(session: Session, change: str) -> None:
    with pytest.raises(IntegrityError, match="total ceiling"):
        session.execute(text(change))
    session.rollback()

    assert used(session) == [0, 0]


@pytest.mark.usefixtures("world")
def test_the_database_refuses_a_total_below_what_is_drawn(session: Session) -> None:
    notebooks, _ = lots(session)
    held(session, draw(notebooks, "600.00"))
    session.commit()

    with pytest.raises(IntegrityError, match="total ceiling"):
        session.execute(text("UPDATE framework SET maximum_value = 59999"))
    session.rollback()
    session.execute(text("UPDATE framework SET maximum_value = 60000"))


@pytest.mark.usefixtures("world")
def test_a_new_lot_does_not_bring_use_above_the_total(session: Session) -> None:
    with pytest.raises(IntegrityError, match="total ceiling"):
        session.execute(
            text(
                "INSERT INTO lot (framework_id, number, title, maximum_value, called_off_value, "
                "reserved_value, reserved_quantity, called_off_quantity, alert_percents) "
                "SELECT id, 3, 'Neu', 900000, 100001, 0, 0, 0, '' FROM framework"
            )
        )


@pytest.mark.usefixtures("world")
def test_who_skips_the_lock_still_meets_the_total(session: Session) -> None:
    """`has_total=False` only saves the lock; the room is asked for all the same."""
    notebooks, _ = lots(session)

    refused = reserve(session, [draw(notebooks, "1000.01")], TODAY, has_total=False)

    assert isinstance(refused, NoRoom)
    assert refused.bound is Bound.TOTAL


def test_two_hundred_orders_on_two_lots_never_pass_the_total(database: Database) -> None:
    with database.sessions.begin() as session:
        settled(session)
        limit_total(session, "1000.00", 7)
        both = [lot.id for lot in lots(session)]

    def order(number: int) -> bool:
        with database.sessions.begin() as session:
            taken = reserve(session, [Draw(both[number % 2], Money(100), 1)], TODAY)
            return isinstance(taken, Reserved)

    with ThreadPoolExecutor(8) as pool:
        taken = sum(pool.map(order, range(200)))

    assert taken == 7
    with database.sessions() as session:
        assert sum(used(session)) == 700


def test_a_submission_above_the_total_is_refused_on_record_with_the_reason(
    session: Session,
) -> None:
    world = ready(session)
    limit_total(session, "900.00")
    session.commit()
    wanted = Wanted(
        quantities={NOTEBOOK: 1, MONITOR: 1},
        purpose="Ersatz",
        product_account=ACCOUNT,
        deliver_to=DeliverTo("IT-Lager", "Zerbster Straße 4", "06844", "Dessau-Roßlau"),
    )

    result = submit_call_off(
        session, Actor(world.it.id, world.dessau.id), world.dessau.id, wanted, NOON
    )

    assert isinstance(result, Refused)
    assert result.code == "ceiling_reached"
    [failed] = result.assessment.failed
    assert failed.id == "F-05"
    assert "der Rahmenvertrag insgesamt hat noch 900,00\u00a0€" in failed.text
    assert used(session) == [0, 0]


@pytest.mark.usefixtures("world")
def test_the_refusal_names_the_total_and_the_law(session: Session) -> None:
    notebooks, _ = lots(session)
    refused = held(session, draw(notebooks, "1000.01"))

    assert isinstance(refused, NoRoom)
    sentence = no_room_text(refused)
    assert sentence.startswith(
        "Höchstmenge erreicht: Über alle Lose zusammen sind noch 1000,00 Euro netto und 10 Stück"
    )
    assert "EuGH C-23/20" in sentence
