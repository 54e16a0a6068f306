"""Updates of a catalog: changed articles and changed prices."""

import io
from decimal import Decimal

import pytest

from app.catalog.formats.findings import Fault
from app.catalog.formats.open_catalog import open_catalog
from app.catalog.formats.values import Article, Mode
from tests.catalog.bmecat_files import TODAY, article, catalog, price, read, refers

PRODUCTS = 'T_UPDATE_PRODUCTS prev_version="3"'
PRICES = 'T_UPDATE_PRICES prev_version="4"'


def new_prices(sku: str, prices: str) -> str:
    return (
        f"<ARTICLE><SUPPLIER_AID>{sku}</SUPPLIER_AID>"
        f"<ARTICLE_PRICE_DETAILS>{prices}</ARTICLE_PRICE_DETAILS></ARTICLE>"
    )


def test_an_update_of_articles_says_what_is_new_changed_and_gone() -> None:
    content = catalog(
        article(price("1"), sku="A", mode="new")
        + article(price("2"), sku="B", mode="update")
        + '<ARTICLE mode="delete"><SUPPLIER_AID>C</SUPPLIER_AID></ARTICLE>'
        + article(price("4"), sku="D"),
        transaction=PRODUCTS,
    )

    file, articles = read(content)

    assert (file.transaction, file.prev_version) == ("T_UPDATE_PRODUCTS", 3)
    assert [(one.sku, one.mode) for one in articles] == [
        ("A", Mode.NEW),
        ("B", Mode.UPDATE),
        ("C", Mode.DELETE),
        ("D", Mode.UPDATE),
    ]
    assert articles[2] == Article(articles[2].line, "C", Mode.DELETE)
    assert file.findings.kept == []
    assert file.holdings().holds(["A", "C", "X"]) == {"A", "C"}


def test_an_update_may_refer_to_articles_that_only_the_catalog_has() -> None:
    file, articles = read(
        catalog(article(price("1"), refers("accessories", "Z")), transaction=PRODUCTS)
    )

    assert [one.sku for one in articles[0].references] == ["Z"]
    assert file.findings.kept == []
    assert file.counts.dangling_references == 1


def test_a_mode_that_nobody_knows_rejects_the_article() -> None:
    file, articles = read(catalog(article(price("1"), mode="replace"), transaction=PRODUCTS))

    assert articles == []
    assert [(one.sku, one.code) for one in file.findings.rejected] == [("A-1", Fault.MODE_UNKNOWN)]
    assert file.holdings().holds(["A-1"]) == {"A-1"}


def test_an_update_of_prices_gives_every_price_of_the_articles_it_names() -> None:
    scale = price("10") + price("9.5", more="<LOWER_BOUND>10</LOWER_BOUND>")

    file, articles = read(catalog(new_prices("A", scale), transaction=PRICES))

    assert (file.transaction, file.prev_version) == ("T_UPDATE_PRICES", 4)
    assert [(one.sku, one.mode, one.name) for one in articles] == [("A", Mode.PRICES, "")]
    assert [(one.lower_bound, one.unit_price.text) for one in articles[0].prices] == [
        (1, "10.00"),
        (10, "9.50"),
    ]
    assert file.findings.kept == []


def test_new_prices_are_for_the_quantity_that_the_published_article_names() -> None:
    content = catalog(
        new_prices("A", price("28.00")) + new_prices("B", price("28.00")), transaction=PRICES
    )
    file = open_catalog(io.BytesIO(content), TODAY, price_quantities={"A": Decimal(100)})

    articles = list(file.articles())

    assert [one.prices[0].unit_price.text for one in articles] == ["0.28", "28.00"]


@pytest.mark.parametrize(
    "prices", ["", price("auf Anfrage"), price("10", "UVP"), price("0"), price("-1")]
)
def test_without_a_usable_new_price_the_article_keeps_the_prices_it_has(prices: str) -> None:
    file, articles = read(catalog(new_prices("A", prices), transaction=PRICES))

    assert articles == []
    assert Fault.NO_NEW_PRICE in {one.code for one in file.findings.rejected}


def test_a_catalog_without_prev_version_says_nothing_about_its_order() -> None:
    file, _ = read(catalog(article(price("1")), transaction="T_UPDATE_PRODUCTS"))

    assert file.prev_version is None
