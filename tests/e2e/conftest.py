"""A real browser in front of the running product; any console message fails the test.

KITU_TEST_PORTAL=http://127.0.0.1:8000 drives a portal that runs already, with the demonstration
data and the password of `portal.py`, instead of starting one.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright
from sqlalchemy import text

from tests.e2e.people import People, Visit
from tests.e2e.portal import PATIENCE, Portal, running_portal
from tests.support.databases import PostgresServer

HERE: Final = Path(__file__).parent
CHROMIUM: Final = Path("/usr/bin/chromium")
MISSING: Final = "Chromium fehlt: apt-get install chromium"
ARGUMENTS: Final = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-effective-connection-type=4G",  # a busy machine is no slow line: that makes a message
]
Open = Callable[..., Page]
expect.set_options(timeout=PATIENCE * 1_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.e2e)
            item.add_marker(pytest.mark.no_cover)  # the product runs in processes of its own


@pytest.fixture(scope="session")
def demo_portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    folder = tmp_path_factory.mktemp("portal")
    if address := os.environ.get("KITU_TEST_PORTAL"):
        yield Portal(address, folder)
        return
    with running_portal(folder, f"sqlite:///{folder}/kitu.db") as portal:
        yield portal


@pytest.fixture(scope="session")
def demo_portal_on_postgres(
    postgres: PostgresServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Portal]:
    folder = tmp_path_factory.mktemp("portal-postgresql")
    with empty_database(postgres) as url, running_portal(folder, url, months=1) as portal:
        yield portal


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Per module: playwright keeps an event loop running that other tests must not meet."""
    if not CHROMIUM.exists():
        pytest.fail(MISSING)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def people(chromium: Browser, demo_portal: Portal) -> People:
    """Signs each role in once and remembers the cookies."""
    return People(chromium, demo_portal.address)


@pytest.fixture
def visit(people: People) -> Iterator[Open]:
    """`visit(mail, width=…, dark=…, script=…)` opens a page of a signed-in person ("" = guest)."""
    with visits(people) as open_page:
        yield open_page


@dataclass
class Screens:
    """One open page for each person, kept while a module only looks at pages."""

    people: People
    messages: list[str] = field(default_factory=list)
    kept: dict[str, Page] = field(default_factory=dict)

    def page(self, mail: str) -> Page:
        """On a light desk again, whatever the test before looked at."""
        if mail not in self.kept:
            self.kept[mail] = opened_page(self.people, mail, Visit(), self.messages)
        page, desk = self.kept[mail], Visit()
        page.set_viewport_size({"width": desk.width, "height": desk.height})
        page.emulate_media(color_scheme="light")
        return page


@pytest.fixture(scope="module")
def screens(people: People) -> Iterator[Screens]:
    screens = Screens(people)
    yield screens
    for page in screens.kept.values():
        page.context.close()


@pytest.fixture
def screen(screens: Screens) -> Iterator[Callable[[str], Page]]:
    """`screen(mail)`: a page to look at; a process of the browser for each takes half a second."""
    screens.messages.clear()
    yield screens.page
    assert screens.messages == []


@pytest.fixture(params=["demo_portal", "demo_portal_on_postgres"], ids=["sqlite", "postgresql"])
def any_visit(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Open]:
    """The same on SQLite and on PostgreSQL."""
    running: Portal = request.getfixturevalue(request.param)
    with visits(People(chromium, running.address)) as open_page:
        yield open_page


@contextmanager
def empty_database(server: PostgresServer) -> Iterator[str]:
    """Without tables: the migrations are part of what is driven here."""
    name = f"kitu_e2e_{os.getpid()}"
    with server.admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0"))
    try:
        yield server.admin.url.set(database=name).render_as_string(hide_password=False)
    finally:
        with server.admin.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


@contextmanager
def visits(people: People) -> Iterator[Open]:
    """Opens pages, closes them, and fails where the console said something."""
    messages: list[str] = []

    def open_page(mail: str, how: Visit | None = None) -> Page:
        page = opened_page(people, mail, how or Visit(), messages)
        opened.callback(page.context.close)
        return page

    with ExitStack() as opened:
        yield open_page
    assert messages == []


def opened_page(people: People, mail: str, how: Visit, messages: list[str]) -> Page:
    """In a context of its own; what its console says is added to `messages`."""
    page = people.context(mail, how).new_page()
    page.set_default_timeout(PATIENCE * 1_000)
    page.on("console", lambda message: messages.extend(_worth_failing(message)))
    page.on("pageerror", lambda error: messages.append(str(error)))
    return page


def _worth_failing(message: ConsoleMessage) -> list[str]:
    """Everything but the browser's remark on a status that the test itself asks for."""
    if message.text.startswith("Failed to load resource"):
        return []
    return [f"{message.type}: {message.text}"]
