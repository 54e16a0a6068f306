"""What people do in front of a browser: repeat, press twice, work without mouse or script."""

import re
from collections.abc import Callable
from itertools import pairwise

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.people import APPROVER, AUDITOR, DESK, LEGAL, ORDERER, Visit

Open = Callable[..., Page]
SMALL = Visit(width=320, height=700)
NARROW_PAGES = [
    (ORDERER, "/"),
    (ORDERER, "/katalog"),
    (ORDERER, "/warenkorb"),
    (ORDERER, "/schnellbestellung"),
    (ORDERER, "/vorlagen"),
    (ORDERER, "/abrufe"),
    (ORDERER, "/rechnungen"),
    (ORDERER, "/auswertung"),
    (ORDERER, "/rahmenvertraege"),
    (ORDERER, "/konto"),
    (ORDERER, "/hilfe"),
    (DESK, "/abwicklung"),
    (LEGAL, "/inhouse-register"),
    (AUDITOR, "/pruefung"),
    ("", "/anmelden"),
    ("", "/barrierefreiheit"),
]


def test_a_reorder_takes_two_clicks(visit: Open) -> None:
    page = visit(ORDERER)
    reorder(page)
    page.get_by_role("button", name="Zur Genehmigung senden").click()

    page.wait_for_url("**/abrufe/*")
    expect(page.get_by_role("heading", level=1)).to_contain_text("wartet auf Genehmigung")


def test_a_double_click_gives_one_order(visit: Open) -> None:
    page = visit(ORDERER)
    before = total(page)
    reorder(page)

    page.get_by_role("button", name="Zur Genehmigung senden").dblclick()
    page.wait_for_url("**/abrufe/*")

    assert total(page) == before + 1


def test_a_form_that_is_sent_again_leads_to_the_same_order(visit: Open) -> None:
    page = visit(ORDERER)
    before = total(page)
    reorder(page)
    fields = page.evaluate("Object.fromEntries(new FormData(document.forms.bestellung))")

    first, again = (page.request.post("/bestellen", form=fields).url for _ in range(2))

    assert first == again
    assert total(page) == before + 1


def test_an_order_works_without_script(visit: Open) -> None:
    page = visit(ORDERER, Visit(script=False))
    page.goto("/")
    page.locator("#suche").fill("notebook")
    page.keyboard.press("Enter")
    orderable(page).get_by_role("heading").get_by_role("link").click()
    page.wait_for_url("**/artikel/**")
    page.get_by_label("Menge", exact=True).fill("2")
    page.get_by_role("button", name="In den Warenkorb", exact=True).click()
    page.wait_for_url("**/warenkorb")
    page.get_by_role("link", name="Zur Bestellung").click()
    page.wait_for_url("**/bestellen")

    quantity = page.locator("input[name^=menge]").first
    before = int(quantity.input_value())
    page.get_by_role("button", name=re.compile("^Menge verringern")).first.click()
    expect(quantity).to_have_value(str(before - 1))
    page.get_by_label("Beschaffungszweck").fill("")
    page.locator("#absenden").click()
    expect(page.locator("#fehler")).to_be_visible()
    page.get_by_label("Beschaffungszweck").fill("Ersatz ohne Skript")
    page.get_by_label("Produktkonto").select_option(index=1)
    page.locator("#absenden").click()

    page.wait_for_url("**/abrufe/*")
    expect(page.get_by_role("heading", level=1)).to_contain_text("wartet auf Genehmigung")


def test_an_order_works_with_the_keyboard_alone(visit: Open) -> None:
    page = visit(ORDERER)
    page.goto("/")
    page.keyboard.press("/")
    expect(page.locator("#suche")).to_be_focused()
    page.keyboard.type("monitor")
    page.keyboard.press("Enter")
    page.wait_for_url("**/katalog**")

    tab_to(page, orderable(page).get_by_role("heading").get_by_role("link"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/artikel/**")
    tab_to(page, page.get_by_role("button", name="Direkt zur Bestellung"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/bestellen")
    with page.expect_response("**/bestellen/pruefung"):
        page.get_by_label("Produktkonto").select_option(index=1)
    tab_to(page, page.get_by_label("Beschaffungszweck"))
    page.keyboard.press("Control+a")
    page.keyboard.type("Zweiter Bildschirm")
    page.keyboard.press("Control+Enter")

    page.wait_for_url("**/abrufe/*")


def test_a_reason_to_refuse_never_approves(visit: Open) -> None:
    page = visit(ORDERER)
    reorder(page)
    page.get_by_role("button", name="Zur Genehmigung senden").click()
    page.wait_for_url("**/abrufe/*")
    approver = visit(APPROVER)
    approver.goto(page.url)

    approver.get_by_text("Ablehnen", exact=True).click()
    approver.get_by_label("Grund der Ablehnung").fill("Noch nicht nötig")
    approver.keyboard.press("Control+Enter")

    expect(approver.get_by_role("heading", level=1)).to_contain_text("ist abgelehnt")
    expect(approver.locator("#toast")).to_contain_text("Der Abruf ist abgelehnt.")
    approver.wait_for_load_state()  # the keys are there with the script
    approver.keyboard.press("Escape")
    expect(approver.locator("#toast")).not_to_contain_text("Der Abruf")


def test_a_wrong_form_leads_to_the_field(visit: Open) -> None:
    page = visit(ORDERER)
    reorder(page)
    page.get_by_label("Beschaffungszweck").fill("")
    page.locator("#absenden").click()

    expect(page.locator("#fehler")).to_be_focused()
    expect(page.get_by_label("Beschaffungszweck")).to_have_attribute("aria-invalid", "true")
    expect(page).to_have_title(re.compile("^Fehler: "))
    page.locator("#fehler a").first.click()
    expect(page.get_by_label("Beschaffungszweck")).to_be_focused()


def test_a_new_quantity_keeps_the_focus_and_what_was_typed(visit: Open) -> None:
    page = visit(ORDERER)
    reorder(page)
    page.get_by_label("Beschaffungszweck").fill("Noch nicht gesendet")
    before = page.locator("#gesamt").inner_text()
    more = page.get_by_role("button", name=re.compile("^Menge erhöhen")).first
    more.focus()
    page.keyboard.press("Enter")

    expect(page.locator("#gesamt")).not_to_have_text(before)
    expect(more).to_be_focused()
    expect(page.get_by_label("Beschaffungszweck")).to_have_value("Noch nicht gesendet")


def test_filters_stand_in_the_address_and_back_works(visit: Open) -> None:
    page = visit(ORDERER)
    page.goto("/katalog")
    everything = page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("checkbox", name="Monitore").click()
    page.wait_for_url("**category=**")
    expect(page.get_by_role("checkbox", name="Monitore")).to_be_checked()

    page.go_back()

    expect(page.get_by_role("heading", level=1)).to_have_text(everything)
    expect(page.get_by_role("checkbox", name="Monitore")).not_to_be_checked()


def test_the_chosen_darkness_stays(visit: Open) -> None:
    page = visit(ORDERER)
    page.goto("/hilfe")
    page.get_by_role("button", name="Dunkel").click()

    expect(page.locator("html")).to_have_attribute("data-kern-theme", "dark")
    assert page.url.endswith("/hilfe")


def test_the_end_of_the_session_is_announced(visit: Open) -> None:
    page = visit(ORDERER)
    page.clock.install()
    page.goto("/hilfe")
    page.clock.fast_forward("28:01")

    expect(page.locator("#toast")).to_contain_text("Ihre Sitzung endet in 2 Minuten.")
    page.get_by_role("button", name="Angemeldet bleiben").click()
    expect(page.locator("#toast")).not_to_contain_text("Ihre Sitzung")


def test_headings_go_down_one_step_at_a_time(visit: Open) -> None:
    page = visit(ORDERER)
    page.goto("/")

    levels = page.eval_on_selector_all("h1,h2,h3,h4", "all => all.map(one => +one.tagName[1])")

    assert all(lower - upper <= 1 for upper, lower in pairwise(levels))


@pytest.mark.parametrize(("mail", "path"), NARROW_PAGES)
def test_a_small_phone_never_scrolls_sideways(visit: Open, mail: str, path: str) -> None:
    page = visit(mail, SMALL)
    page.goto(path)

    assert page.evaluate("document.documentElement.scrollWidth") <= SMALL.width


def reorder(page: Page) -> None:
    """One click, and its answer: what follows a click may come before it."""
    page.goto("/")
    page.get_by_role("link", name=re.compile("^Erneut bestellen")).first.click()
    page.wait_for_url("**/bestellen**")


def orderable(page: Page) -> Locator:
    button = page.get_by_role("button", name="Warenkorb")
    return page.locator("li.item").filter(has=button).first


def total(page: Page) -> int:
    """How many orders the member has."""
    page.goto("/abrufe")
    found = re.search(r"von ([\d.]+)", page.locator(".pager").inner_text())
    assert found is not None
    return int(found[1].replace(".", ""))


def tab_to(page: Page, wanted: Locator, most: int = 120) -> None:
    for _ in range(most):
        if wanted.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"nicht mit Tab zu erreichen: {wanted}")
