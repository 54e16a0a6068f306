"""Publish a large draft beside the running shop: ordered by a person, done in steps by a worker."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, Final, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.catalog.entry_rows import Batch, Terms, joined
from app.catalog.publish_catalog_version import (
    finish_publication,
    publish_catalog_version,
    ready_to_publish,
)
from app.catalog.records import CatalogEntry, CatalogVersion
from app.catalog.upkeep.calm_collector import calm_collector
from app.catalog.upkeep.giving_way import giving_way
from app.catalog.upkeep.restored_entries import bring_back_some, brought_back
from app.catalog.upkeep.work_out_stored import work_out_stored
from app.catalog.write_articles import ENTRIES, ArticleWriter
from app.database.marks import lists_stay
from app.database.read_beside import plain_reading
from app.frameworks.records import Framework
from app.kernel.beside import worked_out_beside, worked_out_here
from app.kernel.legal_day import legal_day
from app.outbox.deliver import Bench
from app.outbox.enqueue import job

CATALOG_PUBLICATION: Final = "catalog_publication"
AT_ONCE: Final = 5_000  # articles; that many are written in about two seconds
BESIDE: Final = 2_000  # articles; a process of its own takes a fifth of a second to begin
STEP: Final = 6  # times what is unpacked at once: as much as waits in the pipe while one is written
LISTS_STAY: Final = timedelta(minutes=1)


def order_publication(
    session: Session, version_id: int, person_id: int | None, now: datetime, at_once: int = AT_ONCE
) -> CatalogVersion:
    """Up to `at_once` differences are published right here, more of them by a worker.

    Its steps are short, so that orders go on; the catalog is then the new one article by article.
    Refused like any publication; what was ordered cannot be changed or thrown away any more.
    """
    many = select(func.count()).where(CatalogEntry.catalog_version_id == version_id)
    if (session.scalar(many) or 0) <= at_once:
        return publish_catalog_version(session, version_id, person_id, now)
    return begin_publication(session, version_id, person_id, now)


def begin_publication(
    session: Session, version_id: int, person_id: int | None, now: datetime
) -> CatalogVersion:
    """By a worker, however many differences there are or, where it restores, will be."""
    version = ready_to_publish(session, version_id, person_id)
    version.publishing_since = now
    version.published_by = person_id
    session.flush()
    payload: dict[str, object] = {"version": version.id}
    job(session, CATALOG_PUBLICATION, payload, now, publishing_key(version.id))
    return version


def publishing_key(version_id: int) -> str:
    """What the job of publishing a version is found by."""
    return f"{CATALOG_PUBLICATION}:{version_id}"


def run_publication(bench: Bench, payload: dict[str, Any]) -> None:
    """Step by step to the end; begun again after a crash it goes on where it was.

    Lists find what is new once a minute and at the end; what their rows show is always current.
    """
    with calm_collector(), giving_way():
        publication = _Publication(bench, payload["version"])
        while not publication.done:
            publication.run()


class _Begun(NamedTuple):
    """What comes next, and on which terms it is worked out."""

    terms: Terms
    batches: AbstractContextManager[Iterator[Batch]]


class _Publication:
    """A version on its way into the catalog."""

    def __init__(self, bench: Bench, version_id: int) -> None:
        self.done = False
        self._bench = bench
        self._version_id = version_id
        self._searched = bench.clock()
        self._brought_back: str | None = None

    def run(self) -> None:
        """To the end, or until somebody changed meanwhile what the rows to come rest on."""
        while self._bring_back():
            pass
        with self._bench.sessions.begin() as session:
            begun = self._begin(session)
        if begun is None:
            self.done = True
            return
        with begun.batches as batches:
            while some := [*islice(batches, STEP)]:
                if not self._step(begun, joined(some)):
                    return
        self.done = self._finish()

    def _bring_back(self) -> bool:
        """Some more of the earlier state that the version restores; False where all is there."""
        with self._bench.sessions.begin() as session:
            version = _under_way(session, self._version_id)
            if version is None or version.restores_id is None or version.result:
                return False
            self._bench.stay(session)
            after = self._brought_back
            after = brought_back(session, version) if after is None else after
            self._brought_back = bring_back_some(session, version, after)
            return self._brought_back is not None

    def _begin(self, session: Session) -> _Begun | None:
        """Where it stands, and what comes next; None where there is nothing to do."""
        version = _under_way(session, self._version_id)
        if version is None:
            return None
        writer = _writer(session, version)
        span = writer.span(version.published_entry)
        many = span["last"] - span["after"] > BESIDE
        make = worked_out_beside if many else worked_out_here
        reading = plain_reading(session, ENTRIES)
        terms = writer.terms
        return _Begun(terms, make(work_out_stored, reading, span, terms, writer.groups))

    def _step(self, begun: _Begun, batch: Batch) -> bool:
        """Some articles and how far it is, in one transaction; False where they fit no more."""
        calm = self._bench.clock() < self._searched + LISTS_STAY
        with self._bench.sessions.begin() as session:
            self._bench.stay(session)
            version = _under_way(session, self._version_id)
            if version is None or version.published_entry >= batch.first:
                return False
            writer = _writer(session, version)
            if writer.terms != begun.terms:
                return False
            with lists_stay(session) if calm else nullcontext():
                writer.write_some(batch)
                version.published_entry = batch.last
        self._searched = self._searched if calm else self._bench.clock()
        return True

    def _finish(self) -> bool:
        with self._bench.sessions.begin() as session:
            self._bench.stay(session)
            version = _under_way(session, self._version_id)
            if version is not None:
                finish_publication(session, version, self._bench.clock())
        return True


def _under_way(session: Session, version_id: int) -> CatalogVersion | None:
    version = session.get(CatalogVersion, version_id, with_for_update=True)
    if version is None or version.publishing_since is None or version.published_at is not None:
        return None
    return version


def _writer(session: Session, version: CatalogVersion) -> ArticleWriter:
    since = version.publishing_since
    assert since is not None  # noqa: S101 - _under_way
    framework = session.get_one(Framework, version.framework_id)
    return ArticleWriter(session, version, framework, legal_day(since))
