"""Every list is read in the same way: `items`, `total`, `next`, with `limit` and `cursor`."""

from typing import Any, Final

import pytest

from app.ordering.rules import State
from tests.support.application import Portal
from tests.support.orders import ready
from tests.support.portal import SQLITE
from tests.support.world import World

pytestmark = SQLITE
LISTS: Final = (
    "/articles",
    "/frameworks",
    "/call-offs",
    "/invoices",
    "/kits",
    "/supplies",
    "/templates",
    "/market-checks",
    "/notices",
    "/budgets",
    "/demands",
)
# As the contract writes the calls: what is left empty is not asked for.
EMPTY: Final = (
    "/articles?q=&framework=&category=&manufacturer=&sort=&limit=&cursor=",
    "/call-offs?state=&month=&limit=&cursor=",
    "/frameworks?limit=&cursor=",
    "/eligibility?framework=",
    "/invoices?month=&q=&limit=&cursor=",
    "/reports/savings?month=&member=",
)


@pytest.fixture
def world(portal: Portal) -> World:
    found = ready(portal.session)
    portal.end_transaction()
    return found


def answer(portal: Portal, world: World, address: str) -> dict[str, Any]:
    given = portal.api(world.it).get(f"/api/v1{address}")
    assert given.status_code == 200, given.text
    found: dict[str, Any] = given.json()
    return found


def test_every_list_of_the_document_has_pages(portal: Portal) -> None:
    document = portal.api(None).get("/api/openapi.json").json()
    schemas = document["components"]["schemas"]
    wrong = []
    for path, calls in document["paths"].items():
        content = calls.get("get", {}).get("responses", {}).get("200", {}).get("content", {})
        name = content.get("application/json", {}).get("schema", {}).get("$ref", "")
        parts = set(schemas.get(name.rpartition("/")[2], {}).get("properties", ()))
        asked = {one["name"] for one in calls.get("get", {}).get("parameters", ())}
        if "items" in parts and not ({"total", "next"} <= parts and {"limit", "cursor"} <= asked):
            wrong.append(path)

    assert wrong == []


@pytest.mark.parametrize("path", LISTS)
def test_following_next_reads_each_row_once(portal: Portal, world: World, path: str) -> None:
    whole = answer(portal, world, f"{path}?limit=200")
    found: list[Any] = []
    cursor: str | None = ""
    while cursor is not None and len(found) <= whole["total"]:
        page = answer(portal, world, f"{path}?limit=1&cursor={cursor}")
        assert (page["total"], len(page["items"])) == (whole["total"], min(1, whole["total"]))
        found += page["items"]
        cursor = page["next"]

    assert found == whole["items"]
    assert whole["next"] is None


@pytest.mark.parametrize("address", EMPTY)
def test_a_parameter_without_a_value_asks_for_nothing(
    portal: Portal, world: World, address: str
) -> None:
    assert answer(portal, world, address) == answer(portal, world, address.partition("?")[0])


def test_every_word_of_state_can_be_asked_for(portal: Portal, world: World) -> None:
    """A draft is a basket: no order has this state, but the word is one of the contract."""
    for state in State:
        assert answer(portal, world, f"/call-offs?state={state}")["total"] == 0
