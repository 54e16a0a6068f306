"""Every route, walked by somebody who is bound to a unit: the other unit's orders do not exist."""

from dataclasses import dataclass

import pytest
from sqlalchemy import select

from app.accounts.records import Person
from app.members.records import Unit
from app.members.rules import BodyKind, Role
from app.ordering.records import CallOff
from tests.architecture.test_isolation import Somebody, rows, walk
from tests.support.application import Portal
from tests.support.two_members import TwoMembers, two_members
from tests.support.units import bound

BOUND = (Role.ORDERER, Role.APPROVER, Role.MEMBER_ADMIN)
# What stands behind these parts of an address follows from one order.
OF_AN_ORDER = ("/abrufe/{", "/call-offs/{", "/rechnungen/{", "/invoices/{", "/lieferscheine/{")
OF_AN_ORDER_TOO = ("/deliveries/{", "/entscheidungen/{", "/genehmigungen/{")


@dataclass(frozen=True)
class Setting:
    pair: TwoMembers
    school: Somebody
    office: Somebody


@pytest.fixture
def setting(portal: Portal) -> Setting:
    """The order is the office's; a school below another office knows nothing of it."""
    pair = two_members(portal)
    session, member = portal.session, pair.world.dessau
    office = Unit(member_id=member.id, name="Hauptamt", body_kind=BodyKind.REGIEBETRIEB)
    schools = Unit(member_id=member.id, name="Schulamt", body_kind=BodyKind.REGIEBETRIEB)
    session.add_all([office, schools])
    session.flush()
    team = Unit(
        member_id=member.id, name="Team", body_kind=BodyKind.REGIEBETRIEB, parent_id=office.id
    )
    session.add(team)
    session.flush()
    order = session.scalars(select(CallOff).where(CallOff.number == pair.ours.call_off)).one()
    order.unit_id = team.id
    people: list[Person] = [
        bound(session, f"{unit.name}@dessau.example", member, unit, BOUND)
        for unit in (schools, office)
    ]
    portal.end_transaction()
    school, above = (Somebody(portal, person) for person in people)
    return Setting(pair, school, above)


def test_another_units_orders_are_found_nowhere(portal: Portal, setting: Setting) -> None:
    before, faults = rows(portal), []
    ours = setting.pair.ours
    words = (ours.call_off, ours.delivery, ours.invoice, f"SN-{ours.member.key}-1")
    for route, roles, body in walk():
        is_order = any(part in route.path for part in (*OF_AN_ORDER, *OF_AN_ORDER_TOO))
        if not roles.intersection(BOUND) or not (route.reads or is_order):
            continue
        address = ours.address(route.path)
        answer = setting.school.asks(route, address, body)
        text = answer.content.decode("utf-8", errors="replace").replace(address, "")
        found = [word for word in words if word in text]
        if found or answer.status_code >= 500 or (is_order and answer.status_code != 404):
            faults.append((route.method, address, answer.status_code, found))

    assert not faults, "\n".join(map(str, faults))
    assert rows(portal) == before


def test_who_stands_above_finds_the_orders_of_the_units_below(setting: Setting) -> None:
    faults = []
    for route, roles, body in walk():
        is_order = any(part in route.path for part in OF_AN_ORDER)
        if is_order and route.reads and roles.intersection(BOUND):
            address = setting.pair.ours.address(route.path)
            status = setting.office.asks(route, address, body).status_code
            if status not in {200, 303}:  # 303: there, but not to be changed any more
                faults.append((address, status))

    assert not faults, "\n".join(map(str, faults))
