"""Reading single articles: numbers, prices, periods, texts and hostile frames."""

import gzip
import io
from datetime import date
from decimal import Decimal
from typing import Final

import pytest

from app.catalog.formats.bmecat import CatalogFile
from app.catalog.formats.findings import Fault, FileRefused
from app.catalog.formats.numbers import gtin_is_right, number, quantity, tax_percent, unit
from app.catalog.formats.texts import plain_lines
from app.catalog.formats.values import Article, PriceKind
from app.kernel.unit_price import UnitPrice
from tests.catalog.places import OWN

OUTSIDE: Final = '<!DOCTYPE BMECAT [<!ENTITY % x SYSTEM "http://192.0.2.1/">%x;]>'
TODAY: Final = date(2026, 11, 21)


def catalog(articles: str, head: str = '<?xml version="1.0" encoding="UTF-8"?>') -> bytes:
    return (
        f'{head}<BMECAT version="1.2"><HEADER><CATALOG><LANGUAGE>deu</LANGUAGE>'
        "<CATALOG_ID>T</CATALOG_ID><CATALOG_VERSION>1.0</CATALOG_VERSION>"
        "<CURRENCY>EUR</CURRENCY></CATALOG><SUPPLIER><SUPPLIER_NAME>Lieferant</SUPPLIER_NAME>"
        f"</SUPPLIER></HEADER><T_NEW_CATALOG>{articles}</T_NEW_CATALOG></BMECAT>"
    ).encode()


def article(prices: str, more: str = "", sku: str = "A-1") -> str:
    return (
        f"<ARTICLE><SUPPLIER_AID>{sku}</SUPPLIER_AID><ARTICLE_DETAILS>"
        f"<DESCRIPTION_SHORT>Ding</DESCRIPTION_SHORT></ARTICLE_DETAILS>{more}"
        f"<ARTICLE_PRICE_DETAILS>{prices}</ARTICLE_PRICE_DETAILS></ARTICLE>"
    )


def price(amount: str, kind: str = "net_customer", more: str = "") -> str:
    return (
        f'<ARTICLE_PRICE price_type="{kind}"><PRICE_AMOUNT>{amount}</PRICE_AMOUNT>{more}'
        "</ARTICLE_PRICE>"
    )


def read(content: bytes) -> tuple[CatalogFile, list[Article]]:
    file = CatalogFile(io.BytesIO(content), TODAY)
    return file, list(file.articles())


def only(content: str) -> tuple[Article, set[Fault]]:
    file, articles = read(catalog(content))
    return articles[0], set(file.findings.counts)


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
    assert quantity("10", 1) == (10, None)
    assert quantity("0", 1) == (1, None)
    assert quantity("2.5", 1) == (3, Fault.QUANTITY_ROUNDED)
    assert quantity("", 1) == (1, None)


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


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"   \n", "empty_file"),
        (b"<html><body>502</body></html>", "html_page"),
        (b"<a/>", "not_bmecat"),
        (b"sku;name\n1;x", "not_well_formed"),
        (catalog("<ARTICLE>"), "not_well_formed"),
        (catalog("", '<!DOCTYPE BMECAT [<!ENTITY x "y">]>'), "entity_declared"),
        (catalog("", OUTSIDE), "entity_declared"),
        (catalog("").replace(b"T_NEW_CATALOG", b"T_UPDATE_PRICES"), "transaction_not_supported"),
        (catalog("").replace(b'"1.2"', b'"3.0"'), "version_not_supported"),
        (gzip.compress(catalog(""), mtime=0)[:60], "archive_damaged"),
        (
            gzip.compress(b"<BMECAT version='1.2'>" + b" " * 60_000_000, mtime=0),
            "archive_too_large",
        ),
        (b"PK\x03\x04 nothing", "archive_damaged"),
    ],
    # Never the bytes: gzip's hold the time, and every worker has to name a case alike.
    ids=lambda value: value if isinstance(value, str) else "file",
)
def test_a_file_with_a_broken_or_hostile_frame_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(FileRefused) as refusal:
        read(content)

    assert refusal.value.code == code


def test_a_document_type_from_outside_is_tolerated_and_never_loaded() -> None:
    head = '<!DOCTYPE BMECAT SYSTEM "http://192.0.2.1/bmecat.dtd">'

    _, articles = read(catalog(article(price("1")), head))

    assert len(articles) == 1


def test_the_small_own_catalog_is_read_completely() -> None:
    with (OWN / "klein_2005.xml").open("rb") as stream:
        file = CatalogFile(stream, TODAY)
        articles = list(file.articles())

    assert [entry.sku for entry in articles] == ["NB-1", "DOCK-1", "TONER-1", "DRUCKER-1"]
    assert (file.counts.articles, file.counts.prices, file.counts.groups) == (5, 5, 4)
    assert [entry.code for entry in file.findings.rejected] == [Fault.EMPTY_SKU]
    assert articles[0].classified("CPV") == "30213100"
    assert articles[0].lot == 1
    assert file.group_of == {"NB-1": "10", "DOCK-1": "20", "TONER-1": "30", "DRUCKER-1": "40"}
