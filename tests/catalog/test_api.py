"""`/api/v1/articles` as the contract words it."""

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from tests.catalog.importing import small_catalog
from tests.support.application import Portal, open_portal
from tests.support.browser import ApiClient
from tests.support.databases import Database
from tests.support.world import settled


@pytest.fixture
def portal(database: Database, session: Session) -> Iterator[Portal]:
    with open_portal(database, session) as portal:
        yield portal


@pytest.fixture
def api(portal: Portal, session: Session) -> ApiClient:
    place = settled(session)
    small_catalog(session, place.framework)
    return portal.api(place.it)


def test_the_search_answers_items_total_next_and_facets(api: ApiClient) -> None:
    answer = api.get("/api/v1/articles", q="notebook büro").json()

    assert answer["total"] == 1
    assert answer["next"] is None
    assert answer["items"] == [
        {
            "sku": "NB-1",
            "name": "Büro-Notebook 14 Zoll",
            "manufacturer": "Elbtec",
            "category": "notebooks",
            "category_name": "Notebooks",
            "framework": "RV-2026-01",
            "lot": 1,
            "unit_price_net": "789.00",
            "currency": "EUR",
            "price_valid_to": "2027-12-31",
            "delivery_days": 5,
            "stock": None,
            "orderable": True,
            "not_orderable_because": None,
            "supplier": None,
        }
    ]
    assert answer["facets"]["manufacturer"] == [{"key": "Elbtec", "text": "Elbtec", "count": 1}]


def test_a_list_can_be_walked_with_its_cursor(api: ApiClient) -> None:
    skus: list[str] = []
    cursor = "0"
    while cursor:
        answer = api.get("/api/v1/articles", limit=3, cursor=cursor, sort="name").json()
        skus += [item["sku"] for item in answer["items"]]
        cursor = answer["next"]

    assert len(skus) == len(set(skus)) == 7


def test_an_article_is_told_in_full(api: ApiClient) -> None:
    answer = api.get("/api/v1/articles/NB-1").json()

    assert answer["prices"] == [
        {
            "lower_bound": 1,
            "unit_price_net": "789.00",
            "currency": "EUR",
            "valid_from": "2026-11-21",
            "valid_to": "2027-12-31",
        },
        {
            "lower_bound": 10,
            "unit_price_net": "749.00",
            "currency": "EUR",
            "valid_from": "2026-11-21",
            "valid_to": "2027-12-31",
        },
    ]
    assert answer["features"] == [{"name": "Arbeitsspeicher", "value": "16 GB"}]
    assert answer["accessories"] == [{"sku": "DOCK-1", "name": "Dockingstation USB-C"}]
    assert api.get("/api/v1/articles/DOCK-1").json()["fits"][0]["sku"] == "NB-1"


def test_an_unknown_article_is_a_problem_document(api: ApiClient) -> None:
    answer = api.get("/api/v1/articles/GIBT-ES-NICHT")

    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == "article_unknown"


@pytest.mark.parametrize(
    "wrong",
    [
        {"foo": "1"},
        {"limit": "0"},
        {"limit": "201"},
        {"sort": "x"},
        {"cursor": "a"},
        {"q": "x" * 300},
    ],
)
def test_what_is_not_foreseen_in_the_address_is_refused(
    api: ApiClient, wrong: dict[str, str]
) -> None:
    assert api.get("/api/v1/articles", **wrong).status_code == 422


def test_the_scope_is_needed(portal: Portal, session: Session) -> None:
    place = settled(session)

    assert portal.api(None).get("/api/v1/articles").status_code == 401
    assert portal.api(place.it, ("call-offs:read",)).get("/api/v1/articles").status_code == 403
