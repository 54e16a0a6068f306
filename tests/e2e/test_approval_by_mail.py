"""Approving from the mail: one click on the link, one on the button; on a phone, no script."""

import re
import time
from collections.abc import Callable
from email import message_from_bytes, policy

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.people import APPROVER, ORDERER, Visit
from tests.e2e.portal import PATIENCE, Portal
from tests.e2e.test_accessibility import assert_no_barriers
from tests.e2e.test_main_job import order_three_notebooks

Open = Callable[..., Page]
PHONE = Visit(width=390, height=844, script=False)
pytestmark = pytest.mark.slow


def test_an_order_is_approved_from_the_mail_in_two_clicks(visit: Open, demo_portal: Portal) -> None:
    number = order_three_notebooks(visit(ORDERER))
    mailed = link_in_mail(demo_portal, number, APPROVER)

    looking = visit("", Visit())
    looking.goto(mailed)
    assert_no_barriers(looking)

    page = visit("", PHONE)
    page.goto(mailed)  # first click: the link in the mail
    expect(page.get_by_role("heading", level=1)).to_contain_text("genehmigen?")
    expect(page.locator("main")).to_contain_text("Höchstwert")
    expect(page.locator("main")).to_contain_text("Budget")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="Genehmigen und verbindlich abrufen").click()  # the second

    expect(page.get_by_role("heading", level=1)).to_contain_text("Genehmigt und beauftragt")
    page.goto(mailed)
    expect(page.get_by_role("heading", level=1)).to_contain_text("gilt nicht mehr")
    expect(page.get_by_role("link", name=f"Abruf {number} ansehen")).to_be_visible()


def link_in_mail(portal: Portal, number: str, to: str) -> str:
    """The one-time link of the mail about this order, once the worker has sent it."""
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        for file in portal.mails.glob("*.eml"):
            mail = message_from_bytes(file.read_bytes(), policy=policy.default)
            body = mail.get_body(("plain",))
            text = body.get_content() if body is not None else ""
            found = re.search(r"http\S+/freigabe/\S+", text)
            if number in str(mail["subject"]) and mail["to"] == to and found:
                return found[0]
        time.sleep(0.2)
    pytest.fail(f"no mail to {to} about {number}")
