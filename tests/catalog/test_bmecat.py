"""Reading single BMEcat articles: numbers, prices, periods, names."""

from decimal import Decimal

import pytest

from app.catalog.formats.findings import Fault
from app.catalog.formats.numbers import gtin_is_right, number, quantity, tax_percent, unit
from app.catalog.formats.open_catalog import open_catalog
from app.catalog.formats.texts import plain_lines
from app.catalog.formats.values import PriceKind
from app.kernel.unit_price import UnitPrice
from tests.catalog.bmecat_files import TODAY, article, catalog, only, price, read
from tests.catalog.places import OWN


@pytest.mark.parametrize(
    ("text", "value", "fault"),
    [
        ("17.23", "17.23", None),
        ("17,23", "17.23", Fault.NUMBER_WITH_COMMA),
        ("1.249,00", "1249.00", Fault.NUMBER_WITH_COMMA),
        ("1,249.00", "1249.00", Fault.NUMBER_WITH_COMMA),
        ("1,249", None, Fault.NUMBER_UNREADABLE),
        ("1.000.000", None, Fault.NUMBER_UNREADABLE),
        ("auf Anfrage", None, Fault.NUMBER_UNREADABLE),
        ("1e9", None, Fault.NUMBER_UNREADABLE),
        ("-3.5", "-3.5", None),
    ],
)
def test_an_amount_is_understood_or_refused_but_never_a_hundredfold(
    text: str, value: str | None, fault: Fault | None
) -> None:
    read_number = number(text)

    assert read_number.value == (None if value is None else Decimal(value))
    assert read_number.fault == fault


@pytest.mark.parametrize(
    ("text", "percent", "fault"),
    [
        ("0.19", 19, None),
        ("0.07", 7, None),
        ("19", 19, Fault.TAX_IN_PERCENT),
        ("0,19", 19, Fault.NUMBER_WITH_COMMA),
        ("1900", 19, Fault.TAX_UNREADABLE),
        ("", 19, None),
        ("0", 0, None),
    ],
)
def test_a_tax_rate_is_never_nineteen_hundred_percent(
    text: str, percent: int, fault: Fault | None
) -> None:
    assert tax_percent(text) == (percent, fault)


def test_units_in_german_become_codes() -> None:
    assert unit("Stück") == ("C62", Fault.UNIT_MAPPED)
    assert unit("C62") == ("C62", None)
    assert unit("Gebinde groß") == ("C62", Fault.UNIT_UNKNOWN)


def test_quantities_are_whole_and_at_least_one() -> None:
    assert quantity("10") == (10, None)
    assert quantity("0") == (1, None)
    assert quantity("2.5") == (3, Fault.QUANTITY_ROUNDED)
    assert quantity("") == (1, None)


def test_the_check_digit_of_a_gtin_is_verified() -> None:
    assert gtin_is_right("4006381333931")
    assert not gtin_is_right("4006381333932")
    assert not gtin_is_right("123")


def test_only_the_tags_of_the_specification_are_understood_in_texts() -> None:
    text = "<ul><li>Ein &amp; zwei</li><li>drei</li></ul><script>alert(1)</script>"

    assert plain_lines(text) == "• Ein & zwei\n• drei\n<script>alert(1)</script>"


def test_the_effective_price_is_amount_times_factor_per_price_quantity() -> None:
    more = "<ARTICLE_ORDER_DETAILS><PRICE_QUANTITY>100</PRICE_QUANTITY></ARTICLE_ORDER_DETAILS>"

    read_article, _ = only(article(price("28.00", more="<PRICE_FACTOR>0.5</PRICE_FACTOR>"), more))

    assert [entry.unit_price for entry in read_article.prices] == [UnitPrice.euros("0.14")]


def test_the_customer_price_goes_before_the_list_price_and_scales_are_sorted() -> None:
    prices = (
        price("100", "net_list")
        + price("70", more="<LOWER_BOUND>50</LOWER_BOUND>")
        + price("80", more="<LOWER_BOUND>10</LOWER_BOUND>")
        + price("90")
    )

    read_article, _ = only(article(prices))

    assert [(entry.lower_bound, entry.unit_price.text) for entry in read_article.prices] == [
        (1, "90.00"),
        (10, "80.00"),
        (50, "70.00"),
    ]
    assert {entry.kind for entry in read_article.prices} == {PriceKind.NET_CUSTOMER}


@pytest.mark.parametrize(
    ("prices", "fault"),
    [
        (price("100", "gros_list"), Fault.GROSS_PRICE_ONLY),
        (price("100", "UVP"), Fault.PRICE_TYPE_UNKNOWN),
        (price("0.00"), Fault.PRICE_ZERO),
        (price(""), Fault.PRICE_ON_REQUEST),
        (price("1,249"), Fault.NUMBER_UNREADABLE),
        (price("99999999"), Fault.PRICE_TOO_HIGH),
        (price("10", more="<PRICE_CURRENCY>USD</PRICE_CURRENCY>"), Fault.FOREIGN_CURRENCY),
        ("<DAILY_PRICE>true</DAILY_PRICE>" + price("10"), Fault.PRICE_ON_REQUEST),
        ("<DATETIME><DATE>2026-01-01</DATE></DATETIME>" + price("10"), Fault.DATE_UNREADABLE),
        (
            "<VALID_START_DATE>2027-01-01</VALID_START_DATE>"
            "<VALID_END_DATE>2026-01-01</VALID_END_DATE>" + price("10"),
            Fault.PERIOD_INVERTED,
        ),
    ],
)
def test_a_price_that_must_not_be_ordered_at_is_reported_and_left_out(
    prices: str, fault: Fault
) -> None:
    read_article, faults = only(article(prices))

    assert read_article.prices == ()
    assert fault in faults


def test_more_than_four_decimals_are_rounded_half_up_with_a_warning() -> None:
    read_article, faults = only(article(price("0.00005")))

    assert read_article.prices[0].unit_price.ten_thousandths == 1
    assert faults == {Fault.PRICE_ROUNDED}


def test_an_article_with_a_negative_price_is_rejected_and_the_rest_goes_on() -> None:
    file, articles = read(catalog(article(price("-1")) + article(price("2"), sku="A-2")))

    assert [entry.sku for entry in articles] == ["A-2"]
    assert [(entry.sku, entry.code) for entry in file.findings.rejected] == [
        ("A-1", Fault.NEGATIVE_PRICE)
    ]


def test_of_two_articles_with_one_number_the_first_counts() -> None:
    file, articles = read(catalog(article(price("1")) + article(price("2"))))

    assert [entry.prices[0].unit_price.text for entry in articles] == ["1.00"]
    assert [entry.code for entry in file.findings.rejected] == [Fault.DUPLICATE_SKU]


def test_blanks_and_umlauts_inside_a_number_stay_and_zeros_in_front_too() -> None:
    _, articles = read(catalog(article(price("1"), sku="\n 007 Ä/ß ")))

    assert articles[0].sku == "007 Ä/ß"


def test_the_small_own_catalog_is_read_completely() -> None:
    with (OWN / "klein_2005.xml").open("rb") as stream:
        file = open_catalog(stream, TODAY)
        articles = list(file.articles())

    assert [entry.sku for entry in articles] == ["NB-1", "DOCK-1", "TONER-1", "DRUCKER-1"]
    assert (file.counts.articles, file.counts.prices, file.counts.groups) == (5, 5, 4)
    assert [entry.code for entry in file.findings.rejected] == [Fault.EMPTY_SKU]
    assert articles[0].classified("CPV") == "30213100"
    assert articles[0].lot == 1
    numbers = ["NB-1", "DOCK-1", "TONER-1", "DRUCKER-1", "GIBT-ES-NICHT"]
    assert file.holdings().groups_of(numbers) == {
        "NB-1": "Notebooks",
        "DOCK-1": "Dockingstationen",
        "TONER-1": "Toner",
        "DRUCKER-1": "Drucker",
    }


TERRITORIES = "<TERRITORY>AT</TERRITORY><TERRITORY>CH</TERRITORY>"
PER_KILOGRAM = (
    "<PRICE_BASE><PRICE_UNIT>KGM</PRICE_UNIT><PRICE_UNIT_FACTOR>25</PRICE_UNIT_FACTOR></PRICE_BASE>"
)


@pytest.mark.parametrize(
    ("prices", "fault"),
    [
        (price("10", more=TERRITORIES), Fault.PRICE_ELSEWHERE),
        (price("10", more=PER_KILOGRAM), Fault.PRICE_BASE),
    ],
)
def test_a_price_for_somewhere_or_something_else_does_not_count(prices: str, fault: Fault) -> None:
    read_article, faults = only(article(prices))

    assert read_article.prices == ()
    assert fault in faults


def test_of_two_prices_from_the_same_quantity_on_the_first_counts() -> None:
    read_article, faults = only(article(price("10") + price("9")))

    assert [entry.unit_price.text for entry in read_article.prices] == ["10.00"]
    assert faults == {Fault.PRICE_TWICE}


def test_a_factor_of_the_whole_catalog_multiplies_prices_without_their_own() -> None:
    own = "<PRICE_FACTOR>0.8</PRICE_FACTOR><LOWER_BOUND>10</LOWER_BOUND>"
    content = catalog(
        article(price("100") + price("100", more=own)), more="<PRICE_FACTOR>0.9</PRICE_FACTOR>"
    )

    _, articles = read(content)

    assert [entry.unit_price.text for entry in articles[0].prices] == ["90.00", "80.00"]


def test_two_price_periods_keep_their_days_and_where_they_overlap_the_later_begun_counts() -> None:
    def block(start: str, end: str, amount: str) -> str:
        return (
            f"<VALID_START_DATE>{start}</VALID_START_DATE><VALID_END_DATE>{end}</VALID_END_DATE>"
            + price(amount)
        )

    apart = "</ARTICLE_PRICE_DETAILS><ARTICLE_PRICE_DETAILS>"
    following, quiet = only(
        article(
            block("2026-01-01", "2026-12-31", "10")
            + apart
            + block("2027-01-01", "2027-12-31", "11")
        )
    )
    overlapping, faults = only(
        article(
            block("2026-01-01", "2027-06-30", "10")
            + apart
            + block("2027-01-01", "2027-03-31", "11")
        )
    )

    assert [(str(one.valid_from), str(one.valid_until)) for one in following.prices] == [
        ("2026-01-01", "2026-12-31"),
        ("2027-01-01", "2027-12-31"),
    ]
    assert quiet == set()
    assert [
        (one.unit_price.text, str(one.valid_from), str(one.valid_until))
        for one in overlapping.prices
    ] == [
        ("10.00", "2026-01-01", "2026-12-31"),
        ("11.00", "2027-01-01", "2027-03-31"),
        ("10.00", "2027-04-01", "2027-06-30"),
    ]
    assert faults == {Fault.PERIODS_OVERLAP}


@pytest.mark.parametrize(("version", "warned"), [("1.2", True), ("2005", False)])
def test_a_name_is_measured_by_the_limit_of_its_version(version: str, warned: bool) -> None:
    long_name = article(price("1")).replace("Ding", "x" * 100)

    file, articles = read(catalog(long_name, version=version))

    assert articles[0].name == "x" * 100
    assert (Fault.NAME_TOO_LONG in file.findings.counts) == warned
