"""Pages of the catalog: list with filters, article, comparison."""

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from tests.catalog.importing import small_catalog
from tests.support import world
from tests.support.application import Portal, open_portal
from tests.support.browser import Browser
from tests.support.databases import Database
from tests.support.world import World, settled


@pytest.fixture
def portal(database: Database, session: Session) -> Iterator[Portal]:
    with open_portal(database, session) as portal:
        yield portal


@pytest.fixture
def place(session: Session) -> World:
    place = settled(session)
    small_catalog(session, place.framework)
    return place


@pytest.fixture
def orderer(portal: Portal, place: World) -> Browser:
    return portal.signed_in(place.it)


def test_the_list_shows_articles_with_price_validity_and_delivery(orderer: Browser) -> None:
    page = orderer.get("/katalog").text

    assert "7 Artikel" in page
    assert "Büro-Notebook 14 Zoll" in page
    assert "789,00\xa0€" in page
    assert "Festpreis bis 31.12.2027" in page
    assert "5 Arbeitstage" in page


def test_a_search_finds_synonyms_parts_of_words_and_numbers(orderer: Browser) -> None:
    for typed in ("Laptop büro", "station usb", "DOCK-1", "ed2", "BUERO"):
        page = orderer.get("/katalog", q=typed).text
        assert "Kein Artikel" not in page, typed

    assert "Dockingstation USB-C" in orderer.get("/katalog?q=portreplikator").text


def test_filters_narrow_the_list_and_each_can_be_taken_off_again(orderer: Browser) -> None:
    page = orderer.get("/katalog?manufacturer=Elbtec&category=notebooks").text

    assert "1 Artikel" in page
    assert 'href="/katalog?category=notebooks"' in page
    assert 'href="/katalog?manufacturer=Elbtec"' in page


def test_a_page_without_hits_names_the_word_that_no_article_uses(orderer: Browser) -> None:
    page = orderer.get("/katalog", q="Notebook Zeppelin").text

    assert "„Zeppelin“ kommt in keinem Artikel vor." in page
    assert 'href="/katalog?q=Notebook"' in page
    little = orderer.get("/katalog", q="Notebook mit Zeppelin für mich").text
    assert 'href="/katalog?q=Notebook"' in little
    assert "kommt in keinem Artikel vor" not in orderer.get("/katalog", q="Zeppelin").text


def test_a_page_behind_the_last_one_leads_back_to_the_hits(orderer: Browser) -> None:
    page = orderer.get("/katalog?q=notebook&sort=price&page=9").text

    assert "Diese Seite gibt es nicht" in page
    assert 'href="/katalog?q=notebook&amp;sort=price"' in page
    assert "Kein Artikel zu" not in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [("1.300", "bis 1300 €"), ("1.300 €", "bis 1300 €"), ("€ 99,50", "bis 99,50 €")],
)
def test_a_price_may_be_typed_as_germans_write_it(orderer: Browser, typed: str, said: str) -> None:
    assert f"Preis: {said}" in orderer.get("/katalog", price_to=typed).text


def test_a_long_text_is_said_to_be_looked_for_by_its_first_words(orderer: Browser) -> None:
    said = "Gesucht wird nach den ersten acht Wörtern."

    assert said in orderer.get("/katalog", q="Notebook " * 40).text
    assert said in orderer.get("/katalog", q="Zeppelin a b c d e f g h").text
    assert said not in orderer.get("/katalog", q="a b c d e und für mit f g h").text


def test_a_corrected_word_loses_its_comma(orderer: Browser) -> None:
    page = orderer.get("/katalog", q="Noetbook, elbtec").text

    assert 'href="/katalog?q=notebook+elbtec"' in page


def test_an_unknown_word_names_itself_and_offers_a_way_on(orderer: Browser) -> None:
    page = orderer.get("/katalog?q=Drohne").text

    assert "Kein Artikel zu „Drohne“" in page
    assert "Ganzer Katalog" in page


def test_nonsense_in_the_address_falls_back(orderer: Browser) -> None:
    page = orderer.get("/katalog?sort=x&page=-3&page=99999999&category=&foo=bar&q=%00%27%22%25_")

    assert page.status_code == 200


def test_a_fragment_holds_filters_and_hits_without_the_frame(orderer: Browser) -> None:
    page = orderer.get("/katalog?q=toner", fragment=True).text

    assert '<div id="katalog"' in page
    assert "<html" not in page


def test_the_article_page_shows_everything_that_decides(orderer: Browser) -> None:
    page = orderer.get("/artikel/NB-1").text

    assert "938,91\xa0€ brutto" in page
    assert "ab 10 Stück" in page
    assert "749,00\xa0€" in page
    assert "Arbeitsspeicher" in page
    assert "16 GB" in page
    assert "Dockingstation USB-C" in page
    assert "Höchstwert des Loses" in page
    assert "Direkt zur Bestellung" in page


def test_toner_names_the_devices_that_it_fits(orderer: Browser) -> None:
    page = orderer.get("/artikel/TONER-1").text

    assert "Passt zu" in page
    assert "Laserdrucker A4" in page


def test_an_unknown_article_is_not_found(orderer: Browser) -> None:
    assert orderer.get("/artikel/GIBT-ES-NICHT").status_code == 404


def test_who_may_not_order_sees_no_basket(portal: Portal, place: World) -> None:
    for person in (place.approver, place.auditor, place.desk):
        browser = portal.signed_in(person)
        for address in ("/katalog", "/artikel/NB-1"):
            page = browser.get(address)
            assert page.status_code == 200
            assert "In den Warenkorb" not in page.text


def test_the_council_reads_reports_and_no_catalog(portal: Portal, place: World) -> None:
    for address in ("/katalog", "/artikel/NB-1", "/vergleich"):
        assert portal.signed_in(place.council).get(address).status_code == 403


def test_guests_are_led_to_the_sign_in_form(portal: Portal) -> None:
    for address in ("/katalog", "/artikel/NB-1", "/vergleich", "/katalogpflege"):
        answer = portal.guest().get(address)
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/anmelden")


def test_a_comparison_shows_what_differs(orderer: Browser) -> None:
    page = orderer.get(f"/vergleich?v=NB-1&v={world.WORKSTATION}&v=x").text

    assert "niedrigster Preis" in page
    assert "Arbeitsspeicher" in page
    assert "Zu wenige Artikel" in orderer.get("/vergleich?v=NB-1").text
