"""A stored file that somebody changed behind the program's back is named."""

from hashlib import sha256

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.archive.check_files import check_files
from app.archive.store import keep
from tests.support.clock import NOON

INVOICE = b"%PDF-1.7 Rechnung"


def test_files_as_they_were_stored_are_sound(session: Session) -> None:
    keep(session, INVOICE, "application/pdf", NOON)
    keep(session, b"", "text/plain", NOON)

    assert check_files(session) == ()


def test_a_changed_invoice_is_found(session: Session) -> None:
    digest = keep(session, INVOICE, "application/pdf", NOON)
    keep(session, b"Lieferschein", "application/pdf", NOON)
    on = " ON stored_file" if session.get_bind().dialect.name == "postgresql" else ""
    session.execute(text(f"DROP TRIGGER stored_file_in_time{on}"))
    changed = {"content": INVOICE.replace(b"R", b"r"), "digest": digest}
    session.execute(
        text("UPDATE stored_file SET content = :content WHERE sha256 = :digest"), changed
    )
    session.expire_all()

    assert digest == sha256(INVOICE).hexdigest()
    assert check_files(session) == (
        f"Datei {digest} (application/pdf): Der Inhalt passt nicht zur Prüfsumme.",
    )
