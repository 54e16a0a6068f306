"""The demonstration members: exactly 112 real bodies, and invented special cases beside them."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.accounts.passwords import hashed, verified
from app.accounts.queries import person_with_mail
from app.members.body_keys import valid_leitweg_id
from app.members.importing.import_bodies import demo_accounts, import_bodies, import_demo_accounts
from app.members.queries import member_by_key, memberships, roles_of
from app.members.records import DeliveryAddress, Member, Membership, Unit
from app.members.rules import BodyKind, Role
from app.shipped import shipped
from tests.support.clock import NOON, TODAY

FOLDER = shipped("catalog") / "members"


def test_exactly_112_bodies_of_the_register_are_active_members(session: Session) -> None:
    assert import_bodies(session, FOLDER, TODAY, NOON) == 115

    real = session.scalars(select(Member).where(Member.ars.is_not(None))).all()
    kinds = {kind: sum(member.body_kind is kind for member in real) for kind in BodyKind}
    active = session.scalar(
        select(func.count())
        .select_from(Membership)
        .join(Member, Member.id == Membership.member_id)
        .where(
            Member.ars.is_not(None),
            Membership.effective_from <= TODAY,
            Membership.effective_to.is_(None),
        )
    )

    assert active == len(real) == 112
    assert kinds[BodyKind.KREISFREIE_STADT] == 3
    assert kinds[BodyKind.LANDKREIS] == 11
    assert all(member.demonstration for member in session.scalars(select(Member)))
    assert all(
        valid_leitweg_id(member.leitweg_id or "") for member in session.scalars(select(Member))
    )
    assert all(member.postal_code and member.street for member in real)


def test_the_three_bodies_of_the_contract_are_among_them(session: Session) -> None:
    import_bodies(session, FOLDER, TODAY, NOON)

    dessau = member_by_key(session, "15001000")
    (period,) = memberships(session, dessau.id)
    units = {one.name: one for one in session.scalars(select(Unit))}

    assert (dessau.name, dessau.time_measurement_enabled) == ("Stadt Dessau-Roßlau", True)
    assert period.effective_from == date(2024, 4, 1)
    assert member_by_key(session, "15003000").name == "Landeshauptstadt Magdeburg"
    assert member_by_key(session, "15083040").name == "Barleben"
    owned = units["Wirtschaftsbetriebe GmbH (Demonstration)"]
    dependent = units["Eigenbetrieb Stadtpflege (Demonstration)"]
    assert (owned.body_kind, owned.own_legal_person) == (BodyKind.EIGENGESELLSCHAFT, True)
    assert (dependent.body_kind, dependent.own_legal_person) == (BodyKind.EIGENBETRIEB, False)


def test_one_membership_ended_and_one_has_not_begun(session: Session) -> None:
    import_bodies(session, FOLDER, TODAY, NOON)

    (ended,) = memberships(session, member_by_key(session, "DEMO-ENDE").id)
    (coming,) = memberships(session, member_by_key(session, "DEMO-KUENFTIG").id)

    assert ended.effective_to is not None
    assert ended.effective_to < TODAY < coming.effective_from


def test_a_second_import_adds_nothing(session: Session) -> None:
    import_bodies(session, FOLDER, TODAY, NOON)

    assert import_bodies(session, FOLDER, TODAY, NOON) == 0
    assert session.scalar(select(func.count()).select_from(Member)) == 115
    defaults = select(func.count()).where(DeliveryAddress.is_default.is_(True))
    assert session.scalar(defaults) == 115


def test_the_accounts_hold_the_roles_of_the_contract(session: Session) -> None:
    import_bodies(session, FOLDER, TODAY, NOON)
    import_demo_accounts(session, FOLDER, hashed("ein langes Passwort"), NOON)

    held = {}
    for account in demo_accounts(FOLDER):
        person = person_with_mail(session, account.mail)
        assert person is not None
        held[account.mail] = {one.role for one in roles_of(session, person.id, TODAY)}

    assert held == {
        "it@dessau-rosslau.example": {Role.ORDERER},
        "freigabe@dessau-rosslau.example": {Role.APPROVER},
        "rat@dessau-rosslau.example": {Role.COUNCIL},
        "schule@dessau-rosslau.example": {Role.ORDERER},
        "zentrale@dessau-rosslau.example": {Role.ORDERER},
        "verwaltung@dessau-rosslau.example": {Role.MEMBER_ADMIN},
        "it@magdeburg.example": {Role.ORDERER},
        "freigabe@magdeburg.example": {Role.APPROVER},
        "amt@magdeburg.example": {Role.APPROVER, Role.MEMBER_ADMIN},
        "desk@kid.example": {Role.DESK},
        "vertrag@kid.example": {Role.CONTRACTS},
        "katalog@kid.example": {Role.CONTRACTS},
        "recht@kitu.example": {Role.LEGAL},
        "nachweis@kitu.example": {Role.LEGAL},
        "pruefung@kitu.example": {Role.AUDITOR},
        "admin@kitu.example": {Role.ADMIN},
    }
    orderer = person_with_mail(session, "it@dessau-rosslau.example")
    assert orderer is not None
    assert verified(orderer.password_hash, "ein langes Passwort")
