"""Keeping the catalog in the browser: check, draft, differences, publish, discard."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from app.accounts.records import Person
from app.catalog.import_records import CatalogImport, ImportState
from app.catalog.records import Article, CatalogEntry, CatalogVersion
from app.catalog.rules import Change
from app.catalog.upkeep.import_result import listed
from app.catalog.upkeep.send_catalog_file import CATALOG_IMPORT
from app.commands.jobs import LONG_JOBS
from app.frameworks.records import Framework
from app.journal.retry_message import retry_message
from app.kernel.canonical import sha256_hex
from app.kernel.errors import Gone
from app.kernel.german import moment
from app.members.rules import Role
from app.outbox.claim import Lane
from app.outbox.deliver import Bench, Carriers, deliver_next
from app.outbox.records import OutboxMessage
from tests.catalog.importing import SMALL, read_sent_files
from tests.support.application import Portal, open_portal
from tests.support.browser import Browser
from tests.support.clock import NOON
from tests.support.databases import Database
from tests.support.world import World, settled, somebody


@pytest.fixture
def portal(database: Database, session: Session) -> Iterator[Portal]:
    with open_portal(database, session) as portal:
        yield portal


@pytest.fixture
def place(session: Session) -> World:
    return settled(session)


@pytest.fixture
def second(session: Session) -> Person:
    """Another one who may keep the catalog."""
    return somebody(session, "katalog@kid.example", Role.CONTRACTS)


@pytest.fixture
def keeper(portal: Portal, place: World) -> Browser:
    return portal.signed_in(place.contracts)


@pytest.fixture
def send(database: Database, keeper: Browser) -> Callable[..., Any]:
    """Send a file and let the worker read it; the answer of the page that watches it."""

    def sent(content: bytes = SMALL, **more: str) -> Any:
        answer = post(keeper, content, **more)
        assert answer.status_code == 303
        read_sent_files(database)
        return keeper.get(answer.headers["location"])

    return sent


def post(browser: Browser, content: bytes = SMALL, **more: str) -> Any:
    files = {"file": ("klein.xml", content, "application/xml")}
    return browser.post("/katalogpflege", {"framework": "RV-2026-01", **more}, files=files)


def counted(session: Session) -> tuple[int, int, int]:
    tables = (Article, CatalogVersion, CatalogEntry)
    first, second, third = (
        session.scalar(select(func.count()).select_from(table)) or 0 for table in tables
    )
    return first, second, third


def test_a_file_becomes_a_draft_that_a_second_person_publishes(
    portal: Portal, keeper: Browser, second: Person, session: Session, send: Callable[..., Any]
) -> None:
    answer = send()
    assert answer.status_code == 303
    address = answer.headers["location"]

    draft = keeper.page(address)
    assert "Büro-Notebook 14 Zoll" in draft
    assert "hat keine Artikelnummer" in draft
    assert "Eine zweite Person veröffentlicht" in draft
    assert keeper.page("/katalog?q=Laserdrucker").count("Laserdrucker A4") == 0

    assert keeper.post(f"{address}/veroeffentlichen").status_code == 409
    assert counted(session) == (3, 2, 4)
    publisher = portal.signed_in(second)
    assert publisher.post(f"{address}/veroeffentlichen").status_code == 303
    assert "veröffentlicht am" in keeper.page(address)
    assert "Laserdrucker A4" in keeper.page("/katalog?q=Laserdrucker")
    assert counted(session) == (7, 2, 4)


def test_a_file_under_way_shows_its_progress_and_asks_again(keeper: Browser) -> None:
    address = post(keeper).headers["location"]

    waiting = keeper.page(address)

    assert "Die Datei wird gelesen" in waiting
    assert 'hx-trigger="every 1s"' in waiting
    part = keeper.get(address, fragment=True).text
    assert part.lstrip().startswith('<div id="datei"')


def test_the_remarks_can_be_loaded_as_a_table(keeper: Browser, send: Callable[..., Any]) -> None:
    address = send().headers["location"]

    answer = keeper.get(f"{address}/hinweise.csv")

    assert answer.headers["content-disposition"].startswith("attachment")
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Art;Zeile;Artikelnummer;Code;Hinweis"
    assert lines[1].startswith("abgelehnt;85;;empty_sku;")


def test_checking_only_keeps_nothing(session: Session, send: Callable[..., Any]) -> None:
    before = counted(session)

    answer = send(pruefen="1")

    assert answer.status_code == 200
    assert "Nur geprüft: es wurde nichts gespeichert." in answer.text
    assert counted(session) == before


def test_the_sent_file_stays_to_be_fetched_when_its_draft_is_gone(
    portal: Portal, place: World, keeper: Browser, send: Callable[..., Any]
) -> None:
    assert "Noch keine Datei gesendet" in keeper.page("/katalogpflege/dateien")
    draft = send().headers["location"]
    assert f'href="{draft}/datei"' in keeper.page(draft)
    assert keeper.get(f"{draft}/datei").content == SMALL
    keeper.post(f"{draft}/verwerfen")

    listed = keeper.page("/katalogpflege/dateien")
    own_path = "/katalogpflege/dateien/1"
    page, answer = keeper.page(own_path), keeper.get(f"{own_path}/datei")

    assert "klein.xml" in listed
    assert "ohne Entwurf" in listed
    assert place.contracts.label in listed
    assert sha256_hex(SMALL) in page
    assert answer.content == SMALL
    assert answer.headers["content-disposition"].startswith('attachment; filename="klein.xml"')
    for person in (place.it, place.council):
        assert portal.signed_in(person).get(f"{own_path}/datei").status_code == 403
    again = keeper.post(f"{own_path}/wiederholen").headers["location"]
    assert again == "/katalogpflege/dateien/2"


def test_a_draft_can_be_thrown_away(
    keeper: Browser, session: Session, send: Callable[..., Any]
) -> None:
    before = counted(session)
    address = send().headers["location"]

    assert keeper.post(f"{address}/verwerfen").status_code == 303
    assert keeper.get(address).status_code == 404
    assert counted(session) == before


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(SMALL[:-60], "Zeile ", id="cut-off"),
        pytest.param(b"<html>Fehler</html>", "HTML-Seite", id="html"),
        pytest.param(b"%PDF-1.7 abc", "Dieses Format wird nicht gelesen", id="pdf"),
        pytest.param(
            SMALL.replace(b"T_NEW_CATALOG", b"T_UPDATE_PRICES"), "nicht veröffentlicht", id="update"
        ),
    ],
)
def test_a_file_that_cannot_be_read_says_why_and_changes_nothing(
    session: Session, send: Callable[..., Any], content: bytes, reason: str
) -> None:
    before = counted(session)

    answer = send(content)

    assert answer.status_code == 200
    assert "Die Datei wurde nicht eingelesen" in answer.text
    assert reason in answer.text
    assert counted(session) == before


def test_a_form_without_a_file_says_what_is_missing(keeper: Browser) -> None:
    answer = keeper.post("/katalogpflege", {"framework": "RV-2026-01"})

    assert answer.status_code == 422
    assert "Bitte wählen Sie eine Katalogdatei aus." in answer.text
    nowhere = post(keeper, framework="")
    assert nowhere.status_code == 422
    assert "Bitte wählen Sie den Rahmenvertrag" in nowhere.text
    empty = post(keeper, b"")
    assert empty.status_code == 422
    assert "Die Datei ist leer" in empty.text


def test_every_fault_of_the_form_is_named_at_once(keeper: Browser, session: Session) -> None:
    before = counted(session)

    answer = keeper.post("/katalogpflege", {"framework": "", "lot": "Los 1"})

    assert answer.status_code == 422
    for sentence in (
        "Bitte wählen Sie den Rahmenvertrag",
        "Bitte geben Sie nur die Nummer des Loses an",
        "Bitte wählen Sie eine Katalogdatei aus.",
    ):
        assert answer.text.count(sentence) == 2
    nowhere = post(keeper, lot="99")
    assert nowhere.status_code == 422
    assert "Los 99 hat dieser Rahmenvertrag nicht. Es gibt Los 1, 2." in nowhere.text
    assert (counted(session), session.scalars(select(CatalogImport)).all()) == (before, [])


def test_an_unknown_framework_is_not_found(keeper: Browser) -> None:
    assert post(keeper, framework="RV-0").status_code == 404


def test_only_those_who_manage_contracts_may_keep_the_catalog(
    portal: Portal, place: World, session: Session
) -> None:
    before = counted(session)
    for person in (place.it, place.approver, place.council, place.auditor):
        browser = portal.signed_in(person)
        assert browser.get("/katalogpflege").status_code == 403
        assert post(browser).status_code == 403
    assert counted(session) == before


def test_the_differences_are_sorted_into_tabs_and_searched(
    portal: Portal, keeper: Browser, second: Person, send: Callable[..., Any]
) -> None:
    first = send().headers["location"]
    portal.signed_in(second).post(f"{first}/veroeffentlichen")
    newer = SMALL.replace(b"001.000", b"002.000").replace(b"789.00", b"779.00")
    newer = newer.replace(b"TONER-1", b"TONER-2")

    address = send(newer).headers["location"]

    assert "Büro-Notebook" in keeper.page(f"{address}?art=billiger")
    assert "−1,3" in keeper.page(f"{address}?art=billiger")
    assert "TONER-2" in keeper.page(f"{address}?art=neu")
    assert "TONER-1" in keeper.page(f"{address}?art=entfallen")
    assert "TONER-1" not in keeper.page(f"{address}?art=neu")
    assert "Nichts gefunden" in keeper.page(f"{address}?art=neu&q=Notebook")
    assert "TONER-2" in keeper.page(f"{address}?art=unsinn&page=x")
    table = keeper.get(f"{address}/unterschiede.csv").content.decode("utf-8-sig").splitlines()
    assert table[0].startswith("Zeile;Artikelnummer;Bezeichnung;Änderung;Warengruppe")
    assert len(table) == 5


def test_all_versions_are_found_page_by_page(keeper: Browser, session: Session) -> None:
    framework = session.scalars(select(Framework.id)).first()
    same: dict[str, Any] = {"framework_id": framework, "catalog_id": "K", "catalog_version": "1"}
    same |= {"file_sha256": "", "imported_at": NOON}
    numbers = range(101, 152)
    rows = [same | {"number": one, "file_name": f"liste-{one}.xml"} for one in numbers]
    session.execute(insert(CatalogVersion), rows)
    session.commit()

    first = keeper.page("/katalogpflege")

    assert "liste-151.xml" in first
    assert "liste-101.xml" not in first
    assert 'href="/katalogpflege?page=2"' in first
    assert "liste-101.xml" in keeper.page("/katalogpflege?page=2")


def test_what_is_not_listed_of_many_remarks_is_counted() -> None:
    many = [{"line": line, "sku": "A", "code": "x", "reason": "r"} for line in range(1, 2004)]

    kept = listed(many)

    assert kept[:2000] == many[:2000]
    assert kept[2000]["reason"] == "3 weitere sind hier nicht einzeln aufgeführt."
    assert listed(many[:2000]) == many[:2000]


def test_a_forbidden_price_rise_stops_the_draft_until_it_is_left_out(
    portal: Portal, second: Person, send: Callable[..., Any]
) -> None:
    publisher = portal.signed_in(second)
    publisher.post(f"{send().headers['location']}/veroeffentlichen")
    newer = SMALL.replace(b"001.000", b"002.000").replace(b"789.00", b"799.00")

    address = send(newer).headers["location"]

    page = publisher.page(f"{address}?art=gestoppt")
    assert "1 Artikel ist gestoppt" in page
    assert "Ungewöhnliche Preise freigeben" not in page
    assert "Erhöhung nicht erlaubt" in page
    assert publisher.post(f"{address}/veroeffentlichen").status_code == 409
    publisher.post(f"{address}/freigeben", {"reason": "Der Lieferant bestätigt den Preis."})
    assert "1 Artikel ist gestoppt" in publisher.page(address)
    for _ in range(2):  # a second click leaves nothing out and takes no remark back
        assert publisher.post(f"{address}/auslassen").status_code == 303
    settled_page = publisher.page(address)
    assert "gestoppt</strong>" not in settled_page
    assert "ausgelassen" in settled_page
    remarks = publisher.get(f"{address}/hinweise.csv").content.decode("utf-8-sig")
    assert "ausgelassen;" in remarks
    assert ";NB-1;rise_forbidden;" in remarks


def test_an_unusual_price_is_released_with_a_reason(
    portal: Portal, keeper: Browser, second: Person, send: Callable[..., Any]
) -> None:
    publisher = portal.signed_in(second)
    publisher.post(f"{send().headers['location']}/veroeffentlichen")
    newer = SMALL.replace(b"001.000", b"002.000").replace(b"789.00", b"89.00")
    address = send(newer).headers["location"]

    short = publisher.post(f"{address}/freigeben", {"reason": "ok"})
    assert short.status_code == 422
    assert "Bitte begründen Sie" in short.text
    reason = "Aktionspreis, vom Lieferanten schriftlich bestätigt."
    assert publisher.post(f"{address}/freigeben", {"reason": reason}).status_code == 303
    assert publisher.post(f"{address}/veroeffentlichen").status_code == 303

    assert "89,00" in keeper.page("/artikel/NB-1")


def test_one_click_brings_the_version_before_back(
    portal: Portal, keeper: Browser, second: Person, send: Callable[..., Any]
) -> None:
    publisher = portal.signed_in(second)
    first = send().headers["location"]
    publisher.post(f"{first}/veroeffentlichen")
    newer = SMALL.replace(b"001.000", b"002.000").replace(b"789.00", b"779.00")
    address = send(newer.replace(b"TONER-1", b"TONER-2")).headers["location"]
    publisher.post(f"{address}/veroeffentlichen")
    portal.clock.pass_by(minutes=5)

    answer = keeper.post(f"{first}/wiederherstellen")

    assert answer.status_code == 303
    assert "Stand der Version 2" in keeper.page(answer.headers["location"])
    assert "789,00" in keeper.page("/artikel/NB-1")
    assert "TONER-1" in keeper.page("/katalog?q=TONER-1")
    assert "nicht mehr im Katalog" in keeper.page("/artikel/TONER-2")
    assert keeper.post(f"{answer.headers['location']}/wiederherstellen").status_code == 409


def test_the_newest_version_goes_back_by_one_click_and_forward_again(
    portal: Portal, keeper: Browser, second: Person, send: Callable[..., Any]
) -> None:
    publisher = portal.signed_in(second)
    first = send().headers["location"]
    publisher.post(f"{first}/veroeffentlichen")
    newer = SMALL.replace(b"001.000", b"002.000").replace(b"789.00", b"779.00")
    address = send(newer).headers["location"]
    publisher.post(f"{address}/veroeffentlichen")
    assert f'action="{first}/wiederherstellen"' in keeper.page(address)

    keeper.post(f"{first}/wiederherstellen")
    portal.clock.pass_by(minutes=5)
    keeper.post(f"{address}/wiederherstellen")

    assert "779,00" in keeper.page("/artikel/NB-1")


def test_reading_begun_again_after_a_crash_leaves_one_draft(
    database: Database, keeper: Browser, session: Session
) -> None:
    """The worker died after the first batch: its half draft is cleared away."""
    address = post(keeper).headers["location"]
    with database.sessions.begin() as own:
        sent = own.scalars(select(CatalogImport)).one()
        sent.state = ImportState.RUNNING
        half = CatalogVersion(
            framework_id=sent.framework_id,
            number=2,
            catalog_id="",
            catalog_version="",
            file_name=sent.file_name,
            file_sha256=sent.file_sha256,
            imported_at=NOON,
            imported_by=sent.person_id,
            result={},
        )
        own.add(half)
        own.flush()
        own.add(CatalogEntry(catalog_version_id=half.id, sku="NB-1", change=Change.NEW, content={}))

    read_sent_files(database)

    assert keeper.get(address).status_code == 303
    assert counted(session) == (3, 2, 4)


def test_a_file_whose_reading_fails_says_when_it_is_tried_again_and_who_can_help(
    database: Database, keeper: Browser, session: Session
) -> None:
    """Eight attempts, then nobody tries by itself; the administration sends it anew."""
    address = post(keeper).headers["location"]

    def fail(_bench: Bench, _payload: dict[str, Any]) -> None:
        raise ZeroDivisionError

    failing = Carriers(lambda _mail: None, {}, {CATALOG_IMPORT: fail})
    assert "angehalten" not in keeper.page(address)
    assert deliver_next(database.sessions, failing, NOON, Lane.LONG)

    once = keeper.page(address)
    assert "Durch einen unerwarteten Fehler angehalten" in once
    assert f"beginnt von selbst am {moment(NOON + timedelta(seconds=30))}." in once
    assert 'hx-trigger="every 1s"' in once

    later = NOON
    for _ in range(7):
        later += timedelta(hours=3)
        assert deliver_next(database.sessions, failing, later, Lane.LONG)
    assert "von selbst geht es nicht weiter" in keeper.page(address)
    assert counted(session) == (3, 1, 0)

    failed = session.scalars(select(OutboxMessage).where(OutboxMessage.dead_at.is_not(None))).one()
    retry_message(session, failed.id, "person:1", later)
    session.commit()
    carriers = Carriers(lambda _mail: None, {}, LONG_JOBS)
    assert deliver_next(database.sessions, carriers, later, Lane.LONG)
    assert keeper.get(address).status_code == 303, "the draft is there"


def test_a_file_that_is_gone_when_it_shall_be_read_is_refused_with_the_reason(
    session: Session, send: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(_session: Session, _digest: str) -> None:
        raise Gone("Datei nach Ablauf der Frist gelöscht am 21.11.2026.")

    monkeypatch.setattr("app.catalog.upkeep.run_catalog_import.open_content", gone)

    assert "Datei nach Ablauf der Frist gelöscht am 21.11.2026." in send(SMALL).text
    sent = session.scalars(select(CatalogImport)).one()
    assert (sent.state, sent.version_id) == (ImportState.REFUSED, None)
