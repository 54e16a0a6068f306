"""Read a file that somebody sent: the work behind the progress page."""

from datetime import datetime
from typing import Any, BinaryIO

from sqlalchemy.orm import Session

from app.archive.large_files import open_content
from app.catalog.formats.values import Transaction
from app.catalog.import_records import CatalogImport, ImportState
from app.catalog.records import CatalogVersion
from app.catalog.upkeep.discard_catalog_draft import discard_half_read
from app.catalog.upkeep.giving_way import giving_way
from app.catalog.upkeep.import_catalog import Company, ImportOrder, read_in
from app.catalog.upkeep.import_result import ImportResult, finding_json, listed
from app.catalog.upkeep.open_file import Reading
from app.catalog.upkeep.refuse_file import refuse_file
from app.catalog.upkeep.send_catalog_file import wishes_of
from app.catalog.upkeep.turns import in_turns
from app.database.engine import reading
from app.frameworks.records import Framework
from app.kernel.errors import DomainError
from app.outbox.deliver import Bench


def run_catalog_import(bench: Bench, payload: dict[str, Any]) -> None:
    """In short turns, so that orders go on; begun again after a crash it starts from nothing.

    A refusal is an outcome that the sender reads; only what nobody foresaw is an error.
    """
    number: int = payload["import"]
    started = bench.clock()
    with bench.sessions.begin() as session:
        sent = session.get_one(CatalogImport, number)
        if sent.state not in {ImportState.WAITING, ImportState.RUNNING}:
            return
        sent.state = ImportState.RUNNING
        sent.articles_read = 0
        _clear_up(session, sent)
        order, digest = _order(session, sent), sent.file_sha256

    def progress(articles: int) -> None:
        with bench.sessions.begin() as session:
            session.get_one(CatalogImport, number).articles_read = articles

    try:
        with _content(bench, digest) as stream, giving_way():
            result = read_in(in_turns(bench), stream, order, started, Company(progress))
    except DomainError as refusal:
        with bench.sessions.begin() as session:
            refuse_file(session.get_one(CatalogImport, number), refusal, bench.clock())
        return
    with bench.sessions.begin() as session:
        _finish(session.get_one(CatalogImport, number), result, bench.clock())


def _content(bench: Bench, digest: str) -> BinaryIO:
    """Copied and checked while others write: of hundreds of megabytes it takes seconds."""
    with bench.sessions(bind=reading(bench.sessions)) as session:
        return open_content(session, digest)


def _order(session: Session, sent: CatalogImport) -> ImportOrder:
    wishes = wishes_of(sent)
    framework = session.get_one(Framework, sent.framework_id)
    return ImportOrder(
        file_name=sent.file_name,
        framework=framework.number,
        lot=wishes.lot,
        dry_run=wishes.dry_run,
        person_id=sent.person_id,
        anyway=wishes.anyway,
        reading=Reading(
            wishes.encoding, Transaction(wishes.kind), wishes.columns, catalog=wishes.catalog
        ),
    )


def _clear_up(session: Session, sent: CatalogImport) -> None:
    """What a worker that died has left of this file: its lease is over."""
    discard_half_read(
        session,
        sent.framework_id,
        CatalogVersion.file_sha256 == sent.file_sha256,
        CatalogVersion.imported_by == sent.person_id,
    )


def _finish(sent: CatalogImport, result: ImportResult, now: datetime) -> None:
    sent.state = ImportState.DONE
    sent.finished_at = now
    sent.version_id = result.version_id
    warnings = listed([finding_json(finding) for finding in result.warnings])
    sent.result = result.as_json() | {"warnings": warnings}
