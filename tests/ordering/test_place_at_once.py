"""A right order takes the short cut; whatever is wrong is answered by the documented route."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import pytest

from tests.support.application import Portal
from tests.support.browser import ApiClient
from tests.support.orders import ready
from tests.support.portal import SQLITE
from tests.support.row_counts import row_counts
from tests.support.world import ACCOUNT, NOTEBOOK

ORDERS: Final = "/api/v1/call-offs"
WANTED: Final = {
    "lines": [{"sku": NOTEBOOK, "quantity": 1}],
    "purpose": "Ersatz für Altgeräte",
    "product_account": ACCOUNT,
}
RIGHT: Final = json.dumps(WANTED).encode()
HEADERS: Final = {"Content-Type": "application/json", "Idempotency-Key": "k"}
SAME: Final[dict[str, str | None]] = {}
NOT_QUITE: Final[dict[str, tuple[bytes, dict[str, str | None], str]]] = {
    "no key": (RIGHT, {"Idempotency-Key": None}, ""),
    "a key that is too long": (RIGHT, {"Idempotency-Key": "k" * 121}, ""),
    "nobody asks": (RIGHT, {"Authorization": None}, ""),
    "a password": (RIGHT, {"Authorization": "Basic a2l0dTpraXR1"}, ""),
    "an unknown token": (RIGHT, {"Authorization": "Bearer kitu_unbekannt"}, ""),
    "no kind of content": (RIGHT, {"Content-Type": "text/plain"}, ""),
    "a parameter": (RIGHT, {}, "?menge=2"),
    "a field too many": (json.dumps(WANTED | {"preis": 1}).encode(), {}, ""),
    "no article": (json.dumps(WANTED | {"lines": []}).encode(), {}, ""),
    "an unknown article": (
        json.dumps(WANTED | {"lines": [{"sku": "?", "quantity": 1}]}).encode(),
        {},
        "",
    ),
    "cut off": (RIGHT[:-1], {}, ""),
}


@contextmanager
def the_usual_way(portal: Portal) -> Iterator[None]:
    lanes: Any = portal.app.router.middleware_stack
    shortcuts, lanes.shortcuts = lanes.shortcuts, {}
    yield
    lanes.shortcuts = shortcuts


@pytest.fixture
def buyer(portal: Portal) -> ApiClient:
    world = ready(portal.session)
    return portal.api(world.it)


def sent(
    buyer: ApiClient, content: bytes, headers: dict[str, str | None] = SAME, query: str = ""
) -> Any:
    given = buyer.headers | HEADERS | headers
    named = {name: value for name, value in given.items() if value is not None}
    return buyer.client.post(ORDERS + query, content=content, headers=named)


@pytest.mark.parametrize("charset", ["", "; charset=utf-8"], ids=["short", "usual"])
def test_both_ways_keep_one_answer_under_one_key(
    portal: Portal, buyer: ApiClient, charset: str
) -> None:
    headers: dict[str, str | None] = {"Content-Type": f"application/json{charset}"}
    with the_usual_way(portal):
        usual = sent(buyer, RIGHT, {"Idempotency-Key": "first"})
        assert usual.status_code == 201

    first, again = (sent(buyer, RIGHT, headers) for _ in range(2))
    with the_usual_way(portal):
        later = sent(buyer, RIGHT, headers)

    assert first.status_code == 201
    assert first.json() == again.json() == later.json()
    said, before = first.json(), usual.json()
    assert said.keys() == before.keys()
    differing = {name for name in said if said[name] != before[name]}
    assert differing == {"number", "eligibility", "links"}
    assert row_counts(portal)["call_off"] == 2


@SQLITE
@pytest.mark.parametrize("case", NOT_QUITE.values(), ids=NOT_QUITE.keys())
def test_what_is_wrong_is_answered_as_ever(
    portal: Portal, buyer: ApiClient, case: tuple[bytes, dict[str, str | None], str]
) -> None:
    portal.end_transaction()
    before = row_counts(portal)
    answer = sent(buyer, *case)
    with the_usual_way(portal):
        usual = sent(buyer, *case)

    assert 400 <= answer.status_code < 500
    assert (answer.status_code, answer.json()) == (usual.status_code, usual.json())
    assert row_counts(portal) == before
