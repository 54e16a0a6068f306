"""Other people's catalog files: the counts that an independent tool found, faults as listed."""

import json
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Final

import pytest

from app.catalog.formats.bmecat import CatalogFile
from app.catalog.formats.findings import Fault, FileRefused
from tests.catalog.places import FOREIGN

TODAY: Final = date(2026, 11, 21)
FACTS: Final[list[dict[str, Any]]] = (
    [json.loads(line) for line in (FOREIGN / "facts_dev.jsonl").read_text("utf-8").splitlines()]
    if FOREIGN.is_dir()
    else []
)
READABLE: Final = [
    facts
    for facts in FACTS
    if facts.get("transaction") == "T_NEW_CATALOG"
    and facts["well_formed"]
    and not facts["version"].startswith("1.0")
    and "xxe" not in facts["file"]
]
REFUSED: Final = {
    "dev/bmecat101_official_sample.xml": "version_not_supported",
    "dev/kitu_update_prices_12.xml": "transaction_not_supported",
    "dev/kitu_update_products_12.xml": "transaction_not_supported",
    "dev/olivere_12_update_prices.xml": "transaction_not_supported",
    "dev/edge/billion_laughs.xml": "entity_declared",
    "dev/edge/control_char.xml": "not_well_formed",
    "dev/edge/cp1252_declared_utf8.xml": "wrong_encoding",
    "dev/edge/empty.xml": "empty_file",
    "dev/edge/html_error_page.xml": "html_page",
    "dev/edge/truncated.xml": "not_well_formed",
    "dev/edge/xxe_file_entity.xml": "entity_declared",
}
PACKED: Final = ("dev/edge/catalogue.xml.gz", "dev/edge/catalogue_with_mime.zip")
EMPTY: Final = ("dev/edge/header_only.xml", "dev/edge/no_articles.xml")


def present(*names: str) -> list[str]:
    return [name for name in names if (FOREIGN / name).is_file()]


@pytest.fixture(scope="module", autouse=True)
def _say_how_many() -> None:
    print(f"{len(READABLE)} foreign catalogs compared with their fact sheets")  # noqa: T201 - it must be seen


def read(path: Path) -> tuple[CatalogFile, list[str]]:
    with path.open("rb") as stream:
        file = CatalogFile(stream, TODAY, keep_amounts=True)
        return file, [article.sku for article in file.articles()]


def amount(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        return Decimal(0)


@pytest.mark.parametrize("facts", READABLE, ids=[facts["file"] for facts in READABLE])
def test_a_foreign_catalog_is_read_with_the_counts_of_its_fact_sheet(facts: dict[str, Any]) -> None:
    file, _ = read(FOREIGN / facts["file"])

    counted, expected = file.counts, facts["counts"]
    assert counted.articles == expected.get("articles", 0)
    assert counted.prices == expected.get("prices", 0)
    assert counted.price_blocks == expected.get("price_details", 0)
    assert counted.dated_price_blocks == expected.get("price_details_with_validity", 0)
    assert counted.features == expected.get("features", 0)
    assert counted.gtins == expected.get("gtin", 0)
    assert counted.mpns == expected.get("mpn", 0)
    assert counted.group_mappings == expected.get("group_mappings", 0)
    assert counted.groups == facts["groups"]
    assert dict(counted.references) == facts["references"]
    assert dict(counted.price_kinds) == facts["price_types"]
    assert sum(map(amount, counted.amounts or [])) == Decimal(facts["price_sum"])


@pytest.mark.parametrize(
    "facts",
    [facts for facts in READABLE if "dirty" not in facts["file"]],
    ids=lambda facts: facts["file"],
)
def test_every_article_of_a_clean_foreign_catalog_is_accepted(facts: dict[str, Any]) -> None:
    file, skus = read(FOREIGN / facts["file"])

    assert len(skus) == facts["counts"].get("articles", 0)
    assert (skus[0] if skus else None) == facts["first_sku"]
    assert (skus[-1] if skus else None) == facts["last_sku"]
    assert file.counts.dangling_references == facts["dangling_references"]
    assert file.findings.rejected == ()


@pytest.mark.parametrize("name", present(*REFUSED))
def test_a_file_that_cannot_be_trusted_is_refused_as_a_whole(name: str) -> None:
    with pytest.raises(FileRefused) as refusal:
        read(FOREIGN / name)

    assert refusal.value.code == REFUSED[name]
    if refusal.value.code in {"not_well_formed", "wrong_encoding", "transaction_not_supported"}:
        assert refusal.value.line > 0
        assert refusal.value.text.startswith(f"Zeile {refusal.value.line}, Spalte ")


@pytest.mark.parametrize("name", present(*PACKED))
def test_a_packed_catalog_is_read_without_unpacking_anything_else(name: str) -> None:
    _, skus = read(FOREIGN / name)

    assert len(skus) == 20
    assert (skus[0], skus[-1]) == ("KITU-00001", "KITU-00202")
    assert not (FOREIGN / "dev" / "evil.txt").exists()


@pytest.mark.parametrize("name", present(*EMPTY))
def test_a_file_without_articles_is_read_as_having_none(name: str) -> None:
    file, skus = read(FOREIGN / name)

    assert skus == []
    assert file.counts.articles == 0


@pytest.mark.parametrize("name", present("dev/kitu_dirty_12.xml"))
def test_every_injected_defect_of_the_dirty_catalog_is_reported(name: str) -> None:
    ledger = json.loads((FOREIGN / f"{name}.expected.json").read_text("utf-8"))["defects"]
    expected = {
        "empty_sku": Fault.EMPTY_SKU,
        "duplicate_sku": Fault.DUPLICATE_SKU,
        "decimal_comma": Fault.NUMBER_WITH_COMMA,
        "thousands_separator": Fault.NUMBER_WITH_COMMA,
        "zero_price": Fault.PRICE_ZERO,
        "negative_price": Fault.NEGATIVE_PRICE,
        "no_price_details": Fault.NO_PRICE,
        "no_description": Fault.NAME_MISSING,
        "bad_gtin": Fault.GTIN_WRONG,
        "unknown_unit": Fault.UNIT_MAPPED,
        "tax_percent": Fault.TAX_IN_PERCENT,
        "foreign_currency": Fault.FOREIGN_CURRENCY,
        "end_before_start": Fault.PERIOD_INVERTED,
        "expired_price": Fault.PRICE_EXPIRED,
        "future_price": Fault.PRICE_IN_FUTURE,
        "overlapping_periods": Fault.PERIODS_OVERLAP,
        "unknown_group": Fault.UNKNOWN_GROUP,
        "dangling_reference": Fault.DANGLING_REFERENCE,
        "wrong_mode": Fault.MODE_IGNORED,
    }

    file, skus = read(FOREIGN / name)

    found = {(finding.sku, finding.code) for finding in file.findings.kept}
    for defect in ledger:
        if defect["kind"] in expected:
            assert (defect["sku"], expected[defect["kind"]]) in found, defect
    assert len(skus) == 394
    assert len(file.findings.rejected) == 6
    assert {"ÄÖ 233/ß-Ü", "ÄÖ 380/ß-Ü"} <= set(skus)
