"""A page of the catalog that the browser has already is not made again, and never a wrong one."""

from collections.abc import Iterator

import pytest
from sqlalchemy import event, text
from sqlalchemy.orm import Session

from app.frameworks.records import FrameworkParty, PartyRule
from tests.catalog.importing import small_catalog
from tests.support.application import Portal, open_portal
from tests.support.browser import Browser
from tests.support.databases import Database
from tests.support.world import NOTEBOOK, World, settled

ADDRESS = "/katalog?q=notebook"


@pytest.fixture
def portal(database: Database, session: Session) -> Iterator[Portal]:
    with open_portal(database, session) as portal:
        yield portal


@pytest.fixture
def world(session: Session) -> World:
    return settled(session)


def tag_of(browser: Browser, address: str = ADDRESS) -> str:
    return str(browser.get(address).headers["etag"])


def status_of(browser: Browser, tag: str, address: str = ADDRESS) -> int:
    answer = browser.client.get(address, headers={"If-None-Match": tag})
    assert answer.status_code == 200 or answer.content == b""
    return int(answer.status_code)


def test_the_same_page_again_is_answered_without_a_body(portal: Portal, world: World) -> None:
    browser = portal.signed_in(world.it)
    answer = browser.get(ADDRESS)

    assert answer.headers["cache-control"] == "private, no-cache"
    assert status_of(browser, answer.headers["etag"]) == 304
    assert status_of(browser, '"something else"') == 200


def test_another_filter_person_or_basket_is_another_page(portal: Portal, world: World) -> None:
    browser = portal.signed_in(world.it)
    tag = tag_of(browser)

    assert status_of(browser, tag, "/katalog?q=monitor") == 200
    assert status_of(portal.signed_in(world.it_magdeburg), tag) == 200
    browser.post("/warenkorb", {"sku": NOTEBOOK, "quantity": "1"})
    assert status_of(browser, tag) == 200


def test_a_publication_makes_every_page_new(portal: Portal, session: Session, world: World) -> None:
    browser = portal.signed_in(world.it)
    tag = tag_of(browser)

    small_catalog(session, world.framework)
    session.commit()

    assert status_of(browser, tag) == 200


def test_a_lot_that_is_closed_to_the_member_makes_the_page_new(
    portal: Portal, session: Session, world: World
) -> None:
    browser = portal.signed_in(world.it)
    tag = tag_of(browser)

    world.framework.party_rule = PartyRule.LISTED
    world.framework.version += 1
    session.add(FrameworkParty(framework_id=world.framework.id, member_id=world.magdeburg.id))
    session.commit()

    assert status_of(browser, tag) == 200


def test_an_unchanged_page_costs_one_statement(portal: Portal, world: World) -> None:
    browser = portal.signed_in(world.it)
    tag = tag_of(browser)
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        asked.append(statement)

    for engine in (portal.app.state.looking, portal.app.state.reading):
        event.listen(engine, "before_cursor_execute", note)
    assert status_of(browser, tag) == 304

    assert len(asked) == 1
    assert "mark" in asked[0]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE login_session SET revoked_at = expires_at",
        "UPDATE person SET active = false",
        "DELETE FROM role_assignment",
    ],
    ids=["session ended", "person locked", "role taken away"],
)
def test_who_may_not_see_the_page_any_more_is_not_told_that_it_is_unchanged(
    portal: Portal, session: Session, world: World, change: str
) -> None:
    browser = portal.signed_in(world.it)
    tag = tag_of(browser)
    assert status_of(browser, tag) == 304

    session.execute(text(change))
    session.commit()

    answer = browser.client.get(ADDRESS, headers={"If-None-Match": tag}, follow_redirects=False)
    assert answer.status_code in {303, 403}


NOTICE = """
INSERT INTO notice (person_id, event, title, text, address, cause, at, in_portal, waits_for_digest)
SELECT id, 'order_moved', 'Neu', '', '/', 'x', created_at, true, false FROM person
"""


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE role_assignment SET role = 'approver'",
        "UPDATE member SET name = 'Stadt Neu'",
        "UPDATE person SET label = 'Beschaffung'",
        NOTICE,
    ],
    ids=["another role", "another name", "another label", "a notice"],
)
def test_what_stands_around_the_page_makes_it_new(
    portal: Portal, session: Session, world: World, change: str
) -> None:
    browser = portal.signed_in(world.it)
    tag = tag_of(browser)
    assert status_of(browser, tag) == 304

    session.execute(text(change))
    session.commit()

    assert status_of(browser, tag) == 200


def test_another_day_or_too_long_a_pause_is_no_unchanged_page(portal: Portal, world: World) -> None:
    browser = portal.signed_in(world.it)
    tag = tag_of(browser)

    portal.clock.pass_by(minutes=29)
    assert status_of(browser, tag) == 304
    portal.clock.pass_by(minutes=29)
    assert status_of(browser, tag) == 304, "being there was noted"
    portal.clock.pass_by(minutes=31)
    answer = browser.client.get(ADDRESS, headers={"If-None-Match": tag}, follow_redirects=False)
    assert answer.status_code == 303

    portal.clock.pass_by(days=1)
    assert status_of(portal.signed_in(world.it), tag) == 200
