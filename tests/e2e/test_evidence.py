"""Evidence expires, the order waits, the evidence is renewed, the order goes out, and is proved."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Final

import pytest
from playwright.sync_api import Page, expect

from app.kernel.legal_day import legal_day
from tests.e2e.people import AUDITOR, LEGAL, NEIGHBOUR, NEIGHBOUR_APPROVER, SECOND_LEGAL

Open = Callable[..., Page]
pytestmark = pytest.mark.slow

MEMBER: Final = "15003000"
PAPER: Final = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n%%EOF\n"


def test_from_expired_evidence_to_the_proof_of_the_auditor(any_visit: Open) -> None:
    today = legal_day(datetime.now(UTC))
    legal, second, buyer = any_visit(LEGAL), any_visit(SECOND_LEGAL), any_visit(NEIGHBOUR)
    enter(legal, "läuft ab", since=today - timedelta(days=30), until=today - timedelta(days=1))
    approve_evidence(second, "läuft ab")

    number = order_in_vain(buyer)

    enter(legal, "erneuert", since=today, until=today + timedelta(days=365))
    buyer.get_by_role("button", name="Erneut einreichen").click()
    expect(buyer.locator("main")).to_contain_text("lässt diesen Schritt jetzt nicht zu")
    approve_evidence(second, "erneuert")
    buyer.goto(f"/abrufe/{number}")
    buyer.get_by_role("button", name="Erneut einreichen").click()
    expect(buyer.get_by_role("heading", level=1)).to_contain_text("wartet auf Genehmigung")

    place(any_visit(NEIGHBOUR_APPROVER), number)
    prove(any_visit(AUDITOR), number)


def enter(page: Page, title: str, since: date, until: date) -> None:
    page.goto("/nachweise")
    page.get_by_label("Was wird nachgewiesen?").select_option(
        "Mitglied: Der Beitritt wurde erklärt und zugelassen"
    )
    page.get_by_label("Für wen?").fill(MEMBER)
    page.get_by_label("Art des Nachweises").select_option("Beitrittserklärung")
    page.get_by_label("Titel").fill(f"Beitrittserklärung, {title}")
    page.get_by_label("Datum des Schriftstücks").fill(since.isoformat())
    page.get_by_label("Gilt bis (letzter Tag)").fill(until.isoformat())
    page.get_by_label("Datei").set_input_files(
        {"name": "beitritt.pdf", "mimeType": "application/pdf", "buffer": PAPER}
    )
    page.get_by_role("button", name="Nachweis speichern").click()
    expect(page.locator("main")).to_contain_text("sobald eine zweite Person ihn freigibt")


def approve_evidence(page: Page, title: str) -> None:
    page.goto("/nachweise")
    page.get_by_role("link", name=re.compile(f"Beitrittserklärung, {title}")).first.click()
    page.get_by_role("button", name="Nachweis freigeben").click()
    expect(page.locator("aside")).to_contain_text("zählt")


def order_in_vain(page: Page) -> str:
    page.goto("/katalog?q=notebook")
    orderable = page.locator("li.item").filter(has=page.get_by_role("button", name="Warenkorb"))
    orderable.first.get_by_role("heading").get_by_role("link").click()
    page.wait_for_url("**/artikel/**")
    page.get_by_role("button", name="In den Warenkorb", exact=True).click()
    expect(page.locator("#korb")).to_have_text("1 Artikel")
    page.goto("/bestellen")
    expect(page.locator("#entscheidung")).to_contain_text("Nachweis abgelaufen")
    page.get_by_label("Produktkonto").select_option(index=1)
    page.get_by_label("Beschaffungszweck").fill("Ersatz für Altgeräte im Bürgeramt")
    page.get_by_role("button", name="Absenden, wartet auf Nachweis").click()
    page.wait_for_url("**/abrufe/*")
    expect(page.get_by_role("heading", level=1)).to_contain_text("wartet auf einen Nachweis")
    return page.url.rsplit("/", 1)[1]


def place(page: Page, number: str) -> None:
    page.goto("/genehmigungen")
    row = page.locator("section.panel").filter(has=page.get_by_role("link", name=number))
    row.get_by_role("button", name="Genehmigen und verbindlich abrufen").click()
    page.wait_for_url(f"**/abrufe/{number}")
    expect(page.get_by_role("heading", level=1)).to_contain_text("ist beauftragt")


def prove(page: Page, number: str) -> None:
    page.goto(f"/abrufe/{number}")
    page.get_by_role("link", name=re.compile("^Inhouse-Entscheidung")).last.click()
    page.wait_for_url("**/entscheidungen/*")
    expect(page.locator("main")).to_contain_text("zulässig")
    with page.expect_download() as saved:
        page.get_by_role("link", name="Als JSON sichern").click()
    page.goto("/pruefung/entscheidung")
    page.locator("#datei").set_input_files(saved.value.path())
    page.get_by_role("button", name="Nachrechnen").click()
    expect(page.locator("main")).to_contain_text("Regeln, Ergebnis und Text stimmen überein")
    forged = saved.value.path().read_bytes().replace(b"erneuert", b"verlaengert")
    page.locator("#datei").set_input_files(
        {"name": "decision.json", "mimeType": "application/json", "buffer": forged}
    )
    page.get_by_role("button", name="Nachrechnen").click()
    expect(page.locator("main")).to_contain_text("weicht ab")
