"""Inviting people, one by one and from a table."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.accounts.records import Person
from app.accounts.rules import INVITATION_LIFETIME
from app.audit.records import AuditEvent
from app.kernel.errors import Malformed
from app.kernel.money import Money
from app.members.importing.people_csv import decoded, people_lines, roles_named
from app.members.records import RoleAssignment, Unit
from app.members.rules import BodyKind, Role
from app.outbox.records import OutboxMessage
from tests.support.portal import SQLITE, Portal, form_token
from tests.support.world import PASSWORD, World

HERE = "/verwaltung/personen/einlesen"
HEADS = "E-Mail-Adresse;Funktion;Rollen;Einheit;Wertgrenze"
TABLE = f"""{HEADS}
neu@dessau-rosslau.example;Lager;Bestellung;;
amt@dessau-rosslau.example;Amt;Bestellung, Genehmigung;Schulamt;5.000,00
neu@dessau-rosslau.example;Noch einmal;Bestellung;;
it@dessau-rosslau.example;Schon da;Bestellung;;
kein-mail;;Kaiser;Nirgendwo;viel
"""


def people(session: Session) -> int:
    found = session.scalar(select(func.count()).select_from(Person)) or 0
    session.commit()
    return found


def test_good_rows_are_created_and_invited_and_the_others_say_why(
    portal: Portal, session: Session, world: World
) -> None:
    member = world.dessau
    session.add(Unit(member_id=member.id, name="Schulamt", body_kind=BodyKind.REGIEBETRIEB))
    session.commit()
    before = people(session)
    browser = portal.signed_in(world.member_admin.mail, PASSWORD)

    checked = browser.post(HERE, {"tabelle": TABLE})
    assert checked.status_code == 200
    assert checked.text.count("wird angelegt") == 2
    assert "2 Personen anlegen und einladen" in checked.text
    for reason in (
        "Diese E-Mail-Adresse steht schon weiter oben.",
        "gibt es schon ein Konto",
        "Die Rolle „Kaiser“ gibt es nicht.",
        "Bitte geben Sie einen Betrag an",
        "Die Einheit „Nirgendwo“ gibt es hier nicht.",
    ):
        assert reason in checked.text
    assert people(session) == before

    done = browser.post(f"{HERE}/anlegen", {"tabelle": TABLE})
    assert "2 Personen sind angelegt" in done.text
    again = browser.post(f"{HERE}/anlegen", {"tabelle": TABLE})
    assert "Es wurde nichts geändert" in again.text

    office = session.scalars(select(Person).where(Person.mail.startswith("amt@"))).one()
    rows = session.scalars(select(RoleAssignment).where(RoleAssignment.person_id == office.id))
    held = {row.role: (row.member_id, row.unit_id, row.approval_limit) for row in rows}
    unit = session.scalars(select(Unit.id).where(Unit.name == "Schulamt")).one()
    assert held == {
        Role.ORDERER: (member.id, unit, None),
        Role.APPROVER: (member.id, unit, Money.euros(5000)),
    }
    sent = session.scalars(select(OutboxMessage.recipient).order_by(OutboxMessage.id)).all()
    assert sent == ["neu@dessau-rosslau.example", "amt@dessau-rosslau.example"]
    actions = session.scalars(select(AuditEvent.action)).all()
    assert actions.count("user_created") == 2


def test_an_invitation_holds_a_week_and_the_latest_link_counts(
    portal: Portal, session: Session, world: World
) -> None:
    browser = portal.signed_in(world.member_admin.mail, PASSWORD)
    new = {"mail": "neu@dessau-rosslau.example", "label": "Lager", "roles": ["orderer"]}
    address = browser.post("/verwaltung/personen", new).headers["location"]
    assert "eingeladen, noch ohne Passwort" in browser.page(address)
    browser.post(f"{address}/einladen")

    bodies = session.scalars(select(OutboxMessage.body).order_by(OutboxMessage.id)).all()
    session.commit()
    first, second = (re.findall(r"/passwort-neu/\S+", body)[0] for body in bodies)
    assert "28.11.2026" in bodies[0]
    guest = portal.guest()
    assert guest.get(first).status_code == 404
    portal.clock.now += INVITATION_LIFETIME - timedelta(minutes=1)
    guest.csrf = form_token(guest.page(second))
    assert guest.post(second, {"new_password": "Ein ganz neuer Satz."}).status_code == 303
    assert guest.get(second).status_code == 404
    later = portal.signed_in(world.member_admin.mail, PASSWORD)
    assert later.post(f"{address}/einladen").status_code == 409


@SQLITE
def test_nonsense_is_no_table(portal: Portal, session: Session, world: World) -> None:
    browser = portal.signed_in(world.member_admin.mail, PASSWORD)
    before = people(session)

    for text, sentence in (
        ("", "Es fehlt die Spalte E-Mail-Adresse."),
        ("a;b\n1;2", "Die Spalte „a“ ist unbekannt."),
        (HEADS, "1 bis 500 Zeilen"),
        (f"{HEADS}\n" + "x;y;z;;\n" * 501, "1 bis 500 Zeilen"),
        (f'{HEADS}\n"offen', "keine lesbare CSV-Datei"),
    ):
        for address in (HERE, f"{HERE}/anlegen"):
            answer = browser.post(address, {"tabelle": text})
            assert answer.status_code == 422, text[:30]
            assert sentence in answer.text
    assert people(session) == before


def test_tables_of_spreadsheets_are_read_as_they_come() -> None:
    excel = "E-Mail-Adresse;Funktion;Rollen\r\na@b.example;Straßenamt;Rat\r\n;;\r\n"
    (line,) = people_lines(decoded(excel.encode("cp1252")))
    assert (line.line, line.label, line.unit) == (2, "Straßenamt", "")
    tabs = "\ufeffRollen\tFunktion\tE-Mail-Adresse\n<b>\t=1\ta@b.example"
    assert people_lines(tabs)[0].roles == "<b>"
    assert roles_named("Bestellung/orderer, council, Rat (liest Auswertungen), x") == (
        frozenset({Role.ORDERER, Role.COUNCIL}),
        ("x",),
    )
    with pytest.raises(Malformed, match="keine CSV-Datei"):
        decoded(b"x\x00")
