"""One line of a Peppol catalogue as the draft of an article, its prices apart."""

from collections.abc import Callable
from datetime import date
from typing import Final

from lxml.etree import _Element as Element

from app.catalog.formats.article_drafts import Draft
from app.catalog.formats.findings import Fault, Findings
from app.catalog.formats.numbers import gtin_is_right, number, quantity
from app.catalog.formats.price_lists import (
    GROSS,
    ONE,
    Period,
    PriceReading,
    WrittenPrice,
    read_period,
    read_price,
    remark_on_all,
)
from app.catalog.formats.register import SKU_LENGTH
from app.catalog.formats.texts import WORDS, one_line
from app.catalog.formats.values import Feature, Media, Price, PriceKind, Reference
from app.catalog.formats.xml_names import NAMES, child, child_text, line_of, text_of

PARTS: Final = 300  # of one kind in one line
PRICES: Final = 200
CODE_LENGTH: Final = 60
NAME_LENGTH: Final = 120
VALUE_LENGTH: Final = 500
UNIT_LENGTH: Final = 20
KEYWORD_LENGTH: Final = 80
SOURCE_LENGTH: Final = 250
HERE: Final = "DE"
UNKNOWN_LIST: Final = "UNSPSC"
LISTS: Final = {"STI": "CPV", "TST": "UNSPSC", "TSP": "UNSPSC"}  # UNTDID 7143
HUNDRED: Final = 100
DAY: Final = "DAY"
GROSS_TYPES: Final = frozenset({"AAB", "GRP"})
RELATED: Final = {
    "ComponentRelatedItem": "consists_of",
    "AccessoryRelatedItem": "accessories",
    "ComplementaryRelatedItem": "accessories",
    "RequiredRelatedItem": "mandatory",
    "ReplacementRelatedItem": "followup",
}
ORDER_TERMS: Final = {
    "OrderableUnit": "ORDER_UNIT",
    "ContentUnitQuantity": "NO_CU_PER_OU",
    "OrderQuantityIncrementNumeric": "QUANTITY_INTERVAL",
    "MinimumOrderQuantity": "QUANTITY_MIN",
    "MaximumOrderQuantity": "QUANTITY_MAX",
}
LOCATED_PRICE: Final = "RequiredItemLocationQuantity"


def read_line(line: Element, findings: Findings) -> Draft:
    """Everything but prices. Without a seller's number the GTIN is the article number."""
    item = child(line, "Item")
    gtin = child_text(child(item, "StandardItemIdentification"), "ID")
    sku = child_text(child(item, "SellersItemIdentification"), "ID")
    draft = Draft(line_of(line), sku or gtin)
    if gtin and gtin_is_right(gtin):
        draft.gtin = gtin
    elif gtin:
        findings.add(draft.line, draft.sku, Fault.GTIN_WRONG, gtin)
    draft.texts = _texts(line, item)
    _read_order_terms(line, draft)
    for part in item if item is not None else ():
        reader = ITEM_PARTS.get(NAMES[part.tag])
        if reader is not None:
            reader(part, draft)
    if max(len(draft.features), len(draft.references), len(draft.media)) > PARTS:
        draft.overflows(findings, PARTS)
        for kept in (draft.features, draft.references, draft.media):
            del kept[PARTS:]
    return draft


def read_line_prices(line: Element, within: Period, today: date) -> PriceReading:
    """The agreed net prices, as far as they hold here and the article can be ordered."""
    reading = PriceReading()
    period = _period(child(line, "LineValidityPeriod"), within, reading)
    if child_text(line, "OrderableIndicator").lower() == "false":
        reading.remark(Fault.PRICE_ON_REQUEST)
        period = period._replace(binding=False)
    tax = _tax_factor(child(line, "Item"))
    usable: dict[Period, list[Price]] = {}
    priced = [part for part in line if NAMES[part.tag] == LOCATED_PRICE]
    if len(priced) > PRICES:
        reading.remark(Fault.TOO_MANY_PARTS, PRICES)
    for located in priced[:PRICES]:
        price = child(located, "Price")
        if price is None:
            continue
        own = _period(child(price, "ValidityPeriod"), period, reading)
        per = number(child_text(price, "BaseQuantity") or "1").value or ONE
        read = read_price(_written(located, price, tax), own, per, reading)
        if read is not None and _applies_here(located, reading):
            usable.setdefault(own, []).append(read)
    for own, prices in usable.items():
        reading.add(prices, own)
    remark_on_all(reading, today)
    return reading


def _texts(line: Element, item: Element | None) -> dict[str, str]:
    maker = child(child(item, "ManufacturerParty"), "PartyName")
    lead_time = child(child(line, LOCATED_PRICE), "LeadTimeMeasure")
    in_days = lead_time is not None and lead_time.get("unitCode") == DAY
    return {
        "DESCRIPTION_SHORT": child_text(item, "Name"),
        "DESCRIPTION_LONG": child_text(item, "Description"),
        "MANUFACTURER_NAME": child_text(maker, "Name") or child_text(item, "BrandName"),
        "MPN": child_text(child(item, "ManufacturersItemIdentification"), "ID"),
        "DELIVERY_TIME": text_of(lead_time) if lead_time is not None and in_days else "",
        "REMARKS": child_text(line, "WarrantyInformation"),
    }


def _read_order_terms(line: Element, draft: Draft) -> None:
    for part in line:
        name = NAMES[part.tag]
        if name in ORDER_TERMS:
            draft.order[ORDER_TERMS[name]] = text_of(part)
        elif name in RELATED and 0 < len(target := child_text(part, "ID")) <= SKU_LENGTH:
            pieces, _ = quantity(child_text(part, "Quantity"))
            draft.references.append(Reference(RELATED[name], target, pieces))
        if name == "ContentUnitQuantity":
            draft.order["CONTENT_UNIT"] = part.get("unitCode") or ""


def _keyword(part: Element, draft: Draft) -> None:
    keyword = WORDS[text_of(part)][:KEYWORD_LENGTH].rstrip()
    if keyword:
        draft.keywords.append(keyword)


def _classification(part: Element, draft: Draft) -> None:
    code = child(part, "ItemClassificationCode")
    if code is not None and text_of(code):
        listed = code.get("listID") or UNKNOWN_LIST
        system = f"{LISTS.get(listed, listed)}-{code.get('listVersionID') or ''}"
        named = WORDS[system.rstrip("-")][:CODE_LENGTH].rstrip()
        draft.classifications.append((named, WORDS[text_of(code)][:CODE_LENGTH].rstrip()))


def _property(part: Element, draft: Draft) -> None:
    value = child_text(part, "Value") or child_text(part, "ValueQuantity")
    _add_feature(draft, child_text(part, "Name"), value, child(part, "ValueQuantity"))


def _dimension(part: Element, draft: Draft) -> None:
    measure = child(part, "Measure")
    _add_feature(draft, child_text(part, "AttributeID"), child_text(part, "Measure"), measure)


def _certificate(part: Element, draft: Draft) -> None:
    label = child_text(part, "Remarks") or child_text(part, "CertificateTypeCode")
    _add_feature(draft, child_text(part, "CertificateType"), label, None)


def _document(part: Element, draft: Draft) -> None:
    source = child_text(child(child(part, "Attachment"), "ExternalReference"), "URI")
    if source and len(source) <= SOURCE_LENGTH:
        draft.media.append(Media(source, "", "others", "", ""))


def _add_feature(draft: Draft, name: str, value: str, measured: Element | None) -> None:
    if name and value:
        unit = (measured.get("unitCode") or "") if measured is not None else ""
        name, unit = WORDS[name][:NAME_LENGTH].rstrip(), WORDS[unit][:UNIT_LENGTH].rstrip()
        draft.features.append(Feature(name, one_line(value)[:VALUE_LENGTH].rstrip(), unit))


ITEM_PARTS: Final[dict[str, Callable[[Element, Draft], None]]] = {
    "Keyword": _keyword,
    "CommodityClassification": _classification,
    "AdditionalItemProperty": _property,
    "Dimension": _dimension,
    "Certificate": _certificate,
    "ItemSpecificationDocumentReference": _document,
}


def _period(element: Element | None, within: Period, reading: PriceReading) -> Period:
    starts, ends = child_text(element, "StartDate"), child_text(element, "EndDate")
    pairs = (("valid_start_date", starts), ("valid_end_date", ends))
    return read_period([pair for pair in pairs if pair[1]], within, reading)


def _written(located: Element, price: Element, tax: str) -> WrittenPrice:
    amount = child(price, "PriceAmount")
    return WrittenPrice(
        GROSS if child_text(price, "PriceType") in GROSS_TYPES else PriceKind.NET_CUSTOMER.value,
        text_of(amount) if amount is not None else "",
        (amount.get("currencyID") or "") if amount is not None else "",
        tax,
        child_text(price, "OrderableUnitFactorRate"),
        child_text(located, "MinimumQuantity"),
    )


def _tax_factor(item: Element | None) -> str:
    """Peppol writes 19 for 19 percent; everything else of the catalog reads 0.19."""
    percent = child_text(child(item, "ClassifiedTaxCategory"), "Percent")
    value = number(percent).value if percent else None
    return percent if value is None else str(value / HUNDRED)


def _applies_here(located: Element, reading: PriceReading) -> bool:
    address = child(located, "ApplicableTerritoryAddress")
    country = child_text(child(address, "Country"), "IdentificationCode")
    if country in {"", HERE}:
        return True
    reading.remark(Fault.PRICE_ELSEWHERE, country)
    return False
