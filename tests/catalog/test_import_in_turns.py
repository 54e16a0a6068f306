"""A program imports beside the running shop: nobody waits for it, and half a file stays nowhere."""

import io
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.archive.large_files import keep_stream
from app.archive.records import StoredFile
from app.catalog.records import Article, CatalogEntry, CatalogVersion
from app.catalog.upkeep import import_in_turns as module
from app.catalog.upkeep.import_catalog import ImportOrder
from app.catalog.upkeep.import_in_turns import import_in_turns
from app.catalog.upkeep.publish_in_steps import order_publication, publishing_key
from app.frameworks.records import Framework
from app.kernel.errors import Conflict, DomainError
from app.outbox.claim import Lane, claim
from app.outbox.records import OutboxMessage
from tests.catalog.importing import SMALL, small_catalog
from tests.support.clock import NOON
from tests.support.databases import Database
from tests.support.world import World, settled

FRAMEWORK = "RV-2026-01"


@pytest.fixture
def place(session: Session) -> World:
    place = settled(session)
    session.commit()
    return place


def in_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a large draft is published."""
    monkeypatch.setattr(module, "order_publication", partial(order_publication, at_once=1))


def silent(_how_far: str) -> None:
    """Nobody listens."""


def kept(session: Session) -> None:
    """As a command does it; so large a file is no matter here."""
    keep_stream(session, io.BytesIO(SMALL), "application/octet-stream", NOON)


def is_kept(session: Session) -> bool:
    found = session.scalar(select(func.count(StoredFile.sha256))) == 1
    session.rollback()
    return found


def left(session: Session) -> tuple[int, int]:
    session.expire_all()
    versions, entries = (
        session.scalar(select(func.count()).select_from(table)) or 0
        for table in (CatalogVersion, CatalogEntry)
    )
    session.rollback()
    return versions, entries


@pytest.mark.parametrize("large", [False, True])
def test_others_write_while_a_program_imports_and_publishes(
    database: Database, place: World, monkeypatch: pytest.MonkeyPatch, *, large: bool
) -> None:
    if large:
        in_steps(monkeypatch)
    heard: list[str] = []

    def somebody_writes(how_far: str) -> None:
        heard.append(how_far)
        with database.sessions.begin() as other:
            framework = other.get_one(
                Framework, place.framework.id, with_for_update={"nowait": True}
            )
            framework.title = f"Titel {len(heard)}"

    order = ImportOrder("klein.xml", FRAMEWORK, publish=True)
    result = import_in_turns(
        database.sessions, lambda: NOON, io.BytesIO(SMALL), order, somebody_writes, kept
    )

    assert heard == ["4 Artikel gelesen", "wird veröffentlicht"]
    assert result.published
    with database.sessions() as session:
        version = session.get_one(CatalogVersion, result.version_id)
        assert (version.published_at, version.published_by) == (NOON, None)
        written = select(func.count()).where(Article.catalog_version_id == version.id)
        assert session.scalar(written) == 4
        key = publishing_key(version.id)
        done = select(OutboxMessage.done_at).where(OutboxMessage.dedupe_key == key)
        assert session.scalars(done).all() == ([NOON] if large else [])


def test_a_publication_that_dies_goes_on_with_a_worker(
    database: Database, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled(session)
    session.commit()
    in_steps(monkeypatch)

    def dies(*_given: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "run_publication", dies)
    order = ImportOrder("klein.xml", FRAMEWORK, publish=True)

    with pytest.raises(KeyboardInterrupt):
        import_in_turns(
            database.sessions, lambda: NOON, io.BytesIO(SMALL), order, lambda _: None, kept
        )

    assert is_kept(session), "with the publication that goes on"
    newest = select(CatalogVersion).order_by(CatalogVersion.id.desc()).limit(1)
    version = session.scalars(newest).one()
    assert (version.publishing_since, version.published_at) == (NOON, None)
    key = publishing_key(version.id)
    found = select(OutboxMessage.lease_until).where(OutboxMessage.dedupe_key == key)
    lease = session.scalars(found).one()
    assert lease is not None
    assert claim(session, NOON, Lane.LONG, ["catalog_publication"]) is None, "still held"
    assert claim(session, lease, Lane.LONG, ["catalog_publication"]) is not None


def test_what_is_refused_or_stopped_leaves_nothing(
    database: Database, session: Session, place: World
) -> None:
    small_catalog(session, place.framework)
    session.commit()
    before = left(session)
    dearer = SMALL.replace(b"789.00", b"1789.00").replace(
        b"<CATALOG_VERSION>", b"<CATALOG_VERSION>9"
    )

    def attempt(content: bytes, heard: object = silent) -> None:
        order = ImportOrder("klein.xml", FRAMEWORK, publish=True)
        import_in_turns(database.sessions, lambda: NOON, io.BytesIO(content), order, heard, kept)  # type: ignore[arg-type]

    def stops(_how_far: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(DomainError):
        attempt(SMALL[: len(SMALL) // 2])
    with pytest.raises(KeyboardInterrupt):
        attempt(dearer, stops)
    assert left(session) == before
    with pytest.raises(Conflict) as refusal:
        attempt(dearer)

    assert refusal.value.code == "prices_stopped"
    assert not is_kept(session)
    assert left(session) == before


def test_two_may_read_the_same_file_at_once(
    database: Database, session: Session, place: World
) -> None:
    outcomes: list[int | None] = []

    def read(order: ImportOrder, heard: Callable[[str], None]) -> None:
        result = import_in_turns(
            database.sessions, lambda: NOON, io.BytesIO(SMALL), order, heard, kept
        )
        outcomes.append(result.version_id)

    def another(_how_far: str) -> None:
        for dry_run in (True, False):
            order = ImportOrder("noch einmal.xml", place.framework.number, dry_run=dry_run)
            read(order, silent)

    read(ImportOrder("klein.xml", place.framework.number), another)

    checked, second, first = outcomes
    assert (checked, second == first) == (None, False)
    assert is_kept(session)
    drafts = select(CatalogVersion.id).where(CatalogVersion.published_at.is_(None))
    assert session.scalars(drafts).all() == [first], "the later one replaces the earlier one"


def test_what_a_dead_process_left_goes_with_a_reading_of_the_next_day(
    database: Database, session: Session, place: World
) -> None:
    half = CatalogVersion(
        framework_id=place.framework.id,
        number=7,
        catalog_id="",
        catalog_version="",
        file_name="gestern.xml",
        file_sha256="0" * 64,
        imported_at=NOON - timedelta(hours=25),
        imported_by=None,
        result={},
    )
    session.add(half)
    session.commit()

    order = ImportOrder("klein.xml", place.framework.number)
    import_in_turns(database.sessions, lambda: NOON, io.BytesIO(SMALL), order, silent, kept)

    names = select(CatalogVersion.file_name).where(CatalogVersion.published_at.is_(None))
    assert session.scalars(names).all() == ["klein.xml"]


def test_stopped_before_its_publication_began_it_leaves_no_draft_without_its_file(
    database: Database, session: Session, place: World
) -> None:
    before = left(session)

    def stops(_session: Session) -> None:
        raise KeyboardInterrupt

    order = ImportOrder("klein.xml", place.framework.number, publish=True)
    session.rollback()
    with pytest.raises(KeyboardInterrupt):
        import_in_turns(database.sessions, lambda: NOON, io.BytesIO(SMALL), order, silent, stops)

    assert left(session) == before
    assert not is_kept(session)
