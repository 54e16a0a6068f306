"""What an action did is told on the page that it leads to, once."""

import pytest
from sqlalchemy.orm import Session

from app.web.said import SAID_COOKIE
from tests.support.application import Portal
from tests.support.portal import SQLITE
from tests.support.world import settled

STOP = "/verwaltung/kassenschluss"
SENTENCE = "Der Kassenschluss ist gespeichert."


@SQLITE
def test_an_action_is_told_once(portal: Portal, session: Session) -> None:
    browser = portal.signed_in(settled(session).member_admin)

    answer = browser.post(STOP, {"day": "2026-12-11"})

    assert SENTENCE in browser.page(answer.headers["location"])
    assert SENTENCE not in browser.page(answer.headers["location"])


@SQLITE
def test_a_fragment_leaves_it_to_the_next_page(portal: Portal, session: Session) -> None:
    browser = portal.signed_in(settled(session).member_admin)
    browser.post(STOP, {"day": "2026-12-11"})

    assert SENTENCE not in browser.get("/katalog", fragment=True).text
    assert SENTENCE in browser.page("/katalog")
    assert SENTENCE not in browser.page("/katalog")


@SQLITE
@pytest.mark.parametrize("sent", ["Falscher%20Satz", ".Falscher%20Satz", "."])
def test_nobody_elses_sentence_is_told(portal: Portal, session: Session, sent: str) -> None:
    browser = portal.signed_in(settled(session).member_admin)
    browser.client.cookies.set(SAID_COOKIE, sent)

    assert "Falscher" not in browser.page("/hilfe")


@SQLITE
def test_the_single_key_can_be_turned_off(portal: Portal, session: Session) -> None:
    browser = portal.signed_in(settled(session).it)
    assert '<body class="keys"' in browser.page("/hilfe")

    browser.post("/tastatur", {"keys": "aus"})

    assert '<body class="keys"' not in browser.page("/hilfe")
    browser.post("/tastatur", {"keys": "an"})
    assert '<body class="keys"' in browser.page("/hilfe")
