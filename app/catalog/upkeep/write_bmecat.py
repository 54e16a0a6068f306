"""One article, group or head of a BMEcat 2005 file, from what a version says."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

from app.catalog.formats.texts import as_written, extension_name
from app.catalog.upkeep.version_state import Offer
from app.kernel.unit_price import UnitPrice

NAMESPACE: Final = "http://www.bmecat.org/bmecat/2005"
HUNDRED: Final = 100
ONE: Final = Decimal(1)


def tags(*parts: tuple[str, object]) -> str:
    """Elements in order; those without a text are left out."""
    return "".join(
        f"<{name}>{written(str(text))}</{name}>" for name, text in parts if text not in {None, ""}
    )


def written(text: str) -> str:
    """For between two tags: a bare return would be read as the end of a line."""
    return escape(text, {"\r": "&#13;"})


def header(facts: Mapping[str, str], term: tuple[date, date]) -> str:
    """`facts`: catalog, version, title, agreement, supplier."""
    catalog = tags(
        ("LANGUAGE", "deu"),
        ("CATALOG_ID", facts["catalog"][:20]),
        ("CATALOG_VERSION", facts["version"]),
        ("CATALOG_NAME", facts["title"][:100]),
        ("TERRITORY", "DE"),
        ("CURRENCY", "EUR"),
    )
    agreement = tags(
        ("AGREEMENT_ID", facts["agreement"]),
        ("AGREEMENT_START_DATE", term[0].isoformat()),
        ("AGREEMENT_END_DATE", term[1].isoformat()),
    )
    supplier = tags(("SUPPLIER_NAME", facts["supplier"][:50]))
    return (
        f"<HEADER><CATALOG>{catalog}</CATALOG><AGREEMENT>{agreement}</AGREEMENT>"
        f"<SUPPLIER>{supplier}</SUPPLIER></HEADER>\n"
    )


def product(offer: Offer, agreement: str) -> str:
    content = offer.content
    references = "".join(map(_reference, content["references"]))
    return (
        f'<PRODUCT mode="new">{tags(("SUPPLIER_PID", offer.sku))}'
        f"<PRODUCT_DETAILS>{_details(content, agreement)}</PRODUCT_DETAILS>{_features(content)}"
        f"<PRODUCT_ORDER_DETAILS>{_order(content)}</PRODUCT_ORDER_DETAILS>{_prices(content)}"
        f"{_media(content)}{_extensions(content)}{references}</PRODUCT>\n"
    )


def _details(content: Mapping[str, Any], agreement: str) -> str:
    said = tags(
        ("DESCRIPTION_SHORT", content["name"]),
        ("DESCRIPTION_LONG", as_written(content["description"])),
        ("EAN", content["gtin"]),
        ("MANUFACTURER_PID", content["mpn"]),
        ("MANUFACTURER_NAME", content["manufacturer"]),
        ("DELIVERY_TIME", content["delivery_days"]),
        *(("KEYWORD", word) for word in content["keywords"]),
        ("REMARKS", as_written(content["remarks"])),
    )
    agreed = tags(("AGREEMENT_IDREF", agreement), ("AGREEMENT_LINE_IDREF", content["lot"]))
    return f"{said}<AGREEMENT_REF>{agreed}</AGREEMENT_REF>"


def _order(content: Mapping[str, Any]) -> str:
    per = content.get("price_quantity")
    return tags(
        ("ORDER_UNIT", content["order_unit"]),
        ("CONTENT_UNIT", content.get("content_unit")),
        ("NO_CU_PER_OU", content.get("content_quantity")),
        ("PRICE_QUANTITY", per if per != "1" else None),
        ("QUANTITY_MIN", content["quantity_min"]),
        ("QUANTITY_INTERVAL", content["quantity_interval"]),
        ("QUANTITY_MAX", content.get("quantity_max")),
    )


def _features(content: Mapping[str, Any]) -> str:
    """All features stand in the first block; the import puts them together anyway."""
    features = "".join(
        f"<FEATURE>{tags(('FNAME', name), ('FVALUE', value), ('FUNIT', unit))}</FEATURE>"
        for name, value, unit in content["features"]
    )
    blocks = [
        tags(("REFERENCE_FEATURE_SYSTEM_NAME", system), ("REFERENCE_FEATURE_GROUP_ID", code))
        for system, code in content["classifications"]
    ] or [""]
    blocks[0] += features
    return "".join(f"<PRODUCT_FEATURES>{block}</PRODUCT_FEATURES>" for block in blocks if block)


def _prices(content: Mapping[str, Any]) -> str:
    """Amounts are for as many units as the file once said, so that they come back exactly."""
    per = Decimal(content.get("price_quantity") or ONE)
    kind = "net_list" if content["list_price"] else "net_customer"
    tax = content["tax_percent"] or 0
    periods: dict[str, list[str]] = {}
    for bound, amount, begins, ends in content["prices"]:
        exact = UnitPrice(amount).decimal * per
        price = tags(
            ("PRICE_AMOUNT", UnitPrice(amount).text if per == ONE else f"{exact.normalize():f}"),
            ("PRICE_CURRENCY", "EUR"),
            ("TAX", f"{tax // HUNDRED}.{tax % HUNDRED:02}"),
            ("LOWER_BOUND", bound),
        )
        days = tags(("VALID_START_DATE", begins), ("VALID_END_DATE", ends))
        entry = f'<PRODUCT_PRICE price_type="{kind}">{price}</PRODUCT_PRICE>'
        periods.setdefault(days, []).append(entry)
    return "".join(
        f"<PRODUCT_PRICE_DETAILS>{days}{''.join(entries)}</PRODUCT_PRICE_DETAILS>"
        for days, entries in periods.items()
    )


def _media(content: Mapping[str, Any]) -> str:
    names = ("MIME_SOURCE", "MIME_TYPE", "MIME_PURPOSE", "MIME_DESCR", "MIME_ALT")
    order = ("MIME_TYPE", "MIME_SOURCE", "MIME_DESCR", "MIME_ALT", "MIME_PURPOSE")
    files: Iterable[Mapping[str, str]] = (
        dict(zip(names, one, strict=False)) for one in content.get("media", ())
    )
    entries = [f"<MIME>{tags(*((name, one[name]) for name in order))}</MIME>" for one in files]
    return f"<MIME_INFO>{''.join(entries)}</MIME_INFO>" if entries else ""


def _extensions(content: Mapping[str, Any]) -> str:
    pairs: list[Sequence[str]] = list(content.get("extensions", ()))
    if content.get("family"):
        pairs.append(("FAMILY", content["family"]))
    named = ((extension_name(name), text) for name, text in pairs)
    fields = "".join(f"<UDX.{name}>{written(text)}</UDX.{name}>" for name, text in named)
    return f"<USER_DEFINED_EXTENSIONS>{fields}</USER_DEFINED_EXTENSIONS>" if fields else ""


def _reference(reference: Sequence[Any]) -> str:
    kind, target, quantity = reference
    more = f" quantity={quoteattr(str(quantity))}" if quantity > 1 else ""
    return (
        f"<PRODUCT_REFERENCE type={quoteattr(kind)}{more}>{tags(('PROD_ID_TO', target))}"
        "</PRODUCT_REFERENCE>"
    )
