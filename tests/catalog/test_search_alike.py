"""SQLite and PostgreSQL find the same articles, in the same order, with the same counts."""

from datetime import date
from pathlib import Path

import pytest

from app.catalog.finding import candidates, sample
from app.catalog.finding.find_articles import COUNTED, find_articles
from app.catalog.finding.search import Hits, Search, Sort
from tests.bench.search import SEED, classes, fill
from tests.support.databases import PostgresServer, SqliteServer, opened

ARTICLES = 3000
PER_CLASS = 12
TODAY = date(2026, 11, 21)
CHOICES = (
    Search("", {"category": ("notebook",), "ram": ("16 GB",)}),
    Search("drucker", {"paper": ("A3",), "duplex": ("ja",)}),
    Search("lenovo", {"price": ("500-1000", "1000-2500"), "delivery": ("3", "5")}),
    Search("", {"lot": ("RV-G9/3",)}, Sort.PRICE),
    Search("monitor", {}, Sort.PRICE_DOWN, offset=25),
    Search("toner", {}, Sort.DELIVERY),
    Search("", {}, Sort.NAME, offset=50),
    Search("drucker 300sfl"),  # part of a number with a word, and with a chosen value
    Search("300sfl", {"category": ("drucker-a4",)}),
    Search("drucker 0000000"),  # every EAN holds it
    Search("docking 0000000"),
    Search("00000012 2000000"),  # two parts
    Search("0000000", {"price": ("500-1000",)}),
)


@pytest.mark.skipif(not SEED.exists(), reason="the models lie beside the project")
def test_both_databases_give_the_same_hits(
    sqlite: SqliteServer, postgres: PostgresServer, tmp_path: Path
) -> None:
    searches = [Search(typed) for some in classes().values() for typed in some[:PER_CLASS]]

    with sqlite.fresh(tmp_path) as first, postgres.fresh(tmp_path) as second:
        here = answers(first, [*searches, *CHOICES])
        there = answers(second, [*searches, *CHOICES])

    assert sum(hits.total for hits in here) > ARTICLES
    assert all(hits.total for hits in here[-len(CHOICES) :])
    for search, one, other in zip([*searches, *CHOICES], here, there, strict=True):
        assert one == other, search


@pytest.mark.skipif(not SEED.exists(), reason="the models lie beside the project")
def test_a_large_catalog_is_searched_in_other_ways_but_finds_the_same(
    sqlite: SqliteServer, postgres: PostgresServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ("exact", "model", "fragment", "type_brand")
    searches = [Search(typed) for name in names for typed in classes()[name][:PER_CLASS]]
    searches += CHOICES
    with sqlite.fresh(tmp_path) as first, postgres.fresh(tmp_path) as second:
        before = answers(first, searches)
        monkeypatch.setattr(sample, "MANY", 100)
        monkeypatch.setattr(sample, "DRAWN", 300)
        monkeypatch.setattr(sample, "CANDIDATES_OF_MANY", 2 * ARTICLES)
        monkeypatch.setattr(candidates, "MOST_NAMED", 200)

        here, there = answers(first, searches), answers(second, searches)

    for search, one, other, asked_before in zip(searches, here, there, before, strict=True):
        assert one == other, search
        assert one == asked_before, search


def answers(url: str, searches: list[Search]) -> list[Hits]:
    sample.KEPT.forget()
    COUNTED.forget()
    with opened(url) as database:
        fill(database.engine, ARTICLES)
        with database.sessions() as session:
            return [find_articles(session, search, TODAY, None) for search in searches]
