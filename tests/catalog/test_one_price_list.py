"""Nearly every article has one price list; the short way there comes to what the long one does."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as some

from app.catalog.entry_prices import Priced, PriceTerms, plain, priced
from app.catalog.finding.price_span import price_span
from app.catalog.rules import PriceRow
from app.catalog.rules_periods import Stated, beginning, listed

DAYS = [date(2026, 1, 1) + timedelta(days=100 * step) for step in range(5)]
BOUNDS = some.integers(1, 3)
AMOUNTS = some.integers(1, 10_000)
SAID = some.none() | some.sampled_from([day.isoformat() for day in DAYS])
ONE_LIST = some.tuples(some.lists(some.tuples(BOUNDS, AMOUNTS), max_size=3), SAID, SAID).map(
    lambda told: [(bound, amount, told[1], told[2]) for bound, amount in told[0]]
)
ANY_LISTS = some.lists(some.tuples(BOUNDS, AMOUNTS, SAID, SAID), max_size=3)
TERMS = some.builds(
    PriceTerms,
    day=some.sampled_from(DAYS),
    begins=some.sampled_from(DAYS),
    ends=some.none() | some.sampled_from(DAYS),
    first=some.booleans(),
)


@given(ONE_LIST | ANY_LISTS, BOUNDS, TERMS)
def test_prices_of_one_list_are_what_any_prices_are(
    stated: list[Stated], quantity: int, terms: PriceTerms
) -> None:
    prices = listed(stated, terms.begins, terms.ends)
    begun = beginning(prices, terms.day, first=terms.first)
    rows = [
        PriceRow(one.unit_price, one.lower_bound, one.valid_from, one.valid_to, 0) for one in begun
    ]
    span = price_span(rows, quantity, terms.day)
    amount = None if span.price is None else span.price.ten_thousandths

    assert priced(stated, quantity, terms) == Priced(
        plain(prices), plain(begun), (amount, span.since, span.until)
    )
