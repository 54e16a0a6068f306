"""What the page and the API show of one invoice; read from the document as it was issued."""

import json
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.database.tenant import Tenant
from app.documents.invoice import einvoice
from app.documents.invoice.einvoice import DocumentType
from app.documents.restore import restored
from app.invoicing.queries import Related, invoice, related
from app.invoicing.records import Invoice
from app.invoicing.rules import Standing, leitweg_warning, standing
from app.kernel.german import euro


@dataclass(frozen=True, slots=True)
class InvoicePage:
    """One document with what it belongs to."""

    invoice: Invoice
    document: einvoice.Invoice
    related: Related

    @property
    def kind(self) -> DocumentType:
        return self.document.kind

    @property
    def standing(self) -> Standing:
        return standing(self.invoice.type_code, self.related.cancelled_by)

    @property
    def may_be_cancelled(self) -> bool:
        return self.standing is Standing.OPEN

    @property
    def vat_in_words(self) -> str:
        """How the tax came about, in one sentence."""
        totals = self.document.totals
        parts = [
            f"{group.percent} % Umsatzsteuer auf {euro(group.base)}" for group in totals.vat_groups
        ]
        return f"Enthalten: {', '.join(parts)} (§ 12 Abs. 1 UStG), berechnet auf die Summe."

    @property
    def warning(self) -> str:
        return leitweg_warning(self.document.buyer.reference)


def invoice_page(session: Session, number: str, tenant: Tenant) -> InvoicePage:
    """NotFound for another member's."""
    found = invoice(session, number, tenant)
    document = restored(einvoice.Invoice, json.loads(found.document))
    return InvoicePage(found, document, related(session, found))
