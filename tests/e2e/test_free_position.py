"""What is in no price list: entered with its quote, ordered, approved, and never repeated."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from app.kernel.legal_day import legal_day
from tests.e2e.basket import empty_the_basket
from tests.e2e.people import APPROVER, ORDERER, Visit

Open = Callable[..., Page]
NAME = "Whiteboard-Halterung, höhenverstellbar"
QUOTE = b"%PDF-1.7\nAngebot\n%%EOF"


def fill_in(page: Page) -> None:
    today = legal_day(datetime.now(UTC))
    page.get_by_label("Bezeichnung").fill(NAME)
    page.get_by_label("Warum gehört es zum Los").fill("Zubehör, das keine Preisliste führt.")
    page.get_by_label("Angebot des Auftragnehmers").set_input_files(
        {"name": "Angebot.pdf", "mimeType": "application/pdf", "buffer": QUOTE}
    )
    page.get_by_label("Angebotsnummer").fill("AN-9000")
    page.get_by_label("Angebot vom").fill((today - timedelta(days=2)).isoformat())
    page.get_by_label("Gültig bis").fill((today + timedelta(days=30)).isoformat())
    page.get_by_label("Menge").fill("2")
    page.get_by_label("Nettopreis je Stück").fill("89,50")
    page.get_by_role("button", name="In den Warenkorb").click()


@pytest.mark.parametrize(
    "device", [Visit(), Visit(script=False, width=390)], ids=["desktop", "phone without script"]
)
def test_a_free_position_goes_its_whole_way(visit: Open, device: Visit) -> None:
    empty_the_basket(visit(ORDERER))
    page = visit(ORDERER, device)
    page.goto("/warenkorb")
    page.get_by_role("link", name="Freie Position").click()
    page.wait_for_url("**/freie-position*")
    fill_in(page)
    page.wait_for_url("**/warenkorb")
    expect(page.get_by_text("wie im Angebot")).to_be_visible()
    page.get_by_role("link", name="Zur Bestellung").click()
    page.wait_for_url("**/bestellen")
    page.get_by_label("Produktkonto").select_option(index=1)
    page.get_by_label("Beschaffungszweck").fill("Schulungsraum")
    page.get_by_role("button", name="Zur Genehmigung senden").click()
    page.wait_for_url(re.compile(r"/abrufe/[\w-]+$"))
    where = page.url

    approver = visit(APPROVER)
    approver.goto(where)
    expect(approver.get_by_text("Zubehör, das keine Preisliste führt.")).to_be_visible()
    approver.get_by_role("button", name=re.compile("^Genehmigen")).first.click()
    expect(approver.get_by_role("heading", level=1)).to_contain_text("ist beauftragt")

    page.goto(where)
    page.get_by_role("link", name="Erneut bestellen").click()
    expect(page.get_by_text("Freie Positionen werden nicht wiederholt")).to_be_visible()
    page.get_by_role("link", name="Neues Angebot eingeben").click()
    expect(page.get_by_label("Bezeichnung")).to_have_value(NAME)
    expect(page.get_by_label("Angebotsnummer")).to_have_value("")
