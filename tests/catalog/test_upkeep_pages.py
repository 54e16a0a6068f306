"""Keeping the catalog in the browser: check, draft, differences, publish, discard."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.catalog.records import Article, CatalogVersion, CatalogEntry
from tests.catalog.importing import SMALL
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
    return settled(session)


@pytest.fixture
def keeper(portal: Portal, place: World) -> Browser:
    return portal.signed_in(place.contracts)


def send(browser: Browser, content: bytes = SMALL, **more: str) -> Any:
    files = {"file": ("klein.xml", content, "application/xml")}
    return browser.post("/katalogpflege", {"framework": "RV-2026-01", **more}, files=files)


def counted(session: Session) -> tuple[int, int, int]:
    tables = (Article, CatalogVersion, CatalogEntry)
    first, second, third = (
        session.scalar(select(func.count()).select_from(table)) or 0 for table in tables
    )
    return first, second, third


def test_a_file_becomes_a_draft_that_is_looked_at_and_published(
    keeper: Browser, session: Session
) -> None:
    answer = send(keeper)
    assert answer.status_code == 303
    address = answer.headers["location"]

    draft = keeper.page(address)
    assert "Büro-Notebook 14 Zoll" in draft
    assert "hat keine Artikelnummer" in draft
    assert keeper.page("/katalog?q=Laserdrucker").count("Laserdrucker A4") == 0

    assert keeper.post(f"{address}/veroeffentlichen").status_code == 303
    assert "veröffentlicht am" in keeper.page(address)
    assert "Laserdrucker A4" in keeper.page("/katalog?q=Laserdrucker")
    assert counted(session) == (7, 2, 0)


def test_the_remarks_can_be_loaded_as_a_table(keeper: Browser) -> None:
    address = send(keeper).headers["location"]

    answer = keeper.get(f"{address}/hinweise.csv")

    assert answer.headers["content-disposition"].startswith("attachment")
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Art;Zeile;Artikelnummer;Code;Hinweis"
    assert lines[1].startswith("abgelehnt;85;;empty_sku;")


def test_checking_only_keeps_nothing(keeper: Browser, session: Session) -> None:
    before = counted(session)

    answer = send(keeper, pruefen="1")

    assert answer.status_code == 200
    assert "Ergebnis der Prüfung: klein.xml" in answer.text
    assert counted(session) == before


def test_a_draft_can_be_thrown_away(keeper: Browser, session: Session) -> None:
    before = counted(session)
    address = send(keeper).headers["location"]

    assert keeper.post(f"{address}/verwerfen").status_code == 303
    assert keeper.get(address).status_code == 404
    assert counted(session) == before


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (SMALL[:-60], "Zeile "),
        (b"<html>Fehler</html>", "HTML-Seite"),
        (b"", "Die Datei ist leer"),
        (SMALL.replace(b"T_NEW_CATALOG", b"T_UPDATE_PRICES"), "in dieser Version"),
    ],
)
def test_a_file_that_cannot_be_read_says_why_and_changes_nothing(
    keeper: Browser, session: Session, content: bytes, reason: str
) -> None:
    before = counted(session)

    answer = send(keeper, content)

    assert answer.status_code == 422
    assert reason in answer.text
    assert counted(session) == before


def test_a_form_without_a_file_says_what_is_missing(keeper: Browser) -> None:
    answer = keeper.post("/katalogpflege", {"framework": "RV-2026-01"})

    assert answer.status_code == 422
    assert "Bitte wählen Sie eine Katalogdatei aus." in answer.text


def test_an_unknown_framework_is_not_found(keeper: Browser) -> None:
    assert send(keeper, framework="RV-0").status_code == 404


def test_only_those_who_manage_contracts_may_keep_the_catalog(
    portal: Portal, place: World, session: Session
) -> None:
    before = counted(session)
    for person in (place.it, place.approver, place.council, place.auditor):
        browser = portal.signed_in(person)
        assert browser.get("/katalogpflege").status_code == 403
        assert send(browser).status_code == 403
    assert counted(session) == before
