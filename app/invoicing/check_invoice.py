"""Use case: what the official rules say about a file, XML or hybrid PDF."""

from io import BytesIO
from typing import Final

from app.invoicing.official_rules import Verdict, judge
from app.invoicing.rule_files import RulesMissing
from app.kernel.errors import FieldError, Malformed

try:  # optional, as the rules themselves
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError
except ImportError:  # pragma: no cover - the tests install it
    PdfReader, PyPdfError = None, Exception  # type: ignore[assignment,misc] # absent

PDF: Final = b"%PDF-"
EMBEDDED: Final = (
    "factur-x.xml",
    "xrechnung.xml",
    "zugferd-invoice.xml",
    "ZUGFeRD-invoice.xml",
)


def check_invoice(content: bytes) -> Verdict:
    """Judge a UBL, CII or hybrid PDF file; needs no database and no network.

    Malformed: a PDF without an invoice inside. RulesMissing: the extra is not installed.
    """
    return judge(_embedded(content) if content.startswith(PDF) else content)


def _embedded(content: bytes) -> bytes:
    if PdfReader is None:
        raise RulesMissing
    try:
        attachments = PdfReader(BytesIO(content)).attachments
        found = {name: attachments[name][0] for name in EMBEDDED if name in attachments}
    except (PyPdfError, ValueError, KeyError) as broken:
        raise _unreadable("Diese PDF-Datei ist nicht lesbar.") from broken
    if not found:
        raise _unreadable("Diese PDF-Datei enthält keine E-Rechnung.")
    return next(iter(found.values()))


def _unreadable(text: str) -> Malformed:
    return Malformed(FieldError("file", "no_invoice", text))
