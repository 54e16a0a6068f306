"""Filters with counts, prices of the day, misspelt words and what is kept for the search."""

from datetime import date, timedelta

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.catalog.content_records import ArticleLabel
from app.catalog.finding.find_articles import find_articles
from app.catalog.finding.index_articles import index_again, index_articles
from app.catalog.finding.price_span import price_span
from app.catalog.finding.records import SearchEntry
from app.catalog.finding.search import Hits, Search, Sort
from app.catalog.finding.suggest import suggest
from app.catalog.queries import article_rows
from app.catalog.records import Article, Price
from app.catalog.rules import PriceRow
from app.catalog.rules_labels import Label
from app.database.base import table_of
from app.frameworks.records import Framework
from app.kernel.unit_price import UnitPrice
from tests.catalog.importing import rented_catalog, small_catalog
from tests.support.clock import NOON, TODAY
from tests.support.world import MONITOR, NOTEBOOK, WORKSTATION, workplace_hardware

TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture(autouse=True)
def framework(session: Session) -> Framework:
    """NB-14, NB-16, MON-27 of the world; NB-1, DOCK-1, TONER-1, DRUCKER-1 of the file."""
    made = workplace_hardware(session)
    small_catalog(session, made)
    return made


def hits(session: Session, typed: str = "", on: date = TODAY, **chosen: str) -> Hits:
    search = Search(typed, {name: tuple(value.split("|")) for name, value in chosen.items()})
    return find_articles(session, search, on, None)


def found(session: Session, typed: str = "", on: date = TODAY, **chosen: str) -> list[str]:
    ids = hits(session, typed, on, **chosen).ids
    return sorted(row.sku for row in article_rows(session, ids, on, None))


def counts(result: Hits, facet: str) -> dict[str, int]:
    return {entry.key: entry.count for entry in result.facets[facet]}


def article(session: Session, sku: str) -> Article:
    return session.scalars(select(Article).where(Article.sku == sku)).one()


def test_prices_are_counted_in_steps_and_filter(session: Session) -> None:
    everything = hits(session)

    assert counts(everything, "price") == {"50-100": 1, "100-250": 3, "500-1000": 2, "1000-2500": 1}
    assert found(session, price="1000-2500") == [WORKSTATION]
    assert len(found(session, price="1000-2500|500-1000")) == 3
    assert found(session, price="unsinn") == []


def test_lots_agreements_and_delivery_times_are_counted(session: Session) -> None:
    everything = hits(session)

    assert sum(counts(everything, "lot").values()) == 7
    assert counts(everything, "framework") == {"RV-2026-01": 7}
    assert sum(counts(everything, "delivery").values()) == 7
    assert MONITOR in found(session, lot="RV-2026-01/2")
    assert NOTEBOOK not in found(session, lot="RV-2026-01/2")
    assert found(session, lot="RV-2026-01/9") == []
    assert NOTEBOOK in found(session, delivery="5")
    assert NOTEBOOK not in found(session, delivery="3")


def test_features_become_filters(session: Session) -> None:
    one, other = article(session, NOTEBOOK), article(session, WORKSTATION)
    one.details = {"features": [["Arbeitsspeicher", "16", "GB"], ["SSD", "1", "TB"]]}
    other.details = {"features": [["RAM", "32 GB", ""]]}
    index_articles(session, [one.id, other.id], TODAY)

    memory = counts(hits(session), "ram")

    assert memory["32 GB"] == 1
    assert list(memory)[-1] == "32 GB"  # by size, not by letters
    assert found(session, ram="32 GB") == [WORKSTATION]
    assert NOTEBOOK in found(session, ram="16 GB|32 GB")
    assert found(session, ram="16 GB", ssd="1 TB") == [NOTEBOOK]


@pytest.mark.parametrize("typed", ["", "27 Zoll", "MON", "notebook"])
def test_every_entry_counts_what_choosing_it_finds(session: Session, typed: str) -> None:
    label_monitor(session)
    opened = hits(session, typed)
    chosen: list[dict[str, str]] = [{}]
    chosen += [{name: some[0].key} for name, some in opened.facets.items() if some]

    for before in chosen:
        for name, entries in hits(session, typed, TODAY, **before).facets.items():
            for entry in entries:
                clicked = hits(session, typed, TODAY, **(before | {name: entry.key}))
                assert clicked.total == entry.count, (before, name, entry)


def label_monitor(session: Session) -> None:
    session.add(
        ArticleLabel(
            article_id=article(session, MONITOR).id,
            label=Label.TCO_CERTIFIED,
            valid_from=TODAY,
            valid_to=TOMORROW,
            proof_url="https://tcocertified.example/1",
            recorded_at=NOON,
        )
    )
    session.flush()


def test_a_label_filters_while_it_is_valid(session: Session) -> None:
    label_monitor(session)

    assert counts(hits(session), "label") == {"tco-certified": 1}
    assert found(session, label="tco-certified") == [MONITOR]
    assert hits(session, on=TOMORROW).facets["label"] == ()
    assert found(session, on=TOMORROW, label="tco-certified") == []
    assert found(session, label="unbekannt") == []


def test_a_facet_counts_what_its_other_entries_would_give(session: Session) -> None:
    narrowed = hits(session, category="monitor", price="100-250")

    assert narrowed.total == 1
    assert "50-100" not in counts(narrowed, "price")
    assert counts(narrowed, "category")["monitor"] == 1
    assert sum(counts(narrowed, "category").values()) == 3


def test_a_misspelt_word_is_read_as_the_nearest_and_said_so(session: Session) -> None:
    result = hits(session, "Noetbook")

    assert result.meant == (("noetbook", "notebook"),)
    assert result.total == 3
    assert hits(session, "Notebook").meant == ()


def test_suggestions_name_articles_and_where_to_look(session: Session) -> None:
    suggested = suggest(session, "note", TODAY, None)

    assert suggested.total == 3
    assert {row.sku for row in suggested.articles} == {NOTEBOOK, WORKSTATION, "NB-1"}
    assert suggest(session, "n", TODAY, None).articles == ()


def test_a_price_that_begins_later_counts_from_its_day(session: Session) -> None:
    price = session.scalars(
        select(Price).where(Price.article_id == article(session, MONITOR).id)
    ).one()
    price.valid_to = TOMORROW
    session.flush()
    session.add(
        Price(
            article_id=price.article_id,
            catalog_version_id=price.catalog_version_id,
            unit_price=UnitPrice.euros("2600"),
            valid_from=TOMORROW,
            valid_to=None,
        )
    )
    index_articles(session, [price.article_id], TODAY)

    assert MONITOR in found(session, price="100-250")
    assert found(session, on=TOMORROW, price="2500-5000") == [MONITOR]
    dearest = Search(sort=Sort.PRICE_DOWN, limit=1)
    assert find_articles(session, dearest, TOMORROW, None).ids == (price.article_id,)


def test_what_time_has_changed_is_indexed_again(session: Session) -> None:
    session.execute(delete(SearchEntry).where(SearchEntry.article_id > 0))
    assert index_again(session, TODAY) == 7
    assert index_again(session, TODAY) == 0
    entry = session.get_one(SearchEntry, article(session, MONITOR).id)
    assert entry.price_until is not None

    assert index_again(session, entry.price_until) > 0
    session.expire_all()

    assert session.get_one(SearchEntry, entry.article_id).price is None


def test_publishing_indexes_new_articles_as_reading_them_back_does(session: Session) -> None:
    rented_catalog(session, session.scalars(select(Framework)).one())
    columns = table_of(SearchEntry).columns
    everything = select(*columns).order_by(columns.article_id)
    published = session.execute(everything).all()

    session.execute(delete(SearchEntry).where(SearchEntry.article_id > 0))
    index_again(session, TODAY)

    assert session.execute(everything).all() == published


def test_an_unchanged_article_is_not_written_again(session: Session) -> None:
    number = article(session, NOTEBOOK).id
    before = session.get_one(SearchEntry, number).words
    session.expire_all()

    index_articles(session, [number], TODAY)

    assert session.get_one(SearchEntry, number).words == before


def test_articles_of_an_agreement_that_is_over_stay_findable(
    session: Session, framework: Framework
) -> None:
    framework.valid_to = TODAY - timedelta(days=1)
    framework.version += 1
    session.flush()

    assert hits(session).total == 7


def test_a_span_ends_where_any_price_begins_or_ends() -> None:
    rows = [
        PriceRow(UnitPrice(10), 1, date(2026, 1, 1), date(2026, 7, 1), 1),
        PriceRow(UnitPrice(20), 1, date(2026, 7, 1), None, 1),
    ]

    span = price_span(rows, 1, date(2026, 3, 1))

    assert (span.price, span.since, span.until) == (
        UnitPrice(10),
        date(2026, 1, 1),
        date(2026, 7, 1),
    )
    assert price_span(rows, 1, date(2025, 1, 1)).price is None
    assert price_span(rows, 1, date(2026, 8, 1)).until is None
