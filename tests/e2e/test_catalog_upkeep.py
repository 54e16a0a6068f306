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
CHEAP, FIXED = "NB-01304", "NB-01318"
STOPPED = (
    "Artikelnummer;Preis netto;Währung\r\n"
    f"{CHEAP};99,00;EUR\r\n{FIXED};990,00;EUR\r\nNB-01329;0,00;EUR\r\nMO-00874;119,00;USD\r\n"
)
REASONS = {
    CHEAP: "mit Begründung freigeben",
    FIXED: "Der Preis ist bis",
    "NB-01329": "Ein Preis ist 0",
    "MO-00874": "Ein Preis in USD wird nicht genommen",
}


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
    expect(second.get_by_text("Bringt zurück")).to_be_visible()

    buyer.goto(f"/artikel/{NEW}")
    expect(buyer.get_by_text("Dieser Artikel ist nicht mehr im Katalog.")).to_be_visible()
    buyer.goto(f"/artikel/{KNOWN}")
    expect(buyer.get_by_text("41,00 €").first).to_be_visible()
    buyer.goto(f"/abrufe/{number}")
    expect(buyer.get_by_text("Kranich Dock E2E 4").first).to_be_visible()
    expect(buyer.get_by_text("298,00 €").first).to_be_visible()


def test_stopped_prices_are_settled_before_a_second_person_publishes(any_visit: Open) -> None:
    keeper, second = any_visit(CONTRACTS), any_visit(SECOND_KEEPER)
    send(keeper, STOPPED)
    keeper.get_by_label("Nur neue Preise").check()
    keeper.get_by_role("button", name="Zuordnung merken und einlesen").click()
    differences = keeper.get_by_role("heading", name="Unterschiede")
    expect(differences).to_be_visible(timeout=20_000)

    second.goto(keeper.url)
    expect(second.get_by_text("2 Artikel sind gestoppt")).to_be_visible()
    expect(second.get_by_role("button", name="Veröffentlichen")).to_have_count(0)
    for sku, why in REASONS.items():
        reasons = second.get_by_role("row").filter(has_text=sku).filter(has_text=why)
        expect(reasons.first).to_be_visible()

    settle(second)
    second.get_by_role("button", name="Veröffentlichen").click()
    back = second.get_by_role("button", name="Zurück zur vorigen Version")
    expect(back).to_be_visible()
    published = second.url
    second.goto(f"/artikel/{CHEAP}")
    expect(second.get_by_text("99,00 €").first).to_be_visible()
    second.goto(f"/artikel/{FIXED}")
    expect(second.get_by_role("heading", level=1)).to_be_visible()
    expect(second.get_by_text("990,00 €")).to_have_count(0)
    second.goto(published)  # as the other tests know the catalog
    back.click()
    expect(second.get_by_text("Bringt zurück")).to_be_visible()


def settle(second: Page) -> None:
    """One unusual price passes with a reason, the rest is left out and stays on record."""
    release = second.get_by_role("button", name="Ungewöhnliche Preise freigeben")
    release.click()
    expect(second.get_by_role("alert")).to_contain_text("Bitte begründen Sie")
    second.get_by_label("Begründung der Freigabe").fill("Aktionspreis, schriftlich bestätigt")
    release.click()
    expect(second.get_by_text("1 Artikel ist gestoppt")).to_be_visible()
    expect(release).to_have_count(0)
    second.get_by_role("button", name="Gestoppte Artikel auslassen").click()
    remarks = second.locator("section", has=second.get_by_role("heading", name="Hinweise der Prü"))
    expect(remarks.get_by_text("ausgelassen", exact=True)).to_have_count(1)


def send(page: Page, table: str) -> None:
    """Until somebody has to say which column is what."""
    page.goto("/katalogpflege")
    page.get_by_label("Rahmenvertrag").select_option("RV-APT-01")
    payload: FilePayload = {
        "name": "neuheiten.csv",
        "mimeType": "text/csv",
        "buffer": table.encode("cp1252"),
    }
    page.get_by_label("Katalogdatei").set_input_files(payload)
    page.get_by_role("button", name="Als Entwurf einlesen").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Spalten zuordnen")


def read_in(page: Page) -> str:
    """The address of the draft that the table with foreign heads has become."""
    send(page, TABLE)
    expect(page.get_by_label("Artikelnummer", exact=True)).to_have_value("Art.-Nr.")
    expect(page.get_by_label("Bezeichnung", exact=True)).to_have_value("Titel")
    page.get_by_label("Preis netto").select_option("VK")
    page.get_by_label("Nur geänderte Artikel").check()
    page.get_by_role("button", name="Zuordnung merken und einlesen").click()
    expect(page.get_by_role("heading", name="Unterschiede")).to_be_visible()
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
    page.wait_for_url("**/artikel/**")
    page.get_by_label("Menge", exact=True).fill("2")
    page.get_by_role("button", name="In den Warenkorb", exact=True).click()
    expect(page.locator("#toast")).to_contain_text("in den Warenkorb gelegt")
    page.get_by_role("link", name="Zur Bestellung").click()
    page.wait_for_url("**/bestellen")
    page.get_by_label("Produktkonto").select_option(index=1)
    page.get_by_label("Beschaffungszweck").fill("Docks für das Bürgeramt")
    page.get_by_role("button", name="Zur Genehmigung senden").click()
    page.wait_for_url("**/abrufe/*")
    return page.url.rsplit("/", 1)[1]
