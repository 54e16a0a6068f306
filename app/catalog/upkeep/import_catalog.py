"""Import a catalog file into a framework: read, compare, keep as a draft, publish if wished."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from typing import BinaryIO, Final

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.audit.append import COOPERATIVE, Happening, append
from app.catalog.formats.bmecat import CatalogFile
from app.catalog.publish_catalog_version import publish_catalog_version
from app.catalog.records import CatalogVersion, CatalogEntry
from app.catalog.upkeep.import_result import ImportResult, finding_json, result_of
from app.catalog.upkeep.stage_articles import Staging
from app.frameworks.records import Framework
from app.kernel.errors import Conflict, NotFound
from app.kernel.legal_day import legal_day

CHUNK: Final = 1024 * 1024
WARNINGS_KEPT: Final = 2000


@dataclass(frozen=True, slots=True)
class ImportOrder:
    """What to import into which framework (its number), by whom."""

    file_name: str
    framework: str
    lot: int | None = None
    dry_run: bool = False
    publish: bool = False
    person_id: int | None = None


def import_catalog(
    session: Session, stream: BinaryIO, order: ImportOrder, now: datetime
) -> ImportResult:
    """All or nothing: FileRefused and Conflict leave no trace, a dry run neither.

    The same content again is no new version. Articles that the file no longer has are removed
    at publication, but only those that came with the same CATALOG_ID (and lot, if one is named).
    """
    # Locked: two imports of one framework would number and compare the same state.
    wanted = select(Framework).where(Framework.number == order.framework).with_for_update()
    framework = session.scalar(wanted)
    if framework is None:
        raise NotFound("Diesen Rahmenvertrag gibt es nicht.", "framework_unknown")
    digest = _sha256(stream)
    with session.begin_nested() as savepoint:
        version = CatalogVersion(
            framework_id=framework.id,
            number=_next_number(session, framework.id),
            catalog_id="",
            catalog_version="",
            file_name=order.file_name[:200],
            file_sha256=digest,
            imported_at=now,
            imported_by=order.person_id,
            result={},
        )
        if not order.dry_run:
            session.add(version)
            session.flush()
        file = CatalogFile(stream, legal_day(now))
        staging = Staging(session, framework, order.lot, version.id, legal_day(now))
        counted = staging.stage(file)
        _refuse_an_empty_file(file)
        result = result_of(order.file_name, file, counted)
        known = _same_version(session, framework.id, file)
        if known is not None and staging.changes:
            raise Conflict(
                f"Die Katalogversion {file.header.catalog_version} wurde schon eingelesen, aber "
                "mit anderem Inhalt. Bitte erhöhen Sie CATALOG_VERSION.",
                "catalog_version_known",
            )
        kept = bool(staging.changes) and not order.dry_run
        if kept:
            _keep(session, version, file, result)
        else:
            savepoint.rollback()
    if not kept:
        return _unchanged(session, framework.id, result, dry_run=order.dry_run)
    if order.publish:
        publish_catalog_version(session, version.id, order.person_id, now)
    else:
        _put_on_record(session, version, now)
    return replace(
        result, catalog_version=version.number, version_id=version.id, published=order.publish
    )


def _sha256(stream: BinaryIO) -> str:
    digest = hashlib.sha256()
    while chunk := stream.read(CHUNK):
        digest.update(chunk)
    stream.seek(0)
    return digest.hexdigest()


def _next_number(session: Session, framework_id: int) -> int:
    highest = session.scalar(
        select(func.max(CatalogVersion.number)).where(CatalogVersion.framework_id == framework_id)
    )
    return (highest or 0) + 1


def _refuse_an_empty_file(file: CatalogFile) -> None:
    if not file.counts.articles:
        raise Conflict(
            "Die Datei enthält 0 Artikel. Der bestehende Katalog bleibt, wie er ist.", "no_articles"
        )


def _same_version(session: Session, framework_id: int, file: CatalogFile) -> int | None:
    """The spec forbids the same catalog, version and language twice with other content."""
    return session.scalar(
        select(CatalogVersion.id).where(
            CatalogVersion.framework_id == framework_id,
            CatalogVersion.catalog_id == file.header.catalog_id[:40],
            CatalogVersion.catalog_version == file.header.catalog_version[:20],
            CatalogVersion.published_at.is_not(None),
        )
    )


def _unchanged(
    session: Session, framework_id: int, result: ImportResult, *, dry_run: bool
) -> ImportResult:
    newest = session.scalar(
        select(func.max(CatalogVersion.number)).where(
            CatalogVersion.framework_id == framework_id, CatalogVersion.published_at.is_not(None)
        )
    )
    return replace(result, catalog_version=newest, published=not dry_run and newest is not None)


def _keep(
    session: Session, version: CatalogVersion, file: CatalogFile, result: ImportResult
) -> None:
    """The draft replaces earlier drafts of the same catalog."""
    version.catalog_id = file.header.catalog_id[:40]
    version.catalog_version = file.header.catalog_version[:20]
    warnings = [finding_json(finding) for finding in result.warnings[:WARNINGS_KEPT]]
    more = {"catalog_version": version.number, "warnings": warnings}
    version.result = result.as_json() | more
    older = select(CatalogVersion.id).where(
        CatalogVersion.framework_id == version.framework_id,
        CatalogVersion.catalog_id == version.catalog_id,
        CatalogVersion.published_at.is_(None),
        CatalogVersion.id != version.id,
    )
    drafts = session.scalars(older).all()
    session.execute(delete(CatalogEntry).where(CatalogEntry.catalog_version_id.in_(drafts)))
    session.execute(delete(CatalogVersion).where(CatalogVersion.id.in_(drafts)))
    session.flush()


def _put_on_record(session: Session, version: CatalogVersion, now: datetime) -> None:
    actor = f"person:{version.imported_by}" if version.imported_by else "system"
    payload: dict[str, object] = {"file": version.file_name, "sha256": version.file_sha256}
    subject = f"catalog_version:{version.id}"
    append(session, COOPERATIVE, now, Happening("catalog_imported", subject, actor, payload))
