"""Throw a draft version away; nobody has seen it."""

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.catalog.records import CatalogVersion, CatalogEntry
from app.kernel.errors import Conflict, NotFound


def discard_catalog_draft(session: Session, version_id: int) -> None:
    """Conflict where the version is published: that one stays as evidence."""
    version = session.get(CatalogVersion, version_id)
    if version is None:
        raise NotFound("Diese Katalogversion gibt es nicht.")
    if version.published_at is not None:
        raise Conflict("Eine veröffentlichte Version bleibt erhalten.", "already_published")
    session.execute(delete(CatalogEntry).where(CatalogEntry.catalog_version_id == version_id))
    session.delete(version)
    session.flush()
