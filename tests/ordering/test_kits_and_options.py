"""Kits and options in basket, checkout and order: quantities are the truth, rules bind."""

from typing import Final

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.catalog.records import Article
from app.catalog.relations.kit_queries import kits_seen
from app.catalog.relations.remove_option_rule import remove_option_rule
from app.catalog.relations.rules_options import OptionKind
from app.catalog.relations.save_kit import KitWanted, save_kit
from app.kernel.errors import Malformed
from app.kernel.money import Money
from app.ordering.basket import contents as basket
from app.ordering.basket.put_kit_in_basket import put_kit_in_basket
from app.ordering.basket.take_kit_out import take_kit_out
from app.ordering.basket_records import BasketKit
from app.ordering.records import CallOff
from app.ordering.trail_records import CallOffKit
from tests.support.application import Portal
from tests.support.clock import NOON, TODAY
from tests.support.orders import placed, ready
from tests.support.relations import kit, option_rule, released
from tests.support.world import ACCOUNT, MONITOR, NOTEBOOK, WORKSTATION, World, lot_of

SENT: Final = {
    "quelle": "korb",
    "zweck": "Neue Arbeitsplätze",
    "konto": ACCOUNT,
    "adresse": "andere",
    "empfaenger": "Amt für IT",
    "strasse": "Zerbster Straße 4",
    "plz": "06844",
    "ort": "Dessau-Roßlau",
    f"menge-{NOTEBOOK}": "2",
    f"menge-{MONITOR}": "4",
}


@pytest.fixture
def place(session: Session) -> World:
    return ready(session)


def owner_of(place: World) -> basket.Owner:
    return basket.Owner(place.dessau.id, place.it.id)


def test_a_kit_is_added_as_its_articles_at_their_own_prices(session: Session, place: World) -> None:
    owner = owner_of(place)
    added = put_kit_in_basket(
        session, owner, kit(session, {NOTEBOOK: 1, MONITOR: 2}).number, 3, NOON
    )

    wanted = basket.quantities(session, owner)
    kits = basket.kits_of(session, owner, wanted)
    (part,) = basket.parts(session, wanted, NOON, kits=kits, owner=owner)
    (group,) = part.groups
    assert (wanted, added.lacking) == ({NOTEBOOK: 3, MONITOR: 6}, ())
    assert group.kit is not None
    assert group.kit.count == 3
    assert group.net == part.net == Money.euros("3504.00")  # 3 × 789.00 + 6 × 189.50


def test_what_cannot_be_had_is_named_and_left_out(session: Session, place: World) -> None:
    owner = owner_of(place)
    made = kit(session, {NOTEBOOK: 1, MONITOR: 2})
    session.execute(update(Article).where(Article.sku == MONITOR).values(active=False))

    added = put_kit_in_basket(session, owner, made.number, 1, NOON)

    wanted = basket.quantities(session, owner)
    (group,) = basket.kits_of(session, owner, wanted)
    assert wanted == {NOTEBOOK: 1}
    assert [(line.sku, line.obstacle) for line in added.lacking] == [
        (MONITOR, "Dieser Artikel ist nicht mehr im Katalog.")
    ]
    assert group.missing_text == "2 × Monitor 27 Zoll"


def test_taking_a_kit_out_leaves_further_pieces(session: Session, place: World) -> None:
    owner = owner_of(place)
    made = kit(session, {NOTEBOOK: 1, MONITOR: 2})
    put_kit_in_basket(session, owner, made.number, 1, NOON)
    basket.put_in_basket(session, owner, MONITOR, 5, NOON)

    take_kit_out(session, owner, made.number, NOON)

    assert basket.quantities(session, owner) == {MONITOR: 5}
    assert session.scalar(select(func.count()).select_from(BasketKit)) == 0


@pytest.mark.parametrize(
    ("title", "pieces", "fields"),
    [
        ("", {NOTEBOOK: 1, MONITOR: 1}, ["title"]),
        ("Paket", {NOTEBOOK: 1}, ["pieces"]),
        ("Paket", {NOTEBOOK: 0, "XX": 1}, ["quantity-1", "sku-2"]),
    ],
    ids=["no name", "one article", "no quantity and no article"],
)
def test_a_wrong_kit_says_what_is_wrong_at_each_field(
    session: Session, place: World, title: str, pieces: dict[str, int], fields: list[str]
) -> None:
    with pytest.raises(Malformed) as fault:
        save_kit(session, KitWanted(title, "", pieces), place.contracts.id, NOON)

    assert [error.field for error in fault.value.errors] == fields
    assert kits_seen(session, TODAY, None) == ()


def test_the_order_keeps_the_kit_and_draws_on_both_lots(portal: Portal) -> None:
    place = ready(portal.session)
    number = kit(portal.session, {NOTEBOOK: 1, MONITOR: 2}).number
    portal.end_transaction()
    it = portal.signed_in(place.it)

    it.post("/warenkorb/paket", {"paket": number, "anzahl": "2"})
    assert "Paket „Arbeitsplatz komplett“ × 2" in it.page("/warenkorb")
    assert "Paket „Arbeitsplatz komplett“ × 2" in it.page("/bestellen")
    answer = it.post("/bestellen", SENT | {"schluessel": "einmal"})
    assert answer.status_code == 303

    found = portal.session.scalars(select(CallOff)).one()
    kept = portal.session.scalars(select(CallOffKit)).one()
    assert (kept.call_off_id, kept.quantity, kept.pieces) == (
        found.id,
        2,
        {NOTEBOOK: 2, MONITOR: 4},
    )
    assert lot_of(portal.session, NOTEBOOK).reserved_value == Money.euros("1578.00")
    assert lot_of(portal.session, MONITOR).reserved_value == Money.euros("758.00")
    assert portal.session.scalar(select(func.count()).select_from(BasketKit)) == 0
    portal.end_transaction()
    assert "Paket „Arbeitsplatz komplett“ × 2" in it.get(f"/abrufe/{found.number}").text


def test_a_kit_never_draws_above_the_ceiling_of_any_lot(portal: Portal) -> None:
    place = ready(portal.session)
    number = kit(portal.session, {NOTEBOOK: 1, MONITOR: 2}).number
    lot_of(portal.session, MONITOR).maximum_value = Money.euros("757.99")  # four cost 758.00
    portal.end_transaction()
    it = portal.signed_in(place.it)
    it.post("/warenkorb/paket", {"paket": number, "anzahl": "2"})

    answer = it.post("/bestellen", SENT | {"schluessel": "einmal"})

    assert answer.status_code == 409
    assert "Höchst" in answer.text
    assert portal.session.scalar(select(func.count()).select_from(CallOff)) == 0
    assert lot_of(portal.session, NOTEBOOK).reserved_value == Money(0)
    assert lot_of(portal.session, MONITOR).reserved_value == Money(0)


def test_a_broken_option_stops_the_order_on_record(portal: Portal) -> None:
    place = ready(portal.session)
    option_rule(portal.session, NOTEBOOK, OptionKind.ONE_OF, (MONITOR,), 1)
    portal.end_transaction()
    order = {
        "lines": [{"sku": NOTEBOOK, "quantity": 2}, {"sku": MONITOR, "quantity": 1}],
        "purpose": "Ersatz",
        "product_account": ACCOUNT,
    }
    api = portal.api(place.it)

    refused = api.post("/api/v1/call-offs", order, key="a")
    order["lines"] = [{"sku": NOTEBOOK, "quantity": 2}, {"sku": MONITOR, "quantity": 2}]
    taken = api.post("/api/v1/call-offs", order, key="b")

    assert (refused.status_code, refused.json()["code"]) == (409, "article_not_orderable")
    assert refused.json()["detail"] == (
        "Notebook 14 Zoll: Es fehlt eine Auswahl: 1 Stück aus „Monitor 27 Zoll“. "
        "Bitte ergänzen Sie sie."
    )
    assert taken.status_code == 201
    assert lot_of(portal.session, NOTEBOOK).reserved_quantity == 2


def test_the_basket_says_the_same_sentence_as_the_order(portal: Portal) -> None:
    place = ready(portal.session)
    option_rule(portal.session, NOTEBOOK, OptionKind.EXCLUDED, (WORKSTATION,))
    portal.end_transaction()
    it = portal.signed_in(place.it)
    it.post("/warenkorb", {"sku": NOTEBOOK, "quantity": "1"})
    it.post("/warenkorb", {"sku": WORKSTATION, "quantity": "1"})

    said = "Nicht zusammen bestellbar mit „Notebook 16 Zoll“."
    assert said in it.get("/warenkorb").text
    page = it.get("/bestellen").text
    assert said in page
    assert "So kann nicht bestellt werden" in page


def test_without_its_last_rule_an_article_is_free_again(session: Session, place: World) -> None:
    rule = option_rule(session, NOTEBOOK, OptionKind.ONE_OF, (MONITOR,))
    (bound,) = basket.parts(session, {NOTEBOOK: 1}, NOON, owner=owner_of(place))

    remove_option_rule(session, rule.id, place.contracts.id, NOON)

    (free,) = basket.parts(session, {NOTEBOOK: 1}, NOON, owner=owner_of(place))
    assert (bound.orderable, free.orderable) == (False, True)


def test_a_successor_is_taken_only_by_pressing_its_button(portal: Portal) -> None:
    place = ready(portal.session)
    released(portal.session, WORKSTATION, NOTEBOOK, place.contracts.id)
    portal.session.execute(update(Article).where(Article.sku == WORKSTATION).values(active=False))
    portal.end_transaction()
    it, owner = portal.signed_in(place.it), owner_of(place)
    it.post("/warenkorb", {"sku": WORKSTATION, "quantity": "3"})
    page = it.get("/warenkorb").text

    assert "Dieser Artikel ist nicht mehr im Katalog." in page
    assert "Nachfolger übernehmen" in page
    assert basket.quantities(portal.session, owner) == {WORKSTATION: 3}
    portal.end_transaction()

    it.post("/warenkorb/nachfolger", {"nachfolger": WORKSTATION})

    assert basket.quantities(portal.session, owner) == {NOTEBOOK: 3}


def test_a_reorder_offers_the_successor_and_the_old_order_keeps_its_name(portal: Portal) -> None:
    place = ready(portal.session)
    number = placed(portal.session, place, {WORKSTATION: 2})
    released(portal.session, WORKSTATION, NOTEBOOK, place.contracts.id)
    portal.session.execute(update(Article).where(Article.sku == WORKSTATION).values(active=False))
    portal.end_transaction()
    it = portal.signed_in(place.it)

    page = it.page("/bestellen", wie=number)
    assert f'name="menge-{WORKSTATION}"' in page
    assert "Nachfolger übernehmen" in page
    sent = {f"menge-{WORKSTATION}": "2", "quelle": number, "nachfolger": WORKSTATION}
    swapped = it.post("/bestellen/pruefung", sent).text

    assert f'name="menge-{NOTEBOOK}"' in swapped
    assert f'name="menge-{WORKSTATION}"' not in swapped
    assert "Notebook 16 Zoll" in it.page(f"/abrufe/{number}")
