"""The invoice as a value: one set of facts and sums for the PDF and for both XML syntaxes."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from app.documents.sheet.letterhead import Letterhead
from app.kernel.money import NOTHING, Money
from app.kernel.unit_price import UnitPrice
from app.kernel.vat import STANDARD_RATE, vat_on

XRECHNUNG: Final = "urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0"
BILLING_PROCESS: Final = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"
CURRENCY: Final = "EUR"
SEPA_TRANSFER: Final = "58"
STANDARD_CATEGORY: Final = "S"  # the only one so far: 19 %, no reverse charge
DISCOUNT_REASON: Final = "95"

# A wrong unit passes the official rules as a warning, so only what we can name is allowed.
UNITS: Final = {
    "C62": "Stück",
    "H87": "Stück",
    "SET": "Satz",
    "PR": "Paar",
    "XPK": "Packung",
    "XBX": "Karton",
    "MTR": "Meter",
    "MON": "Monat",
    "HUR": "Std.",
    "DAY": "Tag",
}


class DocumentType(StrEnum):
    """BT-3. "Gutschrift" is never printed: in tax law that word means self-billing."""

    INVOICE = "380"
    CANCELLATION = "381"
    CORRECTION = "384"

    @property
    def german(self) -> str:
        return TITLES[self]


TITLES: Final = {
    DocumentType.INVOICE: "Rechnung",
    DocumentType.CANCELLATION: "Stornorechnung",
    DocumentType.CORRECTION: "Rechnungskorrektur",
}


@dataclass(frozen=True, slots=True)
class Address:
    street: str
    postal_code: str
    city: str
    country: str = "DE"

    @property
    def lines(self) -> tuple[str, ...]:
        abroad = () if self.country == "DE" else (self.country,)
        return (self.street, f"{self.postal_code} {self.city}", *abroad)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An electronic address; 0204 is a Leitweg-ID, 9930 a German VAT id, EM an e-mail address."""

    scheme: str
    value: str


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who writes the invoice and is paid; comes from the settings, never from the code."""

    name: str
    address: Address
    vat_id: str
    contact_name: str
    phone: str
    mail: str
    iban: str
    bic: str
    bank: str
    number_prefix: str
    register: str = ""  # court and number, printed as given
    tax_number: str = ""
    web: str = ""
    payment_days: int = 30  # § 286 BGB
    demonstration: bool = False  # its documents say so on every page

    @property
    def endpoint(self) -> Endpoint:
        return Endpoint("9930", self.vat_id)

    @property
    def letterhead(self) -> Letterhead:
        tax = f"USt-IdNr. {self.vat_id}" if self.vat_id else f"Steuernummer {self.tax_number}"
        return Letterhead(
            name=self.name,
            address_line=" · ".join((self.name, *self.address.lines)),
            footer=(
                (self.name, *self.address.lines, self.register),
                (self.contact_name, f"Telefon {self.phone}", self.mail, self.web),
                (self.bank, f"IBAN {grouped(self.iban)}", f"BIC {self.bic}", tax),
            ),
        )


@dataclass(frozen=True, slots=True)
class Buyer:
    """Who is invoiced. `reference` is BT-10: the Leitweg-ID, else an agreed text."""

    name: str
    address: Address
    reference: str
    endpoint: Endpoint
    unit: str = ""


@dataclass(frozen=True, slots=True)
class ShipTo:
    name: str
    address: Address


@dataclass(frozen=True, slots=True)
class Allowance:
    """A reduction that was agreed; every one says why (BR-33, BR-42)."""

    amount: Money
    reason: str


@dataclass(frozen=True, slots=True)
class InvoiceLine:
    """One article. `order_line` is the position in the order, `account` the buyer's (BT-133)."""

    position: int
    sku: str
    name: str
    quantity: int
    unit_price: UnitPrice
    unit: str = "C62"
    description: str = ""
    note: str = ""
    order_line: str = ""
    account: str = ""
    vat_percent: int = STANDARD_RATE
    allowance: Allowance | None = None

    @property
    def net(self) -> Money:
        """BT-131: rounded once, after the multiplication."""
        reduction = self.allowance.amount if self.allowance else NOTHING
        return self.unit_price.times(self.quantity) - reduction


@dataclass(frozen=True, slots=True)
class References:
    """What the invoice points to; an empty text is left out of the XML."""

    order: str = ""  # BT-13, the buyer's number
    sales_order: str = ""  # BT-14, the seller's number
    contract: str = ""  # BT-12, the framework agreement
    lot: str = ""  # BT-17
    despatch: tuple[str, ...] = ()  # BT-16, delivery notes; XML knows one, the note names all
    receipt: str = ""  # BT-15
    project: str = ""  # BT-11, the investment number
    account: str = ""  # BT-19, the buyer's product account


@dataclass(frozen=True, slots=True)
class Preceding:
    """The invoice that this one cancels or corrects (BT-25, BT-26)."""

    number: str
    issued_on: date


@dataclass(frozen=True, slots=True)
class VatGroup:
    """One row of the tax breakdown."""

    percent: int
    base: Money
    tax: Money


@dataclass(frozen=True, slots=True)
class Totals:
    """BT-106 to BT-115. Nobody else adds up an invoice."""

    lines: Money
    allowances: Money
    net: Money
    vat_groups: tuple[VatGroup, ...]
    vat: Money
    gross: Money


@dataclass(frozen=True, slots=True)
class Invoice:
    """All facts of one document. Amounts are positive in every type: the type is the sign."""

    number: str
    kind: DocumentType
    issued_on: date
    issuer: Issuer
    buyer: Buyer
    lines: tuple[InvoiceLine, ...]
    supplied_from: date
    supplied_to: date
    due_on: date | None
    payment_terms: str
    references: References = References()
    ship_to: ShipTo | None = None
    notes: tuple[str, ...] = ()
    allowance: Allowance | None = None
    preceding: Preceding | None = None
    demonstration: bool = False

    @property
    def totals(self) -> Totals:
        """Tax on the sum per rate (EN 16931); the header's reduction lowers the standard rate."""
        lines = Money.total(line.net for line in self.lines)
        reduction = self.allowance.amount if self.allowance else NOTHING
        groups = tuple(self._vat_group(rate) for rate in self._rates())
        vat = Money.total(group.tax for group in groups)
        net = lines - reduction
        return Totals(lines, reduction, net, groups, vat, net + vat)

    def _rates(self) -> tuple[int, ...]:
        return tuple(sorted({line.vat_percent for line in self.lines}, reverse=True))

    def _vat_group(self, percent: int) -> VatGroup:
        base = Money.total(line.net for line in self.lines if line.vat_percent == percent)
        if self.allowance and percent == STANDARD_RATE:
            base = base - self.allowance.amount
        return VatGroup(percent, base, vat_on(base, percent))


def grouped(iban: str) -> str:
    """An IBAN in groups of four, as printed on paper."""
    return " ".join(iban[start : start + 4] for start in range(0, len(iban), 4))
