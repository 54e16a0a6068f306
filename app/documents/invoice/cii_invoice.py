"""XRechnung 3.0 in UN/CEFACT CII (D16B): the same facts as the UBL file, other words."""

from datetime import date
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
    Endpoint,
    Invoice,
    InvoiceLine,
)
from app.documents.xml_writer import Builder, document
from app.kernel.vat import STANDARD_RATE

UNCEFACT: Final = "urn:un:unece:uncefact:data:standard:"
RSM: Final = f"{UNCEFACT}CrossIndustryInvoice:100"
RAM: Final = f"{UNCEFACT}ReusableAggregateBusinessInformationEntity:100"
UDT: Final = f"{UNCEFACT}UnqualifiedDataType:100"
QDT: Final = f"{UNCEFACT}QualifiedDataType:100"
root_level: Final = Builder(RSM)
ram: Final = Builder(RAM)
udt: Final = Builder(UDT)
qdt: Final = Builder(QDT)
WHOLE_DAY: Final = "102"  # format code of YYYYMMDD
TENDER_OR_LOT: Final = "50"  # type code of BT-17


def cii_xml(invoice: Invoice) -> bytes:
    """The issued XML in the other syntax. Every element stands where the schema wants it."""
    root = etree.Element(
        f"{{{RSM}}}CrossIndustryInvoice", nsmap={"rsm": RSM, "ram": RAM, "udt": UDT, "qdt": QDT}
    )
    _context(root)
    _header(root, invoice)
    deal = root_level.under(root, "SupplyChainTradeTransaction")
    for line in invoice.lines:
        _line(deal, line)
    _agreement(deal, invoice)
    _delivery(deal, invoice)
    _settlement(deal, invoice)
    return document(root)


def _context(root: etree._Element) -> None:
    context = root_level.under(root, "ExchangedDocumentContext")
    process = ram.under(context, "BusinessProcessSpecifiedDocumentContextParameter")
    ram.text(process, "ID", BILLING_PROCESS)
    ram.text(ram.under(context, "GuidelineSpecifiedDocumentContextParameter"), "ID", XRECHNUNG)


def _header(root: etree._Element, invoice: Invoice) -> None:
    header = root_level.under(root, "ExchangedDocument")
    ram.text(header, "ID", invoice.number)
    ram.text(header, "TypeCode", invoice.kind.value)
    _day(header, "IssueDateTime", invoice.issued_on)
    for note in invoice.notes:
        ram.text(ram.under(header, "IncludedNote"), "Content", note)


def _line(deal: etree._Element, line: InvoiceLine) -> None:
    item = ram.under(deal, "IncludedSupplyChainTradeLineItem")
    head = ram.under(item, "AssociatedDocumentLineDocument")
    ram.text(head, "LineID", str(line.position))
    if line.note:
        ram.text(ram.under(head, "IncludedNote"), "Content", line.note)
    product = ram.under(item, "SpecifiedTradeProduct")
    ram.text(product, "SellerAssignedID", line.sku)
    ram.text(product, "Name", line.name)
    ram.text(product, "Description", line.description)
    agreement = ram.under(item, "SpecifiedLineTradeAgreement")
    if line.order_line:
        order = ram.under(agreement, "BuyerOrderReferencedDocument")
        ram.text(order, "LineID", line.order_line)
    price = ram.under(agreement, "NetPriceProductTradePrice")
    ram.text(price, "ChargeAmount", line.unit_price.text)
    supply = ram.under(item, "SpecifiedLineTradeDelivery")
    ram.text(supply, "BilledQuantity", str(line.quantity), unitCode=line.unit)
    settlement = ram.under(item, "SpecifiedLineTradeSettlement")
    _category(settlement, "ApplicableTradeTax", line.vat_percent)
    if line.allowance:
        _allowance(settlement, line.allowance, taxed=False)
    sums = ram.under(settlement, "SpecifiedTradeSettlementLineMonetarySummation")
    ram.text(sums, "LineTotalAmount", line.net.text)
    _account(settlement, line.account)


def _agreement(deal: etree._Element, invoice: Invoice) -> None:
    points = invoice.references
    agreement = ram.under(deal, "ApplicableHeaderTradeAgreement")
    ram.text(agreement, "BuyerReference", invoice.buyer.reference)
    _seller(agreement, invoice)
    _buyer(agreement, invoice)
    _reference(agreement, "SellerOrderReferencedDocument", points.sales_order)
    _reference(agreement, "BuyerOrderReferencedDocument", points.order)
    _reference(agreement, "ContractReferencedDocument", points.contract)
    if points.lot:
        lot = ram.under(agreement, "AdditionalReferencedDocument")
        ram.text(lot, "IssuerAssignedID", points.lot)
        ram.text(lot, "TypeCode", TENDER_OR_LOT)
    if points.project:
        project = ram.under(agreement, "SpecifiedProcuringProject")
        ram.text(project, "ID", points.project)
        ram.text(project, "Name", "Project reference")  # demanded by the schema, no business term


def _seller(agreement: etree._Element, invoice: Invoice) -> None:
    issuer = invoice.issuer
    party = ram.under(agreement, "SellerTradeParty")
    ram.text(party, "Name", issuer.name)
    if issuer.register:
        ram.text(ram.under(party, "SpecifiedLegalOrganization"), "ID", issuer.register)
    contact = ram.under(party, "DefinedTradeContact")
    ram.text(contact, "PersonName", issuer.contact_name)
    phone = ram.under(contact, "TelephoneUniversalCommunication")
    ram.text(phone, "CompleteNumber", issuer.phone)
    ram.text(ram.under(contact, "EmailURIUniversalCommunication"), "URIID", issuer.mail)
    _address(party, issuer.address)
    _endpoint(party, issuer.endpoint)
    for number, scheme in ((issuer.vat_id, "VA"), (issuer.tax_number, "FC")):
        if number:
            ram.text(ram.under(party, "SpecifiedTaxRegistration"), "ID", number, schemeID=scheme)


def _buyer(agreement: etree._Element, invoice: Invoice) -> None:
    buyer = invoice.buyer
    party = ram.under(agreement, "BuyerTradeParty")
    ram.text(party, "Name", buyer.name)
    if buyer.unit:
        ram.text(ram.under(party, "DefinedTradeContact"), "PersonName", buyer.unit)
    _address(party, buyer.address)
    _endpoint(party, buyer.endpoint)


def _address(party: etree._Element, address: Address) -> None:
    place = ram.under(party, "PostalTradeAddress")
    ram.text(place, "PostcodeCode", address.postal_code)
    ram.text(place, "LineOne", address.street)
    ram.text(place, "CityName", address.city)
    ram.text(place, "CountryID", address.country)


def _endpoint(party: etree._Element, endpoint: Endpoint) -> None:
    address = ram.under(party, "URIUniversalCommunication")
    ram.text(address, "URIID", endpoint.value, schemeID=endpoint.scheme)


def _delivery(deal: etree._Element, invoice: Invoice) -> None:
    delivery = ram.under(deal, "ApplicableHeaderTradeDelivery")
    if invoice.ship_to:
        party = ram.under(delivery, "ShipToTradeParty")
        ram.text(party, "Name", invoice.ship_to.name)
        _address(party, invoice.ship_to.address)
    if invoice.supplied_from == invoice.supplied_to:
        event = ram.under(delivery, "ActualDeliverySupplyChainEvent")
        _day(event, "OccurrenceDateTime", invoice.supplied_to)
    points = invoice.references
    _reference(delivery, "DespatchAdviceReferencedDocument", " ".join(points.despatch[:1]))
    _reference(delivery, "ReceivingAdviceReferencedDocument", points.receipt)


def _settlement(deal: etree._Element, invoice: Invoice) -> None:
    settlement = ram.under(deal, "ApplicableHeaderTradeSettlement")
    ram.text(settlement, "PaymentReference", invoice.number)
    ram.text(settlement, "InvoiceCurrencyCode", CURRENCY)
    _payment_means(settlement, invoice)
    for rate in invoice.totals.vat_groups:
        tax = ram.under(settlement, "ApplicableTradeTax")
        ram.text(tax, "CalculatedAmount", rate.tax.text)
        ram.text(tax, "TypeCode", "VAT")
        ram.text(tax, "BasisAmount", rate.base.text)
        ram.text(tax, "CategoryCode", STANDARD_CATEGORY)
        ram.text(tax, "RateApplicablePercent", str(rate.percent))
    if invoice.supplied_from != invoice.supplied_to:
        period = ram.under(settlement, "BillingSpecifiedPeriod")
        _day(period, "StartDateTime", invoice.supplied_from)
        _day(period, "EndDateTime", invoice.supplied_to)
    if invoice.allowance:
        _allowance(settlement, invoice.allowance, taxed=True)
    _terms(settlement, invoice)
    _sums(settlement, invoice)
    if invoice.preceding:
        before = ram.under(settlement, "InvoiceReferencedDocument")
        ram.text(before, "IssuerAssignedID", invoice.preceding.number)
        formatted = ram.under(before, "FormattedIssueDateTime")
        written = invoice.preceding.issued_on.strftime("%Y%m%d")
        qdt.text(formatted, "DateTimeString", written, format=WHOLE_DAY)
    _account(settlement, invoice.references.account)


def _payment_means(settlement: etree._Element, invoice: Invoice) -> None:
    means = ram.under(settlement, "SpecifiedTradeSettlementPaymentMeans")
    ram.text(means, "TypeCode", SEPA_TRANSFER)
    account = ram.under(means, "PayeePartyCreditorFinancialAccount")
    ram.text(account, "IBANID", invoice.issuer.iban)
    ram.text(account, "AccountName", invoice.issuer.name)
    if invoice.issuer.bic:
        bank = ram.under(means, "PayeeSpecifiedCreditorFinancialInstitution")
        ram.text(bank, "BICID", invoice.issuer.bic)


def _terms(settlement: etree._Element, invoice: Invoice) -> None:
    if invoice.payment_terms or invoice.due_on:
        terms = ram.under(settlement, "SpecifiedTradePaymentTerms")
        ram.text(terms, "Description", invoice.payment_terms)
        if invoice.due_on:
            _day(terms, "DueDateDateTime", invoice.due_on)


def _sums(settlement: etree._Element, invoice: Invoice) -> None:
    totals = invoice.totals
    sums = ram.under(settlement, "SpecifiedTradeSettlementHeaderMonetarySummation")
    ram.text(sums, "LineTotalAmount", totals.lines.text)
    if totals.allowances:
        ram.text(sums, "AllowanceTotalAmount", totals.allowances.text)
    ram.text(sums, "TaxBasisTotalAmount", totals.net.text)
    ram.text(sums, "TaxTotalAmount", totals.vat.text, currencyID=CURRENCY)
    ram.text(sums, "GrandTotalAmount", totals.gross.text)
    ram.text(sums, "DuePayableAmount", totals.gross.text)


def _allowance(parent: etree._Element, allowance: Allowance, *, taxed: bool) -> None:
    element = ram.under(parent, "SpecifiedTradeAllowanceCharge")
    udt.text(ram.under(element, "ChargeIndicator"), "Indicator", "false")
    ram.text(element, "ActualAmount", allowance.amount.text)
    ram.text(element, "ReasonCode", DISCOUNT_REASON)
    ram.text(element, "Reason", allowance.reason)
    if taxed:
        _category(element, "CategoryTradeTax", STANDARD_RATE)


def _category(parent: etree._Element, name: str, percent: int) -> None:
    category = ram.under(parent, name)
    ram.text(category, "TypeCode", "VAT")
    ram.text(category, "CategoryCode", STANDARD_CATEGORY)
    ram.text(category, "RateApplicablePercent", str(percent))


def _account(settlement: etree._Element, account: str) -> None:
    if account:
        receivable = ram.under(settlement, "ReceivableSpecifiedTradeAccountingAccount")
        ram.text(receivable, "ID", account)


def _reference(parent: etree._Element, name: str, number: str) -> None:
    if number:
        ram.text(ram.under(parent, name), "IssuerAssignedID", number)


def _day(parent: etree._Element, name: str, day: date) -> None:
    written = day.strftime("%Y%m%d")
    udt.text(ram.under(parent, name), "DateTimeString", written, format=WHOLE_DAY)
