"""One name for the elements of BMEcat 1.2 (ARTICLE, AID) and 2005 (PRODUCT, PID)."""

from functools import lru_cache
from typing import Final, cast

from lxml.etree import _Element as Element

SPECIAL: Final = {
    "ARTICLE": "ITEM",
    "PRODUCT": "ITEM",
    "SUPPLIER_AID": "SKU",
    "SUPPLIER_PID": "SKU",
    "MANUFACTURER_AID": "MPN",
    "MANUFACTURER_PID": "MPN",
    "ART_ID_TO": "TARGET",
    "PROD_ID_TO": "TARGET",
    "ART_ID": "MAPPED_SKU",
    "PROD_ID": "MAPPED_SKU",
    "INTERNATIONAL_PID": "EAN",
}


@lru_cache(maxsize=4096)
def name_of(tag: str) -> str:
    """The local name, whatever the namespace, without the vocabulary's prefix."""
    local = tag.rpartition("}")[2]
    if local in SPECIAL:
        return SPECIAL[local]
    return local.removeprefix("ARTICLE_").removeprefix("PRODUCT_")


def named(element: Element) -> str:
    """The name of an element; '' for comments and processing instructions."""
    tag: object = element.tag
    return name_of(tag) if isinstance(tag, str) else ""


def text_of(element: Element | None) -> str:
    """The element's own text, trimmed."""
    return (element.text or "").strip() if element is not None else ""


def line_of(element: Element) -> int:
    """The 1-based line of the element in its file, 0 where it is not known."""
    return cast("int | None", element.sourceline) or 0


def child(element: Element, name: str) -> Element | None:
    return next((part for part in element if named(part) == name), None)


def child_text(element: Element, name: str) -> str:
    return text_of(child(element, name))
