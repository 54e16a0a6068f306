"""Evidence stays as it was written, whoever asks."""

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.archive.records import StoredFile
from app.archive.store import keep
from tests.support.clock import NOON


@pytest.mark.parametrize("change", ["UPDATE stored_file SET size = 0", "DELETE FROM stored_file"])
def test_a_stored_file_can_be_neither_changed_nor_deleted(session: Session, change: str) -> None:
    keep(session, b"Abrufvermerk", "text/plain", NOON)
    session.commit()

    with pytest.raises(DBAPIError, match="row is evidence and stays as written"):
        session.execute(text(change))

    session.rollback()
    assert session.scalar(select(StoredFile.size)) == len(b"Abrufvermerk")


def test_the_same_content_is_kept_once(session: Session) -> None:
    first = keep(session, b"gleich", "text/plain", NOON)
    second = keep(session, b"gleich", "text/plain", NOON)

    assert first == second
    assert session.scalar(select(func.count()).select_from(StoredFile)) == 1
