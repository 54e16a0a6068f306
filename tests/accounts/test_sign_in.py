"""Signing in, staying signed in, and every way in which it ends."""

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.accounts.bearer import digest
from app.accounts.records import LoginSession, Person, SignInAttempt
from tests.support.portal import SQLITE, Portal, sign_in
from tests.support.world import PASSWORD, World

IT = "it@dessau-rosslau.example"


def sessions_in_table(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(LoginSession)) or 0


def test_the_cookie_is_kept_from_scripts_and_other_sites(portal: Portal, session: Session) -> None:
    answer = sign_in(portal.guest(), " IT@Dessau-Rosslau.example ", PASSWORD)

    (cookie,) = [
        one for one in answer.headers.get_list("set-cookie") if one.startswith("kitu_session")
    ]
    token = answer.cookies["kitu_session"]
    row = session.scalars(select(LoginSession)).one()
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Secure" not in cookie
    assert (row.token_sha256, len(token)) == (digest(token), 43)
    assert answer.headers["cache-control"] == "no-store"


def test_away_from_this_machine_the_cookie_only_travels_encrypted(portal: Portal) -> None:
    browser = portal.guest()
    browser.client.base_url = "https://abruf.example"

    answer = sign_in(browser, IT, PASSWORD)

    assert all("Secure" in one for one in answer.headers.get_list("set-cookie"))


@pytest.mark.parametrize(("mail", "password"), [(IT, "falsch"), ("niemand@x.example", PASSWORD)])
def test_unknown_and_wrong_get_the_same_answer(
    portal: Portal, session: Session, mail: str, password: str
) -> None:
    answer = sign_in(portal.guest(), mail, password)

    assert answer.status_code == 422
    assert "E-Mail-Adresse oder Passwort stimmen nicht" in answer.text
    assert "kitu_session" not in answer.cookies
    assert sessions_in_table(session) == 0


def test_deactivated_people_do_not_get_in(portal: Portal, world: World) -> None:
    world.it.active = False

    assert sign_in(portal.guest(), IT, PASSWORD).status_code == 422


def test_after_five_wrong_tries_even_the_right_password_waits(
    portal: Portal, session: Session
) -> None:
    browser = portal.guest()
    for _ in range(5):
        assert sign_in(browser, IT, "falsch").status_code == 422

    refused = sign_in(browser, IT, PASSWORD)
    assert refused.status_code == 429
    assert "Bitte warten Sie 15 Minuten" in refused.text

    portal.clock.wait(minutes=15)
    assert sign_in(browser, IT, PASSWORD).status_code == 303
    assert session.scalar(select(func.count()).select_from(SignInAttempt)) == 0


def test_one_address_cannot_try_many_accounts(portal: Portal) -> None:
    browser = portal.guest()
    answers = [sign_in(browser, f"a{n}@x.example", "falsch").status_code for n in range(41)]

    assert answers == [422] * 40 + [429]


def test_a_form_from_elsewhere_signs_nobody_in(portal: Portal, session: Session) -> None:
    browser = portal.guest()
    sign_in(browser, IT, "falsch")

    without = browser.post("/anmelden", {"_csrf": "", "mail": IT, "password": PASSWORD})
    foreign = browser.client.post(
        "/anmelden",
        data={"_csrf": browser.csrf, "mail": IT, "password": PASSWORD},
        headers={"Origin": "https://evil.example"},
    )

    assert (without.status_code, foreign.status_code) == (403, 403)
    assert sessions_in_table(session) == 0


def test_signing_in_again_ends_the_session_that_the_cookie_named(portal: Portal) -> None:
    browser, thief = portal.guest(), portal.guest()
    first = sign_in(browser, IT, PASSWORD).cookies["kitu_session"]
    second = sign_in(browser, IT, PASSWORD).cookies["kitu_session"]

    assert first != second
    thief.client.cookies.set("kitu_session", first)
    assert thief.get("/konto").status_code == 303
    assert browser.get("/konto").status_code == 200


@SQLITE
@pytest.mark.parametrize(
    ("target", "reached"),
    [
        ("/katalog?q=Notebook", "/katalog?q=Notebook"),
        ("https://evil.example/", "/"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("/katalog\r\nSet-Cookie: a=b", "/"),
    ],
)
def test_after_signing_in_nobody_is_sent_to_another_site(
    portal: Portal, target: str, reached: str
) -> None:
    answer = sign_in(portal.guest(), IT, PASSWORD, weiter=target)

    assert (answer.status_code, answer.headers["location"]) == (303, reached)


def test_guests_are_led_to_the_form_and_back(portal: Portal) -> None:
    browser = portal.guest()

    answer = browser.get("/verwaltung/personen", q="a b")
    fragment = browser.get("/konto", fragment=True)

    assert answer.status_code == 303
    expected = "/anmelden?weiter=/verwaltung/personen%3Fq%3Da%2Bb"
    assert answer.headers["location"] == expected
    assert fragment.headers["hx-redirect"] == "/anmelden?weiter=/konto"


def test_a_session_ends_after_half_an_hour_without_a_request(portal: Portal) -> None:
    browser = portal.signed_in(IT, PASSWORD)

    for _ in range(3):
        portal.clock.wait(minutes=29)
        assert browser.get("/konto").status_code == 200
    portal.clock.wait(minutes=30)

    assert browser.get("/konto").status_code == 303


def test_a_session_ends_after_twelve_hours_at_the_latest(portal: Portal) -> None:
    browser = portal.signed_in(IT, PASSWORD)

    for _ in range(35):
        portal.clock.wait(minutes=20)
        assert browser.get("/konto").status_code == 200
    portal.clock.wait(minutes=20)

    assert browser.get("/konto").status_code == 303


def test_signing_out_makes_the_cookie_worthless(portal: Portal) -> None:
    browser = portal.signed_in(IT, PASSWORD)
    token = browser.client.cookies["kitu_session"]

    assert browser.post("/abmelden", {"_csrf": "fremd"}).status_code == 403
    assert browser.get("/konto").status_code == 200
    assert browser.post("/abmelden").headers["location"] == "/anmelden"

    browser.client.cookies.set("kitu_session", token)
    assert browser.get("/konto").status_code == 303


def test_people_see_and_end_their_own_sessions_only(
    portal: Portal, session: Session, world: World
) -> None:
    here, there = portal.signed_in(IT, PASSWORD), portal.signed_in(IT, PASSWORD)
    stranger = portal.signed_in(world.it_magdeburg.mail, PASSWORD)
    rows = session.scalars(select(LoginSession).order_by(LoginSession.id)).all()
    session.commit()

    assert here.post(f"/konto/sitzungen/{rows[2].id}/beenden").status_code == 404
    assert here.post(f"/konto/sitzungen/{rows[1].id}/beenden").status_code == 303
    assert there.get("/konto").status_code == 303
    assert stranger.get("/konto").status_code == 200

    assert here.post("/konto/sitzungen/beenden").headers["location"] == "/anmelden"
    assert here.get("/konto").status_code == 303


def test_a_new_password_ends_every_other_session_and_rotates_this_one(portal: Portal) -> None:
    here, there = portal.signed_in(IT, PASSWORD), portal.signed_in(IT, PASSWORD)
    before = here.client.cookies["kitu_session"]
    change = {"present_password": PASSWORD, "new_password": "Neun-Reiher-am-Stauwehr"}

    assert here.post("/konto/passwort", change).status_code == 303

    assert here.client.cookies["kitu_session"] != before
    assert here.get("/konto").status_code == 200
    assert there.get("/konto").status_code == 303
    assert sign_in(portal.guest(), IT, PASSWORD).status_code == 422
    assert sign_in(portal.guest(), IT, "Neun-Reiher-am-Stauwehr").status_code == 303


def test_a_wrong_or_weak_password_changes_nothing(
    portal: Portal, session: Session, world: World
) -> None:
    browser = portal.signed_in(IT, PASSWORD)
    before = session.scalar(select(Person.password_hash).where(Person.id == world.it.id))
    change = {"present_password": "falsch", "new_password": "kurz"}

    answer = browser.post("/konto/passwort", change)

    assert answer.status_code == 422
    assert "Das bisherige Passwort stimmt nicht." in answer.text
    assert "mindestens 12 Zeichen" in answer.text
    assert session.scalar(select(Person.password_hash).where(Person.id == world.it.id)) == before
    assert browser.get("/konto").status_code == 200


def test_a_deactivated_person_is_out_at_once(
    portal: Portal, session: Session, world: World
) -> None:
    browser = portal.signed_in(IT, PASSWORD)
    session.execute(update(Person).where(Person.id == world.it.id).values(active=False))

    assert browser.get("/konto").status_code == 303


def test_demo_accounts_are_listed_only_in_the_demonstration(
    portal: Portal, session: Session
) -> None:
    plain = portal.guest().page("/anmelden")
    shown = Portal(portal.sessions, session, portal.loop, demo=True).guest().page("/anmelden")

    assert "Konten zum Ausprobieren" not in plain
    assert "it@stadt.example" in shown
    assert PASSWORD not in shown
