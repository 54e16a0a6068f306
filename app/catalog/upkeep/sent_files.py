"""Reads of catalog files as they were sent: on their way, read, refused."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from app.accounts.records import Person
from app.archive.records import StoredFile
from app.archive.store import erasures
from app.catalog.import_records import CatalogImport, ImportState
from app.catalog.records import CatalogVersion
from app.catalog.upkeep.import_result import remarks_in
from app.catalog.upkeep.send_catalog_file import reading_key
from app.frameworks.records import Framework
from app.kernel.errors import NotFound
from app.outbox.standstill import Standstill, standstill

LATEST: Final = 10
RECENT: Final = timedelta(days=7)
PAGE_SIZE: Final = 50
STATE_WORDS: Final = {
    ImportState.WAITING: "wartet",
    ImportState.MAPPING: "Spalten zuordnen",
    ImportState.RUNNING: "wird gelesen",
    ImportState.DONE: "gelesen",
    ImportState.REFUSED: "nicht lesbar",
}
UNDER_WAY: Final = frozenset({ImportState.WAITING, ImportState.RUNNING})


@dataclass(frozen=True, slots=True)
class KeptFile:
    """The file itself, as it came, and where to load it; `erased`: its period is over."""

    address: str
    name: str
    sha256: str
    size: int
    erased: str


@dataclass(frozen=True, slots=True)
class SentFile:
    """A sent file as its page shows it; `draft` where the draft is still there.

    `still`: reading it failed in a way that nobody foresaw.
    """

    sent: CatalogImport
    framework: Framework
    sender: str
    draft: CatalogVersion | None
    file: KeptFile
    still: Standstill | None

    @property
    def under_way(self) -> bool:
        return self.sent.state in UNDER_WAY

    @property
    def state(self) -> str:
        return STATE_WORDS[self.sent.state]

    @property
    def remarks(self) -> list[tuple[str, dict[str, Any]]]:
        return remarks_in(self.sent.result)


@dataclass(frozen=True, slots=True)
class SentPage:
    """A page of all that was ever sent, the latest first, out of `total`."""

    files: Sequence[Row[CatalogImport, str, str, int, int]]
    total: int


def sent_file(session: Session, import_id: int) -> SentFile:
    sent = session.get(CatalogImport, import_id)
    if sent is None:
        raise NotFound("Diese Datei gibt es nicht.")
    return SentFile(
        sent=sent,
        framework=session.get_one(Framework, sent.framework_id),
        sender=session.get_one(Person, sent.person_id).label,
        draft=session.get(CatalogVersion, sent.version_id) if sent.version_id else None,
        file=_kept(session, sent, f"/katalogpflege/dateien/{import_id}"),
        still=standstill(session, reading_key(import_id)) if sent.state in UNDER_WAY else None,
    )


def file_of_version(session: Session, version_id: int) -> KeptFile | None:
    """What the version was read from; None for versions that the program made itself."""
    version = session.get(CatalogVersion, version_id)
    if version is None or version.restores_id is not None:
        return None
    known = select(StoredFile.sha256).where(StoredFile.sha256 == version.file_sha256)
    if session.scalar(known) is None:
        return None
    return _kept(session, version, f"/katalogpflege/{version_id}")


def open_files(session: Session, now: datetime) -> Sequence[Row[CatalogImport, str]]:
    """What of the last days is no draft yet, the latest first: under way, to be mapped, refused."""
    return session.execute(
        select(CatalogImport, Framework.number)
        .join(Framework, Framework.id == CatalogImport.framework_id)
        .where(CatalogImport.state != ImportState.DONE, CatalogImport.sent_at > now - RECENT)
        .order_by(CatalogImport.id.desc())
        .limit(LATEST)
    ).all()


def all_files(session: Session, page: int) -> SentPage:
    """With the framework's number, who sent it, its size, and the version that is still there."""
    rows = session.execute(
        select(
            CatalogImport,
            Framework.number,
            Person.label,
            StoredFile.size,
            func.coalesce(CatalogVersion.number, 0),
        )
        .join(Framework, Framework.id == CatalogImport.framework_id)
        .join(Person, Person.id == CatalogImport.person_id)
        .join(StoredFile, StoredFile.sha256 == CatalogImport.file_sha256)
        .outerjoin(CatalogVersion, CatalogVersion.id == CatalogImport.version_id)
        .order_by(CatalogImport.id.desc())
        .offset((page - 1) * PAGE_SIZE)
        .limit(PAGE_SIZE)
    ).all()
    return SentPage(rows, session.scalar(select(func.count(CatalogImport.id))) or 0)


def _kept(session: Session, source: CatalogImport | CatalogVersion, page: str) -> KeptFile:
    """Without the content, which may be large."""
    digest = source.file_sha256
    size = session.scalars(select(StoredFile.size).where(StoredFile.sha256 == digest)).one()
    erased = erasures(session, [digest]).get(digest)
    said = erased.sentence if erased else ""
    return KeptFile(f"{page}/datei", source.file_name, digest, size, said)
