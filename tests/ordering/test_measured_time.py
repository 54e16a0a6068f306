"""The minutes an order cost: counted once, over tabs, breaks, Back, and with nobody's script."""

import re
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.records import LoginSession
from app.database.tenant import Tenant
from app.kernel.month import Month
from app.ordering.records import CallOff
from app.ordering.trail_records import CallOffTime
from app.savings.queries import Window, orders_seen
from app.shipped import shipped
from tests.ordering.test_pages import form
from tests.support.application import Portal
from tests.support.browser import Browser
from tests.support.world import ACCOUNT, MONITOR, World

NOVEMBER = Month(2026, 11)


def send(browser: Browser, key: str = "einmal") -> str:
    """The number of the order that this form makes."""
    answer = browser.post("/bestellen", form(key))
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"].rsplit("/", 1)[1])


def measured(session: Session, number: str) -> dict[str, list[int]]:
    """Seconds by stage."""
    found: dict[str, list[int]] = {}
    rows = session.execute(
        select(CallOffTime.stage, CallOffTime.seconds)
        .join(CallOff, CallOff.id == CallOffTime.call_off_id)
        .where(CallOff.number == number)
        .order_by(CallOffTime.id)
    ).all()
    session.rollback()
    for stage, seconds in rows:
        found.setdefault(stage, []).append(seconds)
    return found


def wait(portal: Portal, browser: Browser, seconds: int, path: str = "/katalog") -> None:
    portal.clock.pass_by(seconds=seconds)
    browser.page(path)


def test_two_tabs_are_one_person(portal: Portal, session: Session, world: World) -> None:
    left = portal.signed_in(world.it)
    right = Browser(left.client, portal.end_transaction)  # the same cookies
    for tab in (left, right, left, right):
        wait(portal, tab, 20)
    portal.clock.pass_by(seconds=20)

    assert measured(session, send(left)) == {"order": [100]}


def test_a_break_counts_a_minute_and_lunch_costs_no_minute_of_before(
    portal: Portal, session: Session, world: World
) -> None:
    before_lunch = portal.signed_in(world.it)
    wait(portal, before_lunch, 50)
    wait(portal, before_lunch, 20 * 60)
    portal.clock.pass_by(minutes=45)
    assert before_lunch.get("/katalog").status_code == 303

    after_lunch = portal.signed_in(world.it)
    wait(portal, after_lunch, 30)
    number = send(after_lunch)

    assert measured(session, number) == {"order": [50 + 60 + 30]}
    assert session.scalars(select(LoginSession.active_seconds)).all() == [0, 0]


def test_another_browser_keeps_its_own_minutes(
    portal: Portal, session: Session, world: World
) -> None:
    desk, phone = portal.signed_in(world.it), portal.signed_in(world.it)
    wait(portal, desk, 40)
    wait(portal, phone, 10)

    assert measured(session, send(desk, "am Schreibtisch")) == {"order": [50]}
    assert measured(session, send(phone, "am Telefon")) == {"order": [50]}


def test_back_and_sent_again_counts_once(portal: Portal, session: Session, world: World) -> None:
    browser = portal.signed_in(world.it)
    wait(portal, browser, 30, "/bestellen")
    number = send(browser)
    portal.clock.pass_by(seconds=25)

    assert send(browser) == number

    assert measured(session, number) == {"order": [30]}


def test_what_a_page_asks_for_by_itself_is_no_work(
    portal: Portal, session: Session, world: World
) -> None:
    browser = portal.signed_in(world.it)
    wait(portal, browser, 30)
    seen = []
    for _ in range(31):
        portal.clock.pass_by(minutes=1)
        seen.append(str(browser.client.get("/katalog", headers={"X-Asked-By": "clock"}).url))

    assert "/anmelden" not in seen[0]
    assert "/anmelden" in seen[-1]
    assert session.scalars(select(LoginSession.active_seconds)).all() == [30]


def test_no_page_asks_by_itself_without_saying_so() -> None:
    asking = [
        tag
        for file in sorted(Path(shipped("templates")).rglob("*.html"))
        for tag in re.findall(r"<[a-z][^<]*every \d+m?s[^<]*>", file.read_text(encoding="utf-8"))
    ]

    assert len(asking) >= 3
    assert [tag for tag in asking if '"X-Asked-By":"clock"' not in tag] == []


@pytest.mark.parametrize(
    ("step", "who", "stages"),
    [
        ("ablehnen", "approver", {"order": [30], "approval": [45]}),
        ("stornieren", "it", {"order": [30, 45]}),
    ],
)
def test_what_came_to_nothing_has_cost_time_too(
    portal: Portal,
    session: Session,
    world: World,
    step: str,
    who: str,
    stages: dict[str, list[int]],
) -> None:
    browser = portal.signed_in(world.it)
    wait(portal, browser, 30)
    number = send(browser)
    if who == "approver":
        browser = portal.signed_in(world.approver)
    wait(portal, browser, 45, f"/abrufe/{number}")

    browser.post(f"/abrufe/{number}/{step}", {"reason": "Bedarf entfallen"})

    assert measured(session, number) == stages


def test_an_order_over_the_interface_is_not_measured(
    portal: Portal, session: Session, world: World
) -> None:
    order = {
        "lines": [{"sku": MONITOR, "quantity": 1}],
        "purpose": "Ersatz",
        "product_account": ACCOUNT,
    }
    api = portal.api(world.it)
    number = api.post("/api/v1/call-offs", order, key="eins").json()["number"]
    approver = portal.signed_in(world.approver)
    wait(portal, approver, 45)
    approver.post(f"/abrufe/{number}/genehmigen", {})

    assert measured(session, number) == {"approval": [45]}
    seen = orders_seen(session, Tenant(world.dessau.id), Window(NOVEMBER, NOVEMBER))
    assert [one.case.portal_seconds for one in seen] == [None]
