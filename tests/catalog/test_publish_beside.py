"""A large draft: another process works out its rows, this one writes them."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import islice
from typing import Any

import pytest
from sqlalchemy import Integer, literal_column, select, update
from sqlalchemy.orm import Session

from app.catalog.finding.index_articles import index_articles
from app.catalog.finding.records import SearchEntry
from app.catalog.records import Article, CatalogEntry, CatalogVersion, Category, Price
from app.catalog.rules_groups import slug_of
from app.catalog.upkeep import publish_in_steps
from app.catalog.upkeep.import_catalog import ImportOrder, import_catalog
from app.catalog.upkeep.publish_in_steps import order_publication, run_publication
from app.catalog.upkeep.work_out_stored import work_out_stored
from app.catalog.write_articles import ENTRIES, ArticleWriter
from app.database.base import table_of
from app.database.read_beside import plain_reading
from app.frameworks.records import Framework
from app.kernel.beside import WorkLost, worked_out_beside, worked_out_here
from app.outbox.deliver import Bench
from tests.catalog.importing import SMALL
from tests.support.clock import NOON
from tests.support.databases import Database
from tests.support.world import World, settled

Staying = Callable[[Session], None]


@pytest.fixture
def version(session: Session) -> CatalogVersion:
    """The draft of four articles, as if it were a large one; ordered by a second person."""
    place: World = settled(session)
    order = ImportOrder("gross.xml", place.framework.number, person_id=place.contracts.id)
    read = import_catalog(session, io.BytesIO(SMALL), order, NOON)
    assert read.version_id is not None
    version = order_publication(session, read.version_id, place.it.id, NOON, at_once=0)
    session.commit()
    return version


@pytest.fixture
def one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    batches = ENTRIES.limit(literal_column("1", Integer))
    monkeypatch.setattr(publish_in_steps, "ENTRIES", batches)
    monkeypatch.setattr(publish_in_steps, "STEP", 1)


def publish(
    database: Database, version: CatalogVersion, stay: Staying = lambda _session: None
) -> None:
    run_publication(Bench(database.sessions, lambda: NOON, stay), {"version": version.id})


def articles(session: Session, version: CatalogVersion) -> list[str]:
    """The numbers of those that the version has brought into the catalog."""
    session.expire_all()
    brought = select(Article.sku).where(Article.catalog_version_id == version.id)
    return list(session.scalars(brought.order_by(Article.id)))


def searched(session: Session, version: CatalogVersion) -> dict[int, Any]:
    """The rows of the search by article."""
    entry = table_of(SearchEntry)
    brought = select(Article.id).where(Article.catalog_version_id == version.id)
    rows = session.execute(select(entry).where(entry.c.article_id.in_(brought)))
    return {row.article_id: row for row in rows}


def test_another_process_works_out_the_same_rows(session: Session, version: CatalogVersion) -> None:
    framework = session.get_one(Framework, version.framework_id)
    writer = ArticleWriter(session, version, framework, NOON.date())
    reading = plain_reading(session, ENTRIES.limit(literal_column("3", Integer)))
    given = (reading, writer.span(0), writer.terms, writer.groups)

    with worked_out_beside(work_out_stored, *given) as items:
        beside = list(items)
    with worked_out_here(work_out_stored, *given) as items:
        assert list(items) == beside

    assert [len(batch.articles) for batch in beside] == [3, 1]
    assert not {*beside[0].words} & {*beside[1].words}, "what was told once is not told again"


@pytest.mark.usefixtures("one_by_one")
def test_what_another_process_worked_out_is_published_and_found(
    database: Database, session: Session, version: CatalogVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[object] = []

    def beside(*given: Any) -> Any:
        begun.append(given)
        return worked_out_beside(*given)

    monkeypatch.setattr(publish_in_steps, "BESIDE", 0)
    monkeypatch.setattr(publish_in_steps, "worked_out_beside", beside)
    publish(database, version)

    assert (len(begun), len(articles(session, version))) == (1, 4)
    assert version.published_at == NOON
    found = searched(session, version)
    index_articles(session, list(found), NOON.date())
    assert len(found) == 4
    assert searched(session, version) == found, "as if read back from the catalog"


@pytest.mark.usefixtures("one_by_one")
def test_a_process_that_dies_is_followed_by_one_that_goes_on(
    database: Database, session: Session, version: CatalogVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def dying(*given: Any) -> Iterator[Iterator[Any]]:
        def batches(whole: Iterator[Any]) -> Iterator[Any]:
            yield from islice(whole, 2)
            raise WorkLost

        with worked_out_here(*given) as whole:
            yield batches(whole)

    with monkeypatch.context() as patched:
        patched.setattr(publish_in_steps, "worked_out_here", dying)
        with pytest.raises(WorkLost):
            publish(database, version)
    half = articles(session, version)
    assert (len(half), version.published_at) == (2, None)
    session.commit()

    publish(database, version)

    assert (articles(session, version)[:2], len(articles(session, version))) == (half, 4)
    assert version.published_at == NOON


@pytest.mark.usefixtures("one_by_one")
def test_what_is_agreed_while_rows_are_worked_out_counts_for_the_next_ones(
    database: Database, session: Session, version: CatalogVersion
) -> None:
    """The price guarantee was prolonged after the first step."""
    until = date(2027, 12, 31)
    steps: list[int] = []

    def amend(during: Session) -> None:
        steps.append(1)
        if len(steps) == 2:
            wanted = update(Framework).where(Framework.id == version.framework_id)
            during.execute(wanted.values(price_fixed_until=until))

    publish(database, version, amend)

    first, *others = articles(session, version)
    ends = {
        sku: {*session.scalars(select(Price.valid_to).join(Article).where(Article.sku == sku))}
        for sku in (first, *others)
    }
    assert until + timedelta(days=1) not in ends[first]
    assert all(until + timedelta(days=1) in ends[sku] for sku in others)


@pytest.mark.usefixtures("one_by_one")
def test_a_group_that_somebody_else_names_meanwhile_is_found_by_its_name(
    database: Database, session: Session, version: CatalogVersion
) -> None:
    entries = select(CatalogEntry.category).where(CatalogEntry.catalog_version_id == version.id)
    group = session.scalars(entries.order_by(CatalogEntry.id)).first()
    assert group is not None
    session.commit()

    def name(during: Session) -> None:
        if during.scalar(select(Category).where(Category.name == "Zeppelin")) is None:
            during.add(Category(slug=slug_of(group), name="Zeppelin"))

    publish(database, version, name)

    first, *others = searched(session, version).values()
    assert "zeppelin" in first.head
    assert "zeppelin" in first.words
    assert (
        len(others),
        session.scalar(select(Category.name).where(Category.slug == slug_of(group))),
    ) == (3, "Zeppelin")
