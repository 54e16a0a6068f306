"""axe over every page: light on a desk, dark on a phone."""

import re
import time
from collections.abc import Callable
from email import message_from_bytes
from email.policy import default
from typing import Final

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.e2e.people import (
    ADMIN,
    APPROVER,
    AUDITOR,
    CONTRACTS,
    COUNCIL,
    DESK,
    LEGAL,
    MEMBER_ADMIN,
    ORDERER,
    Visit,
)
from tests.e2e.portal import PATIENCE, Portal

Open = Callable[..., Page]
RULES: Final = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "resultTypes": ["violations"],  # what is in order need not be described
}
AXE: Final = Axe()
LOADED: Final = "typeof axe === 'object'"
CHECK: Final = """options => axe.run(options).then(found => found.violations.map(
  one => [one.id, one.nodes.map(node => node.html)]))"""
PHONE: Final = 390
PAPER: Final = 794  # A4 in pixels
LONG: Final = "Los 1 " + "Besprechungszimmerbildschirmhalterung" * 3
HIDDEN: Final = "box => box.scrollWidth - box.clientWidth"
NO_PAGE: Final = "/diese-seite-gibt-es-nicht"
# The third value: how the addresses begin of the links that lead on from there.
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
    (ORDERER, "/katalog?q=Noetbook&ram=16+GB", ""),
    (CONTRACTS, "/suchwoerter", ""),
    (ORDERER, "/katalog?q=notebook", "/artikel/"),
    (ORDERER, "/artikel/MI-A3-45", ""),
    (ORDERER, "/artikel/NB-01728", ""),
    (ORDERER, "/artikel/DK-00187", ""),
    (ORDERER, "/artikel/NB-01716", ""),
    (ORDERER, "/pakete", ""),
    (MEMBER_ADMIN, "/budgets", ""),
    (MEMBER_ADMIN, "/budgets/2", ""),
    (MEMBER_ADMIN, "/budgets/neu", ""),
    (MEMBER_ADMIN, "/budgets/import", ""),
    (MEMBER_ADMIN, "/mittelbindungen", ""),
    (ORDERER, "/ausfall", ""),
    (DESK, "/abwicklung/nacherfasst", ""),
    (ORDERER, "/pakete/PAKET-001", ""),
    (ORDERER, "/toner-finden?q=M404", ""),
    (CONTRACTS, "/pakete/PAKET-001/bearbeiten", ""),
    (CONTRACTS, "/optionsregeln", ""),
    (CONTRACTS, "/nachfolger", ""),
    (CONTRACTS, "/nachfolger/1", ""),
    (CONTRACTS, "/nachfolger/neu?alt=NB-01718&neu=NB-01724", ""),
    (ORDERER, "/vergleich?v=NB-01304&v=NB-01318&v=NB-01329", ""),
    (ORDERER, "/bedarf", ""),
    (ORDERER, "/bedarf/neu?q=Etikettendrucker", ""),
    (ORDERER, "/bedarf", "/bedarf/1/"),
    (ORDERER, "/bedarfsrunden", "/bedarfsrunden/"),
    (DESK, "/bedarfe", ""),
    (DESK, "/bedarfe/gleiche?worte=86+interaktiv+tafel+zoll", ""),
    (DESK, "/bedarfsrunden/1", ""),
    (DESK, "/bedarfsrunden/neu", ""),
    (ORDERER, "/warenkorb", ""),
    (ORDERER, "/warenkorb", "/warenkorb/geparkt/"),
    (ORDERER, "/schnellbestellung", ""),
    (ORDERER, "/vorlagen", ""),
    (ORDERER, "/vorlagen", "/vorlagen/"),
    (ORDERER, "/", "/bestellen?wie="),
    (ORDERER, "/abrufe", ""),
    (ORDERER, "/abrufe", "/abrufe/"),
    (ORDERER, "/abrufe", "/abrufe/ /entscheidungen/"),
    (ORDERER, "/", "/abrufe/15001"),
    (ORDERER, "/abrufe?stand=confirmed&sort=alt", "/abrufe/15001 /abrufe/*/aender"),
    (ORDERER, "/lieferkalender", ""),
    (DESK, "/abwicklung?aenderung=1", "/abwicklung/15001 /abwicklung/*/aenderungen/"),
    (DESK, "/abwicklung?stand=teilgeliefert", "/abwicklung/15001"),
    (DESK, "/abwicklung?stand=bestaetigt&sort=eingang", "/abwicklung/15 /abwicklung/*/vorschlag"),
    (ORDERER, "/rechnungen", ""),
    (ORDERER, "/rechnungen", "/rechnungen/RE"),
    (ORDERER, "/auswertung", ""),
    (ORDERER, "/auswertung/marktpreise", ""),
    (ORDERER, "/freie-position", ""),
    (ORDERER, "/marktpreis?sku=NB-01304&menge=2&zurueck=/bestellen", ""),
    (CONTRACTS, "/cockpit", ""),
    (CONTRACTS, "/cockpit", "/cockpit/RV"),
    (CONTRACTS, "/cockpit/RV-APT-01/anteile", ""),
    (CONTRACTS, "/cockpit/RV-APT-01/artikelgrenze", ""),
    (CONTRACTS, "/cockpit/RV-APT-01/meldung", ""),
    (CONTRACTS, "/cockpit/RV-APT-01/kontingent", ""),
    (CONTRACTS, "/cockpit/RV-APT-01/berichtigung", ""),
    (CONTRACTS, "/cockpit/RV-APT-01/ueberwachung", ""),
    (ORDERER, "/rahmenvertraege", ""),
    (ORDERER, "/rahmenvertraege", "/rahmenvertraege/"),
    (ORDERER, "/konto", ""),
    (ORDERER, "/konto/mitteilungen", ""),
    (ORDERER, "/mitteilungen", ""),
    (MEMBER_ADMIN, "/verwaltung/personen/einlesen", ""),
    (ORDERER, NO_PAGE, ""),
    (APPROVER, "/", ""),
    (APPROVER, "/genehmigungen", ""),
    (APPROVER, "/genehmigungen", "/abrufe/"),
    (APPROVER, "/", "/abrufe/15001"),
    (COUNCIL, "/", ""),
    (COUNCIL, "/auswertung", ""),
    (DESK, "/", ""),
    (DESK, "/abwicklung", ""),
    (DESK, "/abwicklung", "/abwicklung/"),
    (DESK, "/lieferantenbestellungen", ""),
    (DESK, "/bestand", ""),
    (DESK, "/bestand", "/bestand/"),
    (CONTRACTS, "/auftragnehmerpreise", ""),
    (CONTRACTS, "/auftragnehmerpreise/1", ""),
    (ORDERER, "/artikel/SP-00611", ""),
    (CONTRACTS, "/katalogpflege", ""),
    (CONTRACTS, "/katalogpflege/dateien", ""),
    (CONTRACTS, "/artikelpflege/MI-A3-45", ""),
    (CONTRACTS, "/rahmenvertraege/RV-APT-01/bearbeiten", ""),
    (CONTRACTS, "/rahmenvertraege/neu", ""),
    (CONTRACTS, "/rahmenvertraege/RV-APT-01/aenderungen", ""),
    (CONTRACTS, "/rahmenvertraege/RV-APT-01/hoechstwert", ""),
    (CONTRACTS, "/rahmenvertraege/RV-APT-01/verlaengerung/1", ""),
    (CONTRACTS, "/rahmenvertraege/RV-STROM-01/auftragnehmerwechsel", ""),
    (CONTRACTS, "/rahmenvertraege/RV-DRUCK-01/preisregel", ""),
    (CONTRACTS, "/rahmenvertraege/RV-DRUCK-01/index", ""),
    (CONTRACTS, "/rahmenvertraege/RV-DRUCK-01/meldungen", ""),
    (CONTRACTS, "/rahmenvertraege/PV-KONF-01/abrufberechtigte", ""),
    (LEGAL, "/inhouse-register", ""),
    (LEGAL, "/inhouse-register", "/inhouse-register/1"),
    (LEGAL, "/inhouse-register/genossenschaft", ""),
    (LEGAL, "/inhouse-register/regelwerke", ""),
    (LEGAL, "/inhouse-register/simulation?andere=100.000", ""),
    (LEGAL, "/betroffene-abrufe", ""),
    (AUDITOR, "/pruefung/entscheidung", ""),
    (AUDITOR, "/pruefung/akte", ""),
    (LEGAL, "/inhouse-register/kette", ""),
    (LEGAL, "/inhouse-register/regeln?regel=K-05", ""),
    (LEGAL, "/nachweise", ""),
    (LEGAL, "/nachweise/1", ""),
    (AUDITOR, "/pruefung", ""),
    (AUDITOR, "/pruefung/kette", ""),
    (AUDITOR, "/pruefung/kette", "/pruefung/anker/"),
    (AUDITOR, "/pruefung/ablehnungen", ""),
    (AUDITOR, "/pruefung/ausgaben", ""),
    (AUDITOR, "/pruefung", "/pruefung/abrufe/"),
    (MEMBER_ADMIN, "/auswertung/angaben", ""),
    (MEMBER_ADMIN, "/verwaltung/adressen", ""),
    (MEMBER_ADMIN, "/verwaltung/adressen", "/verwaltung/adressen/"),
    (MEMBER_ADMIN, "/verwaltung/konten", ""),
    (MEMBER_ADMIN, "/verwaltung/konten", "/verwaltung/konten/"),
    (MEMBER_ADMIN, "/verwaltung/personen/neu", ""),
    (AUDITOR, "/pruefung/protokoll?kette=cooperative", ""),
    (CONTRACTS, "/katalogpflege/1", ""),
    (CONTRACTS, "/katalogpflege/pruefgrenzen/RV-APT-01", ""),
    (ADMIN, "/verwaltung/personen", ""),
    (ADMIN, "/verwaltung/personen", "/verwaltung/personen/"),
    (ADMIN, "/verwaltung/mitglieder", ""),
    (ADMIN, "/verwaltung/mitglieder", "/verwaltung/mitglieder/1"),
    (ADMIN, "/verwaltung/mitglieder/15001000/vier-augen", ""),
    (ADMIN, "/verwaltung/versand", ""),
    (ADMIN, "/verwaltung/mitglieder/15001000/werdegang", ""),
    (ADMIN, "/verwaltung/mitglieder/15001000/berichtigungen", ""),
    (ADMIN, "/verwaltung/mitglieder/15001000/beschlussvorlage", ""),
    (ADMIN, "/verwaltung/beitragsordnung", ""),
    (ADMIN, "/mitgliederverzeichnis", ""),
    (ADMIN, "/verwaltung/aufbewahrung", ""),
    (ADMIN, "/verwaltung/aufbewahrung/dateien", ""),
    (MEMBER_ADMIN, "/verwaltung/freigaberegeln?wert=12000", ""),
    (APPROVER, "/genehmigungen?liste=entschieden", ""),
    (APPROVER, "/genehmigungen/zusammen", ""),
    (ORDERER, "/konto/auskunft", ""),
]


@pytest.mark.parametrize(("mail", "path", "link"), PAGES)
def test_a_page_has_no_barrier_that_axe_knows(
    screen: Callable[[str], Page], mail: str, path: str, link: str
) -> None:
    page = screen(mail)
    answer = page.goto(path)
    for beginning in link.split():
        answer = page.goto(first_link(page, beginning))
    assert answer is not None
    assert answer.status == (404 if path == NO_PAGE else 200)
    assert_no_barriers(page)


def test_one_very_long_word_leaves_the_figures_of_a_table_in_sight(
    screen: Callable[[str], Page],
) -> None:
    page = screen(CONTRACTS)
    page.goto("/rahmenvertraege/RV-APT-01")
    page.locator("main tbody th").first.evaluate("(cell, word) => cell.textContent = word", LONG)
    for width in (1280, PHONE):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.locator(".tblwrap").first.evaluate(HIDDEN) == 0
    page.emulate_media(media="print")
    page.set_viewport_size({"width": PAPER, "height": 1_000})
    assert page.locator(".tblwrap").first.evaluate(HIDDEN) == 0
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": PHONE, "height": 844})
    page.locator(".crumb li").last.evaluate("(item, word) => item.textContent = word", LONG)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0


def test_the_page_for_a_new_password_has_no_barrier_either(
    visit: Open, demo_portal: Portal
) -> None:
    page = visit("", Visit())
    page.goto("/passwort-vergessen")
    page.get_by_label("E-Mail").fill(COUNCIL)
    page.locator("main button").click()
    expect(page.locator("main")).to_contain_text("ist eine Nachricht mit einem Link unterwegs")
    page.goto(reset_link(demo_portal))

    expect(page.get_by_role("heading", level=1)).to_have_text("Neues Passwort festlegen")
    assert_no_barriers(page)
    page.goto("/passwort-neu/gibt-es-nicht")
    assert_no_barriers(page)


def reset_link(portal: Portal) -> str:
    """From the mail that the worker laid down."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        for mail in portal.mails.glob("*.eml"):
            body = message_from_bytes(mail.read_bytes(), policy=default).get_body(("plain",))
            text = body.get_content() if body is not None else ""
            if found := re.search(r"/passwort-neu/\S+", text):
                return found[0]
        time.sleep(0.2)
    raise AssertionError("Die Nachricht mit dem Verweis kam nicht.")


def assert_no_barriers(page: Page) -> None:
    """On a light desk and on a dark phone."""
    assert barriers(page) == []
    page.set_viewport_size({"width": PHONE, "height": 844})
    page.emulate_media(color_scheme="dark")
    assert barriers(page) == []


def barriers(page: Page) -> list[tuple[str, list[str]]]:
    """What axe finds, and a page that is wider than its window."""
    if not page.evaluate(LOADED):
        page.evaluate(AXE.axe_script)
    seen = [(rule, nodes) for rule, nodes in page.evaluate(CHECK, RULES)]
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return [*seen, ("sideways", [str(wide)])] if wide > 0 else seen


def first_link(page: Page, beginning: str) -> str:
    """The first address in the content that goes on after `beginning` and is no form to add.

    A star stands for one part of the address; one without a query goes before one that has it.
    """
    found = page.eval_on_selector_all("main a[href]", "all => all.map(a => a.getAttribute('href'))")
    words = re.escape(beginning).replace(r"\*", "[^/]+")
    pattern = re.compile(words + r"(?!neu\b|vorlage\b)[^?]+(\?.*)?$")
    matching = [address for address in map(str, found) if pattern.match(address)]
    return min(matching, key=lambda address: "?" in address)
