"""What the list compares and folds: typed prices, rents apart, one row for a family."""

from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalog.finding.find_articles import find_articles
from app.catalog.finding.index_articles import index_articles
from app.catalog.finding.price_bands import SPAN, span_key
from app.catalog.finding.search import Hits, Search, Sort
from app.catalog.forms import read_filter
from app.catalog.queries import article_rows
from app.catalog.records import Article
from app.catalog.rules_charge import Charge
from tests.support.clock import TODAY
from tests.support.world import MONITOR, NOTEBOOK, WORKSTATION, workplace_hardware


@pytest.fixture(autouse=True)
def articles(session: Session) -> dict[str, Article]:
    """NB-14 for 789.00, NB-16 for 1249.9050, MON-27 for 189.50."""
    workplace_hardware(session)
    return {one.sku: one for one in session.scalars(select(Article))}


def found(session: Session, search: Search) -> tuple[list[str], Hits]:
    hits = find_articles(session, search, TODAY, None)
    return [row.sku for row in article_rows(session, hits.ids, TODAY, None)], hits


@pytest.mark.parametrize(
    ("low", "high", "skus"),
    [
        ("189.50", "789", [MONITOR, NOTEBOOK]),
        ("189.51", None, [NOTEBOOK, WORKSTATION]),
        (None, "1249.90", [MONITOR, NOTEBOOK]),
        (None, "1249.91", [MONITOR, NOTEBOOK, WORKSTATION]),
        ("800", "700", []),
    ],
)
def test_both_typed_prices_are_inclusive(
    session: Session, low: str | None, high: str | None, skus: list[str]
) -> None:
    key = span_key(Decimal(low) if low else None, Decimal(high) if high else None)

    assert found(session, Search(chosen={SPAN: (key,)}, sort=Sort.PRICE))[0] == skus


def test_typed_prices_narrow_a_chosen_step_and_what_it_counts(session: Session) -> None:
    search = Search(chosen={SPAN: ("700.00-",), "price": ("500-1000",)}, sort=Sort.PRICE)

    skus, hits = found(session, search)

    assert skus == [NOTEBOOK]
    assert [(one.key, one.count) for one in hits.facets["price"]] == [
        ("500-1000", 1),
        ("1000-2500", 1),
    ]


def test_a_rent_is_no_price_to_compare_with(session: Session, articles: dict[str, Article]) -> None:
    articles[MONITOR].charge = Charge.MONTHLY
    articles[MONITOR].shortest_term, articles[MONITOR].longest_term = 12, 60
    index_articles(session, [articles[MONITOR].id], TODAY)
    session.commit()

    dearest, _ = found(session, Search(sort=Sort.PRICE_DOWN))
    cheapest, hits = found(session, Search(sort=Sort.PRICE))
    assert (cheapest[0], cheapest[-1]) == (NOTEBOOK, MONITOR)
    assert (dearest[0], dearest[-1]) == (WORKSTATION, MONITOR)
    assert [one.key for one in hits.facets["price"]] == ["500-1000", "1000-2500"]
    assert [(one.text, one.count) for one in hits.facets["charge"]] == [
        ("Kauf", 2),
        ("Miete je Monat", 1),
    ]
    assert found(session, Search(chosen={SPAN: ("-999.00",)}))[0] == [NOTEBOOK]
    assert found(session, Search(chosen={"charge": ("month",)}))[0] == [MONITOR]


def test_a_family_is_one_row_led_by_the_first_in_the_order(
    session: Session, articles: dict[str, Article]
) -> None:
    for sku in (NOTEBOOK, WORKSTATION):
        articles[sku].family = "ThinkPad"
    index_articles(session, [one.id for one in articles.values()], TODAY)
    session.commit()

    cheap, hits = found(session, Search(sort=Sort.PRICE, fold=True))
    dear, _ = found(session, Search(sort=Sort.PRICE_DOWN, fold=True))
    second, _ = found(session, Search(sort=Sort.PRICE, offset=1, limit=1, fold=True))
    again, kept = found(session, Search(sort=Sort.PRICE, fold=True))
    narrowed, _ = found(session, Search(chosen={SPAN: ("800-",)}, fold=True))
    apart, whole = found(session, Search(sort=Sort.PRICE))

    assert cheap == again == [MONITOR, NOTEBOOK]
    assert dear == [WORKSTATION, MONITOR]
    assert second == [NOTEBOOK]
    assert narrowed == [WORKSTATION]
    assert (hits.total, hits.rows, kept.rows) == (3, 2, 2)
    assert (apart, whole.rows) == ([MONITOR, NOTEBOOK, WORKSTATION], 3)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ({"price_from": "1.249,50"}, "1249.50-"),
        ({"price_from": "100", "price_to": "200 €"}, "100.00-200.00"),
        ({"price_to": "99.9"}, "-99.90"),
        ({"price_from": "viel", "price_to": "-5"}, ""),
        ({"price_from": "9" * 20}, ""),
    ],
)
def test_prices_are_read_as_people_type_them(typed: dict[str, str], key: str) -> None:
    wanted = read_filter(list(typed.items()))

    assert wanted.search.chosen == ({SPAN: (key,)} if key else {})


def test_typed_prices_stand_in_the_address_and_can_be_taken_back() -> None:
    wanted = read_filter([("q", "dock"), ("price_from", "100"), ("price_to", "249,50")])

    assert wanted.parameters == [("q", "dock"), ("price_from", "100"), ("price_to", "249,50")]
    assert wanted.chips({}) == [("Preis: ab 100 € bis 249,50 €", "/katalog?q=dock")]
