"""Take a catalog file from a person; it is read outside of the request."""

import io
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.archive.store import keep
from app.catalog.formats.values import Transaction
from app.catalog.import_records import CatalogImport, ImportState
from app.catalog.upkeep.open_file import is_table
from app.frameworks.records import Framework
from app.kernel.errors import NotFound
from app.outbox.enqueue import job

CATALOG_IMPORT: Final = "catalog_import"


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a file is to be read; `columns` (field: head) only for tables."""

    lot: int | None = None
    dry_run: bool = False
    anyway: bool = False
    encoding: str | None = None
    kind: str = Transaction.NEW_CATALOG.value
    columns: dict[str, str] = field(default_factory=dict)


def send_catalog_file(
    session: Session,
    framework: str,
    file_name: str,
    content: bytes,
    wishes: Wishes,
    sender: tuple[int, datetime],
) -> CatalogImport:
    """`framework` is a number (NotFound), `sender` who sends it and when; the file is kept.

    A table waits until somebody has said which column is what.
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
        file_sha256=keep(session, content, "application/octet-stream", now),
        wishes=asdict(wishes),
        state=ImportState.WAITING,
        sent_at=now,
    )
    session.add(sent)
    if is_table(io.BytesIO(content)) and not wishes.columns:
        sent.state = ImportState.MAPPING
        session.flush()
        return sent
    session.flush()
    enqueue(session, sent, now)
    return sent


def enqueue(session: Session, sent: CatalogImport, now: datetime) -> None:
    payload: dict[str, object] = {"import": sent.id}
    job(session, CATALOG_IMPORT, payload, now, f"{CATALOG_IMPORT}:{sent.id}")


def wishes_of(sent: CatalogImport) -> Wishes:
    kept: dict[str, Any] = sent.wishes
    return Wishes(**kept)
