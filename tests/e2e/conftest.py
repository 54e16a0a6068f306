"""A real browser in front of the running product; any console message fails the test."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from tests.e2e.people import People, Visit
from tests.e2e.portal import Portal, running_portal

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
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One worker drives the browser: the product and its data are started once."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.e2e)
            item.add_marker(pytest.mark.xdist_group("e2e"))


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    folder = tmp_path_factory.mktemp("portal")
    with running_portal(folder, f"sqlite:///{folder}/kitu.db") as portal:
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
def people(chromium: Browser, portal: Portal) -> People:
    """Signs each role in once and remembers the cookies."""
    return People(chromium, portal.address)


@pytest.fixture
def visit(people: People) -> Iterator[Callable[..., Page]]:
    """`visit(mail, width=…, dark=…, script=…)` opens a page of a signed-in person ("" = guest)."""
    with ExitStack() as opened:
        messages: list[str] = []

        def open_page(mail: str, **how: object) -> Page:
            context: BrowserContext = people.context(mail, Visit(**how))  # type: ignore[arg-type]
            opened.callback(context.close)
            page = context.new_page()
            page.set_default_timeout(8_000)
            page.on("console", lambda message: messages.extend(_worth_failing(message)))
            page.on("pageerror", lambda error: messages.append(str(error)))
            return page

        yield open_page
        assert messages == []


def _worth_failing(message: ConsoleMessage) -> list[str]:
    """Everything but the browser's remark on a status that the test itself asks for."""
    if message.text.startswith("Failed to load resource"):
        return []
    return [f"{message.type}: {message.text}"] if message.type != "debug" else []
