"""One resolver decides every price: on pages, in the API, in searches and in orders."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.catalog.prices import price_rows, price_to_sort_by
from app.catalog.queries import article_rows, orderable_articles
from app.catalog.records import Article, Price
from app.catalog.rules import price_for
from app.catalog.rules_periods import ListedPrice, disjoint
from app.database.base import table_of
from app.kernel.unit_price import UnitPrice
from tests.catalog.importing import rented_catalog
from tests.support import world
from tests.support.application import Portal
from tests.support.clock import TODAY
from tests.support.world import World, settled

APP: Final = Path(__file__).parents[2] / "app"
# prices.py reads for the resolver, publish_prices.py writes, the guard watches.
MAY_NAME_THE_TABLE: Final = frozenset(
    {
        "catalog/prices.py",
        "catalog/publish_prices.py",
        "catalog/price_guard.py",
    }
)
NAMES_IT: Final = re.compile(
    r"from app\.catalog\.records import [^\n]*(?:\([^)]*)?\bPrice\b|"
    r"\b(?:FROM|JOIN|INTO|UPDATE) price\b"
)
DAYS: Final = st.integers(-40, 40).map(lambda days: TODAY + timedelta(days=days))


def modules_that_name_the_price_table() -> Iterator[str]:
    for file in sorted(APP.rglob("*.py")):
        if NAMES_IT.search(file.read_text(encoding="utf-8")):
            yield file.relative_to(APP).as_posix()


def test_nothing_but_the_resolver_selects_from_the_price_table() -> None:
    assert frozenset(modules_that_name_the_price_table()) == MAY_NAME_THE_TABLE


@st.composite
def listed(draw: st.DrawFn) -> list[ListedPrice]:
    """Price lists as a file may state them, overlapping or not."""
    found = []
    for _ in range(draw(st.integers(0, 4))):
        start, end = draw(DAYS), draw(st.one_of(st.none(), DAYS))
        for bound in draw(st.sets(st.sampled_from((1, 5, 10)), min_size=1)):
            amount = draw(st.integers(1, 10**6))
            found.append(ListedPrice(bound, UnitPrice(amount), start, end))
    return found


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(prices=listed(), on=DAYS, quantity=st.sampled_from((1, 4, 5, 10, 99)))
def test_sorting_and_ordering_see_the_same_price(
    session: Session, prices: list[ListedPrice], on: date, quantity: int
) -> None:
    article = session.scalar(select(Article).where(Article.sku == world.NOTEBOOK))
    if article is None:
        world.workplace_hardware(session)
        article = session.scalars(select(Article).where(Article.sku == world.NOTEBOOK)).one()
        # Prices are never deleted; here every example has an article of its own.
    fresh = Article(
        **{
            name: getattr(article, name)
            for name in ("framework_id", "lot_id", "catalog_version_id", "name")
        },
        sku=f"X-{session.query(Article).count()}",
        minimum_quantity=quantity,
    )
    session.add(fresh)
    session.flush()
    rows = [
        {
            "article_id": fresh.id,
            "catalog_version_id": article.catalog_version_id,
            "lower_bound": price.lower_bound,
            "unit_price": price.unit_price,
            "valid_from": price.valid_from,
            "valid_to": price.valid_to,
        }
        for price in disjoint(prices, date.min)
    ]
    if rows:
        session.execute(insert(table_of(Price)), rows)  # no overlap: the database takes them all

    decided = price_for(price_rows(session, [fresh.id]).get(fresh.id, []), quantity, on)

    sorted_by = session.scalar(select(price_to_sort_by(on)).where(Article.id == fresh.id))
    (row,) = article_rows(session, [fresh.id], on, None)
    expected = decided.unit_price if decided else None
    assert sorted_by == expected
    assert row.unit_price == expected
    assert orderable_articles(session, {fresh.sku: quantity}, on)[fresh.sku].unit_price == expected


@pytest.fixture
def place(session: Session) -> World:
    place = settled(session)
    rented_catalog(session, place.framework)
    return place


def test_a_price_to_come_is_shown_with_its_day_and_counts_from_it(
    portal: Portal, session: Session, place: World
) -> None:
    browser, api = portal.signed_in(place.it), portal.api(place.it)

    page = browser.page("/artikel/MFP-MIETE")
    told = api.get("/api/v1/articles/MFP-MIETE").json()

    assert "49,905\xa0€" in page
    assert "ab 01.01.2027:" in page
    assert "47,50\xa0€" in page
    assert told["unit_price_net"] == "49.905"
    assert told["prices"] == [
        {
            "lower_bound": 1,
            "unit_price_net": "49.905",
            "currency": "EUR",
            "valid_from": "2026-11-21",  # published today: a list does not reach behind that
            "valid_to": "2026-12-31",
        }
    ]
    assert told["future_prices"] == [
        {
            "lower_bound": 1,
            "unit_price_net": "47.50",
            "currency": "EUR",
            "valid_from": "2027-01-01",
            "valid_to": "2027-12-31",
        }
    ]
    for day, rate in ((date(2026, 12, 31), "49.905"), (date(2027, 1, 1), "47.50")):
        found = orderable_articles(session, {"MFP-MIETE": 1}, day, {"MFP-MIETE": 24})["MFP-MIETE"]
        assert found.rate == UnitPrice.euros(rate)


def test_the_page_names_what_usual_terms_cost(portal: Portal, place: World) -> None:
    browser = portal.signed_in(place.it)

    page = browser.page("/artikel/MFP-MIETE")

    assert "Miete je Monat" in page
    for total in ("1.197,72", "1.796,58", "2.395,44", "2.994,30"):  # 24, 36, 48, 60 months
        assert f"{total}\xa0€" in page
    pages = browser.page("/artikel/SEITE-SW")
    assert "0,0045\xa0€" in pages
    assert "ab 50.000 Seiten" in pages
    assert "390,00\xa0€" in pages  # 100,000 pages at 0.0039


def test_the_total_follows_what_is_typed(portal: Portal, place: World) -> None:
    browser = portal.signed_in(place.it)

    def total(**typed: str) -> str:
        answer = browser.get("/artikelsumme", fragment=True, sku="MFP-MIETE", **typed)
        assert answer.status_code == 200
        return str(answer.text)

    assert "3.593,16\xa0€" in total(quantity="2", term="36")
    assert "24 bis 60" in total(quantity="2", term="12")
    assert "24 bis 60" in total(quantity="2", term="drei")
    assert "Menge" in total(quantity="", term="36")
    assert browser.get("/artikelsumme?sku=NIE").status_code == 404


def test_the_list_offers_rent_by_its_month_and_asks_for_the_term(
    portal: Portal, place: World
) -> None:
    page = portal.signed_in(place.it).page("/katalog?q=Multifunktion")

    assert "je Stück und Monat" in page
    assert "Laufzeit wählen" in page
