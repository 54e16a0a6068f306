"""No path raises a ceiling without its amendment: not even SQL beside the program."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.frameworks.agreement_records import FrameworkChange
from app.frameworks.amending.amend_ceiling import CeilingWish, amend_ceiling
from app.frameworks.amending.correct_use import Correction, correct_use
from app.frameworks.amending.set_quota import QuotaWish, set_quota
from app.frameworks.amendment_limits import AmendmentBasis
from app.frameworks.drawing.check_ledger import check_ledger
from app.frameworks.drawing.draw import call_off, give_back
from app.frameworks.drawing.find_room import NoRoom
from app.kernel.money import Money
from tests.frameworks.agreements import NUMBER, decided
from tests.frameworks.limits import draw, held, limit_total, lots, quota_used, used
from tests.support.clock import NOON
from tests.support.world import World, settled


@pytest.fixture
def world(session: Session) -> World:
    """Lot 1 with a value and a quantity, a total, and a quota of Dessau-Roßlau."""
    made = settled(session)
    session.execute(text("UPDATE lot SET maximum_quantity = 10 WHERE number = 1"))
    limit_total(session, "1500000", 20)
    wish = QuotaWish(1, made.dessau.key, Money.euros("500.00"), 5)
    set_quota(session, made.contracts.id, NUMBER, wish, "Verteilung", NOON)
    session.commit()
    return made


def ceilings(session: Session) -> list[tuple[int | None, int | None]]:
    found = []
    for table in ("framework", "lot", "member_quota"):
        rows = session.execute(
            text(f"SELECT maximum_value, maximum_quantity FROM {table} ORDER BY id")  # noqa: S608
        )
        found += [(row[0], row[1]) for row in rows]
    return found


def raise_lot(session: Session, world: World, euros: str, pieces: int = 10) -> int:
    """By an amendment, as the program does it; the number of its entry."""
    wish = CeilingWish(
        1, Money.euros(euros), pieces, AmendmentBasis.MINOR, character_unchanged=True
    )
    amend_ceiling(session, world.contracts.id, NUMBER, wish, decided(), NOON)
    session.commit()
    return session.scalars(select(FrameworkChange.id).order_by(FrameworkChange.id.desc())).all()[0]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE lot SET maximum_value = maximum_value + 1",
        "UPDATE lot SET maximum_quantity = 11 WHERE number = 1",
        "UPDATE lot SET maximum_quantity = NULL WHERE number = 1",
        "UPDATE framework SET maximum_value = maximum_value + 1",
        "UPDATE framework SET maximum_value = NULL",
        "UPDATE framework SET maximum_quantity = 21",
        "UPDATE framework SET maximum_quantity = NULL",
        "UPDATE member_quota SET maximum_value = 50001",
        "UPDATE member_quota SET maximum_value = NULL, maximum_quantity = NULL",
        "UPDATE member_quota SET maximum_quantity = 6",
        "DELETE FROM member_quota",
        "UPDATE lot SET has_quotas = (1 = 0) WHERE number = 1",
        "UPDATE lot SET maximum_value = maximum_value + 1, raised_by = 1",
        "UPDATE member_quota SET maximum_value = 50001, raised_by = 999",
    ],
)
@pytest.mark.usefixtures("world")
def test_sql_beside_the_program_raises_no_ceiling(session: Session, statement: str) -> None:
    before = ceilings(session)

    with pytest.raises(IntegrityError, match="a ceiling rises only together with its amendment"):
        session.execute(text(statement))
    session.rollback()

    assert ceilings(session) == before


def test_an_amendment_raises_by_its_own_amount_and_only_once(
    session: Session, world: World
) -> None:
    entry = raise_lot(session, world, "1050000", 11)
    notebooks, _ = lots(session)
    assert (notebooks.maximum_value, notebooks.maximum_quantity) == (Money.euros("1050000"), 11)
    assert notebooks.raised_by == entry

    again = "UPDATE {} SET maximum_value = maximum_value + 5000000, raised_by = :entry WHERE {}"
    for statement in (
        again.format("lot", "number = 1"),
        again.format("lot", "number = 2"),
        again.format("framework", "1 = 1"),
        "UPDATE lot SET raised_by = NULL WHERE raised_by = :entry",
    ):
        with pytest.raises(IntegrityError, match="only together with its amendment"):
            session.execute(text(statement), {"entry": entry})
        session.rollback()

    raise_lot(session, world, "1100000", 11)
    session.refresh(notebooks)
    assert notebooks.maximum_value == Money.euros("1100000")


def test_a_quota_is_raised_and_lifted_with_its_entry(session: Session, world: World) -> None:
    for value, pieces in (("900.00", 6), (None, None)):
        amount = None if value is None else Money.euros(value)
        wish = QuotaWish(1, world.dessau.key, amount, pieces)
        set_quota(session, world.contracts.id, NUMBER, wish, "neue Verteilung", NOON)
        session.commit()

    assert ceilings(session)[-1] == (None, None)


@pytest.mark.usefixtures("world")
def test_lowering_needs_no_entry(session: Session) -> None:
    session.execute(text("UPDATE lot SET maximum_value = 60000, maximum_quantity = 9"))
    session.execute(text("UPDATE framework SET maximum_value = 100000"))

    assert ceilings(session)[:3] == [(100000, 20), (60000, 9), (60000, 9)]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE lot SET called_off_value = called_off_value - 1 WHERE number = 1",
        "UPDATE lot SET called_off_quantity = 0 WHERE number = 1",
        "UPDATE lot SET called_off_value = 0, given_back_by = :used WHERE number = 1",
        "UPDATE lot SET called_off_value = 0, given_back_by = 999 WHERE number = 1",
        "UPDATE lot SET called_off_value = 0, reserved_value = called_off_value WHERE number = 1",
        "UPDATE lot SET given_back_by = NULL WHERE number = 1",
        "UPDATE member_quota SET called_off_value = 0",
        "UPDATE member_quota SET called_off_quantity = 1",
        "UPDATE member_quota SET called_off_value = 10000, given_back_by = :used",
    ],
)
def test_sql_beside_the_program_gives_nothing_back(
    session: Session, world: World, statement: str
) -> None:
    notebooks, _ = lots(session)
    three = draw(notebooks, "300.00", 3, world.dessau.id)
    held(session, three)
    call_off(session, [three], "A-1", NOON)
    give_back(session, [draw(notebooks, "100.00", 1, world.dessau.id)], "A-1", NOON)
    session.commit()
    session.refresh(notebooks)
    entry, before = notebooks.given_back_by, (used(session), quota_used(session))
    assert before == ([20000, 0], (0, 20000, 0, 2))

    with pytest.raises(IntegrityError, match="falls only together with its entry in the ledger"):
        session.execute(text(statement), {"used": entry} if ":used" in statement else {})
    session.rollback()

    assert (used(session), quota_used(session)) == before


def test_a_correction_without_room_leaves_no_entry(session: Session, world: World) -> None:
    """Six pieces are more than the quota takes; four fit, and two of them go back again."""
    for pieces, euros, refused in ((6, "60.00", True), (4, "40.00", False), (-2, "-20.00", False)):
        wish = Correction(1, Money.euros(euros), pieces, world.dessau.key)
        outcome = correct_use(session, world.contracts.id, NUMBER, wish, "Fehlbuchung", NOON)
        assert isinstance(outcome, NoRoom) is refused
        session.commit()

    assert (used(session), quota_used(session)) == ([2000, 0], (0, 2000, 0, 2))
    assert check_ledger(session) == ()
