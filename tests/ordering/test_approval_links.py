"""Deciding by the one-time link of a mail: without signing in, once, over one version."""

import re
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.accounts.records import Person
from app.approvals.add_rule import TableKeeper
from app.approvals.change_settings import change_settings
from app.approvals.records import Approval
from app.database.tenant import Tenant
from app.kernel.money import Money
from app.ordering.approving.ask_approvers import ask_approvers
from app.ordering.queries import call_off
from app.ordering.records import CallOff
from app.ordering.rules import State
from tests.support.application import Portal
from tests.support.approvals import link_of, links, office
from tests.support.browser import Browser
from tests.support.clock import NOON
from tests.support.orders import submitted
from tests.support.transport import Client
from tests.support.world import MONITOR, NOTEBOOK, PASSWORD, World

APPROVE, REJECT = {"entscheidung": "genehmigen"}, {"entscheidung": "ablehnen"}


def order(session: Session, world: World, **pieces: int) -> str:
    number = submitted(session, world, pieces or {MONITOR: 2}, now=NOON)
    session.commit()
    return number


def state(portal: Portal, number: str) -> State:
    portal.end_transaction()
    return call_off(portal.session, number, Tenant(None)).state


def opened(portal: Portal, path: str) -> Browser:
    """A guest who looked at the link, near enough to be trusted with cookies without TLS."""
    guest = Browser(Client(portal.app, "http://127.0.0.1", portal.loop), portal.end_transaction)
    page = guest.page(path)
    found = re.search(r'name="_csrf" value="([^"]+)"', page)
    assert found
    guest.csrf = found[1]
    return guest


def test_a_guest_approves_with_the_link_and_only_once(
    portal: Portal, session: Session, world: World
) -> None:
    number = order(session, world)
    path = link_of(session, world.approver)
    guest = opened(portal, path)
    page = guest.page(path)
    assert "451,01" in page  # 2 x 189.50 x 1.19
    assert "Los 2 Monitore" in page
    assert state(portal, number) is State.IN_APPROVAL  # looking never decides

    done = guest.post(path, APPROVE)

    assert done.status_code == 200
    assert "Genehmigt und beauftragt" in done.text
    assert state(portal, number) is State.PLACED
    word = session.scalars(select(Approval)).one()
    assert (word.decided_by, word.by_link) == (world.approver.id, True)
    again = guest.post(path, APPROVE)
    assert again.status_code == 410
    assert "schon benutzt" in again.text
    assert f"/abrufe/{number}" in again.text


def test_rejecting_by_link_needs_a_reason(portal: Portal, session: Session, world: World) -> None:
    number = order(session, world)
    path = link_of(session, world.approver)
    guest = opened(portal, path)

    assert guest.post(path, REJECT).status_code == 422
    assert state(portal, number) is State.IN_APPROVAL
    assert guest.post(path, REJECT | {"reason": "Kein Bedarf"}).status_code == 200
    assert state(portal, number) is State.REJECTED


def test_above_the_limit_the_link_asks_for_the_password(
    portal: Portal, session: Session, world: World
) -> None:
    keeper = TableKeeper(world.member_admin.id, world.dessau.id)
    change_settings(session, keeper, 7, Money.euros("451.00"), NOON)
    number = order(session, world)
    path = link_of(session, world.approver)
    guest = opened(portal, path)

    for typed, said in (("", "Bitte geben Sie Ihr Passwort ein"), ("falsch", "stimmt nicht")):
        refused = guest.post(path, APPROVE | {"passwort": typed})
        assert refused.status_code == 422
        assert said in refused.text
    assert state(portal, number) is State.IN_APPROVAL
    assert guest.post(path, APPROVE | {"passwort": PASSWORD}).status_code == 200
    assert state(portal, number) is State.PLACED


def test_guessing_the_password_is_stopped(portal: Portal, session: Session, world: World) -> None:
    keeper = TableKeeper(world.member_admin.id, world.dessau.id)
    change_settings(session, keeper, 7, Money(0), NOON)
    number = order(session, world)
    path = link_of(session, world.approver)
    guest = opened(portal, path)

    answers = [guest.post(path, APPROVE | {"passwort": "falsch"}).status_code for _ in range(5)]
    last = guest.post(path, APPROVE | {"passwort": PASSWORD})

    assert answers == [422] * 5
    assert last.status_code == 429
    assert state(portal, number) is State.IN_APPROVAL


def expire(portal: Portal, _world: World) -> None:
    portal.clock.pass_by(days=7)


def change(portal: Portal, _world: World) -> None:
    portal.session.execute(update(CallOff).values(cost_centre="4711"))


def cancel(portal: Portal, world: World) -> None:
    number = portal.session.scalars(select(CallOff.number)).one()
    portal.signed_in(world.it).post(f"/abrufe/{number}/stornieren", {"reason": "Irrtum"})


def lose_the_role(portal: Portal, world: World) -> None:
    portal.session.execute(
        update(Person).where(Person.id == world.approver.id).values(active=False)
    )


@pytest.mark.parametrize(
    ("happens", "says"),
    [
        (expire, "galt bis"),
        (change, "wurde geändert"),
        (cancel, "schon entschieden"),
        (lose_the_role, "nicht mehr"),
    ],
    ids=["expired", "changed", "decided", "role lost"],
)
def test_a_dead_link_explains_itself_and_decides_nothing(
    portal: Portal, session: Session, world: World, happens: Any, says: str
) -> None:
    order(session, world)
    path = link_of(session, world.approver)
    guest = opened(portal, path)
    happens(portal, world)
    portal.end_transaction()

    for answer in (guest.get(path), guest.post(path, APPROVE)):
        assert answer.status_code == 410
        assert says in answer.text
        assert "Meine Genehmigungen" in answer.text
    assert session.scalars(select(Approval)).all() == []


def test_unknown_links_and_foreign_forms_are_refused(
    portal: Portal, session: Session, world: World
) -> None:
    number = order(session, world)
    path = link_of(session, world.approver)

    assert portal.guest().get("/freigabe/gibt-es-nicht").status_code == 404
    stranger = portal.guest()
    assert stranger.post(path, APPROVE).status_code == 403
    assert state(portal, number) is State.IN_APPROVAL


def test_each_step_has_links_of_its_own_and_hands_on(
    portal: Portal, session: Session, world: World
) -> None:
    rule = office(session, world)
    number = order(session, world, **{NOTEBOOK: 1})
    first = link_of(session, rule.head)
    guest = opened(portal, first)
    assert "Genehmigen und weitergeben" in guest.page(first)

    done = guest.post(first, APPROVE)

    assert "1 von 2 Genehmigungen liegt vor" in done.text
    last = link_of(session, rule.approver)
    assert opened(portal, last).post(last, APPROVE).status_code == 200
    assert state(portal, number) is State.PLACED


def test_asking_again_sends_no_second_link(session: Session, world: World) -> None:
    number = order(session, world)
    link_of(session, world.approver)

    assert ask_approvers(session, number, NOON) == 0
    assert len(links(session)) == 1
