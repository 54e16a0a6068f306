"""Which days are due, as a page, as a feed that another library reads, and in exports."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from icalendar import Calendar
from sqlalchemy import update
from sqlalchemy.orm import Session

from app.documents.calendar_file import CalendarEntry, calendar_bytes
from app.ordering.records import CallOff
from tests.support.application import Portal
from tests.support.clock import NOON, TODAY
from tests.support.orders import confirmed, placed, submitted
from tests.support.world import ACCOUNT, MONITOR, NOTEBOOK, World

SOON = TODAY + timedelta(days=2)


def events(content: bytes) -> list[Any]:
    """What an independent reader of RFC 5545 finds."""
    return list(Calendar.from_ical(content).walk("VEVENT"))


def test_long_and_awkward_texts_come_back_whole_from_another_library() -> None:
    title = "Lieferung: Größe; Übermaß, „Öse“ \\ " + "ä" * 90
    entry = CalendarEntry(
        "K-1@portal", date(2026, 12, 31), title, "erste\nzweite", "https://x.example/a", NOON, 3
    )

    content = calendar_bytes("Lieferungen", [entry])

    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert b"\n" not in content.replace(b"\r\n", b"")
    (event,) = events(content)
    assert str(event["SUMMARY"]) == title
    assert str(event["DESCRIPTION"]) == "erste\nzweite"
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2026, 12, 31), date(2027, 1, 1))
    assert (str(event["UID"]), event["SEQUENCE"], event.errors) == ("K-1@portal", 3, [])


def test_the_month_shows_promised_and_wished_days_of_the_own_member(
    portal: Portal, session: Session, world: World
) -> None:
    mine = confirmed(session, world, {NOTEBOOK: 2}, promised=SOON).number
    wished = submitted(session, world, {MONITOR: 1})
    session.execute(update(CallOff).where(CallOff.number == wished).values(requested_date=TODAY))
    theirs = placed(session, world, {MONITOR: 3}, of=world.magdeburg)

    page = portal.signed_in(world.it).page(f"/lieferkalender?monat={TODAY:%Y-%m}")

    assert mine in page
    assert "zugesagt" in page
    assert wished in page
    assert "gewünscht" in page
    assert theirs not in page
    assert "nichts fällig" in portal.signed_in(world.it).page("/lieferkalender?monat=2031-01")


def test_a_secret_link_feeds_a_calendar_until_it_is_revoked(
    portal: Portal, session: Session, world: World
) -> None:
    mine = confirmed(session, world, {NOTEBOOK: 2}, promised=SOON).number
    placed(session, world, {MONITOR: 3}, of=world.magdeburg)
    browser = portal.signed_in(world.it)
    page = browser.post("/lieferkalender/link", {}).text
    secret = page.split("/kalender/")[1].split(".ics")[0]

    answer = portal.guest().get(f"/kalender/{secret}.ics")

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    (event,) = events(answer.content)
    assert mine in str(event["SUMMARY"])
    assert event["DTSTART"].dt == SOON
    assert secret not in browser.page("/lieferkalender")
    program = portal.api(None)
    program.headers = {"Authorization": f"Bearer {secret}"}
    assert program.get("/api/v1/call-offs").status_code == 403
    browser.post("/lieferkalender/link/widerrufen", {})
    assert portal.guest().get(f"/kalender/{secret}.ics").status_code == 404


def test_exports_name_year_account_and_cost_centre(
    portal: Portal, session: Session, world: World
) -> None:
    number = placed(session, world, {NOTEBOOK: 2})
    browser = portal.signed_in(world.it)

    rows = browser.get("/abrufe.csv").content.decode("utf-8-sig").splitlines()
    book = ZipFile(BytesIO(browser.get("/abrufe.xlsx").content))

    head, first = rows[0].split(";"), rows[1].split(";")
    said = dict(zip(head, first, strict=True))
    assert (said["Abruf"], said["Haushaltsjahr"]) == (number, "2026")
    assert (said["Produktkonto"], said["Kostenstelle"], said["Netto"]) == (ACCOUNT, "", "1578,00")
    texts = book.read("xl/sharedStrings.xml").decode()
    assert all(word in texts for word in (number, "Produktkonto", ACCOUNT, "Kostenstelle"))
    assert "<v>1578</v>" in book.read("xl/worksheets/sheet1.xml").decode()
