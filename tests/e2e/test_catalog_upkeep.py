"""A catalog file in a browser: read in, compared, published by a second person, ordered, undone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.e2e.people import APPROVER, CONTRACTS, ORDERER, SECOND_KEEPER
from tests.e2e.test_main_job import approve

Open = Callable[..., Page]
pytestmark = pytest.mark.slow
NEW, KNOWN = "E2E-DOCK-1", "KL-00730"
TABLE = (
    "Art.-Nr.;Titel;VK;Gruppe;Marke;Los;Lieferzeit in Tagen\r\n"
    f"{NEW};Kranich Dock E2E 4;149,00;Dockingstationen;Kranich;4;5\r\n"
    f"{KNOWN};REINER SCT cyberJack RFID standard;39,00;Kartenleser;ReinerSCT;4;7\r\n"
    "E2E-DOCK-2;Kranich Dock ohne Preis;-1,00;Dockingstationen;Kranich;4;5\r\n"
)


def test_a_file_is_imported_compared_published_by_another_ordered_and_undone(
    any_visit: Open,
) -> None:
    keeper, second = any_visit(CONTRACTS), any_visit(SECOND_KEEPER)
    buyer, approver = any_visit(ORDERER), any_visit(APPROVER)

    draft = read_in(keeper)
    see_the_difference(keeper)
    expect(keeper.get_by_role("button", name="Veröffentlichen")).to_have_count(0)
    buyer.goto("/katalog?q=kranich")
    expect(buyer.get_by_role("link", name="Kranich Dock E2E 4")).to_have_count(0)

    second.goto(draft)
    second.get_by_role("button", name="Veröffentlichen").click()
    expect(second.get_by_role("button", name="Zurück zur vorigen Version")).to_be_visible()

    number = order(buyer)
    approve(approver, number)
    buyer.goto(f"/artikel/{KNOWN}")
    expect(buyer.get_by_text("39,00 €").first).to_be_visible()

    second.goto(draft)
    second.get_by_role("button", name="Zurück zur vorigen Version").click()
    expect(second.get_by_role("heading", level=1)).to_contain_text("RV-APT-01 Version 3")

    buyer.goto(f"/artikel/{NEW}")
    expect(buyer.get_by_text("Dieser Artikel ist nicht mehr im Katalog.")).to_be_visible()
    buyer.goto(f"/artikel/{KNOWN}")
    expect(buyer.get_by_text("41,00 €").first).to_be_visible()
    buyer.goto(f"/abrufe/{number}")
    expect(buyer.get_by_text("Kranich Dock E2E 4").first).to_be_visible()
    expect(buyer.get_by_text("298,00 €").first).to_be_visible()


def read_in(page: Page) -> str:
    """The address of the draft that the table with foreign heads has become."""
    page.goto("/katalogpflege")
    page.get_by_label("Rahmenvertrag").select_option("RV-APT-01")
    payload: FilePayload = {
        "name": "neuheiten.csv",
        "mimeType": "text/csv",
        "buffer": TABLE.encode("cp1252"),
    }
    page.get_by_label("Katalogdatei").set_input_files(payload)
    page.get_by_role("button", name="Als Entwurf einlesen").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Spalten zuordnen")
    expect(page.get_by_label("Artikelnummer", exact=True)).to_have_value("Art.-Nr.")
    expect(page.get_by_label("Bezeichnung", exact=True)).to_have_value("Titel")
    page.get_by_label("Preis netto").select_option("VK")
    page.get_by_label("Umfang").select_option("T_UPDATE_PRODUCTS")
    page.get_by_role("button", name="Zuordnung merken und einlesen").click()
    expect(page.get_by_role("heading", name="Unterschiede")).to_be_visible(timeout=20_000)
    return page.url


def see_the_difference(page: Page) -> None:
    rows = page.locator("section", has=page.get_by_role("heading", name="Unterschiede"))
    expect(rows.get_by_role("row").filter(has_text=NEW)).to_contain_text("149,00 €")
    cheaper = rows.get_by_role("row").filter(has_text=KNOWN)
    expect(cheaper).to_contain_text("41,00 €")
    expect(cheaper).to_contain_text("39,00 €")
    remarks = page.locator("section", has=page.get_by_role("heading", name="Hinweise der Prüfung"))
    expect(remarks.get_by_role("row").filter(has_text="E2E-DOCK-2")).to_contain_text("negativ")
    expect(page.get_by_text("Eine zweite Person veröffentlicht")).to_be_visible()


def order(page: Page) -> str:
    page.goto("/katalog?q=kranich")
    page.get_by_role("link", name="Kranich Dock E2E 4").click()
    page.get_by_label("Menge", exact=True).fill("2")
    page.get_by_role("button", name="In den Warenkorb", exact=True).click()
    expect(page.locator("#toast")).to_contain_text("in den Warenkorb gelegt")
    page.get_by_role("link", name="Zur Bestellung").click()
    page.get_by_label("Produktkonto").select_option(index=1)
    page.get_by_label("Beschaffungszweck").fill("Docks für das Bürgeramt")
    page.get_by_role("button", name="Zur Genehmigung senden").click()
    page.wait_for_url("**/abrufe/*")
    return page.url.rsplit("/", 1)[1]
