"""Words and rules of invoices: what stands for sale, how states are named, which units exist."""

from enum import StrEnum
from typing import Final

from app.documents.invoice.einvoice import UNITS, DocumentType
from app.members.body_keys import valid_leitweg_id

LONGEST_REASON: Final = 500
SERIES: Final = "invoice:"

# What catalogs write instead of the code that the standard knows.
UNIT_CODES: Final = {"PCE": "C62", "ST": "C62", "EA": "C62", "PK": "XPK", "PA": "XPK", "BX": "XBX"}


class Standing(StrEnum):
    """What became of an issued document."""

    OPEN = "offen"
    CANCELLED = "storniert"
    CANCELLATION = "storno"

    @property
    def german(self) -> str:
        return STANDINGS[self]


STANDINGS: Final = {
    Standing.OPEN: "gültig",
    Standing.CANCELLED: "storniert",
    Standing.CANCELLATION: "Stornorechnung",
}


def standing(type_code: str, cancelled_by: str | None) -> Standing:
    if type_code == DocumentType.CANCELLATION:
        return Standing.CANCELLATION
    return Standing.CANCELLED if cancelled_by else Standing.OPEN


def unit_code(order_unit: str) -> str:
    """The code for the invoice; an unknown one stays and is refused by the invoice's own rules."""
    code = order_unit.upper()
    return code if code in UNITS else UNIT_CODES.get(code, code)


def series_of(prefix: str, year: int) -> str:
    """The counter of an issuer and a year."""
    return f"{SERIES}{prefix}-{year}"


def number_of(prefix: str, year: int, drawn: int) -> str:
    return f"{prefix}-{year}-{drawn:06}"


def leitweg_warning(reference: str) -> str:
    """A German sentence where a Leitweg-ID has wrong check digits; it is no reason to refuse."""
    looks_like = reference[:1].isdecimal() and "-" in reference and reference[-2:].isdecimal()
    if looks_like and not valid_leitweg_id(reference):
        return f"Die Leitweg-ID {reference} ist nicht gültig. Bitte prüfen Sie die Stammdaten."
    return ""
