"""The whole main job in a browser: from the search word to the council's report."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.basket import empty_the_basket
from tests.e2e.people import APPROVER, COUNCIL, DESK, ORDERER

Open = Callable[..., Page]
pytestmark = pytest.mark.slow


def test_an_order_goes_from_the_search_word_to_the_report(any_visit: Open) -> None:
    buyer, approver, desk = any_visit(ORDERER), any_visit(APPROVER), any_visit(DESK)
    number = order_three_notebooks(buyer)

    approve(approver, number)
    confirm(desk, number)
    deliver(desk, number, ["SN-E2E-001", "SN-E2E-002"], left=1)
    receive(buyer, number)
    expect(buyer.get_by_role("heading", level=1)).to_contain_text("ist teilweise geliefert")
    deliver(desk, number, ["SN-E2E-003"], left=0)
    receive(buyer, number)
    expect(buyer.get_by_role("heading", level=1)).to_contain_text("ist geliefert")
    bill(desk, number)
    complete(buyer, number)

    council = any_visit(COUNCIL)
    council.goto("/auswertung")
    expect(council.get_by_role("heading", level=1)).to_contain_text("Einsparbericht")
    expect(council.locator("svg.chart-wide")).to_be_visible()


def order_three_notebooks(page: Page) -> str:
    empty_the_basket(page)
    page.goto("/")
    page.locator("#suche").fill("notebook")
    page.keyboard.press("Enter")
    orderable = page.locator("li.item").filter(has=page.get_by_role("button", name="Warenkorb"))
    orderable.first.get_by_role("heading").get_by_role("link").click()
    page.wait_for_url("**/artikel/**")
    page.get_by_label("Menge", exact=True).fill("3")
    page.get_by_role("button", name="In den Warenkorb", exact=True).click()
    expect(page.locator("#toast")).to_contain_text("in den Warenkorb gelegt")
    expect(page.locator("#korb")).to_have_text("1 Artikel")
    page.get_by_role("link", name="Zur Bestellung").click()
    page.wait_for_url("**/bestellen")
    expect(page.locator("#entscheidung")).to_contain_text("Inhouse-Prüfung: zulässig")
    page.get_by_label("Produktkonto").select_option(index=1)
    page.get_by_label("Beschaffungszweck").fill("Ersatz für Altgeräte im Bürgeramt")
    page.get_by_role("button", name="Zur Genehmigung senden").click()
    page.wait_for_url("**/abrufe/*")
    expect(page.get_by_role("heading", level=1)).to_contain_text("wartet auf Genehmigung")
    return page.url.rsplit("/", 1)[1]


def approve(page: Page, number: str) -> None:
    page.goto("/genehmigungen")
    row = page.locator("section.panel").filter(has=page.get_by_role("link", name=number))
    row.get_by_role("button", name="Genehmigen und verbindlich abrufen").click()
    page.wait_for_url(f"**/abrufe/{number}")
    expect(page.get_by_role("heading", level=1)).to_contain_text("ist beauftragt")
    with page.expect_download() as saved:
        page.get_by_role("link", name="Abrufvermerk (PDF)").click()
    assert saved.value.suggested_filename == f"Abrufvermerk-{number}.pdf"


def confirm(page: Page, number: str) -> None:
    page.goto("/abwicklung")
    page.get_by_role("link", name=number, exact=True).click()
    page.wait_for_url(f"**/abwicklung/{number}")
    page.get_by_role("button", name="Abruf bestätigen").click()
    expect(page.get_by_role("heading", name="Lieferung buchen")).to_be_visible()


def deliver(page: Page, number: str, serials: list[str], left: int) -> None:
    page.goto(f"/abwicklung/{number}")
    scanned = page.get_by_label(re.compile("Seriennummern scannen"))
    expect(scanned).to_be_focused()
    scanned.fill("\n".join(serials))
    page.get_by_role("button", name=re.compile(r"Lieferung \d buchen")).click()
    booked = f"{len(serials)} Stück gebucht, {left} offen."
    expect(page.locator("main")).to_contain_text(booked)


def receive(page: Page, number: str) -> None:
    page.goto(f"/abrufe/{number}")
    page.get_by_role("button", name="Alles vollständig und unbeschädigt").click()
    expect(page.locator("#toast")).to_contain_text("Der Wareneingang ist bestätigt.")
    expect(page.get_by_role("heading", name="Empfang bestätigen")).to_have_count(0)


def bill(page: Page, number: str) -> None:
    page.goto(f"/abwicklung/{number}")
    page.get_by_role("button", name=re.compile("Rechnung")).click()
    page.wait_for_url("**/rechnungen/RE-*")
    for link, ending in (("Rechnung (PDF)", ".pdf"), ("XRechnung UBL (XML)", ".xml")):
        with page.expect_download() as saved:
            page.get_by_role("link", name=link).click()
        assert saved.value.suggested_filename.endswith(ending)
        assert saved.value.path().stat().st_size > 2_000


def complete(page: Page, number: str) -> None:
    page.goto(f"/abrufe/{number}")
    page.get_by_label("Minuten außerhalb des Portals").fill("0")
    page.get_by_role("button", name="Zeit übernehmen").click()
    expect(page.locator("#toast")).to_contain_text("Die Minuten sind gespeichert.")
    expect(page.get_by_label("Minuten außerhalb des Portals")).to_have_value("0")
    page.get_by_role("button", name="Abruf abschließen").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("ist abgeschlossen")
