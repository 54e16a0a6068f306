"""Deciding over the change of a placed order by a link, and escalating one that waits."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.approvals.add_rule import TableKeeper
from app.approvals.change_settings import change_settings
from app.approvals.records import Approval
from app.database.tenant import EVERY_MEMBER, Tenant
from app.kernel.money import Money
from app.members.records import Deputy
from app.ordering.approving.escalate_approvals import escalate_approvals
from app.ordering.changing.answer_change import answer_change
from app.ordering.changing.ask_change import ask_change
from app.ordering.changing.enter_change import ChangeWish
from app.ordering.changing.queries import change_of
from app.ordering.changing.rules import Answer, ChangeState, ChangeStep, Said
from app.ordering.changing.speak_on_change import speak_on_change
from app.ordering.queries import call_off
from app.ordering.wanted import Actor
from tests.support.application import Portal
from tests.support.approvals import link_of, office
from tests.support.browser import Browser
from tests.support.clock import NOON, TODAY
from tests.support.orders import placed
from tests.support.transport import Client
from tests.support.world import NOTEBOOK, PASSWORD, World

APPROVE, REJECT = {"entscheidung": "genehmigen"}, {"entscheidung": "ablehnen"}


def agreed(session: Session, world: World, number: str = "") -> str:
    """The number of an order that is to grow from 2 to 3; the desk has accepted."""
    number = number or placed(session, world, {NOTEBOOK: 2})
    orderer = Actor(world.it.id, world.dessau.id)
    wish = ChangeWish({NOTEBOOK: 3}, "Eine neue Stelle")
    ask_change(session, orderer, number, Tenant(world.dessau.id), wish, NOON)
    said = {NOTEBOOK: Said(Answer.ACCEPTED)}
    answer_change(session, Actor(world.desk.id, None), number, 1, said, NOON)
    session.commit()
    return number


def state(portal: Portal, number: str) -> tuple[ChangeState, int]:
    """Where the change stands, and how many notebooks the order has."""
    portal.end_transaction()
    found = call_off(portal.session, number, EVERY_MEMBER)
    return change_of(portal.session, found.id, 1).state, found.lines[0].kept


def opened(portal: Portal, path: str) -> Browser:
    guest = Browser(Client(portal.app, "http://127.0.0.1", portal.loop), portal.end_transaction)
    found = re.search(r'name="_csrf" value="([^"]+)"', guest.page(path))
    assert found
    guest.csrf = found[1]
    return guest


def test_a_guest_approves_a_change_with_the_link_and_only_once(
    portal: Portal, session: Session, world: World
) -> None:
    number = agreed(session, world)
    path = link_of(session, world.approver)
    guest = opened(portal, path)
    page = guest.page(path)
    assert "3 Stück" in page
    assert "2.816,73" in page  # 3 x 789.00 x 1.19
    assert "Mit dieser Änderung sind noch" in page
    assert state(portal, number) == (ChangeState.AGREED, 2)  # looking never decides

    done = guest.post(path, APPROVE)

    assert done.status_code == 200
    assert "Genehmigt und geändert" in done.text
    assert state(portal, number) == (ChangeState.DONE, 3)
    word = session.scalars(select(Approval).where(Approval.subject == f"{number}/1")).one()
    assert (word.decided_by, word.by_link) == (world.approver.id, True)
    again = guest.post(path, APPROVE)
    assert again.status_code == 410
    assert "schon benutzt" in again.text
    mine = portal.signed_in(world.approver).page("/genehmigungen", liste="entschieden")
    assert f'href="/abrufe/{number}#h-aenderungen"' in mine


def test_above_the_limit_the_password_is_asked_for_and_a_refusal_needs_a_reason(
    portal: Portal, session: Session, world: World
) -> None:
    keeper = TableKeeper(world.member_admin.id, world.dessau.id)
    change_settings(session, keeper, 7, Money.euros("2816.72"), NOON)
    number = agreed(session, world)
    path = link_of(session, world.approver)
    guest = opened(portal, path)

    assert guest.post(path, REJECT | {"reason": "Kein Geld"}).status_code == 422
    assert guest.post(path, REJECT | {"passwort": PASSWORD}).status_code == 422
    assert state(portal, number) == (ChangeState.AGREED, 2)
    said = REJECT | {"passwort": PASSWORD, "reason": "Kein Geld"}
    assert "Änderung nicht genehmigt" in guest.post(path, said).text
    assert state(portal, number) == (ChangeState.REFUSED, 2)


def test_each_signature_of_the_table_has_a_link_and_a_change_taken_back_kills_it(
    portal: Portal, session: Session, world: World
) -> None:
    number = placed(session, world, {NOTEBOOK: 2})
    people = office(session, world)
    agreed(session, world, number)
    first = link_of(session, people.head)
    done = opened(portal, first).post(first, APPROVE)
    assert "1 von 2 Genehmigungen liegt vor" in done.text
    last = link_of(session, people.approver)
    guest = opened(portal, last)
    orderer, withdraw = Actor(world.it.id, world.dessau.id), ChangeStep.WITHDRAW
    mine = Tenant(world.dessau.id)
    speak_on_change(session, orderer, number, mine, 1, NOON, step=withdraw)
    session.commit()

    dead = guest.post(last, APPROVE)

    assert dead.status_code == 410
    assert "zurückgezogen" in dead.text
    assert state(portal, number) == (ChangeState.WITHDRAWN, 2)


@pytest.mark.parametrize("deputy", [False, True], ids=["next in line", "deputy of the next"])
def test_a_change_that_waits_too_long_goes_further(
    portal: Portal, session: Session, world: World, *, deputy: bool
) -> None:
    number = placed(session, world, {NOTEBOOK: 2})
    office(session, world, escalate_after_days=3, escalate_to=world.approver.id)
    signer = world.member_admin if deputy else world.approver
    if deputy:
        session.add(
            Deputy(
                member_id=world.dessau.id,
                person_id=world.approver.id,
                deputy_person_id=signer.id,
                valid_from=TODAY,
                valid_to=TODAY + timedelta(days=30),
            )
        )
    agreed(session, world, number)
    assert escalate_approvals(session, NOON + timedelta(days=2)) == 0
    assert escalate_approvals(session, NOON + timedelta(days=3)) == 1
    assert escalate_approvals(session, NOON + timedelta(days=4)) == 0
    session.commit()

    path = link_of(session, signer)
    opened(portal, path).post(path, APPROVE)

    word = session.scalars(select(Approval).where(Approval.subject == f"{number}/1")).one()
    principal = world.approver.id if deputy else None
    assert (word.decided_by, word.on_behalf_of) == (signer.id, principal)
    assert state(portal, number) == (ChangeState.AGREED, 2)


def test_approvals_list_a_change_only_for_those_who_may_decide(
    portal: Portal, session: Session, world: World
) -> None:
    number = placed(session, world, {NOTEBOOK: 2})
    people = office(session, world)
    agreed(session, world, number)

    assert f"/abrufe/{number}" in portal.signed_in(people.head).page("/genehmigungen")
    assert f"/abrufe/{number}" not in portal.signed_in(people.approver).page("/genehmigungen")
    assert f"/abrufe/{number}#h" in portal.signed_in(people.head).page("/")
