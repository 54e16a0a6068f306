"""People and roles: kept by the right ones, on record, effective at once."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.accounts.records import ApiToken, Person
from app.audit.records import AuditEvent
from app.database.tenant import EVERY_MEMBER
from app.kernel.errors import Malformed, NotAllowed, NotFound
from app.kernel.money import Money
from app.members.find_asking import asking_by_token
from app.members.people.assign_roles import Grants
from app.members.people.create_token import TokenWish, create_token, create_token_for_mail
from app.members.people.create_user import NewUser, create_user
from app.members.queries import roles_of
from app.members.records import Deputy, RoleAssignment, Unit
from app.members.rules import Role, Scope
from app.outbox.records import OutboxMessage
from tests.support.clock import NOON, TODAY
from tests.support.portal import SQLITE, Portal
from tests.support.world import PASSWORD, World

NEW = {"mail": "neu@dessau-rosslau.example", "label": "IT-Lager", "roles": ["orderer", "approver"]}


def held(session: Session, person_id: int) -> set[Role]:
    roles = {one.role for one in roles_of(session, person_id, TODAY)}
    session.commit()
    return roles


def count(session: Session, table: type) -> int:
    found = session.scalar(select(func.count()).select_from(table)) or 0
    session.commit()
    return found


def test_a_member_administrator_adds_somebody_who_gets_a_link(
    portal: Portal, session: Session, world: World
) -> None:
    browser = portal.signed_in(world.member_admin.mail, PASSWORD)
    limit = {"approval_limit": "15.000,00", "member_key": world.magdeburg.key}

    answer = browser.post("/verwaltung/personen", NEW | limit)

    added = session.scalars(select(Person).where(Person.mail == NEW["mail"])).one()
    rows = session.scalars(select(RoleAssignment).where(RoleAssignment.person_id == added.id)).all()
    assert answer.headers["location"] == f"/verwaltung/personen/{added.id}"
    assert {row.member_id for row in rows} == {world.dessau.id}
    assert {row.role: row.approval_limit for row in rows} == {
        Role.ORDERER: None,
        Role.APPROVER: Money.euros(15_000),
    }
    assert session.scalars(select(OutboxMessage.recipient)).all() == [NEW["mail"]]
    event = session.scalars(select(AuditEvent)).one()
    assert (event.stream, event.action) == ("member:15001000", "user_created")
    assert "dessau-rosslau.example" not in event.payload


@SQLITE
@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"mail": "kein-mail"}, "Bitte geben Sie eine E-Mail-Adresse an"),
        ({"mail": "it@dessau-rosslau.example"}, "gibt es schon ein Konto"),
        ({"label": ""}, "Bitte geben Sie eine Funktion"),
        ({"roles": ["admin"]}, "nicht beides"),
        ({"roles": ["kaiser"]}, "Die Rolle kaiser gibt es nicht."),
        ({"roles": []}, "mindestens eine Rolle"),
        ({"roles": [], "mail": "", "label": ""}, "E-Mail-Adresse an"),
        ({"roles": [], "mail": "", "label": ""}, "mindestens eine Rolle"),
        ({"approval_limit": "viel"}, "Bitte geben Sie einen Betrag an"),
        ({"approval_limit": "-1"}, "Bitte geben Sie einen Betrag an"),
        ({"unit_id": "x"}, "Bitte geben Sie eine ganze Zahl an."),
    ],
)
def test_wrong_input_is_explained_and_adds_nobody(
    portal: Portal, session: Session, world: World, change: dict[str, object], sentence: str
) -> None:
    browser = portal.signed_in(world.member_admin.mail, PASSWORD)
    before = count(session, Person)

    answer = browser.post("/verwaltung/personen", NEW | change)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert (count(session, Person), count(session, OutboxMessage)) == (before, 0)


def test_a_change_of_roles_counts_at_once_and_signs_the_person_out(
    portal: Portal, session: Session, world: World
) -> None:
    affected = portal.signed_in(world.it.mail, PASSWORD)
    browser = portal.signed_in(world.member_admin.mail, PASSWORD)

    browser.post(f"/verwaltung/personen/{world.it.id}/rollen", {"roles": ["council"]})

    assert held(session, world.it.id) == {Role.COUNCIL}
    assert affected.get("/konto").status_code == 303


def test_a_member_without_an_approver_is_warned_of(portal: Portal, world: World) -> None:
    browser, there = portal.signed_in(world.member_admin.mail, PASSWORD), "/verwaltung/personen"
    warning = "Bei diesem Mitglied darf niemand genehmigen."
    assert warning not in browser.page(there)

    browser.post(f"{there}/{world.approver.id}/rollen", {"roles": ["council"]})

    assert warning in browser.page(there)
    assert warning in browser.page(f"{there}/{world.it.id}")


def test_nobody_changes_the_own_roles_or_access(
    portal: Portal, session: Session, world: World
) -> None:
    browser = portal.signed_in(world.member_admin.mail, PASSWORD)
    own = f"/verwaltung/personen/{world.member_admin.id}"

    more = browser.post(f"{own}/rollen", {"roles": ["approver", "member_admin"]})
    locked = browser.post(f"{own}/sperren")

    assert (more.status_code, locked.status_code) == (403, 403)
    assert held(session, world.member_admin.id) == {Role.MEMBER_ADMIN}
    assert browser.page(own).count("Ihre eigenen Rollen ändert") == 1


def test_people_of_other_members_and_of_the_cooperative_are_not_found(
    portal: Portal, session: Session, world: World
) -> None:
    browser = portal.signed_in(world.member_admin.mail, PASSWORD)
    listed = browser.page("/verwaltung/personen")

    for stranger in (world.it_magdeburg, world.admin, world.desk):
        here = f"/verwaltung/personen/{stranger.id}"
        assert stranger.mail not in listed
        assert browser.get(here).status_code == 404
        for act in ("rollen", "sperren", "freischalten", "vertretung"):
            sent = {
                "roles": "council",
                "deputy_person_id": str(world.it.id),
                "valid_from": "2026-11-21",
                "valid_to": "2026-11-22",
            }
            assert browser.post(f"{here}/{act}", sent).status_code == 404, act
    assert held(session, world.it_magdeburg.id) == {Role.ORDERER}
    assert count(session, Deputy) == 0


def test_an_administrator_finds_everybody_and_names_cooperative_roles(
    portal: Portal, session: Session, world: World
) -> None:
    browser = portal.signed_in(world.admin.mail, PASSWORD)
    found = browser.page("/verwaltung/personen", q="magdeburg")

    assert (world.it_magdeburg.mail in found, world.it.mail in found) == (True, False)
    sent = {"mail": "zweite@kid.example", "label": "Abwicklung", "roles": ["desk", "contracts"]}
    answer = browser.post("/verwaltung/personen", sent)
    added = int(answer.headers["location"].rsplit("/", maxsplit=1)[1])
    assert held(session, added) == {Role.DESK, Role.CONTRACTS}
    both = sent | {"mail": "dritte@kid.example", "member_key": world.dessau.key}
    assert browser.post("/verwaltung/personen", both).status_code == 422


def test_a_locked_account_is_out_and_its_tokens_are_dead(
    portal: Portal, session: Session, world: World
) -> None:
    issued = create_token(session, world.it.id, TokenWish("Haushalt"), NOON)
    affected = portal.signed_in(world.it.mail, PASSWORD)
    browser = portal.signed_in(world.member_admin.mail, PASSWORD)

    browser.post(f"/verwaltung/personen/{world.it.id}/sperren")

    assert affected.get("/konto").status_code == 303
    assert asking_by_token(session, issued.secret, NOON) is None
    session.commit()
    browser.post(f"/verwaltung/personen/{world.it.id}/freischalten")
    assert asking_by_token(session, issued.secret, NOON) is not None


def test_a_deputy_is_named_for_days_and_may_then_approve(
    portal: Portal, session: Session, world: World
) -> None:
    browser = portal.signed_in(world.member_admin.mail, PASSWORD)
    here = f"/verwaltung/personen/{world.approver.id}/vertretung"
    days = {"valid_from": "2026-11-21", "valid_to": "2026-11-30"}

    own = browser.post(here, days | {"deputy_person_id": str(world.approver.id)})
    foreign = browser.post(here, days | {"deputy_person_id": str(world.it_magdeburg.id)})
    named = browser.post(here, days | {"deputy_person_id": str(world.it.id)})
    again = browser.post(here, days | {"deputy_person_id": str(world.member_admin.id)})

    codes = [one.status_code for one in (own, foreign, named, again)]
    assert codes == [422, 404, 303, 422]
    token = create_token(session, world.approver.id, TokenWish("x"), NOON)
    assert token.secret
    deputy = session.scalars(select(Deputy)).one()
    session.commit()
    assert browser.post(f"/verwaltung/vertretungen/{deputy.id}/beenden").status_code == 303
    assert count(session, Deputy) == 0


def test_nobody_stands_in_who_sees_no_orders(
    portal: Portal, session: Session, world: World
) -> None:
    browser = portal.signed_in(world.member_admin.mail, PASSWORD)
    page = browser.page(f"/verwaltung/personen/{world.approver.id}")
    sent = {
        "deputy_person_id": str(world.council.id),
        "valid_from": "2026-11-21",
        "valid_to": "2026-11-30",
    }

    answer = browser.post(f"/verwaltung/personen/{world.approver.id}/vertretung", sent)

    assert f'<option value="{world.it.id}"' in page
    assert f'<option value="{world.council.id}"' not in page
    assert answer.status_code == 422
    assert "nur, wer dieselben Abrufe selbst sieht" in answer.text
    assert count(session, Deputy) == 0


def test_who_is_bound_to_a_unit_stands_in_only_for_somebody_of_that_unit(
    portal: Portal, session: Session, world: World
) -> None:
    unit = session.scalars(select(Unit).where(Unit.member_id == world.dessau.id)).one()
    session.query(RoleAssignment).filter_by(person_id=world.it.id).update({"unit_id": unit.id})
    session.commit()
    browser = portal.signed_in(world.member_admin.mail, PASSWORD)
    here = f"/verwaltung/personen/{world.approver.id}/vertretung"
    days = {"valid_from": "2026-11-21", "valid_to": "2026-11-30"}
    sent = days | {"deputy_person_id": str(world.it.id)}

    of_all = browser.post(here, sent)
    assert count(session, Deputy) == 0
    session.query(RoleAssignment).filter_by(person_id=world.approver.id).update(
        {"unit_id": unit.id}
    )
    session.commit()
    of_the_unit = browser.post(here, sent)

    assert (of_all.status_code, of_the_unit.status_code) == (422, 303)
    assert count(session, Deputy) == 1


def test_only_approvers_have_deputies(portal: Portal, session: Session, world: World) -> None:
    browser = portal.signed_in(world.member_admin.mail, PASSWORD)
    sent = {
        "deputy_person_id": str(world.council.id),
        "valid_from": "2026-11-21",
        "valid_to": "2026-11-30",
    }

    answer = browser.post(f"/verwaltung/personen/{world.it.id}/vertretung", sent)

    assert answer.status_code == 422
    assert "nur für Personen, die genehmigen" in answer.text
    assert count(session, Deputy) == 0


def test_tokens_carry_scopes_of_the_role_and_the_role_of_the_day(
    session: Session, world: World
) -> None:
    narrow = create_token(session, world.it.id, TokenWish("Haushalt", ["catalog:read"]), NOON)
    wide = create_token_for_mail(session, "IT@dessau-rosslau.example", TokenWish("alles"), NOON)

    seen = asking_by_token(session, narrow.secret, NOON)
    everything = asking_by_token(session, wide.secret, NOON)
    assert seen is not None
    assert everything is not None
    assert seen.scopes == {Scope.CATALOG_READ}
    assert seen.tenant.member_id == world.dessau.id
    assert Scope.CALL_OFFS_WRITE in everything.scopes
    assert Scope.ADDRESSES_WRITE not in everything.scopes

    session.query(RoleAssignment).filter_by(person_id=world.it.id).update({"role": Role.COUNCIL})
    later = asking_by_token(session, wide.secret, NOON)
    assert later is not None
    assert later.scopes == {Scope.REPORTS_READ, Scope.NOTICES_READ}


@SQLITE
@pytest.mark.parametrize("scope", ["call-offs:approve", "users:write", "alles", ""])
def test_a_token_beyond_the_role_is_refused(session: Session, world: World, scope: str) -> None:
    with pytest.raises(Malformed):
        create_token(session, world.it.id, TokenWish("x", [scope]), NOON)

    assert count(session, ApiToken) == 0


def test_a_token_without_scopes_or_beyond_two_years_is_refused(
    session: Session, world: World
) -> None:
    for wish in (TokenWish("x", []), TokenWish("x", None, 731), TokenWish("", None)):
        with pytest.raises(Malformed):
            create_token(session, world.it.id, wish, NOON)
    with pytest.raises(NotFound):
        create_token_for_mail(session, "niemand@x.example", TokenWish("x"), NOON)
    assert count(session, ApiToken) == 0


def test_an_expired_or_revoked_token_opens_nothing(
    portal: Portal, session: Session, world: World
) -> None:
    issued = create_token(session, world.it.id, TokenWish("x", None, 1), NOON)
    session.commit()
    browser = portal.signed_in(world.it.mail, PASSWORD)
    stranger = portal.signed_in(world.it_magdeburg.mail, PASSWORD)
    here = f"/konto/token/{issued.token_id}/widerrufen"

    assert asking_by_token(session, issued.secret, NOON) is not None
    session.commit()
    assert stranger.post(here).status_code == 404
    assert browser.post(here).status_code == 303
    assert asking_by_token(session, issued.secret, NOON) is None


def test_a_token_is_shown_once(portal: Portal, world: World) -> None:
    browser = portal.signed_in(world.it.mail, PASSWORD)
    sent = {"name": "Haushalt", "scopes": ["catalog:read", "call-offs:read"], "days": "30"}

    answer = browser.post("/konto/token", sent)

    secret = answer.text.split("<code", maxsplit=1)[1].split(">", maxsplit=1)[1].split("<")[0]
    assert (answer.status_code, len(secret.strip())) == (201, 43)
    page = browser.page("/konto")
    assert secret.strip() not in page
    assert "catalog:read call-offs:read" in page


def test_a_member_role_needs_a_member(session: Session, world: World) -> None:
    user = NewUser("x@x.example", "X")
    for grants in (
        Grants(frozenset({Role.ORDERER}), None),
        Grants(frozenset({Role.DESK}), world.dessau.id),
    ):
        with pytest.raises(Malformed):
            create_user(session, EVERY_MEMBER, user, grants, "cli", NOON)
    own = Grants(frozenset({Role.ORDERER}), world.magdeburg.id)
    tenant = type(EVERY_MEMBER)(world.dessau.id)
    with pytest.raises(NotAllowed):
        create_user(session, tenant, user, own, "cli", NOON)
