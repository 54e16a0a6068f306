"""While a version is published in steps lists stay quick, and no row of them is ever an old one."""

import io
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from app.catalog import visible
from app.catalog.records import CatalogVersion
from app.catalog.supplier_offers import turns
from app.catalog.supplier_offers.turns import turns_on
from app.catalog.upkeep.import_catalog import ImportOrder, import_catalog
from app.catalog.upkeep.publish_in_steps import order_publication, run_publication
from app.catalog.visible import visible_lots
from app.database.marks import CATALOG, LISTS, marks_of
from app.outbox.deliver import Bench
from tests.catalog.importing import SMALL, small_catalog
from tests.database.test_marks import statements
from tests.support.application import Portal, open_portal
from tests.support.browser import Browser
from tests.support.clock import NOON, TODAY
from tests.support.databases import Database
from tests.support.orders import ready
from tests.support.world import ACCOUNT, World

NOTEBOOK_LIST, DOCK_LIST = "/katalog?q=elbtec+notebook", "/katalog?q=dockingstation"
OLD, NEW = ("Büro-Notebook 14 Zoll", "789,00"), ("Amts-Notebook 14 Zoll", "779,00")
NEXT = (
    SMALL.replace(b"001.000", b"002.000")
    .replace(b"B\xc3\xbcro-Notebook", b"Amts-Notebook")
    .replace(b"789.00", b"779.00")
)


@pytest.fixture
def portal(database: Database, session: Session) -> Iterator[Portal]:
    with open_portal(database, session) as portal:
        yield portal


@pytest.fixture
def world(session: Session) -> World:
    """NB-1 and DOCK-1 are in the catalog; a version is ordered that changes NB-1 alone."""
    world = ready(session)
    small_catalog(session, world.framework)
    session.commit()
    return world


@pytest.fixture
def version(session: Session, world: World) -> int:
    return ordered(session, world)


def ordered(session: Session, world: World) -> int:
    order = ImportOrder("neu.xml", world.framework.number, person_id=world.contracts.id)
    read = import_catalog(session, io.BytesIO(NEXT), order, NOON + timedelta(minutes=1))
    assert read.version_id is not None
    order_publication(session, read.version_id, world.it.id, NOON + timedelta(minutes=2), at_once=0)
    session.commit()
    return read.version_id


class PowerCutError(Exception):
    pass


def one_step(database: Database, version: int, clock: Iterator[datetime] | None = None) -> None:
    """The articles are written, but the version is not published: the worker died in between."""
    steps: list[int] = []

    def dies(_session: Session) -> None:
        steps.append(1)
        if len(steps) > 1:
            raise PowerCutError

    bench = Bench(database.sessions, clock.__next__ if clock else lambda: NOON, dies)
    with suppress(PowerCutError):
        run_publication(bench, {"version": version})


def all_steps(database: Database, version: int) -> None:
    bench = Bench(database.sessions, lambda: NOON, lambda _session: None)
    run_publication(bench, {"version": version})


def asked_again(browser: Browser, tag: str, address: str) -> int:
    answer = browser.client.get(address, headers={"If-None-Match": tag})
    return int(answer.status_code)


def shown(text: str, article: tuple[str, str]) -> list[bool]:
    return [part in text for part in article]


def test_a_file_that_is_read_in_and_ordered_to_be_published_makes_no_page_new(
    portal: Portal, session: Session, world: World
) -> None:
    browser = portal.signed_in(world.it)
    tag = browser.get(NOTEBOOK_LIST).headers["etag"]

    ordered(session, world)

    assert asked_again(browser, tag, NOTEBOOK_LIST) == 304


def test_a_page_without_rewritten_articles_is_still_the_same_and_not_searched_again(
    database: Database, portal: Portal, world: World, version: int
) -> None:
    browser = portal.signed_in(world.it)
    tag = browser.get(DOCK_LIST).headers["etag"]
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        asked.append(statement)

    one_step(database, version)
    for engine in (portal.app.state.looking, portal.app.state.reading):
        event.listen(engine, "before_cursor_execute", note)

    assert asked_again(browser, tag, DOCK_LIST) == 304
    assert len(asked) == 2
    assert ("mark" in asked[0], "article" in asked[1]) == (True, True)
    assert browser.get(DOCK_LIST).headers["etag"] == tag
    assert not [one for one in asked if "search_entry" in one]


def test_a_rewritten_article_is_shown_at_its_new_name_and_price_at_once(
    database: Database, portal: Portal, world: World, version: int
) -> None:
    browser = portal.signed_in(world.it)
    before = browser.get(NOTEBOOK_LIST)
    assert shown(before.text, OLD) == [True, True]

    one_step(database, version)

    assert asked_again(browser, before.headers["etag"], NOTEBOOK_LIST) == 200
    after = browser.get(NOTEBOOK_LIST)
    assert (shown(after.text, OLD), shown(after.text, NEW)) == ([False] * 2, [True] * 2)
    assert asked_again(browser, after.headers["etag"], NOTEBOOK_LIST) == 304


def test_after_the_last_step_every_page_is_new(
    database: Database, portal: Portal, session: Session, world: World, version: int
) -> None:
    browser = portal.signed_in(world.it)
    tags = {address: browser.get(address).headers["etag"] for address in (DOCK_LIST, NOTEBOOK_LIST)}

    one_step(database, version)
    all_steps(database, version)

    assert session.get_one(CatalogVersion, version, populate_existing=True).published_at == NOON
    assert {asked_again(browser, tag, address) for address, tag in tags.items()} == {200}


def test_a_step_between_two_statements_of_a_page_makes_no_row_of_old_name_and_new_price(
    database: Database, portal: Portal, world: World, version: int
) -> None:
    browser = portal.signed_in(world.it)
    browser.get("/katalog?q=nichts")  # what every page asks for is known: only rows are left
    reading: Engine = portal.app.state.reading
    stepped: list[str] = []

    def step_first(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if "FROM price" in statement and not stepped:
            stepped.append(statement)
            one_step(database, version)

    event.listen(reading, "before_cursor_execute", step_first)
    during = browser.page(NOTEBOOK_LIST)
    after = browser.page(NOTEBOOK_LIST)

    assert stepped, "the step came between the rows and their prices"
    assert (shown(during, OLD), shown(during, NEW)) == ([True] * 2, [False] * 2)
    assert (shown(after, OLD), shown(after, NEW)) == ([False] * 2, [True] * 2)


def test_an_order_during_a_publication_costs_what_the_article_costs_by_then(
    database: Database, portal: Portal, world: World, version: int
) -> None:
    api = portal.api(world.it)
    lines = [{"sku": "NB-1", "quantity": 1}]
    wanted = {"lines": lines, "purpose": "Ersatz", "product_account": ACCOUNT}

    first = api.post("/api/v1/call-offs", wanted, key="before").json()
    one_step(database, version)
    second = api.post("/api/v1/call-offs", wanted, key="during").json()

    prices = [one["lines"][0]["unit_price_net"] for one in (first, second)]
    assert prices == ["789.00", "779.00"]


@pytest.mark.parametrize("minutes", [0, 2], ids=["a step", "a step a minute later"])
def test_steps_leave_what_lists_found_for_a_minute_at_most(
    database: Database, session: Session, version: int, minutes: int
) -> None:
    before = marks_of(session, (CATALOG, LISTS))
    session.commit()
    clock = iter([NOON, *[NOON + timedelta(minutes=minutes)] * 5])

    one_step(database, version, clock)

    catalog, lists = marks_of(session, (CATALOG, LISTS))
    assert before == (before[0], before[0])
    assert catalog != before[0]
    assert lists == (catalog if minutes else before[1])


def test_any_other_change_amid_a_publication_makes_lists_new(
    database: Database, session: Session, world: World, version: int
) -> None:
    one_step(database, version)
    catalog, lists = marks_of(session, (CATALOG, LISTS))
    assert lists != catalog

    world.framework.title = "Neu"
    changed = marks_of(session, (CATALOG, LISTS))

    assert changed[0] == changed[1]
    assert changed[1] not in {catalog, lists}
    session.rollback()
    assert marks_of(session, (CATALOG, LISTS)) == (catalog, lists)


def test_no_step_writes_what_tells_whose_articles_somebody_sees(
    database: Database, session: Session, world: World, version: int
) -> None:
    def tell() -> None:
        visible.KEPT.forget()
        turns.SHARED.forget()
        visible_lots(session, world.dessau.id, TODAY)
        turns_on(session, TODAY)

    read = statements(session, tell)
    session.commit()
    written = statements(session, lambda: one_step(database, version))

    asked = {name for one in read for name in re.findall(r"(?:FROM|JOIN) (\w+)", one)}
    changed = {
        name for one in written for name in re.findall(r"(?:INTO|^UPDATE|DELETE FROM) (\w+)", one)
    }
    assert {"lot", "framework", "supplier_price_list"} <= asked
    assert {"article", "catalog_version", "mark"} <= changed
    assert asked & changed == {"mark"}
