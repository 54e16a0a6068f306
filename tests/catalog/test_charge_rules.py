"""What a price is asked for, read from features, and what a term costs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.catalog.rules_charge import (
    Charge,
    Charging,
    charging_of,
    counted_for_scale,
    over_term,
)
from app.kernel.money import Money
from app.kernel.unit_price import UnitPrice

RENT = Charging(Charge.MONTHLY, 24, 60)
PAGES = Charging(Charge.PER_PAGE)


@pytest.mark.parametrize(
    ("features", "order_unit", "expected"),
    [
        pytest.param([], "C62", Charging(), id="nothing said is a purchase"),
        pytest.param([("Preisart", "Kauf", "")], "C62", Charging(), id="said to be a purchase"),
        pytest.param(
            [("Preisart", "Miete je Monat", ""), ("Mindestlaufzeit", "24 Monate", "")],
            "C62",
            Charging(Charge.MONTHLY, 24),
            id="rent with a shortest term",
        ),
        pytest.param(
            [("Abrechnungsart", "Klickpreis", ""), ("Mindestabnahme", "10.000", "Seiten")],
            "C62",
            Charging(Charge.PER_PAGE, 10_000),
            id="price per click",
        ),
        pytest.param([], "MON", Charging(Charge.MONTHLY), id="ordered in months"),
        pytest.param([], "ZP", Charging(Charge.PER_PAGE), id="ordered in pages"),
        pytest.param(
            [
                ("Preisart", "Miete", ""),
                ("Mindestlaufzeit", "60", ""),
                ("Höchstlaufzeit", "36", ""),
            ],
            "C62",
            Charging(Charge.MONTHLY),
            id="a range that holds nothing is dropped",
        ),
        pytest.param(
            [("Mindestlaufzeit", "36", "Monate")], "C62", Charging(), id="a term alone is no rent"
        ),
    ],
)
def test_the_catalog_says_how_an_article_is_charged(
    features: list[tuple[str, str, str]], order_unit: str, expected: Charging
) -> None:
    assert charging_of(features, order_unit) == expected


@pytest.mark.parametrize(
    ("charging", "term", "fault"),
    [
        pytest.param(Charging(), None, None, id="a purchase has no term"),
        pytest.param(
            Charging(),
            36,
            "Dieser Artikel wird gekauft, er hat keine Laufzeit.",
            id="a purchase with a term",
        ),
        pytest.param(RENT, 24, None, id="the shortest rent"),
        pytest.param(RENT, 60, None, id="the longest rent"),
        pytest.param(
            RENT,
            61,
            "Bitte geben Sie an: Mietdauer in Monaten (24 bis 60).",
            id="longer than offered",
        ),
        pytest.param(
            RENT, None, "Bitte geben Sie an: Mietdauer in Monaten (24 bis 60).", id="no term"
        ),
        pytest.param(
            PAGES,
            0,
            "Bitte geben Sie an: Seiten je Stück über die Laufzeit (1 bis 10.000.000).",
            id="no pages",
        ),
    ],
)
def test_a_term_must_be_one_that_the_contract_offers(
    charging: Charging, term: int | None, fault: str | None
) -> None:
    assert charging.fault_of(term) == fault


def test_a_fraction_of_a_cent_is_rounded_once_for_the_whole_term() -> None:
    page = UnitPrice.euros("0.0045")

    assert over_term(page, 33_333).times(3) == Money.euros("450.00")  # 449.9955
    assert page.times(1) == Money.euros("0")


@given(rate=st.integers(1, 10**9), term=st.integers(1, 10**6), quantity=st.integers(1, 10**4))
def test_term_and_pieces_may_be_multiplied_in_any_order(
    rate: int, term: int, quantity: int
) -> None:
    assert over_term(UnitPrice(rate), term).times(quantity) == UnitPrice(rate).times(
        term * quantity
    )


def test_scales_of_page_prices_count_pages_and_those_of_rent_count_pieces() -> None:
    assert counted_for_scale(Charge.PER_PAGE, 3, 20_000) == 60_000
    assert counted_for_scale(Charge.MONTHLY, 3, 36) == 3
    assert counted_for_scale(Charge.PURCHASE, 3, None) == 3


def test_the_usual_terms_lie_within_the_offered_ones() -> None:
    assert RENT.usual_terms == (24, 36, 48, 60)
    assert Charging(Charge.MONTHLY, 18, 40).usual_terms == (18, 24, 36)
    assert Charging().usual_terms == ()


def test_terms_are_said_in_words() -> None:
    assert Charge.MONTHLY.term_text(1) == "1 Monat"
    assert Charge.PER_PAGE.term_text(120_000) == "120.000 Seiten"
    assert Charge.PURCHASE.term_text(None) == ""
