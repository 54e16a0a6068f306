"""The pages and calls of invoices, through the whole application."""

import csv
from io import StringIO
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.invoicing.records import Invoice
from app.members.records import Member
from tests.support.orders import confirmed, delivered, ready
from tests.support.world import MONITOR, World


@pytest.fixture
def world(session: Session) -> World:
    return ready(session)


def an_order(session: Session, world: World, of: Member | None = None) -> str:
    """The number of an order of one monitor that is delivered."""
    found = confirmed(session, world, {MONITOR: 1}, of=of)
    delivered(session, world, found, (MONITOR, 1, ()))
    session.commit()
    return found.number


def billed(portal: Any, session: Session, world: World, of: Member | None = None) -> str:
    """The number of an invoice that the desk issued on its page."""
    number = an_order(session, world, of)
    answer = portal.signed_in(world.desk).post(f"/abwicklung/{number}/rechnung", {})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"]).removeprefix("/rechnungen/").partition("?")[0]


def test_the_desk_issues_and_the_member_reads_and_downloads(
    portal: Any, session: Session, world: World
) -> None:
    number = billed(portal, session, world)

    member = portal.signed_in(world.it)
    listed = member.page("/rechnungen")
    page = member.page(f"/rechnungen/{number}")
    files = [member.get(f"/rechnungen/{number}.{form}") for form in ("pdf", "ubl.xml", "cii.xml")]

    assert f'href="/rechnungen/{number}"' in listed
    assert "225,51\u00a0€" in page
    assert "Enthalten: 19 % Umsatzsteuer auf 189,50\u00a0€" in page
    assert "Stornorechnung ausstellen" not in page
    assert [file.status_code for file in files] == [200, 200, 200]
    assert files[0].content.startswith(b"%PDF-")
    assert [file.headers["content-type"] for file in files[1:]] == ["application/xml"] * 2
    assert all("attachment" in file.headers["content-disposition"] for file in files)


def test_issuing_twice_on_the_page_is_a_conflict_with_a_sentence(
    portal: Any, session: Session, world: World
) -> None:
    order = an_order(session, world)
    desk = portal.signed_in(world.desk)
    desk.post(f"/abwicklung/{order}/rechnung", {})

    again = desk.post(f"/abwicklung/{order}/rechnung", {})

    assert again.status_code == 409
    assert "nicht abgerechnet" in again.text
    assert session.scalar(select(func.count(Invoice.id))) == 1


def test_the_desk_cancels_with_a_reason(portal: Any, session: Session, world: World) -> None:
    number = billed(portal, session, world)
    desk = portal.signed_in(world.desk)

    missing = desk.post(f"/rechnungen/{number}/stornieren", {"reason": " "})
    done = desk.post(f"/rechnungen/{number}/stornieren", {"reason": "Falsche Anschrift"})
    cancelled = desk.page(f"/rechnungen/{number}")
    cancellation = desk.page(done.headers["location"])

    assert missing.status_code == 422
    assert "Bitte nennen Sie den Grund der Stornierung." in missing.text
    assert done.status_code == 303
    assert "Storniert durch" in cancelled
    assert "<h1" in cancellation
    assert "Stornorechnung RE-2026-000002" in cancellation
    assert "Grund: Falsche Anschrift" in cancellation


def test_the_list_is_searched_filtered_and_sorted(
    portal: Any, session: Session, world: World
) -> None:
    first = billed(portal, session, world)
    second = billed(portal, session, world, world.magdeburg)
    desk = portal.signed_in(world.desk)
    desk.post(f"/rechnungen/{second}/stornieren", {"reason": "Doppelt"})

    everything = desk.page("/rechnungen?sort=nummer")
    searched = desk.page("/rechnungen?q=magdeburg&stand=storniert")
    other_month = desk.page("/rechnungen?monat=2026-10")

    assert everything.index(f">{first}<") < everything.index(f">{second}<")
    assert f">{second}<" in searched
    assert f">{first}<" not in searched
    assert "Keine Rechnungen gefunden" in other_month


def test_the_csv_adds_up_because_cancellations_are_negative(
    portal: Any, session: Session, world: World
) -> None:
    number = billed(portal, session, world)
    desk = portal.signed_in(world.desk)
    desk.post(f"/rechnungen/{number}/stornieren", {"reason": "Doppelt"})

    answer = desk.get("/rechnungen/export.csv")
    rows = list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))

    assert [(row["Art"], row["Brutto EUR"]) for row in rows] == [
        ("Stornorechnung", "-225,51"),
        ("Rechnung", "225,51"),
    ]


def test_another_members_invoice_is_a_404_everywhere(
    portal: Any, session: Session, world: World
) -> None:
    number = billed(portal, session, world)
    stranger = portal.signed_in(world.it_magdeburg)
    program = portal.api(world.it_magdeburg)

    for form in ("", ".pdf", ".ubl.xml", ".cii.xml"):
        assert stranger.get(f"/rechnungen/{number}{form}").status_code == 404
        assert program.get(f"/api/v1/invoices/{number}{form}").status_code == 404
    assert number not in stranger.page("/rechnungen")
    assert program.get("/api/v1/invoices").json() == {"items": [], "total": 0, "next": None}


def test_only_the_desk_issues_and_cancels(portal: Any, session: Session, world: World) -> None:
    number = billed(portal, session, world)
    order = an_order(session, world)

    for person in (world.it, world.approver, world.auditor, world.council):
        browser = portal.signed_in(person)
        assert browser.post(f"/abwicklung/{order}/rechnung", {}).status_code == 403
        cancelled = browser.post(f"/rechnungen/{number}/stornieren", {"reason": "x"})
        assert cancelled.status_code == 403
    assert session.scalar(select(func.count(Invoice.id))) == 1


def test_a_program_issues_reads_and_cancels(portal: Any, session: Session, world: World) -> None:
    order = an_order(session, world)
    desk = portal.api(world.desk)

    issued = desk.post(f"/api/v1/call-offs/{order}/invoices", {})
    again = desk.post(f"/api/v1/call-offs/{order}/invoices", {})
    number = issued.json()["number"]
    listed = desk.get("/api/v1/invoices?q=dessau&month=2026-11").json()
    cancelled = desk.post(f"/api/v1/invoices/{number}/cancellation", {"reason": "Doppelt"})
    twice = desk.post(f"/api/v1/invoices/{number}/cancellation", {"reason": "Doppelt"})

    assert issued.status_code == 201
    assert issued.json()["totals"] == {
        "net": "189.50",
        "vat": "36.01",
        "gross": "225.51",
        "currency": "EUR",
    }
    assert issued.json()["lines"][0]["unit_price_net"] == "189.50"
    assert (again.status_code, again.json()["code"]) == (409, "nothing_to_invoice")
    assert (listed["total"], listed["items"][0]["state"]) == (1, "valid")
    assert cancelled.status_code == 201
    assert cancelled.json()["cancels"] == number
    assert desk.get(f"/api/v1/invoices/{number}").json()["state"] == "cancelled"
    assert (twice.status_code, twice.json()["code"]) == (409, "already_cancelled")


@pytest.mark.parametrize("body", [{}, {"reason": ""}, {"reason": "x", "more": 1}])
def test_a_malformed_cancellation_is_refused_and_changes_nothing(
    portal: Any, session: Session, world: World, body: dict[str, object]
) -> None:
    number = billed(portal, session, world)

    answer = portal.api(world.desk).post(f"/api/v1/invoices/{number}/cancellation", body)

    assert answer.status_code == 422
    assert session.scalar(select(func.count(Invoice.id))) == 1


@pytest.mark.parametrize("query", ["cursor=0", "cursor=x", "month=2026-13", "limit=0"])
def test_a_malformed_list_request_is_refused(
    portal: Any, session: Session, world: World, query: str
) -> None:
    session.commit()

    assert portal.api(world.desk).get(f"/api/v1/invoices?{query}").status_code == 422


@pytest.mark.parametrize("text", ["%00", "%25_%5C", "x%F0%9F%98%80", "%E2%80%AE"])
def test_odd_signs_in_addresses_are_no_fault_of_ours(
    portal: Any, session: Session, world: World, text: str
) -> None:
    session.commit()
    desk, program = portal.signed_in(world.desk), portal.api(world.desk)

    assert desk.get(f"/rechnungen?q={text}").status_code in {200, 422}
    assert program.get(f"/api/v1/invoices?q={text}").status_code in {200, 422}
    assert program.get(f"/api/v1/invoices/{text}").status_code in {404, 422}
    assert program.get(f"/api/v1/invoices/{text}.pdf").status_code in {404, 422}
