"""Reading who issues invoices from a TOML file."""

import tomllib
from pathlib import Path

from app.documents.invoice.einvoice import Issuer
from app.documents.restore import restored
from app.kernel.errors import DomainError


class IssuerUnreadable(DomainError):
    """The start must stop: without an issuer no invoice can be written."""

    code = "issuer_unreadable"


def read_issuer(path: Path) -> Issuer:
    """The issuer as the file at `path` describes it; see catalog/issuer.toml for the keys."""
    try:
        return restored(Issuer, tomllib.loads(path.read_text("utf-8")))
    except (OSError, ValueError, TypeError, KeyError) as wrong:
        text = f"KITU_INVOICE_ISSUER: {path.name} beschreibt keinen Rechnungssteller ({wrong})."
        raise IssuerUnreadable(text) from wrong
