"""The head of a BMEcat file: whose catalog, which version, which agreements."""

from lxml.etree import _Element as Element

from app.catalog.formats.numbers import day
from app.catalog.formats.texts import one_line
from app.catalog.formats.values import Agreement, Group, Header
from app.catalog.formats.xml_names import child, child_text, named, text_of


def read_header(element: Element, begun: Header) -> Header:
    catalog = child(element, "CATALOG")
    parts = catalog if catalog is not None else ()
    return Header(
        version=begun.version,
        namespace=begun.namespace,
        supplier=child_text(child(element, "SUPPLIER"), "SUPPLIER_NAME"),
        catalog_id=child_text(catalog, "CATALOG_ID"),
        catalog_version=child_text(catalog, "CATALOG_VERSION"),
        catalog_name=child_text(catalog, "CATALOG_NAME"),
        languages=tuple(text_of(part) for part in parts if named(part) == "LANGUAGE"),
        currency=child_text(catalog, "CURRENCY"),
        valid_from=day(child_text(catalog, "VALID_START_DATE")),
        valid_until=day(child_text(catalog, "VALID_END_DATE")),
        agreements=tuple(_agreement(part) for part in element if named(part) == "AGREEMENT"),
        media_root=child_text(catalog, "MIME_ROOT"),
        price_factor=child_text(catalog, "PRICE_FACTOR"),
    )


def read_group(element: Element) -> Group:
    return Group(
        child_text(element, "GROUP_ID"),
        one_line(child_text(element, "GROUP_NAME"))[:100],
        child_text(element, "PARENT_ID"),
        element.get("type") or "",
    )


def _agreement(element: Element) -> Agreement:
    days = {
        (part.get("type") or named(part)).lower(): child_text(part, "DATE") or text_of(part)
        for part in element
    }
    return Agreement(
        child_text(element, "AGREEMENT_ID"),
        day(days.get("agreement_start_date", "")),
        day(days.get("agreement_end_date", "")),
    )
