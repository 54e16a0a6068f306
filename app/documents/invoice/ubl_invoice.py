"""XRechnung 3.0 in UBL 2.1: Invoice for 380 and 384, CreditNote for 381."""

from typing import Final

from lxml import etree

from app.documents.invoice.einvoice import (
    BILLING_PROCESS,
    CURRENCY,
    DISCOUNT_REASON,
    SEPA_TRANSFER,
    STANDARD_CATEGORY,
    XRECHNUNG,
    Address,
    Allowance,
    DocumentType,
    Invoice,
    InvoiceLine,
)
from app.documents.xml_writer import Builder, document
from app.kernel.money import Money
from app.kernel.vat import STANDARD_RATE

SCHEMAS: Final = "urn:oasis:names:specification:ubl:schema:xsd:"
CBC: Final = f"{SCHEMAS}CommonBasicComponents-2"
CAC: Final = f"{SCHEMAS}CommonAggregateComponents-2"
basic: Final = Builder(CBC)
group: Final = Builder(CAC)


def ubl_xml(invoice: Invoice) -> bytes:
    """The issued XML. Every element stands where the schema wants it."""
    credit = invoice.kind is DocumentType.CANCELLATION
    name = "CreditNote" if credit else "Invoice"
    namespaces: dict[str, str] = {None: f"{SCHEMAS}{name}-2", "cac": CAC, "cbc": CBC}  # type: ignore[dict-item] # None = the default name space
    root = etree.Element(f"{{{SCHEMAS}{name}-2}}{name}", nsmap=namespaces)
    _header(root, invoice, credit=credit)
    _references(root, invoice, credit=credit)
    _seller(root, invoice)
    _buyer(root, invoice)
    _delivery(root, invoice)
    _payment(root, invoice, credit=credit)
    if invoice.allowance:
        _allowance(root, invoice.allowance, taxed=True)
    _tax(root, invoice)
    _totals(root, invoice)
    for line in invoice.lines:
        _line(root, line, credit=credit)
    return document(root)


def _header(root: etree._Element, invoice: Invoice, *, credit: bool) -> None:
    basic.text(root, "CustomizationID", XRECHNUNG)
    basic.text(root, "ProfileID", BILLING_PROCESS)
    basic.text(root, "ID", invoice.number)
    basic.text(root, "IssueDate", invoice.issued_on.isoformat())
    if invoice.due_on and not credit:
        basic.text(root, "DueDate", invoice.due_on.isoformat())
    basic.text(root, "CreditNoteTypeCode" if credit else "InvoiceTypeCode", invoice.kind.value)
    for note in invoice.notes:
        basic.text(root, "Note", note)
    basic.text(root, "DocumentCurrencyCode", CURRENCY)
    basic.text(root, "AccountingCost", invoice.references.account)
    basic.text(root, "BuyerReference", invoice.buyer.reference)
    if invoice.supplied_from != invoice.supplied_to:
        period = group.under(root, "InvoicePeriod")
        basic.text(period, "StartDate", invoice.supplied_from.isoformat())
        basic.text(period, "EndDate", invoice.supplied_to.isoformat())


def _references(root: etree._Element, invoice: Invoice, *, credit: bool) -> None:
    points = invoice.references
    if points.order or points.sales_order:
        order = group.under(root, "OrderReference")
        # UBL demands an ID beside the seller's number; "NA" is the code of the standard for none
        basic.text(order, "ID", points.order or "NA")
        basic.text(order, "SalesOrderID", points.sales_order)
    if invoice.preceding:
        billing = group.under(group.under(root, "BillingReference"), "InvoiceDocumentReference")
        basic.text(billing, "ID", invoice.preceding.number)
        basic.text(billing, "IssueDate", invoice.preceding.issued_on.isoformat())
    _reference(root, "DespatchDocumentReference", " ".join(points.despatch[:1]))
    _reference(root, "ReceiptDocumentReference", points.receipt)
    if credit:  # the two kinds of document order these two differently
        _reference(root, "ContractDocumentReference", points.contract)
        _reference(root, "OriginatorDocumentReference", points.lot)
        return
    _reference(root, "OriginatorDocumentReference", points.lot)
    _reference(root, "ContractDocumentReference", points.contract)
    _reference(root, "ProjectReference", points.project)


def _reference(root: etree._Element, name: str, number: str) -> None:
    if number:
        basic.text(group.under(root, name), "ID", number)


def _seller(root: etree._Element, invoice: Invoice) -> None:
    issuer = invoice.issuer
    party = group.under(group.under(root, "AccountingSupplierParty"), "Party")
    basic.text(party, "EndpointID", issuer.endpoint.value, schemeID=issuer.endpoint.scheme)
    _address(party, "PostalAddress", issuer.address)
    for number, scheme in ((issuer.vat_id, "VAT"), (issuer.tax_number, "FC")):
        if number:
            tax = group.under(party, "PartyTaxScheme")
            basic.text(tax, "CompanyID", number)
            basic.text(group.under(tax, "TaxScheme"), "ID", scheme)
    legal = group.under(party, "PartyLegalEntity")
    basic.text(legal, "RegistrationName", issuer.name)
    basic.text(legal, "CompanyID", issuer.register)
    contact = group.under(party, "Contact")
    basic.text(contact, "Name", issuer.contact_name)
    basic.text(contact, "Telephone", issuer.phone)
    basic.text(contact, "ElectronicMail", issuer.mail)


def _buyer(root: etree._Element, invoice: Invoice) -> None:
    buyer = invoice.buyer
    party = group.under(group.under(root, "AccountingCustomerParty"), "Party")
    basic.text(party, "EndpointID", buyer.endpoint.value, schemeID=buyer.endpoint.scheme)
    _address(party, "PostalAddress", buyer.address)
    legal = group.under(party, "PartyLegalEntity")
    basic.text(legal, "RegistrationName", buyer.name)
    if buyer.unit:
        basic.text(group.under(party, "Contact"), "Name", buyer.unit)


def _address(parent: etree._Element, name: str, address: Address) -> None:
    place = group.under(parent, name)
    basic.text(place, "StreetName", address.street)
    basic.text(place, "CityName", address.city)
    basic.text(place, "PostalZone", address.postal_code)
    basic.text(group.under(place, "Country"), "IdentificationCode", address.country)


def _delivery(root: etree._Element, invoice: Invoice) -> None:
    one_day = invoice.supplied_from == invoice.supplied_to
    if not one_day and invoice.ship_to is None:
        return
    delivery = group.under(root, "Delivery")
    if one_day:
        basic.text(delivery, "ActualDeliveryDate", invoice.supplied_to.isoformat())
    if invoice.ship_to:
        location = group.under(delivery, "DeliveryLocation")
        _address(location, "Address", invoice.ship_to.address)
        party = group.under(delivery, "DeliveryParty")
        basic.text(group.under(party, "PartyName"), "Name", invoice.ship_to.name)


def _payment(root: etree._Element, invoice: Invoice, *, credit: bool) -> None:
    means = group.under(root, "PaymentMeans")
    basic.text(means, "PaymentMeansCode", SEPA_TRANSFER)
    if credit and invoice.due_on:
        basic.text(means, "PaymentDueDate", invoice.due_on.isoformat())
    basic.text(means, "PaymentID", invoice.number)
    account = group.under(means, "PayeeFinancialAccount")
    basic.text(account, "ID", invoice.issuer.iban)
    basic.text(account, "Name", invoice.issuer.name)
    if invoice.issuer.bic:
        basic.text(group.under(account, "FinancialInstitutionBranch"), "ID", invoice.issuer.bic)
    if invoice.payment_terms:
        basic.text(group.under(root, "PaymentTerms"), "Note", invoice.payment_terms)


def _allowance(parent: etree._Element, allowance: Allowance, *, taxed: bool) -> None:
    element = group.under(parent, "AllowanceCharge")
    basic.text(element, "ChargeIndicator", "false")
    basic.text(element, "AllowanceChargeReasonCode", DISCOUNT_REASON)
    basic.text(element, "AllowanceChargeReason", allowance.reason)
    _amount(element, "Amount", allowance.amount)
    if taxed:
        _category(element, "TaxCategory", STANDARD_RATE)


def _tax(root: etree._Element, invoice: Invoice) -> None:
    totals = invoice.totals
    tax = group.under(root, "TaxTotal")
    _amount(tax, "TaxAmount", totals.vat)
    for rate in totals.vat_groups:
        subtotal = group.under(tax, "TaxSubtotal")
        _amount(subtotal, "TaxableAmount", rate.base)
        _amount(subtotal, "TaxAmount", rate.tax)
        _category(subtotal, "TaxCategory", rate.percent)


def _totals(root: etree._Element, invoice: Invoice) -> None:
    totals = invoice.totals
    sums = group.under(root, "LegalMonetaryTotal")
    _amount(sums, "LineExtensionAmount", totals.lines)
    _amount(sums, "TaxExclusiveAmount", totals.net)
    _amount(sums, "TaxInclusiveAmount", totals.gross)
    if totals.allowances:
        _amount(sums, "AllowanceTotalAmount", totals.allowances)
    _amount(sums, "PayableAmount", totals.gross)


def _line(root: etree._Element, line: InvoiceLine, *, credit: bool) -> None:
    element = group.under(root, "CreditNoteLine" if credit else "InvoiceLine")
    basic.text(element, "ID", str(line.position))
    basic.text(element, "Note", line.note)
    quantity = "CreditedQuantity" if credit else "InvoicedQuantity"
    basic.text(element, quantity, str(line.quantity), unitCode=line.unit)
    _amount(element, "LineExtensionAmount", line.net)
    basic.text(element, "AccountingCost", line.account)
    if line.order_line:
        basic.text(group.under(element, "OrderLineReference"), "LineID", line.order_line)
    if line.allowance:
        _allowance(element, line.allowance, taxed=False)
    item = group.under(element, "Item")
    basic.text(item, "Description", line.description)
    basic.text(item, "Name", line.name)
    if line.sku:
        basic.text(group.under(item, "SellersItemIdentification"), "ID", line.sku)
    _category(item, "ClassifiedTaxCategory", line.vat_percent)
    price = group.under(element, "Price")
    basic.text(price, "PriceAmount", line.unit_price.text, currencyID=CURRENCY)


def _category(parent: etree._Element, name: str, percent: int) -> None:
    category = group.under(parent, name)
    basic.text(category, "ID", STANDARD_CATEGORY)
    basic.text(category, "Percent", str(percent))
    basic.text(group.under(category, "TaxScheme"), "ID", "VAT")


def _amount(parent: etree._Element, name: str, amount: Money) -> None:
    basic.text(parent, name, amount.text, currencyID=CURRENCY)
