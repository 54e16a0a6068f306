"""Publish a large draft beside the running shop: ordered by a person, done in steps by a worker."""

from contextlib import nullcontext
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.catalog.publish_catalog_version import (
    finish_publication,
    publish_catalog_version,
    ready_to_publish,
)
from app.catalog.records import CatalogEntry, CatalogVersion
from app.catalog.upkeep.calm_collector import calm_collector
from app.catalog.upkeep.giving_way import giving_way
from app.catalog.write_articles import ArticleWriter
from app.database.marks import lists_stay
from app.frameworks.records import Framework
from app.kernel.legal_day import legal_day
from app.outbox.deliver import Bench
from app.outbox.enqueue import job

CATALOG_PUBLICATION: Final = "catalog_publication"
AT_ONCE: Final = 5_000  # articles; that many are written in about two seconds
LISTS_STAY: Final = timedelta(minutes=1)


def order_publication(
    session: Session, version_id: int, person_id: int, now: datetime, at_once: int = AT_ONCE
) -> CatalogVersion:
    """Up to `at_once` differences are published right here, more of them by a worker.

    Its steps are short, so that orders go on; the catalog is then the new one article by article.
    Refused like any publication; what was ordered cannot be changed or thrown away any more.
    """
    many = select(func.count()).where(CatalogEntry.catalog_version_id == version_id)
    if (session.scalar(many) or 0) <= at_once:
        return publish_catalog_version(session, version_id, person_id, now)
    version = ready_to_publish(session, version_id, person_id)
    version.publishing_since = now
    version.published_by = person_id
    session.flush()
    payload: dict[str, object] = {"version": version.id}
    job(session, CATALOG_PUBLICATION, payload, now, f"{CATALOG_PUBLICATION}:{version.id}")
    return version


def run_publication(bench: Bench, payload: dict[str, Any]) -> None:
    """Step by step to the end; begun again after a crash it goes on where it was.

    Lists find what is new once a minute and at the end; what their rows show is always current.
    """
    searched, more = bench.clock(), True
    with calm_collector(), giving_way():
        while more:
            calm = bench.clock() < searched + LISTS_STAY
            more = _step(bench, payload["version"], calm=calm)
            searched = searched if calm else bench.clock()


def _step(bench: Bench, version_id: int, *, calm: bool) -> bool:
    """Some articles and how far it is, in one transaction; False once all is done.

    `calm`: lists need not search anew for it.
    """
    with bench.sessions.begin() as session:
        bench.stay(session)
        version = session.get(CatalogVersion, version_id, with_for_update=True)
        if version is None or version.publishing_since is None or version.published_at is not None:
            return False
        day = legal_day(version.publishing_since)
        framework = session.get_one(Framework, version.framework_id)
        writer = ArticleWriter(session, version, framework, day)
        with lists_stay(session) if calm else nullcontext():
            done = writer.write_some(version.published_entry)
            if done is not None:
                version.published_entry = done
                return True
        finish_publication(session, version, bench.clock())
        return False
