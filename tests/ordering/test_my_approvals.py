"""The approver's page: what waits, for whom, what was decided, and several at once."""

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.database.tenant import EVERY_MEMBER
from app.members.records import Deputy
from app.ordering.queries import call_off
from app.ordering.records import CallOff
from app.ordering.rules import State
from tests.support.application import Portal
from tests.support.approvals import office
from tests.support.clock import NOON, TODAY
from tests.support.orders import submitted
from tests.support.world import MONITOR, NOTEBOOK, World

HERE = "/genehmigungen"


def orders(session: Session, world: World, count: int) -> list[str]:
    made = [submitted(session, world, {MONITOR: 1}, now=NOON) for _ in range(count)]
    session.commit()
    return made


def state(portal: Portal, number: str) -> State:
    portal.end_transaction()
    return call_off(portal.session, number, EVERY_MEMBER).state


def test_several_orders_are_seen_on_one_page_and_decided_one_by_one(
    portal: Portal, session: Session, world: World
) -> None:
    first, second, changed = orders(session, world, 3)
    browser = portal.signed_in(world.approver)
    assert browser.page(HERE).count('name="abruf"') == 3

    page = browser.page(f"{HERE}/zusammen?abruf={first}&abruf={second}&abruf={changed}&abruf=X-1")
    assert "3 Abrufe genehmigen" in page
    assert "676,53" in page  # 3 x 225.51
    assert "X-1: schon entschieden" in page
    assert state(portal, first) is State.IN_APPROVAL

    session.execute(update(CallOff).where(CallOff.number == changed).values(version=2))
    sent = [f"{first}:1", f"{second}:1", f"{changed}:1"]
    done = browser.post(f"{HERE}/zusammen", {"abruf": sent})

    assert "2 von 3 genehmigt" in done.text
    assert "inzwischen geändert" in done.text
    states = [state(portal, number) for number in (first, second, changed)]
    assert states == [State.PLACED, State.PLACED, State.IN_APPROVAL]
    mine = browser.page(HERE, liste="entschieden")
    assert f"/abrufe/{first}" in mine
    assert f"/abrufe/{changed}" not in mine


def test_a_deputy_sees_in_whose_name_an_order_waits(
    portal: Portal, session: Session, world: World
) -> None:
    rule = office(session, world)
    session.add(
        Deputy(
            member_id=world.dessau.id,
            person_id=rule.head.id,
            deputy_person_id=world.member_admin.id,
            valid_from=TODAY,
            valid_to=TODAY,
        )
    )
    number = submitted(session, world, {NOTEBOOK: 1}, now=NOON)
    session.commit()
    browser = portal.signed_in(world.member_admin)

    page = browser.page(HERE, liste="vertretung")
    assert f"in Vertretung von {rule.head.label}" in page
    assert "Genehmigen und weitergeben" in page
    assert number not in portal.signed_in(rule.approver).page(HERE)

    browser.post(f"/abrufe/{number}/genehmigen", {"version": "1"})
    assert number in portal.signed_in(rule.approver).page(HERE)
    order_page = portal.signed_in(world.it).page(f"/abrufe/{number}")
    assert "Freigabeweg" in order_page
    assert "Genehmigung, Stufe 1 von 2 (Vertretung)" in order_page
