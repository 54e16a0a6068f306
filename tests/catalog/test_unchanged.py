"""A page of the catalog that the browser has already is not made again, and never a wrong one."""

from collections.abc import Iterator

import pytest
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
