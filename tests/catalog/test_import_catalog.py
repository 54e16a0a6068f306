"""Importing a catalog: the difference, all or nothing, prices that begin and end."""

import io
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.catalog.finding.find_articles import find_articles
from app.catalog.finding.search import Search
from app.catalog.formats.findings import FileRefused
from app.catalog.publish_catalog_version import publish_catalog_version
from app.catalog.queries import orderable_articles
from app.catalog.records import (
    Article,
    ArticleReference,
    CatalogEntry,
    CatalogVersion,
    Category,
    Price,
)
from app.catalog.upkeep.import_catalog import ImportOrder, import_catalog
from app.catalog.upkeep.import_result import ImportResult
from app.frameworks.records import Framework
from app.kernel.errors import Conflict, Malformed, NotFound
from tests.catalog.places import FOREIGN, OWN
from tests.support import world
from tests.support.clock import NOON, TODAY

SMALL = (OWN / "klein_2005.xml").read_bytes()


@pytest.fixture
def framework(session: Session) -> Framework:
    return world.workplace_hardware(session)


def imported(session: Session, framework: Framework, content: bytes, **more: Any) -> ImportResult:
    days = more.pop("days", 0)
    order = ImportOrder("klein.xml", framework.number, **({"publish": True} | more))
    return import_catalog(session, io.BytesIO(content), order, NOON + timedelta(days=days))


def rows(session: Session) -> dict[str, int]:
    tables = (Article, Price, Category, ArticleReference, CatalogVersion, CatalogEntry)
    return {
        table.__tablename__: session.scalar(select(func.count()).select_from(table)) or 0
        for table in tables
    }


def newer(content: bytes, *changes: tuple[bytes, bytes]) -> bytes:
    content = content.replace(b"001.000", b"002.000")
    for old, new in changes:
        assert old in content
        content = content.replace(old, new)
    return content


def test_the_first_import_publishes_every_readable_article(
    session: Session, framework: Framework
) -> None:
    before = rows(session)

    result = imported(session, framework, SMALL)

    assert result.as_json() == {
        "file": "klein.xml",
        "format": "BMEcat 2005",
        "transaction": "T_NEW_CATALOG",
        "articles_new": 4,
        "articles_changed": 0,
        "articles_unchanged": 0,
        "articles_removed": 0,
        "prices": 5,
        "groups": 4,
        "rejected": [
            {
                "line": 85,
                "sku": "",
                "code": "empty_sku",
                "reason": "Der 5. Artikel der Datei hat keine Artikelnummer. Bitte ergänzen.",
            }
        ],
        "catalog_version": 2,
        "published": True,
    }
    assert rows(session) == {
        "article": before["article"] + 4,
        "price": before["price"] + 5,
        "category": before["category"] + 4,
        "article_reference": 2,
        "catalog_version": before["catalog_version"] + 1,
        "catalog_entry": 4,
    }
    notebook = session.scalars(select(Article).where(Article.sku == "NB-1")).one()
    assert notebook.serial_numbers
    assert notebook.details["features"] == [["Arbeitsspeicher", "16", "GB"]]


def test_articles_of_other_catalogs_of_the_framework_stay(
    session: Session, framework: Framework
) -> None:
    imported(session, framework, SMALL)

    assert world.NOTEBOOK in orderable_articles(session, {world.NOTEBOOK: 1}, TODAY)
    assert session.scalar(select(func.count()).where(Article.active.is_(False))) == 0


def test_the_same_file_again_changes_nothing(session: Session, framework: Framework) -> None:
    imported(session, framework, SMALL)
    before = rows(session)

    again = imported(session, framework, SMALL)

    counts = again.articles
    assert (counts.new, counts.changed, counts.unchanged, counts.removed) == (0, 0, 4, 0)
    assert again.catalog_version == 2
    assert rows(session) == before


def test_a_dry_run_counts_and_writes_nothing(session: Session, framework: Framework) -> None:
    before = rows(session)

    result = imported(session, framework, SMALL, dry_run=True)

    assert (result.articles.new, result.published) == (4, False)
    assert rows(session) == before


def test_a_draft_is_not_seen_until_it_is_published(session: Session, framework: Framework) -> None:
    result = imported(session, framework, SMALL, publish=False)

    assert result.published is False
    assert orderable_articles(session, {"NB-1": 1}, TODAY) == {}
    assert rows(session)["catalog_entry"] == 4


def test_a_new_version_ends_old_prices_and_begins_new_ones(
    session: Session, framework: Framework
) -> None:
    imported(session, framework, SMALL)
    content = newer(SMALL, (b"789.00", b"779.00"))

    result = imported(session, framework, content, days=1)

    counts = result.articles
    assert (counts.new, counts.changed, counts.unchanged, counts.removed) == (0, 1, 3, 0)
    tomorrow = TODAY + timedelta(days=1)
    assert _price(session, "NB-1", 1, TODAY) == "789.00"
    assert _price(session, "NB-1", 1, tomorrow) == "779.00"
    assert _price(session, "NB-1", 10, tomorrow) == "749.00"
    others = select(func.count()).where(Price.catalog_version_id == result.version_id)
    assert session.scalar(others) == 2


def test_a_lower_price_can_be_lowered_again_on_the_same_day(
    session: Session, framework: Framework
) -> None:
    imported(session, framework, SMALL)
    imported(session, framework, newer(SMALL, (b"789.00", b"769.00")))
    again = newer(SMALL, (b"789.00", b"759.00")).replace(b"002.000", b"003.000")

    imported(session, framework, again)

    assert _price(session, "NB-1", 1, TODAY) == "759.00"


def test_what_the_new_version_lacks_is_no_longer_orderable(
    session: Session, framework: Framework
) -> None:
    imported(session, framework, SMALL)
    start = SMALL.index(b'    <PRODUCT mode="new">\n      <SUPPLIER_PID>DOCK-1')
    end = SMALL.index(b'    <PRODUCT mode="new">\n      <SUPPLIER_PID>TONER-1')
    content = newer(SMALL[:start] + SMALL[end:])

    result = imported(session, framework, content)

    assert result.articles.removed == 1
    refused = orderable_articles(session, {"DOCK-1": 1}, TODAY)["DOCK-1"]
    assert (refused.refusal, refused.unit_price) == ("article_not_orderable", None)


def test_an_article_that_only_moved_to_another_group_is_a_change(
    session: Session, framework: Framework
) -> None:
    imported(session, framework, SMALL)

    result = imported(session, framework, newer(SMALL, (b">Toner<", b">Verbrauchsmaterial<")))

    assert (result.articles.changed, result.articles.unchanged) == (1, 3)
    assert (
        find_articles(session, Search("", {"category": ("verbrauchsmaterial",)}), TODAY, None).total
        == 1
    )


def test_the_same_version_with_other_content_is_refused(
    session: Session, framework: Framework
) -> None:
    imported(session, framework, SMALL)
    before = rows(session)

    with pytest.raises(Conflict) as refusal:
        imported(session, framework, SMALL.replace(b"789.00", b"1.00"))

    assert refusal.value.code == "catalog_version_known"
    assert rows(session) == before
    assert _price(session, "NB-1", 1, TODAY) == "789.00"


def test_a_truncated_file_leaves_no_trace(session: Session, framework: Framework) -> None:
    before = rows(session)

    with pytest.raises(FileRefused):
        imported(session, framework, SMALL[:-60])

    assert rows(session) == before


def test_a_file_without_articles_never_empties_a_catalog(
    session: Session, framework: Framework
) -> None:
    imported(session, framework, SMALL)
    start, end = SMALL.index(b'    <PRODUCT mode="new">'), SMALL.index(b"    <PRODUCT_TO_CAT")

    with pytest.raises(Conflict) as refusal:
        imported(session, framework, newer(SMALL[:start] + SMALL[end:]))

    assert refusal.value.code == "no_articles"
    assert orderable_articles(session, {"NB-1": 1}, TODAY)["NB-1"].refusal is None


def test_an_unknown_framework_is_not_found(session: Session) -> None:
    with pytest.raises(NotFound):
        import_catalog(session, io.BytesIO(SMALL), ImportOrder("klein.xml", "RV-0"), NOON)


def test_a_lot_that_the_framework_does_not_have_is_refused(
    session: Session, framework: Framework
) -> None:
    order = ImportOrder("klein.xml", framework.number, lot=99)

    with pytest.raises(Malformed, match="hat kein Los 99"):
        import_catalog(session, io.BytesIO(SMALL), order, NOON)


def test_a_stale_draft_cannot_be_published(session: Session, framework: Framework) -> None:
    draft = imported(session, framework, SMALL, publish=False)
    other = SMALL.replace(b">KLEIN<", b">GROSS<").replace(b"NB-1<", b"NB-9<")
    imported(session, framework, other, days=1)
    assert draft.version_id is not None

    with pytest.raises(Conflict) as refusal:
        publish_catalog_version(session, draft.version_id, None, NOON + timedelta(days=2))

    assert refusal.value.code == "draft_outdated"


@pytest.mark.parametrize(
    ("name", "articles", "prices"),
    [
        ("ebero_2012_bmecat12_iso8859-1.xml", 32, 33),
        ("conceptoffice_bmecat12_iso8859-1_udx.xml", 2, 4),
        ("weidmueller_2005onto_1020000000.xml", 1, 1),
        ("kitu_clean_2005.xml", 300, 671),
    ],
)
def test_other_peoples_files_are_imported_with_the_counts_of_their_fact_sheets(
    session: Session, framework: Framework, name: str, articles: int, prices: int
) -> None:
    file = FOREIGN / "dev" / name
    if not file.is_file():
        pytest.skip("the foreign files are not beside this checkout")

    result = imported(session, framework, file.read_bytes(), lot=1)

    assert (result.articles.new, result.prices, result.rejected) == (articles, prices, ())


def _price(session: Session, sku: str, quantity: int, on: Any) -> str | None:
    price = orderable_articles(session, {sku: quantity}, on)[sku].unit_price
    return price.text if price else None
