"""What our own model refuses before a number is drawn: faults that the official rules let pass."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from stdnum import iban
from stdnum.de import vat

from app.documents.invoice.einvoice import STANDARD_CATEGORY, UNITS, Address, DocumentType, Invoice
from app.kernel.money import NOTHING
from app.kernel.vat import STANDARD_RATE

MAIL: Final = re.compile(r"[^@\s.][^@\s]*@[^@\s]+[^@\s.]")  # BR-DE-28
FEWEST_PHONE_DIGITS: Final = 3  # BR-DE-27


@dataclass(frozen=True, slots=True)
class Fault:
    """Why this invoice must not be issued; `text` says in German what to mend."""

    code: str
    text: str


def faults(invoice: Invoice) -> tuple[Fault, ...]:
    """All faults at once, empty where the invoice may be issued (§ 14 Abs. 4 UStG, XRechnung)."""
    return (
        *_of_the_issuer(invoice),
        *_of_the_buyer(invoice),
        *_of_the_document(invoice),
        *_of_the_lines(invoice),
        *_of_the_sums(invoice),
    )


def _of_the_issuer(invoice: Invoice) -> Iterator[Fault]:
    issuer = invoice.issuer
    if not issuer.name or not _complete(issuer.address):
        yield Fault("issuer_address", "Name oder Anschrift des Ausstellers fehlt.")
    if not issuer.vat_id and not issuer.tax_number:
        yield Fault("issuer_tax", "Dem Aussteller fehlt USt-IdNr. oder Steuernummer.")
    if issuer.vat_id and not vat.is_valid(issuer.vat_id):
        yield Fault("issuer_vat_id", f"Die USt-IdNr. {issuer.vat_id} ist nicht gültig.")
    if not issuer.contact_name or _digits(issuer.phone) < FEWEST_PHONE_DIGITS:
        yield Fault("issuer_contact", "Ansprechstelle oder Telefonnummer des Ausstellers fehlt.")
    if not MAIL.fullmatch(issuer.mail):
        yield Fault("issuer_mail", "Die E-Mail-Adresse des Ausstellers ist nicht gültig.")
    if not iban.is_valid(issuer.iban):
        yield Fault("issuer_iban", "Die IBAN des Ausstellers ist nicht gültig.")


def _of_the_buyer(invoice: Invoice) -> Iterator[Fault]:
    if not invoice.buyer.name or not _complete(invoice.buyer.address):
        yield Fault("buyer_address", "Name oder Anschrift des Rechnungsempfängers fehlt.")
    if not invoice.buyer.reference.strip():
        yield Fault("buyer_reference", "Die Leitweg-ID oder Käuferreferenz fehlt.")
    if not invoice.buyer.endpoint.value.strip():
        yield Fault("buyer_endpoint", "Die elektronische Adresse des Empfängers fehlt.")
    if invoice.ship_to and not _complete(invoice.ship_to.address):
        yield Fault("ship_to_address", "Die Lieferanschrift ist unvollständig.")


def _of_the_document(invoice: Invoice) -> Iterator[Fault]:
    if not invoice.number.strip():
        yield Fault("number", "Die Rechnungsnummer fehlt.")
    if invoice.due_on is None and not invoice.payment_terms.strip():
        yield Fault("due_date", "Fälligkeit oder Zahlungsbedingungen fehlen.")
    if invoice.due_on and invoice.due_on < invoice.issued_on:
        yield Fault("due_date", "Die Fälligkeit liegt vor dem Rechnungsdatum.")
    if invoice.supplied_from > invoice.supplied_to:
        yield Fault("supply_date", "Der Lieferzeitraum endet vor seinem Beginn.")
    if invoice.supplied_to > invoice.issued_on:
        yield Fault("supply_date", "Die Lieferung liegt nach dem Rechnungsdatum.")
    if invoice.kind is not DocumentType.INVOICE and invoice.preceding is None:
        yield Fault("preceding", f"Der {invoice.kind.german} fehlt die ursprüngliche Rechnung.")


def _of_the_lines(invoice: Invoice) -> Iterator[Fault]:
    if not invoice.lines:
        yield Fault("lines", "Die Rechnung hat keine Position.")
    positions = [line.position for line in invoice.lines]
    if len(set(positions)) != len(positions):
        yield Fault("positions", "Eine Positionsnummer kommt mehrfach vor.")
    for line in invoice.lines:
        place = f"Position {line.position}: "
        if line.unit not in UNITS:
            yield Fault("unit", f"{place}Die Mengeneinheit „{line.unit}“ ist nicht zugelassen.")
        if line.quantity <= 0 or line.unit_price.ten_thousandths < 0:
            yield Fault("quantity", f"{place}Menge oder Einzelpreis ist nicht zulässig.")
        if not line.name.strip():
            yield Fault("name", f"{place}Die handelsübliche Bezeichnung fehlt.")
        if line.vat_percent != STANDARD_RATE:
            yield Fault(
                "vat_rate",
                f"{place}Nur {STANDARD_RATE} % Umsatzsteuer (Kategorie {STANDARD_CATEGORY}) "
                "ist vorgesehen.",
            )


def _of_the_sums(invoice: Invoice) -> Iterator[Fault]:
    reductions = [line.allowance for line in invoice.lines] + [invoice.allowance]
    for allowance in filter(None, reductions):
        if not allowance.reason.strip() or allowance.amount < NOTHING:
            yield Fault("allowance", "Ein Nachlass braucht einen Grund und einen Betrag.")
    if any(line.net < NOTHING for line in invoice.lines) or invoice.totals.gross < NOTHING:
        yield Fault("negative", "Ein Nachlass ist höher als der Betrag, von dem er abgeht.")


def _complete(address: Address) -> bool:
    return all(part.strip() for part in (address.street, address.postal_code, address.city))


def _digits(text: str) -> int:
    return sum(sign.isdigit() for sign in text)
