"""Elements of catalog files by one plain name, whatever their namespace and vocabulary."""

import html
from typing import Final, cast

from lxml.etree import _Element as Element

KEPT: Final = 4096  # names; a hostile file must not fill the memory with its own
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
    "SUPPLIER_AID_SUPPLEMENT": "SUPPLEMENT",
    "SUPPLIER_PID_SUPPLEMENT": "SUPPLEMENT",
}


class Names(dict[object, str]):
    """Local names without the prefix of the vocabulary (ARTICLE_ of 1.2, PRODUCT_ of 2005).

    '' for what is no element: references to entities that nobody declared.
    """

    def __missing__(self, tag: object) -> str:
        if not isinstance(tag, str):
            return ""
        local = tag.rpartition("}")[2]
        name = SPECIAL.get(local) or local.removeprefix("ARTICLE_").removeprefix("PRODUCT_")
        if len(self) < KEPT:
            self[tag] = name
        return name


NAMES: Final = Names()


def named(element: Element) -> str:
    return NAMES[element.tag]


def text_of(element: Element) -> str:
    """The element's text, trimmed; markup inside it is dropped, its text stays."""
    text = element.text or ""
    if len(element):
        text = html.unescape("".join(map(str, element.itertext())))
    return text.strip()


def line_of(element: Element) -> int:
    """The 1-based line of the element in its file, 0 where it is not known."""
    return cast("int | None", element.sourceline) or 0


def child(element: Element | None, name: str) -> Element | None:
    for part in element if element is not None else ():
        if NAMES[part.tag] == name:
            return part
    return None


def child_text(element: Element | None, name: str) -> str:
    found = child(element, name)
    return "" if found is None else text_of(found)


def texts_of(element: Element) -> dict[str, str]:
    """The texts of the children by name; of several with one name the last, of none ''.

    Whole texts, as `text_of`: of `1&nbsp;249` nobody may take the 1.
    """
    return {
        NAMES[part.tag]: text_of(part) if len(part) else (part.text or "").strip()
        for part in element
    }


def forget(element: Element) -> None:
    """Free the element and everything before it, else memory grows with the file."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
