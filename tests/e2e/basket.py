"""The basket that the browser's tests share, for they share a portal."""

import re

from playwright.sync_api import Page, expect


def empty_the_basket(page: Page) -> None:
    """Nothing from another test lies in it."""
    page.goto("/warenkorb")
    while (remove := page.get_by_role("button", name=re.compile("^Entfernen: "))).count():
        before = remove.count()
        remove.first.click()
        expect(remove).to_have_count(before - 1)


def choose_suggestion(page: Page, sku: str) -> None:
    """Down to the suggestion with this number, and Enter."""
    offered = page.get_by_role("option")
    offered.filter(has_text=sku).first.wait_for()
    chosen = page.locator("[role=option][aria-selected=true]").filter(has_text=sku)
    for _ in range(offered.count()):
        page.keyboard.press("ArrowDown")
        if chosen.count():
            break
    page.keyboard.press("Enter")
