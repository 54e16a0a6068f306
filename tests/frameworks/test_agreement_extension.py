"""Options to extend: in time, in order, within four years, and on record."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.frameworks.agreement_page import agreement_page
from app.frameworks.agreement_records import ExtensionOption, FrameworkChange
from app.frameworks.amending.add_extension_option import add_extension_option
from app.frameworks.amending.decide_extension import decide_extension
from app.frameworks.amendment_limits import AmendmentBasis
from app.frameworks.rules import extended_to, longest_end
from app.kernel.errors import Conflict, Malformed
from tests.frameworks.agreements import NUMBER, decided
from tests.support.clock import NOON, TODAY
from tests.support.world import World, settled

SOON = TODAY + timedelta(days=30)


@pytest.fixture
def world(session: Session) -> World:
    made = settled(session)
    session.commit()
    return made


def option(session: Session, world: World, months: int = 12, notice_by: date = SOON) -> int:
    number = add_extension_option(
        session, world.contracts.id, NUMBER, months, notice_by, NOON, reason="Ziffer 4.2"
    )
    session.commit()
    return number


def decide(session: Session, world: World, number: int, **how: Any) -> ExtensionOption:
    by = decided(effective_on=how.pop("on", TODAY))
    found = decide_extension(
        session, world.contracts.id, NUMBER, number, by, NOON, exercise=how.pop("exercise", True)
    )
    session.commit()
    return found


@pytest.mark.parametrize(
    ("end", "months", "extended"),
    [
        (date(2027, 12, 31), 12, date(2028, 12, 31)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
        (date(2027, 2, 28), 12, date(2028, 2, 29)),
        (date(2027, 8, 30), 6, date(2028, 2, 29)),
        (date(2028, 2, 28), 12, date(2029, 2, 28)),
        (date(2026, 12, 29), 2, date(2027, 2, 28)),
    ],
    ids=[
        "a year",
        "into a leap year",
        "from the end of February",
        "into a shorter month",
        "from before a leap day",
        "two days too many",
    ],
)
def test_months_count_from_the_day_after_the_old_end(
    end: date, months: int, extended: date
) -> None:
    """§ 188 Abs. 3 BGB: where the month has no such day, the term ends with its last one."""
    assert extended_to(end, months) == extended


def test_four_years_end_on_the_day_before() -> None:
    assert longest_end(date(2026, 1, 1)) == date(2029, 12, 31)


def test_an_exercised_option_moves_the_last_day(session: Session, world: World) -> None:
    found = decide(session, world, option(session, world))

    session.refresh(world.framework)
    assert world.framework.valid_to == date(2028, 12, 31)
    assert (found.exercised, found.decided_on, found.decided_by) == (True, TODAY, "Vorstand")
    assert found.document_id is not None
    change = session.scalars(select(FrameworkChange).order_by(FrameworkChange.id.desc())).first()
    assert change is not None
    assert change.basis is AmendmentBasis.REVIEW_CLAUSE
    assert change.what == ("Option 1 ausgeübt, 12 Monate: Ende 31.12.2027 → 31.12.2028")


def test_an_option_that_is_not_exercised_leaves_the_term(session: Session, world: World) -> None:
    found = decide(session, world, option(session, world), exercise=False)

    session.refresh(world.framework)
    assert world.framework.valid_to == date(2027, 12, 31)
    assert found.exercised is False
    with pytest.raises(Conflict) as twice:
        decide(session, world, found.number)
    assert twice.value.code == "already_decided"


def test_after_its_last_day_an_option_is_gone(session: Session, world: World) -> None:
    number = option(session, world, notice_by=TODAY - timedelta(days=1))

    with pytest.raises(Malformed) as wrong:
        decide(session, world, number)
    session.rollback()

    assert [error.code for error in wrong.value.errors] == ["notice_missed"]
    session.refresh(world.framework)
    assert world.framework.valid_to == date(2027, 12, 31)


def test_the_second_option_follows_the_first(session: Session, world: World) -> None:
    """Both are recorded at once; the second is declared within the year that the first adds."""
    option(session, world)
    second = option(session, world, notice_by=date(2028, 9, 30))

    with pytest.raises(Malformed) as wrong:
        decide(session, world, second)
    session.rollback()
    decide(session, world, 1)
    decide(session, world, second)

    assert [error.code for error in wrong.value.errors] == ["order"]
    session.refresh(world.framework)
    assert world.framework.valid_to == date(2029, 12, 31)


def test_an_option_that_was_let_go_lends_the_next_one_no_time(
    session: Session, world: World
) -> None:
    option(session, world)
    option(session, world, notice_by=date(2028, 9, 30))
    page = agreement_page(session, NUMBER, TODAY, every_paper=True)
    assert [one.number for one in page.undecided] == [1, 2]
    decide(session, world, 1, exercise=False)

    with pytest.raises(Malformed) as wrong:
        option(session, world, notice_by=date(2028, 9, 30))

    assert [error.code for error in wrong.value.errors] == ["after_end"]
    session.rollback()
    assert agreement_page(session, NUMBER, TODAY, every_paper=True).undecided == ()


def test_beyond_four_years_a_special_case_is_needed(session: Session, world: World) -> None:
    number = option(session, world, months=25)

    with pytest.raises(Malformed) as wrong:
        decide(session, world, number)
    session.rollback()
    world.framework.term_exception_reason = "Abschreibung der Anlage über sechs Jahre"
    session.commit()
    decide(session, world, number)

    assert [error.code for error in wrong.value.errors] == ["over_long_term"]
    session.refresh(world.framework)
    assert world.framework.valid_to == date(2030, 1, 31)


def test_a_declaration_is_not_entered_in_advance(session: Session, world: World) -> None:
    number = option(session, world)

    with pytest.raises(Malformed) as wrong:
        decide(session, world, number, on=TODAY + timedelta(days=1))

    assert [error.code for error in wrong.value.errors] == ["in_future"]


def test_an_option_after_the_end_cannot_be_recorded(session: Session, world: World) -> None:
    with pytest.raises(Malformed) as wrong:
        option(session, world, notice_by=date(2028, 1, 1))

    assert [error.code for error in wrong.value.errors] == ["after_end"]
    session.rollback()
    assert session.scalars(select(ExtensionOption)).all() == []
