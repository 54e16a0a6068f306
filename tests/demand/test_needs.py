"""A need is reported in seconds, stays the member's own, and is decided with a reason."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.audit.records import AuditEvent
from app.database.tenant import EVERY_MEMBER, Tenant
from app.demand.change_need import change_need
from app.demand.decide_needs import Decision, decide_needs
from app.demand.queries import needs_seen, ranked
from app.demand.records import Need
from app.demand.report_need import NeedWish, report_need
from app.demand.rules import BoughtBy, NeedMove, NeedState
from app.demand.withdraw_need import withdraw_need
from app.kernel.errors import Conflict, Malformed, NotFound
from app.kernel.money import Money
from app.kernel.month import Month
from app.savings.compile_report import compile_report
from tests.demand.needs import WISH, opened, reported, seen
from tests.support.clock import NOON, TODAY
from tests.support.told import mails
from tests.support.world import MONITOR, World, settled


@pytest.fixture
def world(session: Session) -> World:
    return settled(session)


def count(session: Session, record: Any = Need) -> int:
    return session.scalar(select(func.count()).select_from(record)) or 0


def test_a_need_sent_twice_is_one_need(session: Session, world: World) -> None:
    first = report_need(session, seen(world.dessau), world.it.id, NeedWish(**WISH), NOON)
    again = report_need(
        session, seen(world.dessau), world.it.id, NeedWish(**WISH), NOON + timedelta(minutes=1)
    )

    assert (first.new, again.new) == (True, False)
    assert again.need.id == first.need.id
    assert count(session) == 1
    actions = session.scalars(select(AuditEvent.action)).all()
    assert actions.count("need.reported") == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"needed_by": date(2020, 1, 1)}, "needed_by"),
        ({"category": "gibt-es-nicht"}, "category"),
    ],
    ids=["years ago", "unknown category"],
)
def test_what_cannot_be_is_not_kept(
    session: Session, world: World, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(Malformed) as refused:
        reported(session, world.dessau, world.it, **changes)

    assert [error.field for error in refused.value.errors] == [field]
    assert count(session) == 0


def test_a_need_is_changed_and_withdrawn_while_it_is_open(session: Session, world: World) -> None:
    need = reported(session, world.dessau, world.it)
    own = seen(world.dessau)

    change_need(session, own, world.it.id, need.id, NeedWish(**(WISH | {"quantity": 9})), NOON)
    assert need.quantity == 9
    withdraw_need(session, own, world.it.id, need.id, NOON)

    assert need.state is NeedState.WITHDRAWN
    with pytest.raises(Conflict, match="zurückgezogen"):
        change_need(session, own, world.it.id, need.id, NeedWish(**WISH), NOON)
    assert need.quantity == 9


def test_another_members_need_does_not_exist(session: Session, world: World) -> None:
    need = reported(session, world.magdeburg, world.it_magdeburg)

    with pytest.raises(NotFound):
        withdraw_need(session, seen(world.dessau), world.it.id, need.id, NOON)

    assert need.state is NeedState.OPEN
    assert needs_seen(session, Tenant(world.dessau.id)) == ([], 0)
    assert needs_seen(session, EVERY_MEMBER)[1] == 1


def test_what_most_members_ask_for_comes_first(session: Session, world: World) -> None:
    reported(session, world.dessau, world.it, what="Tafel 86 Zoll", quantity=90)
    reported(
        session,
        world.dessau,
        world.it,
        what="Laptops",
        estimated_net=Money.euros("1000.50"),
        minutes_lost=30,
    )
    reported(
        session,
        world.magdeburg,
        world.it_magdeburg,
        what="Notebook",
        quantity=4,
        estimated_net=Money.euros("500.25"),
    )

    first, second = ranked(session, (NeedState.OPEN,))

    assert (first.members, first.needs, first.quantity) == (2, 2, 10)
    assert (first.estimated, first.minutes_lost) == (Money(150_075), 30)
    assert (second.what, second.quantity, second.estimated) == ("Tafel 86 Zoll", 90, Money(0))
    assert ranked(session, (NeedState.PLANNED,)) == ()


def test_a_refusal_needs_its_reason_and_is_told(session: Session, world: World) -> None:
    need = reported(session, world.dessau, world.it)
    with pytest.raises(Malformed, match="Grund"):
        decide_needs(session, [need.id], Decision(NeedMove.DECLINE), world.desk.id, NOON)
    assert need.state is NeedState.OPEN

    why = "Zu selten für eine Ausschreibung"
    decide_needs(session, [need.id], Decision(NeedMove.DECLINE, why), world.desk.id, NOON)

    assert (need.state, need.decision_reason) == (NeedState.DECLINED, why)
    mail = mails(session)[-1]
    assert mail.recipient == world.it.mail
    assert why in mail.body


def test_an_offer_names_an_article_that_is_there(session: Session, world: World) -> None:
    need = reported(session, world.dessau, world.it)
    offer = Decision(NeedMove.OFFER, sku="GIBTESNICHT")
    with pytest.raises(Malformed, match="Artikelnummer"):
        decide_needs(session, [need.id], offer, world.desk.id, NOON)
    assert (need.state, need.sku) == (NeedState.OPEN, None)

    decide_needs(session, [need.id], Decision(NeedMove.OFFER, sku=MONITOR), world.desk.id, NOON)

    assert (need.state, need.sku) == (NeedState.AVAILABLE, MONITOR)


def test_needs_are_decided_all_or_none(session: Session, world: World) -> None:
    first = reported(session, world.dessau, world.it)
    second = reported(session, world.magdeburg, world.it_magdeburg)
    withdraw_need(session, seen(world.magdeburg), world.it_magdeburg.id, second.id, NOON)
    ids = [first.id, second.id]
    session.commit()

    with pytest.raises(Conflict, match="zurückgezogen"):
        decide_needs(session, ids, Decision(NeedMove.DECLINE, "nein"), world.desk.id, NOON)
    session.rollback()

    assert [session.get_one(Need, one).state for one in ids] == ["open", "withdrawn"]


def test_a_need_is_planned_for_a_running_round_only(session: Session, world: World) -> None:
    need = reported(session, world.dessau, world.it)
    with pytest.raises(Malformed, match="Bedarfsrunde"):
        decide_needs(session, [need.id], Decision(NeedMove.PLAN), world.desk.id, NOON)

    asked = opened(session, world)
    plan = Decision(NeedMove.PLAN, round_id=asked.id)
    decide_needs(session, [need.id], plan, world.desk.id, NOON)

    assert (need.state, need.round_id) == (NeedState.PLANNED, asked.id)


def test_the_database_keeps_no_refusal_without_reason(session: Session, world: World) -> None:
    need = reported(session, world.dessau, world.it)

    need.state = NeedState.DECLINED
    with pytest.raises(IntegrityError, match="declined_with_reason"):
        session.flush()
    session.rollback()


def test_what_was_bought_elsewhere_lowers_the_portal_share_and_saves_nothing(
    session: Session, world: World
) -> None:
    world.dessau.procurements_per_year = 12
    before = compile_report(session, world.dessau, Month.of(TODAY), NOON).time
    for number in range(3):
        reported(session, world.dessau, world.it, quantity=number + 1)
    reported(session, world.dessau, world.it, bought_by=BoughtBy.NOT_BOUGHT)
    gone = reported(session, world.dessau, world.it, reason="doppelt")
    withdraw_need(session, seen(world.dessau), world.it.id, gone.id, NOON)
    reported(session, world.magdeburg, world.it_magdeburg)

    found = compile_report(session, world.dessau, Month.of(TODAY), NOON)

    assert (before.elsewhere, found.time.elsewhere, found.year.elsewhere) == (0, 3, 3)
    assert (before.portal_share.whole, found.time.portal_share.whole) == (12, 36)
    assert found.time.saved == before.saved
    told = " ".join(found.sections[2].sentences)
    assert "Nicht über das Portal beschafft: 3 Bedarfe" in told
    earlier = Month.of(TODAY).previous()
    assert compile_report(session, world.dessau, earlier, NOON).time.elsewhere == 0
