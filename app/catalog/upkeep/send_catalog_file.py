"""Take a catalog file from a person; it is read outside of the request."""

from dataclasses import asdict, dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any, BinaryIO, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.archive.large_files import keep_stream
from app.catalog.formats.findings import FileRefused
from app.catalog.formats.table_source import open_table
from app.catalog.formats.values import Transaction
from app.catalog.import_records import CatalogImport, ImportState
from app.catalog.upkeep.open_file import is_table
from app.catalog.upkeep.refuse_file import refuse_file
from app.frameworks.records import Framework
from app.kernel.errors import NotFound
from app.outbox.enqueue import job

CATALOG_IMPORT: Final = "catalog_import"
LOOKED_AT: Final = 3


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a file is to be read; `columns` (field: head) and `catalog` only for tables."""

    lot: int | None = None
    dry_run: bool = False
    anyway: bool = False
    encoding: str | None = None
    kind: str = Transaction.NEW_CATALOG.value
    columns: dict[str, str] = field(default_factory=dict)
    catalog: str | None = None


def send_catalog_file(
    session: Session,
    framework: str,
    file_name: str,
    stream: BinaryIO,
    wishes: Wishes,
    sender: tuple[int, datetime],
) -> CatalogImport:
    """`framework` is a number (NotFound), `sender` who sends it and when; the file is kept.

    `stream` is seekable and may hold many megabytes: it is never whole in memory.
    A table waits until somebody has said which column is what; what is none is refused at once.
    """
    person_id, now = sender
    wanted = select(Framework.id).where(Framework.number == framework)
    framework_id = session.scalar(wanted)
    if framework_id is None:
        raise NotFound("Diesen Rahmenvertrag gibt es nicht.", "framework_unknown")
    sent = CatalogImport(
        framework_id=framework_id,
        person_id=person_id,
        file_name=file_name[:200],
        file_sha256=keep_stream(session, stream, "application/octet-stream", now),
        wishes=asdict(wishes),
        state=ImportState.WAITING,
        sent_at=now,
    )
    session.add(sent)
    try:
        sent.state = _first_state(stream, wishes)
    except FileRefused as refusal:
        refuse_file(sent, refusal, now)
    session.flush()
    if sent.state is ImportState.WAITING:
        enqueue(session, sent, now)
    return sent


def _first_state(stream: BinaryIO, wishes: Wishes) -> ImportState:
    """FileRefused where it is no table after all; more than its beginning a worker reads."""
    if wishes.columns or not is_table(stream):
        return ImportState.WAITING
    for _ in islice(open_table(stream).rows(), LOOKED_AT):
        pass
    return ImportState.MAPPING


def enqueue(session: Session, sent: CatalogImport, now: datetime) -> None:
    payload: dict[str, object] = {"import": sent.id}
    job(session, CATALOG_IMPORT, payload, now, reading_key(sent.id))


def reading_key(import_id: int) -> str:
    """What the job of reading a file is found by."""
    return f"{CATALOG_IMPORT}:{import_id}"


def wishes_of(sent: CatalogImport) -> Wishes:
    kept: dict[str, Any] = sent.wishes
    return Wishes(**kept)
