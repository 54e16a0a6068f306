"""A sent file that cannot be read: the reason stays with it, nothing else happens."""

from datetime import datetime

from app.catalog.formats.findings import FileRefused
from app.catalog.import_records import CatalogImport, ImportState
from app.kernel.errors import DomainError

LONGEST_CODE = 40


def refuse_file(sent: CatalogImport, refusal: DomainError, now: datetime) -> None:
    sent.state = ImportState.REFUSED
    sent.finished_at = now
    sent.refusal_code = refusal.code[:LONGEST_CODE]
    sent.refusal = refusal.text
    if isinstance(refusal, FileRefused):
        sent.result = {"line": refusal.line, "column": refusal.column}
