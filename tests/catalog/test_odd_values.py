"""What real files and the programs behind them do to a single value, and never to its meaning."""

import pytest

from app.catalog.formats.findings import Fault, FileRefused
from tests.catalog.bmecat_files import (
    DECLARATION,
    article,
    catalog,
    feature,
    only,
    price,
    read,
    refers,
)

ABROAD = DECLARATION + '<!DOCTYPE BMECAT SYSTEM "bmecat.dtd">'


@pytest.mark.parametrize(
    ("amount", "taken"),
    [
        ("1<b>249</b>", ["1249.00"]),
        ("1<i/>249", ["1249.00"]),
        ("1<!-- Tausender -->249", ["1249.00"]),
        ("1<?trenner?>249", ["1249.00"]),
        ("<![CDATA[1249]]>", ["1249.00"]),
        ("1&#160;249,00", []),
        ("19.990000000000002", ["19.99"]),
        ("0.30000000000000004", ["0.30"]),
        ("1e400", []),
        ("NaN", []),
        ("-0", []),
        ("+5", ["5.00"]),
    ],
)
def test_an_amount_is_read_whole_or_not_at_all(amount: str, taken: list[str]) -> None:
    found, _ = only(article(price(amount)))
    assert [one.unit_price.text for one in found.prices] == taken


def test_a_sign_that_the_file_does_not_declare_never_cuts_an_amount_short() -> None:
    file, (found,) = read(catalog(article(price("1&nbsp;249,00")), ABROAD))
    assert found.prices == ()
    assert set(file.findings.counts) == {Fault.NUMBER_UNREADABLE}


def test_of_two_amounts_of_one_price_none_is_taken() -> None:
    twice = price("10").replace("</PRICE_AMOUNT>", "</PRICE_AMOUNT><PRICE_AMOUNT>1</PRICE_AMOUNT>")
    file, (found,) = read(catalog(article(twice)))
    assert found.prices == ()
    (remark,) = file.findings.kept
    assert remark.reason == "„10 / 1“ ist keine eindeutige Zahl; der Preis wird nicht genommen."


def test_order_details_in_two_parts_are_both_heard() -> None:
    parts = "".join(
        f"<ARTICLE_ORDER_DETAILS>{part}</ARTICLE_ORDER_DETAILS>"
        for part in ("<QUANTITY_MIN>5</QUANTITY_MIN>", "<ORDER_UNIT>PK</ORDER_UNIT>")
    )
    found, _ = only(article(price("1"), parts))
    assert (found.quantity_min, found.order_unit) == (5, "PK")


@pytest.mark.parametrize("around", ["<ARTICLES>{}</ARTICLES>", "</T_NEW_CATALOG>{}<T_NEW_CATALOG>"])
def test_an_article_in_the_wrong_place_is_reported(around: str) -> None:
    lost = article(price("1"), sku="B-1")
    file, found = read(catalog(article(price("1")) + "\n" + around.format(lost)))
    assert [one.sku for one in found] == ["A-1"]
    (remark,) = file.findings.rejected
    assert (remark.line, remark.sku, remark.code) == (2, "B-1", Fault.OUTSIDE_TRANSACTION)


def test_a_file_that_wants_to_be_two_things_is_refused() -> None:
    both = article(price("1")) + "</T_NEW_CATALOG><T_UPDATE_PRICES>" + article(price("2"))
    content = catalog(both).replace(b"</T_NEW_CATALOG></BMECAT>", b"</T_UPDATE_PRICES></BMECAT>")
    with pytest.raises(FileRefused) as refused:
        read(content)
    assert refused.value.code == "several_transactions"
    assert "T_NEW_CATALOG und T_UPDATE_PRICES" in str(refused.value)


def test_a_kind_of_reference_is_never_longer_than_its_column() -> None:
    found, _ = only(article(price("1"), refers("udf_passt_auch_zu_alten_geraeten", "B-1")))
    assert [one.kind for one in found.references] == ["udf_passt_auch_zu_al"]


def test_what_consists_of_unseen_signs_only_is_no_feature() -> None:
    unseen = f"<ARTICLE_FEATURES>{feature('Farbe', '&#128;&#8203;')}</ARTICLE_FEATURES>"
    found, _ = only(article(price("1"), unseen))
    assert found.features == ()


def test_a_value_that_is_cut_ends_with_a_sign() -> None:
    wide = f"<ARTICLE_FEATURES>{feature('x' * 119 + ' y', 'z')}</ARTICLE_FEATURES>"
    found, _ = only(article(price("1"), wide))
    assert [one.name for one in found.features] == ["x" * 119]
