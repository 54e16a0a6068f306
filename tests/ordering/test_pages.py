"""The pages of ordering, as orderer, approver and stranger see them."""

import re
from uuid import uuid4

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.members.records import ProductAccount
from app.ordering.basket_records import BasketLine
from app.ordering.records import CallOff
from app.ordering.rules import State
from tests.support.application import Portal
from tests.support.browser import Browser
from tests.support.world import ACCOUNT, MONITOR, NOTEBOOK, World


def form(key: str = "", **changes: str) -> dict[str, str]:
    return {
        f"menge-{NOTEBOOK}": "8",
        "zweck": "Ersatz für Altgeräte Bürgeramt",
        "konto": ACCOUNT,
        "adresse": "andere",
        "empfaenger": "IT-Lager",
        "strasse": "Zerbster Straße 4",
        "plz": "06844",
        "ort": "Dessau-Roßlau",
        "schluessel": key or str(uuid4()),
        "quelle": "",
        **changes,
    }


def orders(session: Session) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(CallOff)) or 0


def placed(browser: Browser) -> str:
    answer = browser.post("/bestellen", form())
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def test_an_article_goes_into_the_basket_and_to_the_checkout(
    portal: Portal, session: Session, world: World
) -> None:
    browser = portal.signed_in(world.it)

    added = browser.post("/warenkorb", {"sku": NOTEBOOK, "quantity": "8"})
    browser.post("/warenkorb", {"sku": MONITOR, "quantity": "2"})

    assert added.status_code == 303
    assert "6.312,00" in browser.page("/warenkorb")
    page = browser.page("/bestellen")
    assert "7.962,29" in page  # (6312.00 + 379.00) * 1.19
    assert session.scalar(select(func.count()).select_from(BasketLine)) == 2


def test_a_basket_that_was_sent_in_another_window_is_not_ordered_again_unasked(
    portal: Portal, session: Session, world: World
) -> None:
    browser = portal.signed_in(world.it)
    browser.post("/warenkorb", {"sku": NOTEBOOK, "quantity": "8"})
    first, second = form(quelle="korb"), form(quelle="korb", zweck="Zweites Fenster")
    assert browser.post("/bestellen", first).status_code == 303

    again = browser.post("/bestellen", second)

    assert again.status_code == 409
    assert "in einem anderen Fenster schon bestellt" in " ".join(again.text.split())
    assert 'value="Zweites Fenster"' in again.text
    assert orders(session) == 1
    assert browser.post("/bestellen", first).status_code == 303  # a reload: the same order
    assert orders(session) == 1
    assert 'name="quelle" value=""' in again.text
    assert browser.post("/bestellen", second | {"quelle": ""}).status_code == 303
    assert orders(session) == 2


def test_a_wrong_quantity_leads_back_to_the_article_and_its_field(
    portal: Portal, session: Session, world: World
) -> None:
    browser = portal.signed_in(world.it)
    sentence = "Bitte geben Sie die Menge als ganze Zahl an."

    answers = {
        typed: browser.post("/warenkorb", {"sku": NOTEBOOK, "quantity": typed, "direkt": "1"})
        for typed in ("acht", "-1", "0", "1,5")
    }

    for typed, answer in answers.items():
        assert answer.status_code == 422
        assert "<title>Fehler: Notebook" in re.sub(r"\s+", " ", answer.text).replace("> ", ">")
        assert f'value="{typed}"' in answer.text
        assert 'aria-describedby="quantity-fehler"' in answer.text
    assert answers["1,5"].text.count(sentence) == 2  # above, and at the field
    sent = {"sku": NOTEBOOK, "quantity": "0"}
    elsewhere = browser.post("/warenkorb", sent, fragment=True)
    in_place = browser.post("/warenkorb", sent | {"artikelseite": "1"}, fragment=True)
    assert (elsewhere.status_code, in_place.status_code) == (422, 422)
    assert elsewhere.headers["HX-Retarget"] == "#toast"
    assert in_place.headers["HX-Retarget"] == "#inhalt"
    assert 'aria-describedby="quantity-fehler"' in in_place.text
    assert 'hx-post="/warenkorb"' not in in_place.text.partition('class="bottombar')[2]
    assert session.scalar(select(func.count()).select_from(BasketLine)) == 0


def test_what_is_taken_out_of_the_basket_can_be_put_back(
    portal: Portal, session: Session, world: World
) -> None:
    browser = portal.signed_in(world.it)
    browser.post("/warenkorb", {"sku": NOTEBOOK, "quantity": "8"})
    field = f"menge-{NOTEBOOK}"

    unclear = browser.post("/warenkorb/menge", {field: ""})
    assert unclear.status_code == 422
    assert "Bitte geben Sie eine Menge an; 0 entfernt den Artikel." in unclear.text
    gone = browser.post("/warenkorb/menge", {field: "8", "entfernen": NOTEBOOK}, fragment=True)
    assert "ist entfernt." in gone.text
    assert 'name="quantity" value="8"' in gone.text
    assert session.scalar(select(func.count()).select_from(BasketLine)) == 0


def test_a_refused_accessory_leaves_nothing_in_the_basket(
    portal: Portal, session: Session, world: World
) -> None:
    answer = portal.signed_in(world.it).post(
        "/warenkorb", {"sku": [NOTEBOOK, "GIBTESNICHT"], "quantity": "1"}
    )

    assert answer.status_code == 422
    assert session.scalar(select(func.count()).select_from(BasketLine)) == 0


def test_the_order_page_shows_that_a_second_person_must_agree(
    portal: Portal, session: Session, world: World
) -> None:
    browser = portal.signed_in(world.it)

    address = placed(browser)

    page = browser.page(address)
    assert "wartet auf" in page
    assert orders(session) == 1


def test_a_second_press_leads_to_the_same_order(
    portal: Portal, session: Session, world: World
) -> None:
    browser = portal.signed_in(world.it)
    sent = form("einmal")

    first = browser.post("/bestellen", sent)
    second = browser.post("/bestellen", sent)

    assert first.headers["location"] == second.headers["location"]
    assert orders(session) == 1


def test_the_same_key_with_another_content_is_refused(
    portal: Portal, session: Session, world: World
) -> None:
    browser = portal.signed_in(world.it)
    browser.post("/bestellen", form("einmal"))

    again = browser.post("/bestellen", form("einmal", **{f"menge-{NOTEBOOK}": "9"}))

    assert again.status_code == 422
    assert orders(session) == 1


def test_what_is_missing_is_said_at_its_field_and_nothing_typed_is_lost(
    portal: Portal, session: Session, world: World
) -> None:
    browser = portal.signed_in(world.it)

    answer = browser.post("/bestellen", form(zweck="", kostenstelle="KST 4711"))

    assert answer.status_code == 422
    assert "Bitte geben Sie den Beschaffungszweck an" in answer.text
    assert "KST 4711" in answer.text
    assert orders(session) == 0


def test_the_approver_places_the_order_and_finds_the_memo(portal: Portal, world: World) -> None:
    address = placed(portal.signed_in(world.it))
    approver = portal.signed_in(world.approver)
    number = address.rsplit("/", 1)[1]

    assert number in approver.page("/genehmigungen")
    assert approver.post(f"{address}/genehmigen", {"version": "1"}).status_code == 303

    assert "beauftragt" in approver.page(address)
    memo = approver.get(f"{address}/vermerk.pdf")
    assert memo.content.startswith(b"%PDF")
    assert number not in approver.page("/genehmigungen")


def test_a_stale_page_does_not_decide(portal: Portal, session: Session, world: World) -> None:
    address = placed(portal.signed_in(world.it))
    approver = portal.signed_in(world.approver)
    approver.post(f"{address}/ablehnen", {"version": "1", "reason": "kein Bedarf"})

    late = approver.post(f"{address}/genehmigen", {"version": "1"})

    assert late.status_code == 409
    session.rollback()
    assert session.scalar(select(CallOff.state)) is State.REJECTED


def test_the_orderer_cannot_approve_even_by_hand(
    portal: Portal, session: Session, world: World
) -> None:
    browser = portal.signed_in(world.it)
    address = placed(browser)

    assert browser.post(f"{address}/genehmigen", {"version": "1"}).status_code == 403

    session.rollback()
    assert session.scalar(select(CallOff.state)) is State.IN_APPROVAL


def test_another_member_sees_nothing_of_it(portal: Portal, world: World) -> None:
    address = placed(portal.signed_in(world.it))
    stranger = portal.signed_in(world.it_magdeburg)

    assert stranger.get(address).status_code == 404
    assert stranger.post(f"{address}/stornieren", {"reason": "x"}).status_code == 404
    assert stranger.get("/bestellen", wie=address.rsplit("/", 1)[1]).status_code == 404
    assert address not in stranger.page("/abrufe")


def test_ordering_again_takes_the_values_of_last_time(portal: Portal, world: World) -> None:
    browser = portal.signed_in(world.it)
    number = placed(browser).rsplit("/", 1)[1]

    page = browser.page("/bestellen", wie=number)

    assert "Ersatz für Altgeräte Bürgeramt" in page
    assert re.search(rf'name="menge-{NOTEBOOK}"[^>]*value="8"', page, re.DOTALL)


def test_list_filters_and_exports(portal: Portal, world: World) -> None:
    browser = portal.signed_in(world.it)
    number = placed(browser).rsplit("/", 1)[1]

    assert number in browser.page("/abrufe", stand="in_approval")
    assert number not in browser.page("/abrufe", stand="completed")
    assert number in browser.page("/abrufe", q="altgeräte bürgeramt")
    assert number in browser.get("/abrufe.csv").text


def test_who_has_no_account_yet_types_one_and_is_led_to_the_list(
    portal: Portal, session: Session, world: World
) -> None:
    session.execute(delete(ProductAccount))
    browser = portal.signed_in(world.it)
    browser.post("/warenkorb", {"sku": NOTEBOOK, "quantity": "8"})

    page = browser.page("/bestellen")

    assert re.search(r'<input[^>]*name="konto"', page)
    assert 'href="/verwaltung/konten"' in page
    assert placed(browser)
    assert orders(session) == 1
