"""The number in an approver's navigation: the length of the list, for next to nothing."""

from collections.abc import Iterable

from sqlalchemy import event, update
from sqlalchemy.orm import Session

from app.accounts.records import Person
from app.database.tenant import EVERY_MEMBER, Tenant
from app.members.asking import MemberSeen
from app.members.records import Deputy, Unit
from app.members.rules import BodyKind, Role
from app.ordering.basket.contents import Owner
from app.ordering.changing.answer_change import answer_change
from app.ordering.changing.ask_change import ask_change
from app.ordering.changing.enter_change import ChangeWish
from app.ordering.changing.rules import Answer, Said
from app.ordering.changing.waiting_changes import decidable_changes
from app.ordering.records import CallOff
from app.ordering.showing.waiting import decidable
from app.ordering.showing.waiting_count import waiting_count
from app.ordering.steps.approve_call_off import approve_call_off
from app.ordering.wanted import Actor
from tests.support.application import Portal
from tests.support.approvals import office
from tests.support.clock import NOON, TODAY
from tests.support.orders import submitted
from tests.support.units import bound
from tests.support.world import MONITOR, NOTEBOOK, World

PAGE = "/katalog?q=notebook"


def counts(session: Session, world: World, people: Iterable[Person]) -> list[int]:
    """One per person, each proven to be what the person's own list holds."""
    session.flush()
    session.expire_all()
    seen = MemberSeen(world.dessau.id, world.dessau.key, world.dessau.name)
    found = []
    for person in people:
        owner = Owner(world.dessau.id, person.id)
        listed = len(decidable(session, owner, NOON)) + len(decidable_changes(session, owner, NOON))
        found.append(waiting_count(session, seen, owner, NOON))
        assert found[-1] == listed, person.mail
    return found


def deputy(session: Session, world: World, of: Person, whom: Person) -> None:
    session.add(
        Deputy(
            member_id=world.dessau.id,
            person_id=of.id,
            deputy_person_id=whom.id,
            valid_from=TODAY,
            valid_to=TODAY,
        )
    )
    session.commit()


def test_the_number_is_the_lists_length_whoever_asks_and_however_the_order_goes(
    session: Session, world: World
) -> None:
    unit = Unit(member_id=world.dessau.id, name="Bauamt", body_kind=BodyKind.REGIEBETRIEB)
    session.add(unit)
    session.flush()
    builder = bound(session, "bau@dessau-rosslau.example", world.dessau, unit, [Role.APPROVER])
    session.commit()
    people = [world.approver, world.member_admin, world.it, builder]

    first = submitted(session, world, {NOTEBOOK: 1}, now=NOON)
    assert counts(session, world, people) == [1, 0, 0, 0]
    deputy(session, world, world.approver, world.member_admin)
    assert counts(session, world, people) == [1, 1, 0, 0]
    session.execute(update(CallOff).values(unit_id=unit.id))
    assert counts(session, world, people) == [1, 1, 0, 1]
    deputy(session, world, world.approver, world.it)
    assert counts(session, world, people) == [1, 1, 0, 1], "never the own order"
    approve_call_off(session, Actor(world.approver.id, world.dessau.id), first, EVERY_MEMBER, NOON)
    assert counts(session, world, people) == [0, 0, 0, 0]

    wish = ChangeWish({NOTEBOOK: 2}, "Neue Stelle")
    orderer = Actor(world.it.id, world.dessau.id)
    ask_change(session, orderer, first, Tenant(world.dessau.id), wish, NOON)
    yes = {NOTEBOOK: Said(Answer.ACCEPTED)}
    answer_change(session, Actor(world.desk.id, None), first, 1, yes, NOON)
    assert counts(session, world, people) == [1, 1, 0, 1]
    session.commit()

    rule = office(session, world)
    second = submitted(session, world, {MONITOR: 1}, now=NOON)
    people += [rule.head]
    assert counts(session, world, people) == [1, 1, 0, 1, 2]
    approve_call_off(session, Actor(rule.head.id, world.dessau.id), second, EVERY_MEMBER, NOON)
    assert counts(session, world, people) == [2, 2, 0, 1, 1]


def test_an_approvers_unchanged_page_costs_one_statement_until_something_waits(
    portal: Portal, session: Session, world: World
) -> None:
    browser = portal.signed_in(world.approver)
    tag = browser.get(PAGE).headers["etag"]
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        asked.append(statement)

    def status() -> int:
        return browser.client.get(PAGE, headers={"If-None-Match": tag}).status_code

    event.listen(portal.app.state.looking, "before_cursor_execute", note)
    assert (status(), len(asked)) == (304, 1)

    number = submitted(session, world, {NOTEBOOK: 1}, now=NOON)
    session.commit()
    assert status() == 200
    page = browser.get(PAGE)
    tag = page.headers["etag"]
    assert '<span class="pill">1<' in page.text
    assert status() == 304
    actor = Actor(world.approver.id, world.dessau.id)
    approve_call_off(session, actor, number, EVERY_MEMBER, NOON)
    session.commit()
    assert status() == 200
