"""A large change is taken back by a worker in steps, with the same outcome as at once."""

import io
from datetime import timedelta

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.catalog.records import Article, CatalogEntry, CatalogVersion
from app.catalog.upkeep import restored_entries
from app.catalog.upkeep.discard_catalog_draft import discard_catalog_draft
from app.catalog.upkeep.import_catalog import ImportOrder, import_catalog
from app.catalog.upkeep.publish_in_steps import run_publication
from app.catalog.upkeep.restore_catalog_version import restore_catalog_version
from app.kernel.errors import Conflict
from app.outbox.deliver import Bench
from tests.catalog.importing import SMALL
from tests.support.application import Portal
from tests.support.clock import NOON
from tests.support.databases import Database
from tests.support.world import World, settled

LATER = NOON + timedelta(minutes=5)


@pytest.fixture
def place(session: Session) -> World:
    return settled(session)


@pytest.fixture
def versions(session: Session, place: World) -> list[CatalogVersion]:
    """The small catalog, and one with a lower price, a new article and one that is gone."""
    newer = SMALL.replace(b"001.000", b"002.000").replace(b"789.00", b"779.00")
    for at, content in enumerate((SMALL, newer.replace(b"TONER-1", b"TONER-2"))):
        order = ImportOrder(f"{at}.xml", place.framework.number, publish=True)
        import_catalog(session, io.BytesIO(content), order, NOON + timedelta(minutes=at))
    session.commit()
    newest = select(CatalogVersion).order_by(CatalogVersion.number.desc()).limit(2)
    return list(reversed(session.scalars(newest).all()))


def catalog(session: Session) -> list[tuple[object, ...]]:
    session.expire_all()
    articles = select(Article.sku, Article.active, Article.content_sha256).order_by(Article.sku)
    return [tuple(row) for row in session.execute(articles)]


def test_a_worker_brings_back_what_one_click_does_though_it_dies_between(
    database: Database,
    session: Session,
    place: World,
    versions: list[CatalogVersion],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(restored_entries, "BATCH", 1)
    before = catalog(session)
    first = versions[0]
    restore_catalog_version(session, first.id, place.it.id, LATER)
    at_once = catalog(session)
    session.rollback()
    version = restore_catalog_version(session, first.id, place.it.id, LATER, at_once=2)
    payload = {"version": version.id}
    session.commit()
    turns: list[int] = []

    def dies(_session: Session) -> None:
        turns.append(1)
        if len(turns) == 3:
            raise RuntimeError("power cut")

    with pytest.raises(RuntimeError, match="power cut"):
        run_publication(Bench(database.sessions, lambda: LATER, dies), payload)
    assert catalog(session) == before
    session.rollback()

    calm = Bench(database.sessions, lambda: LATER, lambda _session: None)
    run_publication(calm, payload)

    assert catalog(session) == at_once != before
    assert (version.published_by, version.published_at) == (place.it.id, LATER)
    assert version.result["format"] == f"Stand der Version {first.number}"
    counted = [version.result[f"articles_{what}"] for what in ("new", "changed", "removed")]
    assert counted == [0, 3, 1]


def test_while_a_state_is_being_brought_back_its_page_says_so_and_nothing_crosses_it(
    portal: Portal, session: Session, place: World, versions: list[CatalogVersion]
) -> None:
    first, second = versions
    before = catalog(session)

    version = restore_catalog_version(session, first.id, place.it.id, LATER, at_once=2)
    session.commit()

    assert (version.publishing_since, version.published_at) == (LATER, None)
    page = portal.signed_in(place.contracts).page(f"/katalogpflege/{version.id}")
    assert "Der frühere Stand wird zusammengestellt" in page
    for crossing in (
        lambda: restore_catalog_version(session, second.id, place.it.id, LATER),
        lambda: restore_catalog_version(session, first.id, place.it.id, LATER),
        lambda: discard_catalog_draft(session, version.id),
    ):
        with pytest.raises(Conflict):
            crossing()
        session.rollback()
    assert catalog(session) == before


@pytest.mark.parametrize("at_once", [2, 5])
def test_a_state_that_was_not_kept_is_not_brought_back(
    session: Session, place: World, versions: list[CatalogVersion], at_once: int
) -> None:
    first = versions[0]
    entry = CatalogEntry.catalog_version_id == first.id
    session.execute(delete(CatalogEntry).where(entry, CatalogEntry.sku == "NB-1"))
    before = catalog(session)

    with pytest.raises(Conflict) as refusal:
        restore_catalog_version(session, first.id, place.it.id, LATER, at_once)

    assert refusal.value.code == "state_not_kept"
    assert "NB-1" in str(refusal.value)
    assert catalog(session) == before
