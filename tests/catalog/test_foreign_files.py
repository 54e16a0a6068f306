"""Other people's catalog files: the counts that an independent tool found, faults as listed."""

import json
from collections import Counter
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Final

import pytest

from app.catalog.formats.bmecat import BmecatFile
from app.catalog.formats.findings import Fault, FileRefused
from app.catalog.formats.source import open_source
from app.catalog.formats.values import Article
from tests.catalog.places import FOREIGN

TODAY: Final = date(2026, 11, 21)
FACTS: Final[list[dict[str, Any]]] = (
    [json.loads(line) for line in (FOREIGN / "facts_dev.jsonl").read_text("utf-8").splitlines()]
    if FOREIGN.is_dir()
    else []
)
REFUSED: Final = {
    "dev/bmecat101_official_sample.xml": "version_not_supported",
    "dev/edge/billion_laughs.xml": "entity_declared",
    "dev/edge/control_char.xml": "not_well_formed",
    "dev/edge/cp1252_declared_utf8.xml": "wrong_encoding",
    "dev/edge/empty.xml": "empty_file",
    "dev/edge/html_error_page.xml": "html_page",
    "dev/edge/truncated.xml": "not_well_formed",
    "dev/edge/xxe_file_entity.xml": "entity_declared",
}
READABLE: Final = [facts for facts in FACTS if facts["file"] not in REFUSED]
CLEAN: Final = [facts for facts in READABLE if "dirty" not in facts["file"]]
PACKED: Final = ("dev/edge/catalogue.xml.gz", "dev/edge/catalogue_with_mime.zip")
EMPTY: Final = ("dev/edge/header_only.xml", "dev/edge/no_articles.xml")


def present(*names: str) -> list[str]:
    return [name for name in names if (FOREIGN / name).is_file()]


@pytest.fixture(scope="module", autouse=True)
def _say_how_many() -> None:
    print(f"{len(READABLE)} foreign catalogs compared with their fact sheets")  # noqa: T201 - it must be seen


def read(path: Path, encoding: str | None = None) -> tuple[BmecatFile, list[Article]]:
    with path.open("rb") as stream:
        source = open_source(stream)
        file = BmecatFile(source, TODAY, encoding=encoding)
        file.counts.amounts = []
        return file, list(file.articles())


def amount(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        return Decimal(0)


def named(facts: dict[str, Any]) -> str:
    return str(facts["file"])


@pytest.mark.parametrize("facts", READABLE, ids=named)
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
    assert counted.dangling_references == facts["dangling_references"]
    assert dict(counted.price_kinds) == facts["price_types"]
    assert sum(map(amount, counted.amounts or [])) == Decimal(facts["price_sum"])
    assert (counted.amounts or [""])[0] == (facts["first_price"] or "")
    assert (counted.amounts or [""])[-1] == (facts["last_price"] or "")
    assert file.findings.counts[Fault.UNKNOWN_GROUP] == facts["mappings_to_unknown_group"]


@pytest.mark.parametrize("facts", READABLE, ids=named)
def test_a_foreign_catalog_has_the_head_of_its_fact_sheet(facts: dict[str, Any]) -> None:
    file, _ = read(FOREIGN / facts["file"])

    head = file.header
    assert (head.version, head.namespace) == (facts["version"], facts["namespace"] or "")
    assert head.catalog_id == (facts.get("catalog_id") or "")
    assert head.catalog_version == (facts.get("catalog_version") or "")
    assert head.catalog_name == (facts.get("catalog_name") or "")
    assert head.supplier == (facts.get("supplier") or "")
    assert head.currency == (facts.get("currency") or "")
    assert head.media_root == (facts.get("mime_root") or "")
    assert list(head.languages) == facts.get("languages", [])
    assert [one.number for one in head.agreements] == facts.get("agreements", [])
    assert (file.transaction or None) == facts.get("transaction")
    previous = facts.get("prev_version")
    assert file.prev_version == (None if previous is None else int(previous))


@pytest.mark.parametrize("facts", CLEAN, ids=named)
def test_every_article_of_a_clean_foreign_catalog_is_accepted(facts: dict[str, Any]) -> None:
    file, articles = read(FOREIGN / facts["file"])

    skus = [article.sku for article in articles]
    assert len(skus) == facts["counts"].get("articles", 0)
    assert len(set(skus)) == facts["distinct_skus"]
    assert (skus[0] if skus else None) == facts["first_sku"]
    assert (skus[-1] if skus else None) == facts["last_sku"]
    modes = Counter(article.mode.value for article in articles)
    for mode in ("new", "delete"):
        written = facts["counts"].get(f"mode_{mode}", 0)
        assert modes[mode] == written or facts["transaction"] == "T_NEW_CATALOG"
    assert file.findings.rejected == ()


@pytest.mark.parametrize(
    "facts",
    [facts for facts in CLEAN if facts.get("transaction") == "T_NEW_CATALOG"],
    ids=named,
)
def test_classes_and_pictures_of_a_clean_foreign_catalog_are_those_of_its_fact_sheet(
    facts: dict[str, Any],
) -> None:
    _, articles = read(FOREIGN / facts["file"])

    systems = Counter(system for article in articles for system, _ in article.classifications)
    purposes = Counter(media.purpose for article in articles for media in article.media)
    assert systems == {name: n for name, n in facts["feature_systems"].items() if name != "(none)"}
    assert purposes == facts["mime_purposes"]


@pytest.mark.parametrize("name", present("dev/kitu_clean_12_utf8.xml", "dev/kitu_clean_2005.xml"))
def test_a_clean_catalog_gives_no_remark_at_all(name: str) -> None:
    file, _ = read(FOREIGN / name)

    assert file.findings.kept == []


@pytest.mark.parametrize("name", present(*REFUSED))
def test_a_file_that_cannot_be_trusted_is_refused_as_a_whole(name: str) -> None:
    with pytest.raises(FileRefused) as refusal:
        read(FOREIGN / name)

    assert refusal.value.code == REFUSED[name]
    if refusal.value.code in {"not_well_formed", "wrong_encoding"}:
        assert refusal.value.line > 0
        assert refusal.value.text.startswith(f"Zeile {refusal.value.line}, Spalte ")


@pytest.mark.parametrize("name", present(*PACKED))
def test_a_packed_catalog_is_read_without_unpacking_anything_else(name: str) -> None:
    _, articles = read(FOREIGN / name)

    assert len(articles) == 20
    assert (articles[0].sku, articles[-1].sku) == ("KITU-00001", "KITU-00202")
    assert not (FOREIGN / "dev" / "evil.txt").exists()


@pytest.mark.parametrize("name", present(*EMPTY))
def test_a_file_without_articles_is_read_as_having_none(name: str) -> None:
    file, articles = read(FOREIGN / name)

    assert articles == []
    assert file.counts.articles == 0


@pytest.mark.parametrize("name", present("dev/edge/cp1252_declared_utf8.xml"))
def test_the_file_in_windows_1252_is_readable_with_the_encoding_that_was_offered(name: str) -> None:
    with pytest.raises(FileRefused) as refusal:
        read(FOREIGN / name)
    file, articles = read(FOREIGN / name, refusal.value.offer)

    assert len(articles) == 20
    assert file.findings.rejected == ()


@pytest.mark.parametrize("name", present("dev/edge/catalogue_with_mime.zip"))
def test_the_picture_in_the_archive_is_the_one_of_its_article(name: str) -> None:
    with (FOREIGN / name).open("rb") as stream:
        file = BmecatFile(open_source(stream), TODAY)
        first = next(file.articles())
        picture, paper = (file.media.find(media) for media in first.media)

    assert picture is not None
    assert (picture.name, len(picture.content)) == ("KITU-00001.jpg", 4)
    assert paper is None


DEFECTS: Final = {
    "empty_sku": Fault.EMPTY_SKU,
    "duplicate_sku": Fault.DUPLICATE_SKU,
    "decimal_comma": Fault.NUMBER_WITH_COMMA,
    "thousands_separator": Fault.NUMBER_WITH_COMMA,
    "zero_price": Fault.PRICE_ZERO,
    "negative_price": Fault.NEGATIVE_PRICE,
    "no_price_details": Fault.NO_PRICE,
    "no_description": Fault.NAME_MISSING,
    "too_long_description": Fault.NAME_TOO_LONG,
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
UNREMARKABLE: Final = {"reduced_tax", "scale_not_ascending", "script_in_long_text", "umlaut_sku"}


def dirty(name: str) -> tuple[list[dict[str, Any]], BmecatFile, dict[str, Article]]:
    ledger = json.loads((FOREIGN / f"{name}.expected.json").read_text("utf-8"))["defects"]
    file, articles = read(FOREIGN / name)
    return ledger, file, {article.sku: article for article in articles}


@pytest.mark.parametrize("name", present("dev/kitu_dirty_12.xml"))
def test_exactly_the_injected_defects_of_the_dirty_catalog_are_reported(name: str) -> None:
    ledger, file, articles = dirty(name)

    remarkable = [defect for defect in ledger if defect["kind"] not in UNREMARKABLE]
    assert Counter((one.sku, one.code) for one in file.findings.kept) == Counter(
        (defect["sku"], DEFECTS[defect["kind"]]) for defect in remarkable
    )
    assert len(articles) == 394
    assert len(file.findings.rejected) == 6
    assert all(finding.line > 0 for finding in file.findings.kept)


@pytest.mark.parametrize("name", present("dev/kitu_dirty_12.xml"))
def test_what_the_dirty_catalog_writes_oddly_is_understood(name: str) -> None:
    ledger, _, articles = dirty(name)

    of_kind = {
        kind: [articles[defect["sku"]] for defect in ledger if defect["kind"] == kind]
        for kind in ("reduced_tax", "scale_not_ascending", "umlaut_sku", "thousands_separator")
    }
    assert {one.prices[0].tax_percent for one in of_kind["reduced_tax"]} == {7}
    for one in of_kind["scale_not_ascending"]:
        assert [price.lower_bound for price in one.prices] == [1, 10, 50]
    assert {one.sku for one in of_kind["umlaut_sku"]} == {"ÄÖ 233/ß-Ü", "ÄÖ 380/ß-Ü"}
    for one in of_kind["thousands_separator"]:
        assert "1249.00" in {price.unit_price.text for price in one.prices}
    scripts = [articles[one["sku"]] for one in ledger if one["kind"] == "script_in_long_text"]
    assert all("<script>alert(1)</script>" in one.name for one in scripts)
