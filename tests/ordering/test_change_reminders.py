"""What the desk proposed does not lie forgotten: both sides see that it waits, and are reminded."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from app.database.tenant import Tenant
from app.members.rules import Role
from app.ordering.changing.ask_change import ask_change
from app.ordering.changing.enter_change import ChangeWish
from app.ordering.changing.propose_change import propose_change
from app.ordering.changing.remind_change import remind_of_changes
from app.ordering.changing.rules_waiting import Waiting
from app.ordering.rules import Side
from app.ordering.wanted import Actor
from tests.support.application import Portal
from tests.support.clock import NOON, TODAY
from tests.support.orders import placed, ready
from tests.support.told import mails
from tests.support.world import NOTEBOOK, World, somebody

FRIDAY = date(2026, 11, 20)
WHY = "Der Hersteller liefert nur noch acht Stück."


def reminded(session: Session, now: datetime) -> set[str | None]:
    """Who gets a mail of the reminders at that moment."""
    before = len(mails(session, now))
    remind_of_changes(session, now)
    return {one.recipient for one in mails(session, now)[before:]}


def proposed(session: Session, world: World) -> str:
    number = placed(session, world, {NOTEBOOK: 10})
    propose_change(
        session, Actor(world.desk.id, None), number, ChangeWish({NOTEBOOK: 8}, WHY), NOON
    )
    return number


@pytest.mark.parametrize(
    ("days", "to_remind", "nearly_over"),
    [(0, False, False), (4, False, False), (5, True, False), (10, True, False), (11, True, True)],
)
def test_a_weekend_does_not_count_as_time_to_answer(
    days: int, to_remind: bool, nearly_over: bool
) -> None:
    waits = Waiting(Side.ORDERER, FRIDAY, FRIDAY + timedelta(days=14))
    today = FRIDAY + timedelta(days=days)

    assert (waits.is_to_remind(today), waits.is_nearly_over(today)) == (to_remind, nearly_over)


def test_after_its_last_day_nobody_is_reminded() -> None:
    waits = Waiting(Side.ORDERER, FRIDAY, FRIDAY + timedelta(days=14))
    over = FRIDAY + timedelta(days=15)

    assert (waits.is_to_remind(over), waits.is_nearly_over(over)) == (False, False)


def test_the_one_who_ordered_is_reminded_once_and_colleagues_before_it_lapses(
    session: Session,
) -> None:
    world = ready(session)
    somebody(session, "kollegin@dessau-rosslau.example", Role.ORDERER, world.dessau)
    number = proposed(session, world)

    assert reminded(session, NOON + timedelta(days=1)) == set()
    assert reminded(session, NOON + timedelta(days=6)) == {world.it.mail}
    assert reminded(session, NOON + timedelta(days=7)) == set()
    everybody = {world.it.mail, "kollegin@dessau-rosslau.example"}
    assert reminded(session, NOON + timedelta(days=12)) == everybody
    assert reminded(session, NOON + timedelta(days=13)) == set()
    mail = mails(session)[-1]
    assert mail.subject == f"Erinnerung: Änderung zum Abruf {number} wartet auf Antwort"
    assert "10 → 8 Stück" in mail.body
    assert f"/abrufe/{number}" in mail.body


def test_the_desk_is_reminded_of_a_wish_that_it_has_not_answered(session: Session) -> None:
    world = ready(session)
    number = placed(session, world, {NOTEBOOK: 10})
    orderer = Actor(world.it.id, world.dessau.id)
    wish = ChangeWish({NOTEBOOK: 8}, "Weniger Stellen")
    ask_change(session, orderer, number, Tenant(world.dessau.id), wish, NOON)

    assert reminded(session, NOON + timedelta(days=6)) == {world.desk.mail}


def test_member_and_desk_see_since_when_it_waits_and_when_it_lapses(
    portal: Portal, session: Session, world: World
) -> None:
    number = proposed(session, world)
    last = (TODAY + timedelta(days=14)).strftime("%d.%m.%Y")
    since = TODAY.strftime("%d.%m.%Y")

    own = portal.signed_in(world.it).page(f"/abrufe/{number}")
    assert f"Wartet seit {since} auf Ihre Antwort." in own
    assert f"verfällt die Änderung nach dem {last}" in own
    assert last in portal.signed_in(world.it).page("/")
    staff = portal.signed_in(world.desk)
    assert f"Wartet seit {since} auf die Antwort des Mitglieds." in staff.page(
        f"/abwicklung/{number}"
    )
    waiting = staff.page("/abwicklung?antwort=1")
    assert number in waiting
    assert "Antwort des Mitglieds offen" in waiting
    assert number not in staff.page("/abwicklung?aenderung=1")
