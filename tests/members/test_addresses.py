"""The address book: one default, kept by the member alone."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.database.tenant import Tenant
from app.members.queries import addresses
from app.members.records import DeliveryAddress
from tests.support.portal import SQLITE, Portal
from tests.support.world import PASSWORD, World

SCHOOL = {
    "label": "Grundschule",
    "street": "Schulweg 3",
    "postal_code": "06846",
    "city": "Dessau-Roßlau",
    "recipient": "Sekretariat",
    "room": "101",
}


def book(session: Session, member_id: int) -> list[tuple[str, bool]]:
    found = [(one.label, one.is_default) for one in addresses(session, Tenant(member_id))]
    session.commit()
    return found


def number(session: Session, member_id: int, label: str) -> int:
    wanted = select(DeliveryAddress.id).where(
        DeliveryAddress.member_id == member_id, DeliveryAddress.label == label
    )
    found = session.scalars(wanted).one()
    session.commit()
    return found


def test_an_orderer_adds_an_address_and_makes_it_the_default(
    portal: Portal, session: Session, world: World
) -> None:
    browser = portal.signed_in(world.it.mail, PASSWORD)
    own = world.dessau.id

    browser.post("/verwaltung/adressen", SCHOOL)
    assert book(session, own) == [("Rathaus", True), ("Grundschule", False)]

    school = number(session, own, "Grundschule")
    browser.post(f"/verwaltung/adressen/{school}/standard")
    assert book(session, own) == [("Grundschule", True), ("Rathaus", False)]

    browser.post(f"/verwaltung/adressen/{school}", SCHOOL | {"label": "Schule Süd"})
    assert "Schule Süd" in browser.page("/verwaltung/adressen")
    browser.post(f"/verwaltung/adressen/{school}/entfernen")
    assert book(session, own) == [("Rathaus", False)]


@SQLITE
@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"label": ""}, "Bitte geben Sie der Adresse einen Namen"),
        ({"street": " "}, "Bitte geben Sie Straße und Hausnummer an."),
        ({"postal_code": "0684"}, "mit fünf Ziffern"),
        ({"postal_code": "O6846"}, "mit fünf Ziffern"),
        ({"city": ""}, "Bitte geben Sie den Ort an."),
        ({"room": "x" * 81}, "auf 80 Zeichen"),
    ],
)
def test_incomplete_addresses_are_explained_and_not_kept(
    portal: Portal, session: Session, world: World, change: dict[str, str], sentence: str
) -> None:
    browser = portal.signed_in(world.it.mail, PASSWORD)

    answer = browser.post("/verwaltung/adressen", SCHOOL | change)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert book(session, world.dessau.id) == [("Rathaus", True)]


def test_another_members_addresses_are_not_found(
    portal: Portal, session: Session, world: World
) -> None:
    browser = portal.signed_in(world.it.mail, PASSWORD)
    foreign = number(session, world.magdeburg.id, "Rathaus")
    here = f"/verwaltung/adressen/{foreign}"

    answers = [browser.get(here)]
    answers += [browser.post(here + act, SCHOOL) for act in ("", "/standard", "/entfernen")]

    assert [one.status_code for one in answers] == [404] * 4
    assert book(session, world.magdeburg.id) == [("Rathaus", True)]
    assert "Alter Markt" not in browser.page("/verwaltung/adressen")


def test_direction_signs_and_controls_do_not_get_into_an_address(
    portal: Portal, session: Session, world: World
) -> None:
    browser = portal.signed_in(world.it.mail, PASSWORD)

    browser.post("/verwaltung/adressen", SCHOOL | {"label": "Schule\u202eX\x07"})

    assert book(session, world.dessau.id)[1] == ("SchuleX", False)


def test_extra_fields_of_a_form_reach_no_column(
    portal: Portal, session: Session, world: World
) -> None:
    browser = portal.signed_in(world.it.mail, PASSWORD)
    columns = [column.name for column in DeliveryAddress.__table__.columns]
    forged = dict.fromkeys(columns, str(world.magdeburg.id)) | SCHOOL

    browser.post("/verwaltung/adressen", forged)

    assert book(session, world.magdeburg.id) == [("Rathaus", True)]
    assert ("Grundschule", True) in book(session, world.dessau.id)
