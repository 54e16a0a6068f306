"""The JSON interface of the quick order and of templates: the pages' verdicts, for programs."""

from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.catalog.finding.index_articles import index_articles
from app.catalog.records import Article
from app.ordering.basket.contents import Owner, quantities
from app.ordering.filling.records import OrderTemplate
from app.ordering.filling.rules_templates import Piece, Sharing
from app.ordering.filling.save_template import TemplateWish, save_template
from tests.support.application import Portal
from tests.support.clock import NOON, TODAY
from tests.support.world import ACCOUNT, MONITOR, NOTEBOOK, WORKSTATION, World

QUICK = "/api/v1/quick-orders"
CHECK = f"{QUICK}/check"
TEMPLATES = "/api/v1/templates"
EAN = "0401234567890"
ROWS = {
    "rows": [{"number": NOTEBOOK, "quantity": 2}, {"number": EAN}],
    "text": f"GIBT-ES-NICHT\t2\n{MONITOR}\tviele",
}


@pytest.fixture
def numbered(session: Session, world: World) -> World:
    """The notebook has an EAN with a nought in front."""
    session.execute(update(Article).where(Article.sku == NOTEBOOK).values(gtin=EAN))
    index_articles(session, list(session.scalars(select(Article.id))), TODAY)
    session.commit()
    return world


def basket(portal: Portal, world: World) -> dict[str, int]:
    portal.end_transaction()
    return quantities(portal.session, Owner(world.dessau.id, world.it.id))


def template(portal: Portal, world: World, sharing: Sharing = Sharing.MEMBER) -> int:
    pieces = (Piece(NOTEBOOK, 1), Piece(MONITOR, 2))
    wish = TemplateWish("Arbeitsplatz", pieces, "Für alle", sharing)
    made = save_template(portal.session, Owner(world.dessau.id, world.it.id), wish, NOON).id
    portal.end_transaction()
    return made


def test_every_row_gets_its_verdict_and_the_good_ones_can_be_ordered(
    portal: Portal, numbered: World
) -> None:
    api = portal.api(numbered.it)

    given = api.post(CHECK, ROWS).json()

    assert [(one["line"], one["verdict"], one["sku"]) for one in given["rows"]] == [
        (1, "good", NOTEBOOK),
        (2, "good", NOTEBOOK),
        (3, "unknown", None),
        (4, "unreadable", None),
    ]
    assert (given["good"], given["bad"]) == (2, 2)
    assert given["rows"][2]["text"] == (
        "Zu „GIBT-ES-NICHT“ gibt es keinen Artikel. Prüfen Sie die Nummer."
    )
    (part,) = given["call_offs"]
    assert part["lines"] == [{"sku": NOTEBOOK, "quantity": 3, "term": None}]
    assert part["net"] == "2367.00"
    assert basket(portal, numbered) == {}
    order = {"lines": part["lines"], "purpose": "Ersatz", "product_account": ACCOUNT}
    assert api.post("/api/v1/call-offs", order, key="k").status_code == 201


def test_rows_reach_the_basket_once_and_only_if_all_fit(portal: Portal, numbered: World) -> None:
    api = portal.api(numbered.it)

    refused = api.post(QUICK, ROWS, key="a")
    assert (refused.status_code, refused.json()["code"]) == (409, "rows_not_good")
    assert "nicht: 3, 4." in refused.json()["detail"]
    assert basket(portal, numbered) == {}
    taken = api.post(QUICK, {**ROWS, "good_only": True}, key="a")
    again = api.post(QUICK, {**ROWS, "good_only": True}, key="a")
    other = api.post(QUICK, {"rows": [{"number": MONITOR}]}, key="a")

    assert (taken.status_code, again.status_code) == (201, 201)
    assert again.json() == taken.json()
    assert [one["line"] for one in taken.json()["left"]] == [3, 4]
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    assert basket(portal, numbered) == {NOTEBOOK: 3}


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({}, "rows"),
        ({"rows": [{"number": ""}]}, "rows.0.number"),
        ({"rows": [{"number": "x" * 65}]}, "rows.0.number"),
        ({"rows": [{"number": NOTEBOOK, "quantity": 0}]}, "rows.0.quantity"),
        ({"rows": [{"number": NOTEBOOK, "quantity": 100_001}]}, "rows.0.quantity"),
        ({"rows": [{"number": NOTEBOOK}] * 501}, "rows"),
        ({"rows": [{"number": NOTEBOOK}] * 400, "text": "x 1\n" * 400}, "rows"),
        ({"text": "x" * 10_001}, "text"),
        ({"text": "a\x00b"}, "text"),
        ({"good_only": "ja"}, "good_only"),
        ({"preis": "1.00"}, "preis"),
    ],
)
def test_rows_that_nobody_can_read_are_refused_at_their_field(
    portal: Portal, world: World, sent: dict[str, Any], field: str
) -> None:
    answer = portal.api(world.it).post(QUICK, sent, key="k")

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == field
    assert basket(portal, world) == {}


def test_a_template_is_listed_shown_for_many_and_used_once(portal: Portal, world: World) -> None:
    number = template(portal, world)
    api = portal.api(world.it)

    listed = api.get(TEMPLATES).json()
    assert (listed["total"], listed["next"], listed["items"][0]["net"]) == (1, None, "1168.00")
    shown = api.get(f"{TEMPLATES}/{number}", workplaces=5).json()
    assert [(one["sku"], one["quantity"]) for one in shown["lines"]] == [
        (NOTEBOOK, 5),
        (MONITOR, 10),
    ]
    assert [len(part["lines"]) for part in shown["call_offs"]] == [2]
    for _ in range(2):
        used = api.post(f"{TEMPLATES}/{number}/basket", {"workplaces": 5}, key="k")
        assert (used.status_code, used.json()["lacking"], used.json()["hidden"]) == (201, [], 0)
    assert basket(portal, world) == {NOTEBOOK: 5, MONITOR: 10}


def test_what_a_template_lacks_today_is_named_and_none_of_it_is_refused(
    portal: Portal, world: World
) -> None:
    number = template(portal, world)
    gone = update(Article).values(minimum_quantity=1000)
    portal.session.execute(gone.where(Article.sku == NOTEBOOK))
    portal.session.commit()
    api = portal.api(world.it)
    here = f"{TEMPLATES}/{number}/basket"

    shown = api.get(f"{TEMPLATES}/{number}").json()
    assert [one["orderable"] for one in shown["lines"]] == [False, True]
    assert [[one["sku"] for one in part["lines"]] for part in shown["call_offs"]] == [[MONITOR]]
    assert len(api.post(here, {}, key="a").json()["lacking"]) == 1
    portal.session.execute(gone)
    portal.session.commit()
    refused = api.post(here, {}, key="b")
    assert (refused.status_code, refused.json()["code"]) == (409, "template_not_orderable")
    assert basket(portal, world) == {MONITOR: 2}


def test_private_templates_are_not_there_for_others_and_pages_continue(
    portal: Portal, world: World
) -> None:
    own, shared = template(portal, world, Sharing.PRIVATE), template(portal, world)
    open_to_all = template(portal, world, Sharing.EVERYBODY)
    api, foreign = portal.api(world.it), portal.api(world.it_magdeburg)

    first = api.get(TEMPLATES, limit=2).json()
    rest = api.get(TEMPLATES, limit=2, cursor=first["next"]).json()
    assert [one["id"] for one in (*first["items"], *rest["items"])] == [own, shared, open_to_all]
    assert [one["id"] for one in foreign.get(TEMPLATES).json()["items"]] == [open_to_all]
    assert foreign.get(f"{TEMPLATES}/{shared}").status_code == 404
    assert foreign.post(f"{TEMPLATES}/{own}/basket", {}, key="k").status_code == 404
    for bad in (0, 501):
        assert api.get(f"{TEMPLATES}/{own}", workplaces=bad).status_code == 422
        assert (
            api.post(f"{TEMPLATES}/{own}/basket", {"workplaces": bad}, key="k").status_code == 422
        )
    assert portal.session.scalars(select(OrderTemplate.version)).all() == [1, 1, 1]


def test_who_does_not_order_has_no_basket(portal: Portal, world: World) -> None:
    for person in (world.desk, world.approver):
        api = portal.api(person)
        assert api.post(CHECK, {"rows": [{"number": WORKSTATION}]}).status_code == 403
        assert api.get(TEMPLATES).status_code == 403
