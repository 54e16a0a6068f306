"""However a need is split into orders, members and lots: what is taken is the same to the cent."""

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from app.frameworks.amending.set_quota import QuotaWish, set_quota
from app.frameworks.drawing.check_ledger import check_ledger
from app.frameworks.drawing.draw import Reserved, call_off, give_back, release
from app.frameworks.records import Lot
from app.kernel.money import Money
from tests.frameworks.limits import draw, held, limit_total, lots
from tests.support.clock import NOON
from tests.support.world import World, settled

PIECES = 12  # room for so many pieces in the lot
PRICE = "10.00"
EXAMPLES = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)


@pytest.fixture
def world(session: Session) -> World:
    found = settled(session)
    notebooks, _ = lots(session)
    notebooks.maximum_quantity = PIECES
    limit_total(session, "150.00")
    wish = QuotaWish(1, found.dessau.key, Money.euros("70.00"), None)
    set_quota(session, found.contracts.id, found.framework.number, wish, "Verteilung", NOON)
    session.commit()
    return found


def take(session: Session, of: Lot, pieces: Sequence[int], member_id: int) -> int:
    """Single orders of so many pieces, each cut into single pieces once it is refused."""
    taken = 0
    for order, wanted in enumerate(pieces):
        whole = draw(of, str(10 * wanted), wanted, member_id)
        if isinstance(held(session, whole, subject=f"A-{order}"), Reserved):
            taken += wanted
            continue
        for _ in range(wanted):
            single = draw(of, PRICE, 1, member_id)
            taken += isinstance(held(session, single, subject=f"A-{order}"), Reserved)
    return taken


@EXAMPLES
@given(pieces=st.lists(st.integers(1, 8), min_size=1, max_size=8))
def test_the_room_of_a_lot_does_not_depend_on_how_orders_are_split(
    session: Session, world: World, pieces: list[int]
) -> None:
    notebooks, _ = lots(session)

    taken = take(session, notebooks, pieces, world.magdeburg.id)

    assert taken == min(sum(pieces), PIECES)
    assert lots(session)[0].reserved_value == Money.euros(PRICE) * taken
    session.rollback()


@EXAMPLES
@given(pieces=st.lists(st.integers(1, 8), min_size=1, max_size=8))
def test_the_room_of_a_quota_does_not_depend_on_how_orders_are_split(
    session: Session, world: World, pieces: list[int]
) -> None:
    notebooks, _ = lots(session)

    assert take(session, notebooks, pieces, world.dessau.id) == min(sum(pieces), 7)
    session.rollback()


@EXAMPLES
@given(
    notebooks=st.lists(st.integers(1, 6), max_size=4),
    monitors=st.lists(st.integers(1, 6), max_size=6),
)
def test_the_room_of_the_total_does_not_depend_on_lots_and_members(
    session: Session, world: World, notebooks: list[int], monitors: list[int]
) -> None:
    first, second = lots(session)

    taken = take(session, first, notebooks, world.magdeburg.id)
    taken += take(session, second, monitors, world.dessau.id)

    wanted = min(sum(notebooks), PIECES) + sum(monitors)
    assert taken == min(wanted, 15)
    session.rollback()


@EXAMPLES
@given(steps=st.lists(st.sampled_from(["reserve", "call_off", "release", "return"]), max_size=30))
def test_after_any_course_of_events_the_ledger_adds_up(
    session: Session, world: World, steps: list[str]
) -> None:
    notebooks, _ = lots(session)
    piece = draw(notebooks, PRICE, 1, world.dessau.id)
    reserved = placed = 0
    for step in steps:
        if step == "reserve" and isinstance(held(session, piece), Reserved):
            reserved += 1
        elif step == "call_off" and reserved:
            call_off(session, [piece], "A-1", NOON)
            reserved, placed = reserved - 1, placed + 1
        elif step == "release" and reserved:
            release(session, [piece], "A-1", NOON)
            reserved -= 1
        elif step == "return" and placed:
            give_back(session, [piece], "A-1", NOON)
            placed -= 1

    lot = lots(session)[0]
    assert (lot.reserved_quantity, lot.called_off_quantity) == (reserved, placed)
    assert reserved + placed <= 7
    assert check_ledger(session) == ()
    session.rollback()
