"""What the frequent jobs cost a person: clicks, words, pages, seconds, with a budget for each."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.basket import choose_suggestion, empty_the_basket
from tests.e2e.keystrokes import B, H, Hand, K, M, P, R, effort
from tests.e2e.people import ORDERER
from tests.e2e.test_habits import orderable

Open = Callable[..., Page]
MOST_REQUESTS = 8
MOST_BYTES = 75_000


def test_the_model_counts_what_the_paper_counts() -> None:
    word = [("key", letter) for letter in "Elbe"]

    into_the_field = effort([("click", "field"), *word, ("key", "Enter"), ("page", "")], read=1)
    by_keys_first = effort([("key", "/"), *word, ("pick", "konto"), ("click", "")])

    click = P + 2 * B
    assert into_the_field.seconds == pytest.approx(M + click + H + 6 * K + R + M)
    assert by_keys_first.seconds == pytest.approx(H + M + 6 * K + H + 2 * M + 3 * click)
    assert (by_keys_first.clicks, by_keys_first.words, by_keys_first.keys) == (3, 1, 6)


def test_a_first_order_takes_a_word_two_fields_and_a_minute(visit: Open) -> None:
    hand = Hand(visit(ORDERER))
    page = hand.page
    empty_the_basket(page)
    hand.starts_at("/")

    hand.clicks(page.locator("#suche"))
    hand.types("notebook")
    hand.presses("Enter")
    page.wait_for_url("**/katalog**")
    hand.reads(3)  # offers compared
    hand.clicks(orderable(page).get_by_role("heading").get_by_role("link"))
    page.wait_for_url("**/artikel/**")
    hand.reads(2)  # the article and its price
    hand.clicks(page.get_by_role("button", name="Direkt zur Bestellung"))
    page.wait_for_url("**/bestellen")
    hand.picks(page.get_by_label("Produktkonto"), 2)  # as if nothing were known from last time
    page.wait_for_load_state("networkidle")
    hand.clicks(page.get_by_label("Beschaffungszweck"))
    hand.presses("Control+a")
    hand.types("Ersatz für Altgeräte")
    hand.reads(4)  # line, sum, address, check with the ceiling
    hand.clicks(page.get_by_role("button", name="Zur Genehmigung senden"))
    page.wait_for_url("**/abrufe/*")

    spent = hand.effort()
    assert spent.clicks <= 8, spent
    assert spent.words == 2, spent  # the search word and the purpose; the account is chosen
    assert spent.pages <= 4, spent
    assert spent.seconds <= 75, spent


def test_a_reorder_takes_two_clicks_and_twenty_seconds(visit: Open) -> None:
    hand = Hand(visit(ORDERER))
    page = hand.page
    hand.starts_at("/")

    hand.clicks(page.get_by_role("link", name=re.compile("^Erneut bestellen")).first)
    page.wait_for_url("**/bestellen**")
    hand.reads(4)  # line with old and new price, sum, address, check with the ceiling
    hand.clicks(page.get_by_role("button", name="Zur Genehmigung senden"))
    page.wait_for_url("**/abrufe/*")

    spent = hand.effort()
    assert spent.clicks <= 2, spent
    assert spent.keys == 0, spent
    assert spent.pages <= 2, spent
    assert spent.seconds <= 20, spent


def test_twenty_pasted_rows_are_ordered_in_half_a_minute(visit: Open) -> None:
    hand = Hand(visit(ORDERER))
    page = hand.page
    empty_the_basket(page)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    rows = "\n".join(f"{sku}\t2" for sku in twenty_numbers(page))
    hand.starts_at("/")
    page.evaluate("text => navigator.clipboard.writeText(text)", rows)

    hand.clicks(page.get_by_role("link", name="Schnellbestellung").first)
    expect(page.locator("#nummer-1")).to_be_focused()
    hand.presses("Control+v")
    expect(page.get_by_text("passt", exact=True)).to_have_count(20)
    hand.reads(1)  # all rows fit
    hand.presses("Control+Enter")
    page.wait_for_url("**/bestellen")
    hand.reads(4)  # lines, sum, address, check with the ceiling
    hand.presses("Control+Enter")
    page.wait_for_url("**/abrufe/*")

    spent = hand.effort()
    assert spent.clicks <= 2, spent
    assert spent.seconds <= 30, spent


def test_three_lines_are_ordered_with_eight_requests_and_few_bytes(visit: Open) -> None:
    page = visit(ORDERER)
    empty_the_basket(page)
    page.goto("/hilfe")
    wire = Wire(page)

    page.goto("/schnellbestellung")
    expect(page.locator("#nummer-1")).to_be_focused()
    for row, sku in enumerate(("NB-01867", "TS-02005", "NT-01303"), 1):
        page.keyboard.insert_text(sku)
        choose_suggestion(page, sku)
        expect(page.locator(f"#nummer-{row}")).to_have_value(sku)
        page.keyboard.press("Enter")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/bestellen")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/abrufe/*")
    page.wait_for_load_state("networkidle")

    assert len(wire.asked) <= MOST_REQUESTS, wire.asked
    assert wire.unpacked <= MOST_BYTES, wire
    assert wire.packed <= MOST_BYTES / 3, wire


class Wire:
    """What goes over the wire for pages, parts of pages and redirects; static files stay out."""

    def __init__(self, page: Page) -> None:
        self.asked: list[str] = []
        self.packed = 0
        self.unpacked = 0
        self._ours: set[str] = set()
        tap = page.context.new_cdp_session(page)
        tap.on("Network.requestWillBeSent", self._sent)
        tap.on("Network.dataReceived", self._received)
        tap.on("Network.loadingFinished", self._finished)
        tap.send("Network.enable")

    def __str__(self) -> str:
        return f"{self.unpacked} bytes, {self.packed} on the wire: {self.asked}"

    def _sent(self, event: dict[str, Any]) -> None:
        address = event["request"]["url"]
        if "/static/" not in address and not address.startswith("data:"):
            self._ours.add(event["requestId"])
            self.asked.append(f"{event['request']['method']} {address}")

    def _received(self, event: dict[str, Any]) -> None:
        if event["requestId"] in self._ours:
            self.unpacked += event["dataLength"]

    def _finished(self, event: dict[str, Any]) -> None:
        if event["requestId"] in self._ours:
            self.packed += int(event["encodedDataLength"])  # with the headers of the answer


def twenty_numbers(page: Page) -> list[str]:
    """Of articles that can be ordered, from the catalog's pages."""
    found: dict[str, None] = {}
    number = 0
    while len(found) < 20:
        number += 1
        page.goto(f"/katalog?q=notebook&page={number}")
        offered = page.locator("li.item").filter(has=page.get_by_role("button", name="Warenkorb"))
        links = offered.get_by_role("heading").get_by_role("link")
        addresses = links.evaluate_all("all => all.map(one => one.pathname)")
        found |= dict.fromkeys(address.rsplit("/", 1)[1] for address in addresses)
    return list(found)[:20]
