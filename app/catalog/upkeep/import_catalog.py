"""Import a catalog file into a framework: read, compare, keep as a draft, publish if wished."""

import hashlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import BinaryIO, Final

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from app.audit.append import COOPERATIVE, Happening, append
from app.catalog.formats.values import Transaction
from app.catalog.import_records import ImportTerms
from app.catalog.publish_catalog_version import publish_catalog_version
from app.catalog.records import CatalogVersion
from app.catalog.upkeep.calm_collector import calm_collector
from app.catalog.upkeep.discard_catalog_draft import discard_drafts, discard_half_read
from app.catalog.upkeep.import_result import ImportResult, finding_json, listed, result_of
from app.catalog.upkeep.known_articles import known_texts
from app.catalog.upkeep.open_file import PLAIN, Reading
from app.catalog.upkeep.read_beside import file_in_batches
from app.catalog.upkeep.read_file import FileFacts
from app.catalog.upkeep.stage_articles import stage_articles
from app.catalog.upkeep.staging_rows import Target, target_of
from app.catalog.upkeep.stored_contents import WhenAsked, price_quantities
from app.catalog.upkeep.turns import Turns, in_one
from app.catalog.upkeep.version_order import Stated, refuse_out_of_order
from app.frameworks.records import Framework
from app.kernel.errors import Conflict, NotFound
from app.kernel.legal_day import legal_day

CHUNK: Final = 1024 * 1024
LEFT_FOR: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Company:
    """Who goes along with a reading.

    `progress` hears how many articles are read, `keep` stores something with the whole draft.
    """

    progress: Callable[[int], None] = lambda _articles: None
    keep: Callable[[Session], None] = lambda _session: None


ALONE: Final = Company()


@dataclass(frozen=True, slots=True)
class ImportOrder:
    """What to import into which framework (its number), by whom.

    `anyway`: although updates are missing in between.
    """

    file_name: str
    framework: str
    lot: int | None = None
    dry_run: bool = False
    publish: bool = False
    person_id: int | None = None
    anyway: bool = False
    reading: Reading = PLAIN


def import_catalog(
    session: Session, stream: BinaryIO, order: ImportOrder, now: datetime
) -> ImportResult:
    """In the caller's one transaction: FileRefused and Conflict leave no trace of the draft.

    Published at once only where `order` says so, by nobody in person: programs and data folders.
    """
    result = read_in(in_one(session), stream, order, now)
    if not order.publish or result.version_id is None:
        return result
    with calm_collector():
        publish_catalog_version(session, result.version_id, None, now)
    return replace(result, published=True)


def read_in(
    turns: Turns,
    stream: BinaryIO,
    order: ImportOrder,
    now: datetime,
    company: Company = ALONE,
) -> ImportResult:
    """Read a file into a draft, in as many turns as it needs; refused or stopped, none is left.

    The same content again is no new version. Articles that a whole catalog no longer has are
    removed at publication, but only those that came with the same CATALOG_ID (and lot, if named).
    """
    digest = _sha256(stream)
    with turns() as session:
        version_id = _begin(session, digest, order, now)
    try:
        with calm_collector():
            return _stage(turns, stream, order, version_id, now, company)
    except BaseException:  # a person's Ctrl+C, too
        with suppress(SQLAlchemyError), turns() as session:
            discard_drafts(session, [version_id])
        raise


def _begin(session: Session, digest: str, order: ImportOrder, now: datetime) -> int:
    """An empty draft with its number; locked, for two imports would take the same number.

    What processes that died have left of any file goes after a day: no reading takes so long.
    """
    wanted = select(Framework).where(Framework.number == order.framework).with_for_update()
    framework = session.scalar(wanted)
    if framework is None:
        raise NotFound("Diesen Rahmenvertrag gibt es nicht.", "framework_unknown")
    highest = session.scalar(
        select(func.max(CatalogVersion.number)).where(CatalogVersion.framework_id == framework.id)
    )
    discard_half_read(session, framework.id, CatalogVersion.imported_at < now - LEFT_FOR)
    version = CatalogVersion(
        framework_id=framework.id,
        number=(highest or 0) + 1,
        catalog_id="",
        catalog_version="",
        file_name=order.file_name[:200],
        file_sha256=digest,
        imported_at=now,
        imported_by=order.person_id,
        result={},
    )
    session.add(version)
    session.flush()
    return version.id


def _stage(
    turns: Turns,
    stream: BinaryIO,
    order: ImportOrder,
    version_id: int,
    now: datetime,
    company: Company,
) -> ImportResult:
    with turns() as session:
        version = session.get_one(CatalogVersion, version_id)
        framework = session.get_one(Framework, version.framework_id)
        kept_in = None if order.dry_run else version_id
        target = target_of(session, framework, order.lot, kept_in, legal_day(now))
        reading = _with_what_is_known(turns, session, target, order.reading)
    with file_in_batches(stream, target.place, reading) as batches:
        staged = stage_articles(turns, batches, target, company.progress)
    file, counted = staged.file, staged.counted
    _refuse_an_empty_file(file)
    result = result_of(order.file_name, file, staged.findings, counted)
    with turns() as session:
        version = session.get_one(CatalogVersion, version_id)
        header = file.header
        stated = Stated(
            Transaction(file.transaction),
            header.catalog_id[:40],
            header.catalog_version[:20],
            file.prev_version,
            version.file_sha256,
        )
        differs = bool(counted.new or counted.changed or counted.removed)
        updates = refuse_out_of_order(
            session, version.framework_id, stated, differs=differs, anyway=order.anyway
        )
        if order.dry_run or not differs:
            discard_drafts(session, [version_id])
            return _unchanged(session, version.framework_id, result, dry_run=order.dry_run)
        _keep(session, version, stated, result)
        version.update_number = updates
        _put_on_record(session, version, now)
        company.keep(session)
        return replace(result, catalog_version=version.number, version_id=version.id)


def _with_what_is_known(
    turns: Turns, session: Session, target: Target, reading: Reading
) -> Reading:
    """Columns as somebody last confirmed them, prices for more than one unit, published texts."""

    def quantities() -> dict[str, Decimal]:
        with turns() as later:
            return price_quantities(later, target.framework_id)

    terms = session.get(ImportTerms, target.framework_id)
    return replace(
        reading,
        remembered=terms.columns if terms else {},
        price_quantities=WhenAsked(quantities),
        known=known_texts(session, target),
    )


def _sha256(stream: BinaryIO) -> str:
    digest = hashlib.sha256()
    while chunk := stream.read(CHUNK):
        digest.update(chunk)
    stream.seek(0)
    return digest.hexdigest()


def _refuse_an_empty_file(file: FileFacts) -> None:
    if not file.counts.articles:
        raise Conflict(
            "Die Datei enthält 0 Artikel. Der bestehende Katalog bleibt, wie er ist.", "no_articles"
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


def _keep(session: Session, version: CatalogVersion, stated: Stated, result: ImportResult) -> None:
    """The draft is complete, and replaces earlier drafts of the same catalog."""
    version.kind = stated.kind
    version.catalog_id = stated.catalog_id
    version.catalog_version = stated.catalog_version
    warnings = listed([finding_json(finding) for finding in result.warnings])
    more = {"catalog_version": version.number, "warnings": warnings}
    version.result = result.as_json() | more
    session.flush()
    older = select(CatalogVersion.id).where(
        CatalogVersion.framework_id == version.framework_id,
        CatalogVersion.catalog_id == version.catalog_id,
        CatalogVersion.kind == stated.kind,
        CatalogVersion.published_at.is_(None),
        CatalogVersion.id != version.id,
    )
    discard_drafts(session, list(session.scalars(older)))


def _put_on_record(session: Session, version: CatalogVersion, now: datetime) -> None:
    actor = f"person:{version.imported_by}" if version.imported_by else "system"
    payload: dict[str, object] = {"file": version.file_name, "sha256": version.file_sha256}
    subject = f"catalog_version:{version.id}"
    append(session, COOPERATIVE, now, Happening("catalog_imported", subject, actor, payload))
