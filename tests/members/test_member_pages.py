"""Members: settings, periods and units, kept by those who may and on record."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.records import AuditEvent
from app.audit.verify import verify_chains
from app.kernel.money import Money
from app.members.queries import member_by_key, memberships
from app.members.records import Membership, Unit
from tests.support.portal import SQLITE, Portal
from tests.support.world import PASSWORD, World

HERE = "/verwaltung/mitglieder/15001000"
SETTINGS = {
    "name": "Stadt Dessau-Roßlau",
    "street": "Zerbster Straße 4",
    "postal_code": "06844",
    "city": "Dessau-Roßlau",
    "contracting_authority_basis": "§ 99 Nr. 1 GWB",
    "leitweg_id": "15001000-TEST01-90",
    "baseline_minutes": "180",
    "baseline_source": "Angabe der Verwaltung, geschätzt",
    "hourly_rate": "58,40",
    "hourly_rate_source": "eigene Erhebung 2026",
}


def test_the_list_finds_members_by_name_place_and_key(portal: Portal, world: World) -> None:
    browser = portal.signed_in(world.contracts.mail, PASSWORD)

    assert "2 Mitgliedschaften gelten heute" in browser.page("/verwaltung/mitglieder")
    for search in ("magdeburg", "15003", "Landeshauptstadt"):
        found = browser.page("/verwaltung/mitglieder", q=search)
        assert (world.magdeburg.name in found, world.dessau.name in found) == (True, False)
    assert "Kein Mitglied gefunden" in browser.page("/verwaltung/mitglieder", q="%")


def test_settings_are_changed_and_put_on_record(
    portal: Portal, session: Session, world: World
) -> None:
    browser = portal.signed_in(world.contracts.mail, PASSWORD)

    assert browser.post(HERE, SETTINGS).status_code == 303

    member = member_by_key(session, "15001000")
    session.refresh(member)
    event = session.scalars(select(AuditEvent)).one()
    assert (member.leitweg_id, member.hourly_rate) == ("15001000-TEST01-90", Money(5840))
    assert member.time_measurement_enabled is False
    assert (event.stream, event.action) == ("member:15001000", "member_changed")
    assert '"hourly_rate":"58.40"' in event.payload
    assert 'value="58,40"' in browser.page(HERE)


@SQLITE
@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"leitweg_id": "15001000-TEST01-91"}, "Die Leitweg-ID stimmt nicht"),
        ({"time_measurement_enabled": "1"}, "Die Zeitmessung braucht einen Nachweis"),
        ({"hourly_rate_source": ""}, "gehört die Quelle mit Jahr"),
        ({"hourly_rate": "viel"}, "Bitte geben Sie einen Betrag an"),
        ({"baseline_minutes": "0"}, "Bitte geben Sie die Minuten je Vorgang"),
        ({"name": ""}, "Bitte geben Sie den Namen an."),
        ({"account_pattern": r"^\d{5}("}, "ist kein gültiger regulärer Ausdruck"),
    ],
)
def test_wrong_settings_are_explained_and_change_nothing(
    portal: Portal, session: Session, world: World, change: dict[str, str], sentence: str
) -> None:
    browser = portal.signed_in(world.contracts.mail, PASSWORD)

    answer = browser.post(HERE, SETTINGS | change)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert session.scalars(select(AuditEvent)).all() == []
    assert member_by_key(session, "15001000").hourly_rate is None


def test_a_membership_begins_again_but_never_twice_at_once(
    portal: Portal, session: Session, world: World
) -> None:
    browser = portal.signed_in(world.admin.mail, PASSWORD)
    first = session.scalars(select(Membership).where(Membership.member_id == world.dessau.id)).one()
    again = {"effective_from": "2027-04-01", "share_paid_on": "2027-04-01"}

    twice = browser.post(f"{HERE}/mitgliedschaft", again)
    assert twice.status_code == 422
    assert "ist schon eine Mitgliedschaft erfasst" in twice.text
    first.effective_to = date(2026, 12, 31)
    session.flush()
    assert browser.post(f"{HERE}/mitgliedschaft", again).status_code == 303

    periods = memberships(session, world.dessau.id)
    assert (periods[0].effective_from.year, periods[0].effective_to) == (2027, None)
    assert verify_chains(session).holds


@SQLITE
@pytest.mark.parametrize(
    ("period", "status"),
    [
        ({}, 422),
        ({"effective_from": "morgen"}, 422),
        ({"effective_from": "2020-02-01", "effective_to": "2020-01-01"}, 422),
    ],
)
def test_wrong_periods_change_nothing(
    portal: Portal, session: Session, world: World, period: dict[str, str], status: int
) -> None:
    browser = portal.signed_in(world.admin.mail, PASSWORD)

    assert browser.post(f"{HERE}/mitgliedschaft", period).status_code == status
    assert len(memberships(session, world.dessau.id)) == 1


def test_a_company_of_its_own_is_no_part_of_the_member(
    portal: Portal, session: Session, world: World
) -> None:
    browser = portal.signed_in(world.contracts.mail, PASSWORD)

    for name, kind in (("Stadtwerke", "eigengesellschaft"), ("Stadtpflege", "eigenbetrieb")):
        browser.post(f"{HERE}/einheiten", {"unit_name": name, "unit_kind": kind})
    twice = browser.post(f"{HERE}/einheiten", {"unit_name": "Stadtwerke", "unit_kind": "verein"})
    unknown = browser.post(f"{HERE}/einheiten", {"unit_name": "X", "unit_kind": "kaiserreich"})

    own = {one.name: one.own_legal_person for one in session.scalars(select(Unit))}
    assert (twice.status_code, unknown.status_code) == (422, 422)
    assert own == {"Amt für IT": False, "Stadtwerke": True, "Stadtpflege": False}
