"""Baskets for people in a hurry: by keyboard alone, by paste, and from hand to hand."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.basket import choose_suggestion, empty_the_basket
from tests.e2e.people import ORDERER, Visit

Open = Callable[..., Page]
SCHOOL = "schule@dessau-rosslau.example"
ROWS = "\n".join(
    f"{sku}\t{many}"
    for sku, many in (("NB-01867", 2), ("TS-02005", 2), ("NT-01303", 1), ("GIBTES-NICHT", 1))
)


def test_three_numbers_are_ordered_with_the_keyboard_alone(visit: Open) -> None:
    page = visit(ORDERER)
    empty_the_basket(page)
    page.goto("/schnellbestellung")
    keys = page.keyboard

    expect(page.locator("#nummer-1")).to_be_focused()
    for row, (typed, sku) in enumerate(
        (("nb01867", "NB-01867"), ("TS-0200", "TS-02005"), ("NT-01303", "NT-01303")), 1
    ):
        keys.insert_text(typed)  # letter by letter a late list could follow the choice
        choose_suggestion(page, sku)
        expect(page.locator(f"#nummer-{row}")).to_have_value(sku)
        expect(page.locator(f"#menge-{row}")).to_be_focused()
        keys.type("2")
        keys.press("Enter")
        expect(page.locator(f"#nummer-{row + 1}")).to_be_focused()
    keys.press("Control+Enter")

    page.wait_for_url("**/bestellen")
    expect(page.locator("input[name=menge-NB-01867]")).to_have_value("2")
    expect(page.locator("tr[id^=zeile-]")).to_have_count(3)


def test_pasted_rows_get_a_verdict_and_the_good_ones_are_taken(visit: Open) -> None:
    page = visit(SCHOOL)
    empty_the_basket(page)
    page.goto("/schnellbestellung")
    expect(page.locator("#nummer-1")).to_be_focused()
    page.evaluate(
        """text => { const data = new DataTransfer(); data.setData("text/plain", text);
        document.activeElement.dispatchEvent(
          new ClipboardEvent("paste",
            { clipboardData: data, bubbles: true, cancelable: true })); }""",
        ROWS,
    )

    expect(page.get_by_text("passt", exact=True)).to_have_count(3)
    expect(page.get_by_text("Zu „GIBTES-NICHT“ gibt es keinen Artikel")).to_be_visible()
    page.get_by_role("button", name="Gute Zeilen in den Warenkorb").click()

    expect(page.get_by_text("3 Artikel liegen im Warenkorb")).to_be_visible()
    expect(page.locator("#nummer-1")).to_have_value("GIBTES-NICHT")
    empty_the_basket(page)


def test_a_basket_goes_to_a_colleague_with_a_comment_without_script(visit: Open) -> None:
    page = visit(SCHOOL, Visit(script=False, width=390))
    page.goto("/schnellbestellung")
    page.locator("#nummer-1").fill("NB-01867")
    page.locator("#menge-1").fill("3")
    page.get_by_role("button", name="In den Warenkorb").click()
    page.wait_for_url("**/warenkorb")
    page.locator("summary", has_text="Warenkorb parken").click()
    page.get_by_label("Name des Warenkorbs").fill("Klassenzimmer 4b")
    page.get_by_role("button", name="Parken und übergeben").click()
    page.get_by_label("An wen?").select_option(label="IT-Beschaffung")
    page.get_by_label("Kommentar").fill("Bitte bis Ferienende bestellen.")
    page.get_by_role("button", name="Übergeben", exact=True).click()
    page.wait_for_url("**/warenkorb")

    other = visit(ORDERER)
    empty_the_basket(other)
    other.get_by_role("link", name="Klassenzimmer 4b").click()
    other.wait_for_url("**/warenkorb/geparkt/*")
    expect(other.get_by_text("„Bitte bis Ferienende bestellen.“")).to_be_visible()
    expect(other.get_by_text("Preise geprüft")).to_be_visible()
    other.get_by_role("button", name="Aufnehmen").click()
    other.wait_for_url("**/warenkorb")
    expect(other.locator("#zeile-NB-01867 input[name=menge-NB-01867]")).to_have_value("3")
    empty_the_basket(other)


def test_a_standard_workplace_is_ordered_ten_times_and_split_over_two_rooms(visit: Open) -> None:
    page = visit(ORDERER)
    empty_the_basket(page)
    page.goto("/vorlagen")
    page.get_by_role("link", name="Zweiter Bildschirm").click()
    page.wait_for_url("**/vorlagen/*")
    page.get_by_label("Anzahl Arbeitsplätze").fill("10")
    page.get_by_role("button", name="Zur Bestellung").click()
    page.wait_for_url("**/bestellen")

    page.get_by_role("button", name=re.compile("^Aufteilen nach Ort")).click()
    page.get_by_label("Raum", exact=False).first.wait_for()
    expect(page.locator("#teil-1-menge")).to_have_value("5")
    page.locator("#teil-1-raum").fill("Raum 112")
    page.locator("#teil-2-raum").fill("Raum 204")
    page.get_by_role("button", name="Zur Genehmigung senden").click()

    page.wait_for_url("**/abrufe/*")
    expect(page.get_by_text("5 × Raum 204")).to_be_visible()
