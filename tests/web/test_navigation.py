"""What the navigation offers to whom."""

import re

from sqlalchemy.orm import Session

from tests.support.application import Portal
from tests.support.browser import Browser
from tests.support.portal import SQLITE
from tests.support.world import settled


def offered(browser: Browser, path: str = "/") -> dict[str, bool]:
    """Addresses of the main navigation; true for the current one."""
    inside = re.search(r'aria-label="Hauptnavigation">(.*?)</nav>', browser.page(path), re.DOTALL)
    assert inside is not None
    links = re.findall(r'<a href="([^"]+)"([^>]*)>', inside[1])
    return {href: "aria-current" in rest for href, rest in links}


@SQLITE
def test_members_find_the_agreements_and_administrators_the_outbox(
    portal: Portal, session: Session
) -> None:
    world = settled(session)

    assert "/rahmenvertraege" in offered(portal.signed_in(world.it))
    assert "/rahmenvertraege" not in offered(portal.signed_in(world.council))
    assert "/verwaltung/versand" in offered(portal.signed_in(world.admin))
    assert "/verwaltung/versand" not in offered(portal.signed_in(world.member_admin))


@SQLITE
def test_every_page_of_the_administration_is_marked(portal: Portal, session: Session) -> None:
    administrator = portal.signed_in(settled(session).member_admin)

    for path in ("/verwaltung/personen", "/verwaltung/konten", "/verwaltung/adressen"):
        marked = [href for href, current in offered(administrator, path).items() if current]
        assert marked == ["/verwaltung/personen"]


@SQLITE
def test_what_does_not_fit_into_one_row_opens_without_script(
    portal: Portal, session: Session
) -> None:
    world = settled(session)

    page = portal.signed_in(world.contracts).page("/")
    inside = re.search(r'aria-label="Hauptnavigation">(.*?)</nav>', page, re.DOTALL)

    assert inside is not None
    row, _, menu = inside[1].partition("<summary")
    assert len(re.findall("<a ", row)) == 7
    assert len(re.findall("<a ", menu)) >= 2


@SQLITE
def test_an_address_with_a_word_where_a_number_belongs_is_no_page(
    portal: Portal, session: Session
) -> None:
    answer = portal.signed_in(settled(session).legal).get("/nachweise/neu")

    assert answer.status_code == 404
    assert "Diese Seite gibt es nicht" in answer.text
    assert "number:" not in answer.text
