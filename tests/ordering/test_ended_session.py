"""A session that ends while somebody types loses nothing of it."""

import json
import re
from html import unescape

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.current import FORM_COOKIE
from app.accounts.kept_input import LARGEST, carried, fields_of
from app.ordering.records import CallOff
from tests.ordering.test_pages import form
from tests.support.application import Portal
from tests.support.world import PASSWORD, World


def test_texts_are_carried_and_secrets_are_not() -> None:
    text = carried([("zweck", "Ä"), ("v", "1"), ("v", "2"), ("_csrf", "x"), ("Password", "y")])

    assert fields_of(text) == [("zweck", "Ä"), ("v", "1"), ("v", "2")]
    assert carried([("datei", b"x")]) == ""
    assert carried([("zweck", "x" * LARGEST)]) == ""


@pytest.mark.parametrize(
    "text", ["", "{", "{}", "[1]", '[["a"]]', '[["a", 1]]', '[["_csrf", "x"]]']
)
def test_what_nobody_carried_is_nothing(text: str) -> None:
    assert fields_of(text) == []


@pytest.mark.parametrize("fragment", [False, True], ids=["page", "htmx"])
def test_an_order_typed_in_a_session_that_ended_is_sent_after_signing_in(
    portal: Portal, session: Session, world: World, fragment: bool
) -> None:
    browser = portal.signed_in(world.it)
    portal.clock.pass_by(days=1)

    late = browser.post("/bestellen", form("einmal"), fragment=fragment)

    assert late.status_code == 401
    assert "Ihre Sitzung ist abgelaufen" in late.text
    assert late.headers.get("HX-Retarget") == ("#inhalt" if fragment else None)
    assert session.scalars(select(CallOff)).all() == []
    typed = unescape(re.findall(r'name="eingaben" value="([^"]*)"', late.text)[0])
    assert ["zweck", "Ersatz für Altgeräte Bürgeramt"] in json.loads(typed)
    browser.csrf = re.findall(r'name="_csrf" value="([^"]*)"', late.text)[0]
    browser.client.cookies.set(FORM_COOKIE, browser.csrf)  # Secure: not kept over plain HTTP
    sign_in = {"mail": world.it.mail, "weiter": "/bestellen", "eingaben": typed}
    wrong = browser.post("/anmelden", sign_in | {"password": "falsch"})
    assert (wrong.status_code, 'name="eingaben"' in wrong.text) == (422, True)

    again = browser.post("/anmelden", sign_in | {"password": PASSWORD})

    assert again.status_code == 200
    assert 'action="/bestellen"' in again.text
    csrf = re.findall(r'name="_csrf" value="([^"]*)"', again.text)[0]
    browser.sign_in(again.cookies["kitu_session"], csrf)
    fields = re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', again.text)
    sent = {unescape(name): unescape(value) for name, value in fields if name != "_csrf"}
    assert browser.post("/bestellen", sent).status_code == 303
    session.rollback()
    assert session.scalars(select(CallOff.purpose)).all() == ["Ersatz für Altgeräte Bürgeramt"]


def test_what_is_typed_in_a_second_tab_survives_signing_out_in_the_first(
    portal: Portal, world: World
) -> None:
    browser = portal.signed_in(world.it)
    browser.client.cookies.set(FORM_COOKIE, "from-the-sign-in")
    browser.post("/abmelden", {})
    browser.client.cookies.delete("kitu_session")

    late = browser.post("/bestellen", form())

    assert late.status_code == 401
    assert "Ersatz für Altgeräte Bürgeramt" in unescape(late.text)


def test_a_form_of_another_site_is_not_carried_on(portal: Portal, world: World) -> None:
    browser = portal.signed_in(world.it)
    portal.clock.pass_by(days=1)

    answer = browser.client.post(
        "/bestellen",
        data=form(),
        headers={"Origin": "https://boese.example"},
        follow_redirects=False,
    )

    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/anmelden")
