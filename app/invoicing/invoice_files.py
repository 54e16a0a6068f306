"""The stored files of an invoice, byte for byte as they were issued."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from sqlalchemy.orm import Session

from app.archive.store import content
from app.database.tenant import Tenant
from app.invoicing.queries import invoice


class Form(StrEnum):
    """What follows the number in an address and in a file's name."""

    PDF = "pdf"
    UBL = "ubl.xml"
    CII = "cii.xml"


COLUMNS: Final = {Form.PDF: "pdf_sha256", Form.UBL: "ubl_sha256", Form.CII: "cii_sha256"}


@dataclass(frozen=True, slots=True)
class InvoiceFile:
    content: bytes
    media_type: str
    name: str


def invoice_file(session: Session, number: str, form: Form, tenant: Tenant) -> InvoiceFile:
    """NotFound for another member's invoice; the content is checked against its hash."""
    found = invoice(session, number, tenant)
    stored = content(session, getattr(found, COLUMNS[form]))
    return InvoiceFile(stored.content, stored.media_type, f"{found.number}.{form.value}")
