"""A large draft is published by a worker in steps, so that orders go on meanwhile."""

import io
import sys
from collections.abc import Iterator

import pytest
from sqlalchemy import Integer, func, literal_column, select
from sqlalchemy.orm import Session

from app.catalog import write_articles
from app.catalog.finding.records import SearchEntry
from app.catalog.records import Article, CatalogVersion, Price
from app.catalog.upkeep.discard_catalog_draft import discard_catalog_draft
from app.catalog.upkeep.import_catalog import ImportOrder, import_catalog
from app.catalog.upkeep.publish_in_steps import (
    CATALOG_PUBLICATION,
    order_publication,
    run_publication,
)
from app.catalog.upkeep.settle_stops import leave_out_stopped
from app.kernel.errors import Conflict
from app.outbox.claim import Lane
from app.outbox.deliver import Bench, Carriers, deliver_next
from tests.catalog.importing import SMALL, read_sent_files, small_catalog
from tests.support.application import Portal, open_portal
from tests.support.clock import NOON
from tests.support.databases import Database
from tests.support.world import World, settled

FRAMEWORK = "RV-2026-01"


@pytest.fixture
def portal(database: Database, session: Session) -> Iterator[Portal]:
    with open_portal(database, session) as portal:
        yield portal


@pytest.fixture
def place(session: Session) -> World:
    return settled(session)


def ordered(session: Session, place: World) -> CatalogVersion:
    """The draft of four articles, as if it were a large one; ordered by a second person."""
    order = ImportOrder("gross.xml", FRAMEWORK, person_id=place.contracts.id)
    read = import_catalog(session, io.BytesIO(SMALL), order, NOON)
    assert read.version_id is not None
    version = order_publication(session, read.version_id, place.it.id, NOON, at_once=3)
    session.commit()
    return version


def written(session: Session, version: CatalogVersion) -> tuple[int, int]:
    """Articles and prices of the version that stand in the catalog."""
    session.expire_all()
    articles, prices = (
        session.scalar(
            select(func.count()).select_from(table).where(table.catalog_version_id == version.id)
        )
        or 0
        for table in (Article, Price)
    )
    return articles, prices


def test_the_worker_publishes_what_a_second_person_ordered(
    database: Database, portal: Portal, session: Session, place: World
) -> None:
    version = ordered(session, place)
    address = f"/katalogpflege/{version.id}"
    keeper = portal.signed_in(place.contracts)
    assert written(session, version) == (0, 0)
    page = keeper.page(address)
    assert "von 4 Artikeln stehen im Katalog" in page
    assert "Entwurf verwerfen" not in page
    assert "wird veröffentlicht" in keeper.page("/katalogpflege")

    read_sent_files(database)

    articles, prices = written(session, version)
    assert (articles, prices > articles) == (4, True)
    assert (version.published_by, version.published_at) == (place.it.id, NOON)
    progress = keeper.client.get(address, headers={"HX-Request": "true"})
    assert progress.headers["hx-redirect"] == address
    assert "Gerade wird" not in keeper.page(address)


def test_what_is_being_published_is_neither_changed_nor_ordered_again(
    session: Session, place: World
) -> None:
    version = ordered(session, place)

    for refused in (
        lambda: order_publication(session, version.id, place.it.id, NOON, at_once=3),
        lambda: leave_out_stopped(session, version.id, place.it.id, NOON),
        lambda: discard_catalog_draft(session, version.id),
    ):
        with pytest.raises(Conflict) as refusal:
            refused()
        assert refusal.value.code == "publishing"


def test_a_worker_that_died_is_followed_by_one_that_goes_on(
    database: Database, session: Session, place: World
) -> None:
    version = ordered(session, place)
    steps: list[float] = []

    def dies(_session: Session) -> None:
        steps.append(sys.getswitchinterval())
        if len(steps) > 1:
            raise RuntimeError("power cut")

    def bench(stay: object) -> Bench:
        return Bench(database.sessions, lambda: NOON, stay)  # type: ignore[arg-type]

    with pytest.raises(RuntimeError, match="power cut"):
        run_publication(bench(dies), {"version": version.id})
    half = written(session, version)
    assert max(steps) < sys.getswitchinterval(), "pages get their turn back sooner meanwhile"
    assert (half[0], version.published_at) == (4, None)
    session.commit()

    for _ in range(2):
        run_publication(bench(lambda _session: None), {"version": version.id})

    assert written(session, version) == half
    assert version.published_at == NOON


def test_a_publication_that_fails_says_what_holds_and_when_it_goes_on(
    database: Database, portal: Portal, session: Session, place: World
) -> None:
    version = ordered(session, place)
    address = f"/katalogpflege/{version.id}"
    keeper = portal.signed_in(place.contracts)

    def fail(_bench: Bench, _payload: object) -> None:
        raise ZeroDivisionError

    carriers = Carriers(lambda _mail: None, {}, {CATALOG_PUBLICATION: fail})
    assert "angehalten" not in keeper.page(address)
    assert deliver_next(database.sessions, carriers, NOON, Lane.LONG)

    for said in (keeper.page(address), keeper.get(address, fragment=True).text):
        assert "Durch einen unerwarteten Fehler angehalten" in said
        assert "der nächste Versuch macht dort weiter" in said


def test_a_version_of_many_batches_is_published_whole(
    session: Session, place: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    one_by_one = write_articles.ENTRIES.limit(literal_column("1", Integer))
    monkeypatch.setattr(write_articles, "ENTRIES", one_by_one)

    number = small_catalog(session, place.framework).version_id

    searched = (
        select(Article.sku)
        .join(SearchEntry, SearchEntry.article_id == Article.id)
        .join(Price, Price.article_id == Article.id)
        .where(Article.catalog_version_id == number, Price.catalog_version_id == number)
    )
    assert set(session.scalars(searched)) == {"DOCK-1", "DRUCKER-1", "NB-1", "TONER-1"}
