"""How far a worker is that publishes a large version, for its page."""

from dataclasses import dataclass

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from app.catalog.records import CatalogEntry, CatalogVersion


@dataclass(frozen=True, slots=True)
class Progress:
    """`done` of `differences` stand in the catalog; `gathering`: there will be more of them."""

    done: int
    differences: int
    gathering: bool


def publication_progress(session: Session, version_id: int) -> Progress | None:
    """How far a worker has published the version; None where none is at it."""
    version = session.get(CatalogVersion, version_id)
    if version is None or version.publishing_since is None or version.published_at is not None:
        return None
    done = case((CatalogEntry.id <= version.published_entry, 1), else_=0)
    row = session.execute(
        select(func.coalesce(func.sum(done), 0), func.count()).where(
            CatalogEntry.catalog_version_id == version_id
        )
    ).one()
    return Progress(int(row[0]), int(row[1]), gathering=not version.result)
