"""Templates and standard workplaces: private, of the member, or shared with all."""

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.catalog.records import Article
from app.members.rules import Role
from app.ordering.basket.contents import Owner, quantities
from app.ordering.filling.records import OrderTemplate
from app.ordering.filling.rules_templates import Sharing, may_change, may_see
from tests.support.application import Portal
from tests.support.browser import Browser
from tests.support.world import MONITOR, NOTEBOOK, World, somebody

ROWS = f"{NOTEBOOK} 1\n{MONITOR} 2"


def made(browser: Browser, name: str, **changes: str) -> str:
    answer = browser.post("/vorlagen", {"vorlagenname": name, "zeilen": ROWS})
    assert answer.status_code == 303, answer.text
    address = str(answer.headers["location"])
    if changes:
        assert browser.post(address, changes).status_code == 303
    return address


def lying(session: Session, member: int, person: int) -> dict[str, int]:
    session.rollback()
    return quantities(session, Owner(member, person))


@pytest.mark.parametrize("sharing", list(Sharing))
def test_who_sees_a_template_and_who_may_change_it(sharing: Sharing) -> None:
    people = [(True, True), (True, False), (False, False)]
    sees = [may_see(sharing, own_member=member, own=own) for member, own in people]
    changes = [may_change(sharing, own_member=member, own=own) for member, own in people]

    assert (sees, changes) == {
        Sharing.PRIVATE: ([True, False, False], [True, False, False]),
        Sharing.MEMBER: ([True, True, False], [True, True, False]),
        Sharing.EVERYBODY: ([True, True, True], [True, True, False]),
    }[sharing]


def test_ten_workplaces_come_out_of_one_template(
    portal: Portal, session: Session, world: World
) -> None:
    browser = portal.signed_in(world.it)
    address = made(browser, "Sachbearbeitung")

    assert "1.168,00" in browser.page(address)  # 789.00 + 2 × 189.50
    wrong = browser.post(f"{address}/korb", {"anzahl": "501"})
    assert (wrong.status_code, lying(session, world.dessau.id, world.it.id)) == (422, {})

    answer = browser.post(f"{address}/korb", {"anzahl": "10", "nach": "bestellen"})

    assert answer.headers["location"] == "/bestellen"
    assert lying(session, world.dessau.id, world.it.id) == {NOTEBOOK: 10, MONITOR: 20}


def test_a_shared_template_shows_articles_but_neither_prices_nor_people_of_its_maker(
    portal: Portal, session: Session, world: World
) -> None:
    address = made(portal.signed_in(world.it), "Schule", sichtbar="everybody")
    stranger = portal.signed_in(world.it_magdeburg)

    page = stranger.page(address)
    assert "Von anderen Mitgliedern geteilt" in stranger.page("/vorlagen")
    assert world.it.mail not in page
    assert world.dessau.name not in page
    assert stranger.post(address, {"vorlagenname": "Gekapert"}).status_code == 404
    assert stranger.post(f"{address}/loeschen").status_code == 404

    stranger.post(f"{address}/korb", {"anzahl": "1"})
    own = stranger.post(f"{address}/kopieren").headers["location"]

    assert lying(session, world.magdeburg.id, world.it_magdeburg.id) == {NOTEBOOK: 1, MONITOR: 2}
    assert own != address
    made_by = select(OrderTemplate.made_by, OrderTemplate.sharing).order_by(OrderTemplate.id)
    assert [tuple(row) for row in session.execute(made_by)] == [
        (world.it.id, Sharing.EVERYBODY),
        (world.it_magdeburg.id, Sharing.PRIVATE),
    ]


def test_colleagues_keep_the_members_templates_and_nobody_sees_a_private_one(
    portal: Portal, session: Session, world: World
) -> None:
    colleague = somebody(session, "schule@dessau-rosslau.example", Role.ORDERER, world.dessau)
    session.commit()
    browser, other = portal.signed_in(world.it), portal.signed_in(colleague)
    private, shared = made(browser, "Meine"), made(browser, "Unsere", sichtbar="member")

    assert other.get(private).status_code == 404
    assert "Meine" not in other.page("/vorlagen")
    changed = {
        "vorlagenname": "Unsere neue",
        f"menge-{NOTEBOOK}": "0",
        f"menge-{MONITOR}": "3",
        "zeilen": f"{MONITOR} 1",
        "version": "2",
    }
    assert other.post(shared, changed).status_code == 303
    assert other.post(shared, changed).status_code == 409  # somebody changed it meanwhile
    assert portal.signed_in(world.it_magdeburg).get(shared).status_code == 404
    session.rollback()
    template = session.scalars(
        select(OrderTemplate).where(OrderTemplate.id == int(shared[10:]))
    ).one()
    assert (template.name, template.pieces) == (
        "Unsere neue",
        [{"sku": MONITOR, "quantity": 4, "term": None}],
    )


def test_what_left_the_catalog_is_named_and_left_out(
    portal: Portal, session: Session, world: World
) -> None:
    browser = portal.signed_in(world.it)
    address = made(browser, "Sachbearbeitung")
    session.execute(update(Article).where(Article.sku == NOTEBOOK).values(active=False))
    session.commit()

    assert "1 nicht abrufbar" in browser.page("/vorlagen")
    browser.post(f"{address}/korb", {"anzahl": "1"})

    assert lying(session, world.dessau.id, world.it.id) == {MONITOR: 2}


def test_a_basket_and_an_earlier_order_become_templates(
    portal: Portal, session: Session, world: World
) -> None:
    browser = portal.signed_in(world.it)
    browser.post("/warenkorb", {"sku": NOTEBOOK, "quantity": "3"})

    answer = browser.post("/vorlagen", {"vorlagenname": "Aus dem Korb", "aus": "korb"})

    assert answer.status_code == 303
    template = session.scalars(select(OrderTemplate)).one()
    assert template.pieces == [{"sku": NOTEBOOK, "quantity": 3, "term": None}]
    stranger = portal.signed_in(world.it_magdeburg)
    assert (
        stranger.post("/vorlagen", {"vorlagenname": "X", "aus": "15001000-2026-0001"}).status_code
        == 404
    )


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"zeilen": ROWS}, "Bitte geben Sie der Vorlage einen Namen"),
        ({"vorlagenname": "x" * 81, "zeilen": ROWS}, "höchstens 80 Zeichen"),
        ({"vorlagenname": "Leer"}, "mindestens einen Artikel"),
        ({"vorlagenname": "<b>X", "zeilen": "GIBTESNICHT 1"}, "Zeile 1: Zu „GIBTESNICHT“"),
        ({"vorlagenname": "X", "zeilen": f"{NOTEBOOK} 0"}, "Zeile 1: Die Menge"),
    ],
)
def test_what_makes_no_template_is_said_at_its_field(
    portal: Portal, session: Session, world: World, sent: dict[str, str], said: str
) -> None:
    answer = portal.signed_in(world.it).post("/vorlagen", sent)

    assert answer.status_code == 422
    assert said in answer.text
    assert "<b>X" not in answer.text
    assert session.scalars(select(OrderTemplate)).all() == []
