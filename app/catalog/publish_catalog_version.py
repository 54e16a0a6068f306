"""Make a draft the catalog that people order from, in one transaction."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.audit.append import COOPERATIVE, Happening, append
from app.catalog.records import CatalogEntry, CatalogVersion
from app.catalog.write_articles import ArticleWriter
from app.frameworks.records import Framework
from app.kernel.errors import Conflict, NotFound
from app.kernel.legal_day import legal_day


def publish_catalog_version(
    session: Session, version_id: int, person_id: int | None, now: datetime
) -> CatalogVersion:
    """`person_id` is None for programs. Conflict where it may not be published, or not so.

    Four eyes: whoever read the file in does not publish it (a constraint says so too).
    """
    version = ready_to_publish(session, version_id, person_id)
    framework = session.get_one(Framework, version.framework_id)
    ArticleWriter(session, version, framework, legal_day(now)).write()
    version.published_by = person_id
    finish_publication(session, version, now)
    return version


def ready_to_publish(session: Session, version_id: int, person_id: int | None) -> CatalogVersion:
    """Locked with its framework; refused as `publish_catalog_version` says."""
    version = session.get(CatalogVersion, version_id, with_for_update=True)
    if version is None:
        raise NotFound("Diese Katalogversion gibt es nicht.")
    session.get_one(Framework, version.framework_id, with_for_update=True)
    _refuse_outdated(session, version)
    _refuse_unfit(session, version, person_id)
    return version


def finish_publication(session: Session, version: CatalogVersion, now: datetime) -> None:
    """Its articles are written: from now on it is the newest version."""
    version.published_at = now
    version.result = dict(version.result) | {"published": True}
    session.flush()
    _put_on_record(session, version, session.get_one(Framework, version.framework_id), now)


def _refuse_outdated(session: Session, version: CatalogVersion) -> None:
    """Conflict where the draft is stale, or another one is on its way."""
    if version.published_at is not None:
        raise Conflict("Diese Katalogversion ist schon veröffentlicht.", "already_published")
    if version.kind is None:
        raise Conflict("Diese Datei wird noch eingelesen.", "still_reading")
    under_way = select(CatalogVersion.number).where(
        CatalogVersion.framework_id == version.framework_id,
        CatalogVersion.publishing_since.is_not(None),
        CatalogVersion.published_at.is_(None),
    )
    if (number := session.scalar(under_way)) is not None:
        raise Conflict(
            f"Die Version {number} dieses Rahmenvertrags wird gerade veröffentlicht. Bitte warten "
            "Sie, bis das fertig ist.",
            "publishing",
        )
    newest = session.scalar(
        select(func.max(CatalogVersion.published_at)).where(
            CatalogVersion.framework_id == version.framework_id
        )
    )
    if newest is not None and newest > version.imported_at:
        raise Conflict(
            "Inzwischen wurde eine andere Version veröffentlicht. Bitte die Datei neu einlesen.",
            "draft_outdated",
        )


def _refuse_unfit(session: Session, version: CatalogVersion, person_id: int | None) -> None:
    own = person_id is not None and person_id == version.imported_by
    if own and version.restores_id is None:
        raise Conflict(
            "Sie haben diese Datei selbst eingelesen. Veröffentlichen muss eine zweite Person "
            "(Vier-Augen-Prinzip).",
            "four_eyes",
        )
    stopped = session.scalar(
        select(func.count()).where(
            CatalogEntry.catalog_version_id == version.id, CatalogEntry.stop.is_not(None)
        )
    )
    if stopped:
        raise Conflict(
            f"{stopped} Artikel sind gestoppt. Bitte die Gründe ansehen und die Artikel freigeben "
            "oder auslassen.",
            "prices_stopped",
        )


def _put_on_record(
    session: Session, version: CatalogVersion, framework: Framework, now: datetime
) -> None:
    actor = f"person:{version.published_by}" if version.published_by else "system"
    payload: dict[str, object] = {
        "framework": framework.number,
        "number": version.number,
        "file": version.file_name,
        "sha256": version.file_sha256,
    }
    subject = f"catalog_version:{version.id}"
    append(session, COOPERATIVE, now, Happening("catalog_published", subject, actor, payload))
