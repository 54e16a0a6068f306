"""Reads of files on their way into the catalog."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from app.catalog.import_records import CatalogImport, ImportState
from app.catalog.records import CatalogVersion
from app.catalog.upkeep.drafts import remarks_in
from app.frameworks.records import Framework
from app.kernel.errors import NotFound

LATEST: Final = 10
STATE_WORDS: Final = {
    ImportState.WAITING: "wartet",
    ImportState.MAPPING: "Spalten zuordnen",
    ImportState.RUNNING: "wird gelesen",
    ImportState.DONE: "gelesen",
    ImportState.REFUSED: "nicht lesbar",
}
UNDER_WAY: Final = frozenset({ImportState.WAITING, ImportState.RUNNING})


@dataclass(frozen=True, slots=True)
class SentFile:
    """A sent file as its page shows it; `draft` where the draft is still there."""

    sent: CatalogImport
    framework: Framework
    draft: CatalogVersion | None

    @property
    def under_way(self) -> bool:
        return self.sent.state in UNDER_WAY

    @property
    def state(self) -> str:
        return STATE_WORDS[self.sent.state]

    @property
    def remarks(self) -> list[tuple[str, dict[str, Any]]]:
        return remarks_in(self.sent.result)


def sent_file(session: Session, import_id: int) -> SentFile:
    sent = session.get(CatalogImport, import_id)
    if sent is None:
        raise NotFound("Diese Datei gibt es nicht.")
    draft = session.get(CatalogVersion, sent.version_id) if sent.version_id else None
    return SentFile(sent, session.get_one(Framework, sent.framework_id), draft)


def open_files(session: Session) -> Sequence[Row[CatalogImport, str]]:
    """What is not yet a draft, the latest first: under way, to be mapped, or refused."""
    return session.execute(
        select(CatalogImport, Framework.number)
        .join(Framework, Framework.id == CatalogImport.framework_id)
        .where(CatalogImport.state != ImportState.DONE)
        .order_by(CatalogImport.id.desc())
        .limit(LATEST)
    ).all()
