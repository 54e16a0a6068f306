"""Bring the catalog back to an earlier published version, as a new version."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.catalog.formats.values import Transaction
from app.catalog.publish_catalog_version import publish_catalog_version
from app.catalog.records import CatalogVersion
from app.catalog.upkeep.publish_in_steps import AT_ONCE, begin_publication
from app.catalog.upkeep.restored_entries import (
    bring_back_some,
    many_to_bring_back,
    refuse_unkept,
    way_back,
)
from app.frameworks.records import Framework
from app.kernel.errors import NotFound


def restore_catalog_version(
    session: Session, version_id: int, person_id: int, now: datetime, at_once: int = AT_ONCE
) -> CatalogVersion:
    """One person suffices: two have looked at that state before. Orders keep their prices.

    Conflict where it is the present state, or where that state was not kept. More than `at_once`
    differences are brought back by a worker, in steps, so that orders go on.
    """
    wanted = session.get(CatalogVersion, version_id)
    if wanted is None or wanted.published_at is None:
        raise NotFound("Diese Katalogversion gibt es nicht.")
    session.get_one(Framework, wanted.framework_id, with_for_update=True)
    way = way_back(session, wanted)
    refuse_unkept(session, way)
    version = _begin(session, wanted, person_id, now)
    if many_to_bring_back(session, way) > at_once:
        return begin_publication(session, version.id, person_id, now)
    after: str | None = ""
    while after is not None:
        after = bring_back_some(session, version, after)
    return publish_catalog_version(session, version.id, person_id, now)


def _begin(
    session: Session, wanted: CatalogVersion, person_id: int, now: datetime
) -> CatalogVersion:
    last = session.scalars(
        select(CatalogVersion)
        .where(
            CatalogVersion.framework_id == wanted.framework_id,
            CatalogVersion.published_at.is_not(None),
        )
        .order_by(CatalogVersion.number.desc())
    ).first()
    highest = session.scalar(
        select(func.max(CatalogVersion.number)).where(
            CatalogVersion.framework_id == wanted.framework_id
        )
    )
    version = CatalogVersion(
        framework_id=wanted.framework_id,
        number=(highest or 0) + 1,
        catalog_id=last.catalog_id if last else wanted.catalog_id,
        catalog_version=wanted.catalog_version,
        file_name=wanted.file_name,
        file_sha256=wanted.file_sha256,
        imported_at=now,
        imported_by=person_id,
        kind=wanted.kind or Transaction.NEW_CATALOG,
        update_number=wanted.update_number,
        restores_id=wanted.id,
        result={},
    )
    session.add(version)
    session.flush()
    return version
