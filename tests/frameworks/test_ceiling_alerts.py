"""Alerts at 50, 75 and 90 percent: once on record, once by mail, again only after a raise."""

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.frameworks.amending.amend_ceiling import CeilingWish, amend_ceiling
from app.frameworks.amending.set_quota import QuotaWish, set_quota
from app.frameworks.amendment_limits import AmendmentBasis
from app.frameworks.drawing.draw import release
from app.frameworks.records import CeilingAlert, Lot
from app.frameworks.rules_ceiling import Level, Place, crossed, percents_of
from app.kernel.money import Money
from tests.frameworks.agreements import NUMBER, decided
from tests.frameworks.limits import draw, held, limit_total, lots
from tests.support.clock import NOON
from tests.support.told import mails as all_mails
from tests.support.world import World, settled

PERCENTS = percents_of("50 75 90")


def small_lots(session: Session, value: str = "1000.00", quantity: int | None = None) -> World:
    world = settled(session)
    session.execute(update(Lot).values(maximum_value=Money.euros(value), maximum_quantity=quantity))
    session.commit()
    return world


def alerts(session: Session) -> list[tuple[str, str, int]]:
    rows = session.scalars(select(CeilingAlert).order_by(CeilingAlert.id))
    return [(row.bound.split(":")[0], row.measure, row.percent) for row in rows]


def mails(session: Session) -> list[tuple[str | None, str | None]]:
    return [(one.recipient, one.subject) for one in all_mails(session)]


@pytest.mark.parametrize(
    ("before", "after", "percent"),
    [
        pytest.param(0, 49, None, id="below"),
        pytest.param(0, 50, 50, id="exactly half"),
        pytest.param(50, 74, None, id="told before"),
        pytest.param(40, 80, 75, id="the highest of two"),
        pytest.param(89, 100, 90, id="full"),
        pytest.param(95, 100, None, id="above all"),
    ],
)
def test_a_draw_sets_off_the_highest_share_that_it_newly_reaches(
    before: int, after: int, percent: int | None
) -> None:
    level = Level(after, 0, 100, None)

    found = [one.percent for one in crossed(Place(1, 2), PERCENTS, level, after - before, 0)]

    assert found == ([] if percent is None else [percent])


def test_desk_and_contracts_are_told_once_by_mail(session: Session) -> None:
    small_lots(session)
    notebooks, _ = lots(session)

    held(session, draw(notebooks, "500.00"))

    assert alerts(session) == [("lot", "value", 50)]
    subject = "RV-2026-01: Los 1 Notebooks zu 50 % belegt"
    assert mails(session) == [("desk@kid.example", subject), ("vertrag@kid.example", subject)]


def test_the_same_share_is_not_told_twice(session: Session) -> None:
    small_lots(session)
    notebooks, _ = lots(session)
    held(session, draw(notebooks, "500.00"))
    release(session, [draw(notebooks, "500.00")], "A-1", NOON)

    held(session, draw(notebooks, "500.00"), subject="A-2")

    assert len(mails(session)) == 2


def test_after_a_raise_the_share_is_told_again(session: Session) -> None:
    world = small_lots(session)
    notebooks, _ = lots(session)
    held(session, draw(notebooks, "500.00"))
    wish = CeilingWish(
        1, Money.euros("1100.00"), None, AmendmentBasis.MINOR, character_unchanged=True
    )
    amend_ceiling(session, world.contracts.id, NUMBER, wish, decided(), NOON)

    held(session, draw(notebooks, "100.00"), subject="A-2")

    assert alerts(session) == [("lot", "value", 50), ("lot", "value", 50)]


def test_pieces_total_and_quota_are_watched_too(session: Session) -> None:
    world = small_lots(session, quantity=4)
    limit_total(session, "1000.00")
    wish = QuotaWish(1, world.dessau.key, Money.euros("600.00"), None)
    set_quota(session, world.contracts.id, world.framework.number, wish, "Verteilung", NOON)
    notebooks, _ = lots(session)

    held(session, draw(notebooks, "760.00", 3, world.magdeburg.id))
    held(session, draw(notebooks, "230.00", 1, world.dessau.id), subject="A-2")

    assert alerts(session) == [
        ("total", "value", 75),
        ("lot", "value", 75),
        ("lot", "quantity", 75),
        ("total", "value", 90),
        ("lot", "value", 90),
        ("lot", "quantity", 90),
    ]


def test_a_refused_order_sets_off_no_alert(session: Session) -> None:
    small_lots(session)
    notebooks, monitors = lots(session)

    held(session, draw(notebooks, "900.00"), draw(monitors, "1000.01"))

    assert alerts(session) == []
    assert mails(session) == []
