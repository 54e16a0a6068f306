"""The cockpit's lists add up to the ceilings beside them, to the cent."""

from sqlalchemy.orm import Session

from app.cockpit.fair_share_view import fair_share_view
from app.cockpit.framework_view import framework_view
from app.cockpit.rules_shares import Basis
from app.database.tenant import EVERY_MEMBER
from app.frameworks.amending.set_quota import QuotaWish, set_quota
from app.kernel.money import Money
from app.ordering.changing.answer_change import answer_change
from app.ordering.changing.ask_change import ask_change
from app.ordering.changing.enter_change import ChangeWish
from app.ordering.changing.rules import Answer, Said
from app.ordering.wanted import Actor
from tests.frameworks.agreements import NUMBER
from tests.support.application import Portal
from tests.support.clock import NOON, TODAY
from tests.support.orders import placed, ready, submitted
from tests.support.world import NOTEBOOK, WORKSTATION, World


def asks(session: Session, world: World, number: str, pieces: dict[str, int]) -> None:
    wish = ChangeWish(pieces, "Neue Stellen im Bürgeramt", None)
    ask_change(session, Actor(world.it.id, world.dessau.id), number, EVERY_MEMBER, wish, NOON)


def test_what_is_reserved_is_listed_with_the_changes_that_hold_it(portal: Portal) -> None:
    session = portal.session
    world = ready(session)
    number = placed(session, world, {NOTEBOOK: 10})
    asks(session, world, number, {NOTEBOOK: 12})
    submitted(session, world, {NOTEBOOK: 1}, now=NOON)
    session.commit()

    view = framework_view(session, NUMBER, NOON)

    [change] = view.changes
    assert (change.name, change.net) == (f"{number}, Änderung 1", Money.euros("1578"))
    assert change.until > TODAY
    listed = Money.total(one.net for one in (*view.reservations, *view.changes))
    assert listed == view.line.waiting == Money.euros("2367")
    page = portal.signed_in(world.desk).page(f"/cockpit/{NUMBER}")
    assert f"{number}, Änderung 1" in page
    assert "1 Abruf wartet auf Genehmigung; dazu 1 Mehrmenge" in page


def test_labels_are_counted_over_the_same_net_value_that_the_lot_says(session: Session) -> None:
    """Of 2,499.81 euros for two, 1,249.91 are left of one: half a cent rounds up twice."""
    world = ready(session)
    number = placed(session, world, {WORKSTATION: 2})
    asks(session, world, number, {WORKSTATION: 1})
    answer_change(
        session,
        Actor(world.desk.id, None),
        number,
        1,
        {WORKSTATION: Said(Answer.ACCEPTED)},
        NOON,
    )
    session.expire_all()

    view = framework_view(session, NUMBER, NOON)

    lots = Money.total(lot.called_off_value for lot in view.line.found.lots)
    assert view.labelled.net == lots == Money.euros("1249.91")
    assert Money.total(one.use.called_off for one in view.members) == lots
    assert view.months[-1].sum == lots


def test_a_quota_alone_is_no_call_off(session: Session) -> None:
    world = ready(session)
    placed(session, world, {NOTEBOOK: 1})
    wish = QuotaWish(1, world.magdeburg.key, Money.euros("5000"), None)
    set_quota(session, world.contracts.id, NUMBER, wish, "Verteilung", NOON)

    view = framework_view(session, NUMBER, NOON)
    fair = fair_share_view(session, NUMBER, Basis.EQUAL, NOON)

    assert (view.entitled, view.silent) == (len(fair.shares), fair.silent) == (2, 1)
