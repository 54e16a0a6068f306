"""Searching: folded words, parts of words, synonyms, facets, order and pages, on both databases."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalog.finding.find_articles import find_articles
from app.catalog.finding.index_articles import index_articles
from app.catalog.finding.search import Hits, Search, Sort
from app.catalog.queries import article_rows
from app.catalog.records import Article
from tests.catalog.importing import small_catalog
from tests.support.clock import TODAY
from tests.support.world import workplace_hardware


@pytest.fixture(autouse=True)
def _stocked(session: Session) -> None:
    """Seven articles: NB-14, NB-16, MON-27 of the world; NB-1, DOCK-1, TONER-1, DRUCKER-1."""
    small_catalog(session, workplace_hardware(session))


def found(session: Session, typed: str = "", **more: object) -> list[str]:
    hits = find_articles(session, Search(typed, **more), TODAY, None)  # type: ignore[arg-type]
    return [row.sku for row in article_rows(session, hits.ids, TODAY, None)]


@pytest.mark.parametrize(
    ("typed", "skus"),
    [
        ("büro", ["NB-1"]),
        ("BUERO notebook", ["NB-1"]),
        ("Bür", ["NB-1"]),
        ("dockingstation", ["DOCK-1"]),
        ("portreplikator", ["DOCK-1"]),
        ("station", ["DOCK-1"]),
        ("Laptops 14 Zoll", ["NB-1", "NB-14"]),
        ("laser-drucker", ["DRUCKER-1"]),
        ("laserdrucker", ["DRUCKER-1"]),
        ("drucker", ["DRUCKER-1"]),
        ("TONER-1", ["TONER-1"]),
        ("toner1", ["TONER-1"]),
        ("EN-14", ["NB-1"]),
        ("16 GB", ["NB-1"]),
        ("usb", ["DOCK-1"]),
        ("a4", ["DRUCKER-1"]),
        ("toner laserdrucker", []),
        ('" OR 1=1 --', []),
        ("%", []),
        ("*", []),
    ],
)
def test_words_are_found_whatever_their_spelling(
    session: Session, typed: str, skus: list[str]
) -> None:
    assert sorted(found(session, typed)) == sorted(skus)


def test_without_words_everything_is_found(session: Session) -> None:
    assert len(found(session)) == 7
    assert len(found(session, "   ")) == 7


def test_the_nearest_hit_stands_first(session: Session) -> None:
    assert found(session, "toner")[0] == "TONER-1"


def test_facets_count_what_one_more_click_would_leave(session: Session) -> None:
    hits = find_articles(session, Search("", {"manufacturer": ("Elbtec",)}), TODAY, None)

    assert hits.total == 2
    assert _counts(hits, "category") == {"Dockingstationen": 1, "Notebooks": 1}
    assert _counts(hits, "manufacturer") == {"Dell": 1, "Druckwerk": 2, "Elbtec": 2, "Lenovo": 2}
    assert _counts(hits, "framework") == {"Arbeitsplatz-Hardware": 2}


def test_filters_of_one_kind_widen_and_of_two_kinds_narrow(session: Session) -> None:
    both = {"manufacturer": ("Elbtec", "Druckwerk")}
    assert len(found(session, chosen=both)) == 4
    narrowed = {"manufacturer": ("Elbtec",), "category": ("notebooks",)}
    assert found(session, chosen=narrowed) == ["NB-1"]


@pytest.mark.parametrize(
    ("sort", "first", "last"),
    [
        (Sort.PRICE, "TONER-1", "NB-16"),
        (Sort.PRICE_DOWN, "NB-16", "TONER-1"),
        (Sort.NAME, "NB-1", "TONER-1"),
        (Sort.DELIVERY, "TONER-1", "NB-16"),
    ],
)
def test_the_order_can_be_chosen(session: Session, sort: Sort, first: str, last: str) -> None:
    skus = found(session, sort=sort)

    assert (skus[0], skus[-1]) == (first, last)


def test_pages_follow_each_other_without_gap(session: Session) -> None:
    whole = found(session, sort=Sort.NAME)

    pages = [found(session, sort=Sort.NAME, offset=offset, limit=3) for offset in (0, 3, 6)]

    assert [sku for page in pages for sku in page] == whole


def test_removed_articles_are_not_found(session: Session) -> None:
    article = session.scalars(select(Article).where(Article.sku == "DOCK-1")).one()
    article.active = False
    index_articles(session, [article.id], TODAY)

    assert found(session, "dockingstation") == []


def test_changed_words_are_found_at_once(session: Session) -> None:
    article = session.scalars(select(Article).where(Article.sku == "DOCK-1")).one()
    article.name, article.category_id, article.details = "Drehteller", None, {}
    index_articles(session, [article.id], TODAY)

    assert found(session, "drehteller") == ["DOCK-1"]
    assert found(session, "usb") == []


def test_an_article_without_a_price_of_the_day_is_listed_but_not_orderable(
    session: Session,
) -> None:
    hits = find_articles(session, Search("NB-14"), TODAY, None)

    (row,) = article_rows(session, hits.ids, TODAY + timedelta(days=400), None)

    assert (row.unit_price, row.refusal) == (None, "price_not_valid")


def _counts(hits: Hits, facet: str) -> dict[str, int]:
    return {entry.text: entry.count for entry in hits.facets[facet]}
