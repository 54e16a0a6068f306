"""A file that somebody hands in: checked by its content, kept by its hash, named harmlessly."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from typing import Final

from sqlalchemy.orm import Session

from app.archive.check_upload import Scanner, check_upload, no_scan
from app.archive.store import keep
from app.kernel.errors import FieldError, Malformed
from app.kernel.german import clean

LONGEST_NAME: Final = 200


@dataclass(frozen=True, slots=True)
class TakenFile:
    """Where it lies in the archive, and what people call it."""

    name: str
    sha256: str


def take_file(
    session: Session, name: str, content: bytes, now: datetime, scan: Scanner = no_scan
) -> TakenFile:
    """A PDF, PNG or JPEG, told by its content. Raises Malformed, said at the field `anhang`."""
    checked = check_upload(content, scan)
    if checked.refusal:
        raise refused_file("file", checked.refusal)
    called = clean(PurePath(name.replace("\\", "/")).name)[:LONGEST_NAME] or "Anhang"
    return TakenFile(called, keep(session, content, checked.media_type, now))


def refused_file(code: str, text: str) -> Malformed:
    return Malformed(FieldError("anhang", code, text))
