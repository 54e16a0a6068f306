"""The forgotten password: one mailed link, used once, in time, and no hint who has an account."""

import re

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.outbox.records import OutboxMessage
from tests.support.portal import Portal, form_token, sign_in
from tests.support.world import PASSWORD, World

IT = "it@dessau-rosslau.example"
NEW = "Neun-Reiher-am-Stauwehr"


def ask(portal: Portal, mail: str) -> object:
    browser = portal.guest()
    browser.csrf = form_token(browser.page("/passwort-vergessen"))
    answer = browser.post("/passwort-vergessen", {"mail": mail})
    assert answer.status_code == 200
    return re.sub(r'value="[^"]*"', "", answer.text)


def links(session: Session) -> list[str]:
    bodies = session.scalars(select(OutboxMessage.body).order_by(OutboxMessage.id)).all()
    session.commit()
    return [re.findall(r"http://127\.0\.0\.1(/passwort-neu/\S+)", body)[0] for body in bodies]


def choose(portal: Portal, link: str, password: str) -> int:
    browser = portal.guest()
    page = browser.get(link)
    if page.status_code != 200:
        return int(page.status_code)
    browser.csrf = form_token(page.text)
    answer = browser.post(link, {"new_password": password})
    if answer.status_code == 303:
        assert "Ihr Passwort ist festgelegt." in browser.page("/anmelden")
    return int(answer.status_code)


def test_the_link_sets_a_new_password_once_and_signs_out_everywhere(
    portal: Portal, session: Session
) -> None:
    signed_in = portal.signed_in(IT, PASSWORD)
    ask(portal, IT.upper())
    (link,) = links(session)

    assert choose(portal, link, "kurz") == 422
    assert choose(portal, link, NEW) == 303
    assert choose(portal, link, "Zehn-Reiher-am-Stauwehr") == 404
    assert "Neuen Link anfordern" in portal.guest().get(link).text

    assert signed_in.get("/konto").status_code == 303
    assert sign_in(portal.guest(), IT, NEW).status_code == 303


def test_nobody_learns_who_has_an_account(portal: Portal, session: Session, world: World) -> None:
    world.legal.active = False

    known, unknown = ask(portal, IT), ask(portal, "niemand@x.example")
    inactive = ask(portal, world.legal.mail)

    assert known == unknown == inactive
    assert len(links(session)) == 1


@pytest.mark.parametrize("minutes", [60, 600])
def test_the_link_ends_after_an_hour(portal: Portal, session: Session, minutes: int) -> None:
    ask(portal, IT)
    (link,) = links(session)
    portal.clock.wait(minutes=minutes)

    assert choose(portal, link, NEW) == 404
    assert sign_in(portal.guest(), IT, PASSWORD).status_code == 303


def test_a_newer_link_replaces_the_older_one(portal: Portal, session: Session) -> None:
    ask(portal, IT)
    ask(portal, IT)
    old, new = links(session)

    assert choose(portal, old, NEW) == 404
    assert choose(portal, new, NEW) == 303


def test_asking_again_and_again_is_refused(portal: Portal, session: Session) -> None:
    for _ in range(3):
        ask(portal, IT)
    browser = portal.guest()
    browser.csrf = form_token(browser.page("/passwort-vergessen"))

    assert browser.post("/passwort-vergessen", {"mail": IT}).status_code == 429
    assert len(links(session)) == 3


def test_a_forged_host_does_not_get_into_the_mail(portal: Portal, session: Session) -> None:
    browser = portal.guest()
    browser.csrf = form_token(browser.page("/passwort-vergessen"))
    browser.client.headers["X-Forwarded-Host"] = "evil.example"
    browser.post("/passwort-vergessen", {"mail": IT})

    (body,) = session.scalars(select(OutboxMessage.body)).all()
    assert "evil.example" not in body
