"""Throw a draft version away; nobody has seen it."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from app.catalog.records import CatalogEntry, CatalogVersion
from app.kernel.errors import Conflict, NotFound


def discard_catalog_draft(session: Session, version_id: int) -> None:
    """Conflict where the version is published: that one stays as evidence."""
    version = session.get(CatalogVersion, version_id)
    if version is None:
        raise NotFound("Diese Katalogversion gibt es nicht.")
    if version.published_at is not None:
        raise Conflict("Eine veröffentlichte Version bleibt erhalten.", "already_published")
    if version.publishing_since is not None:
        raise Conflict("Diese Version wird gerade veröffentlicht.", "publishing")
    discard_drafts(session, [version_id])


def discard_half_read(session: Session, framework_id: int, *which: ColumnElement[bool]) -> None:
    """What processes that died have left; `which` says whose, for others may be reading."""
    half = select(CatalogVersion.id).where(
        CatalogVersion.framework_id == framework_id,
        CatalogVersion.kind.is_(None),
        CatalogVersion.published_at.is_(None),
        *which,
    )
    discard_drafts(session, session.scalars(half).all())


def discard_drafts(session: Session, version_ids: Collection[int]) -> None:
    """Drafts with all that they say; what is published, or about to be, is left alone."""
    if not version_ids:
        return
    drafts = select(CatalogVersion.id).where(
        CatalogVersion.id.in_(version_ids),
        CatalogVersion.published_at.is_(None),
        CatalogVersion.publishing_since.is_(None),
    )
    ids = session.scalars(drafts).all()
    if not ids:  # a statement that deletes nothing would make every list new on PostgreSQL
        return
    session.execute(delete(CatalogEntry).where(CatalogEntry.catalog_version_id.in_(ids)))
    session.execute(delete(CatalogVersion).where(CatalogVersion.id.in_(ids)))
    session.flush()
