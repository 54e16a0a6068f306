"""People of a unit: what they order is the unit's, who decides sees it, and whom they keep."""

from dataclasses import dataclass

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.records import Person
from app.database.tenant import Tenant
from app.members.bound_units import sees_unit, units_below
from app.members.records import RoleAssignment, Unit
from app.members.rules import BodyKind, Role
from app.ordering.queries import call_off
from app.ordering.records import CallOff
from app.ordering.signing.who_decides import who_decides
from tests.support.application import Portal
from tests.support.clock import NOON, TODAY
from tests.support.units import bound
from tests.support.world import ACCOUNT, NOTEBOOK, World


@dataclass(frozen=True)
class School:
    office: Unit
    school: Unit
    teacher: Person
    head: Person
    other_head: Person


@pytest.fixture
def school(session: Session, world: World) -> School:
    """Schools below an office; each has an approver of its own."""
    member = world.dessau

    def unit(name: str, parent: Unit | None = None) -> Unit:
        made = Unit(
            member_id=member.id,
            name=name,
            body_kind=BodyKind.REGIEBETRIEB,
            parent_id=parent.id if parent else None,
        )
        session.add(made)
        session.flush()
        return made

    office, other = unit("Schulamt"), unit("Bauamt")
    below = unit("Grundschule", office)

    def person(name: str, of: Unit, *roles: Role) -> Person:
        return bound(session, f"{name}@dessau-rosslau.example", member, of, roles)

    made = School(
        office=office,
        school=below,
        teacher=person("lehrer", below, Role.ORDERER),
        head=person("amt", office, Role.APPROVER, Role.MEMBER_ADMIN),
        other_head=person("bau", other, Role.APPROVER),
    )
    session.commit()
    return made


def test_a_unit_reaches_down_and_never_up(session: Session, world: World, school: School) -> None:
    member_id = world.dessau.id

    assert units_below(session, school.office.id) == (school.office.id, school.school.id)
    assert units_below(session, school.school.id) == (school.school.id,)
    assert sees_unit(session, school.head.id, member_id, school.school.id, TODAY)
    assert not sees_unit(session, school.teacher.id, member_id, school.office.id, TODAY)
    assert not sees_unit(session, school.head.id, member_id, None, TODAY)
    assert sees_unit(session, world.approver.id, member_id, school.school.id, TODAY)


def test_an_order_is_the_units_and_only_who_sees_it_decides(
    portal: Portal, session: Session, world: World, school: School
) -> None:
    body = {
        "lines": [{"sku": NOTEBOOK, "quantity": 1}],
        "purpose": "Klassenraum",
        "product_account": ACCOUNT,
    }
    answer = portal.api(school.teacher).post("/api/v1/call-offs", body, key="school")
    assert answer.status_code == 201, answer.text
    number = answer.json()["number"]

    found = call_off(session, number, Tenant(world.dessau.id))
    assert found.unit_id == school.school.id
    people = {one.person_id for one, _ in who_decides(session, world.dessau, found, NOON)}
    assert school.head.id in people
    assert school.other_head.id not in people
    session.commit()
    move = {"move": "approve"}
    refused = portal.api(school.other_head).post(f"/api/v1/call-offs/{number}/moves", move)
    assert refused.status_code == 404
    decided = portal.api(school.head).post(f"/api/v1/call-offs/{number}/moves", move)
    assert decided.status_code == 200, decided.text
    page = portal.signed_in(school.other_head).page("/genehmigungen")
    assert number not in page


def test_another_units_name_in_the_form_is_not_found(
    portal: Portal, session: Session, school: School
) -> None:
    browser = portal.signed_in(school.teacher)
    browser.post("/warenkorb", {"sku": NOTEBOOK, "quantity": "1"})
    before = session.scalars(select(CallOff.id)).all()
    session.commit()

    page = browser.page("/bestellen")
    answer = browser.post("/bestellen", {"einheit": str(school.office.id)})

    assert ">Grundschule</option>" in page
    assert ">Schulamt</option>" not in page
    assert answer.status_code == 404
    assert session.scalars(select(CallOff.id)).all() == before


def test_an_administrator_of_a_unit_keeps_its_people_only(
    portal: Portal, session: Session, world: World, school: School
) -> None:
    browser = portal.signed_in(school.head)
    new = {"mail": "neu@dessau-rosslau.example", "label": "Lager", "roles": ["orderer"]}

    listed = browser.page("/verwaltung/personen")
    wide = browser.post("/verwaltung/personen", new)
    own = browser.post("/verwaltung/personen", new | {"unit_id": str(school.school.id)})

    assert school.teacher.mail in listed
    assert world.it.mail not in listed
    assert browser.get(f"/verwaltung/personen/{world.it.id}").status_code == 404
    assert browser.get("/verwaltung/freigaberegeln").status_code == 403
    assert browser.post("/verwaltung/freigaberegeln", {}).status_code == 403
    assert browser.get("/auswertung").status_code == 403
    assert wide.status_code == 422
    assert "Bitte wählen Sie Ihre Einheit" in wide.text
    assert own.status_code == 303
    added = session.scalars(select(Person).where(Person.mail == new["mail"])).one()
    rows = session.scalars(select(RoleAssignment).where(RoleAssignment.person_id == added.id))
    assert [row.unit_id for row in rows] == [school.school.id]
