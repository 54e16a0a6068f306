"""axe over every page: light on a desk, dark on a phone."""

import re
from collections.abc import Callable
from typing import Final

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.e2e.people import (
    ADMIN,
    APPROVER,
    AUDITOR,
    CONTRACTS,
    COUNCIL,
    DESK,
    LEGAL,
    ORDERER,
    Visit,
)

Open = Callable[..., Page]
RULES: Final = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }
}
PHONE: Final = 390
NO_PAGE: Final = "/diese-seite-gibt-es-nicht"
# A second word is the beginning of the link that leads from the list to one of its pages.
PAGES: Final = [
    ("", "/anmelden", ""),
    ("", "/passwort-vergessen", ""),
    ("", "/impressum", ""),
    ("", "/datenschutz", ""),
    ("", "/barrierefreiheit", ""),
    ("", "/hilfe", ""),
    (ORDERER, "/", ""),
    (ORDERER, "/katalog", ""),
    (ORDERER, "/katalog?q=gibtesnicht", ""),
    (ORDERER, "/katalog?q=notebook", "/artikel/"),
    (ORDERER, "/warenkorb", ""),
    (ORDERER, "/", "/bestellen?wie="),
    (ORDERER, "/abrufe", ""),
    (ORDERER, "/abrufe", "/abrufe/"),
    (ORDERER, "/rechnungen", ""),
    (ORDERER, "/rechnungen", "/rechnungen/RE"),
    (ORDERER, "/auswertung", ""),
    (ORDERER, "/auswertung/marktpreise", ""),
    (ORDERER, "/rahmenvertraege", ""),
    (ORDERER, "/rahmenvertraege", "/rahmenvertraege/"),
    (ORDERER, "/konto", ""),
    (ORDERER, NO_PAGE, ""),
    (APPROVER, "/", ""),
    (APPROVER, "/genehmigungen", ""),
    (APPROVER, "/genehmigungen", "/abrufe/"),
    (COUNCIL, "/", ""),
    (COUNCIL, "/auswertung", ""),
    (DESK, "/", ""),
    (DESK, "/abwicklung", ""),
    (DESK, "/abwicklung", "/abwicklung/"),
    (CONTRACTS, "/katalogpflege", ""),
    (CONTRACTS, "/rahmenvertraege/RV-APT-01/bearbeiten", ""),
    (LEGAL, "/inhouse-register", ""),
    (LEGAL, "/inhouse-register", "/inhouse-register/1"),
    (LEGAL, "/inhouse-register/genossenschaft", ""),
    (LEGAL, "/nachweise", ""),
    (AUDITOR, "/pruefung", ""),
    (AUDITOR, "/pruefung/kette", ""),
    (AUDITOR, "/pruefung/ablehnungen", ""),
    (AUDITOR, "/pruefung", "/pruefung/abrufe/"),
    (ADMIN, "/verwaltung/personen", ""),
    (ADMIN, "/verwaltung/personen", "/verwaltung/personen/"),
    (ADMIN, "/verwaltung/mitglieder", ""),
    (ADMIN, "/verwaltung/mitglieder", "/verwaltung/mitglieder/1"),
    (ADMIN, "/verwaltung/versand", ""),
]


@pytest.mark.parametrize(("mail", "path", "link"), PAGES)
def test_a_page_has_no_barrier_that_axe_knows(visit: Open, mail: str, path: str, link: str) -> None:
    page = visit(mail, Visit())
    answer = page.goto(path)
    if link:
        answer = page.goto(first_link(page, link))
    assert answer is not None
    assert answer.status == (404 if path == NO_PAGE else 200)

    assert barriers(page) == []
    page.set_viewport_size({"width": PHONE, "height": 844})
    page.emulate_media(color_scheme="dark")
    assert barriers(page) == []


def barriers(page: Page) -> list[tuple[str, list[str]]]:
    """What axe finds, and a page that is wider than its window."""
    found = Axe().run(page, options=RULES).response["violations"]
    seen = [(one["id"], [node["html"] for node in one["nodes"]]) for one in found]
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return [*seen, ("sideways", [str(wide)])] if wide > 0 else seen


def first_link(page: Page, beginning: str) -> str:
    """The first address in the content that goes on after `beginning` and is no form to add."""
    found = page.eval_on_selector_all("main a[href]", "all => all.map(a => a.getAttribute('href'))")
    pattern = re.compile(re.escape(beginning) + r"(?!neu\b)[^?]+$")
    return next(str(address) for address in found if pattern.match(str(address)))
