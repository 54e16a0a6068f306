"""The columns of a catalog as a table: our own heads, and what others call them."""

import re
from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from typing import Final

from app.kernel.german import fold

WORDS: Final = re.compile(r"[^a-z0-9]+")


class Column(StrEnum):
    """The fields of an article; the values are the heads that we write."""

    SKU = "Artikelnummer"
    NAME = "Bezeichnung"
    PRICE = "Preis netto"
    CATEGORY = "Warengruppe"
    MAKER = "Hersteller"
    MPN = "Herstellernummer"
    GTIN = "GTIN"
    UNIT = "Einheit"
    LOT = "Los"
    CPV = "CPV"
    DELIVERY = "Lieferzeit in Tagen"
    MINIMUM = "Mindestmenge"
    INTERVAL = "Mengenschritt"
    MAXIMUM = "Höchstmenge"
    TAX = "Steuersatz in Prozent"
    CURRENCY = "Währung"
    PRICE_KIND = "Preisart"
    VALID_FROM = "Preis gültig ab"
    VALID_UNTIL = "Preis gültig bis"
    SCALES = "Staffelpreise"
    DESCRIPTION = "Beschreibung"
    KEYWORDS = "Schlagwörter"
    FEATURES = "Merkmale"
    CLASSES = "Klassifikationen"
    REFERENCES = "Verweise"
    REMARKS = "Bemerkung"
    FAMILY = "Artikelfamilie"
    CONTENT_UNIT = "Inhaltseinheit"
    CONTENT = "Inhalt je Einheit"
    PRICE_QUANTITY = "Preismenge"
    MEDIA = "Dateien"
    EXTENSIONS = "Erweiterungen"
    MODE = "Änderung"


NEEDED: Final = (Column.SKU, Column.NAME)
HINTS: Final[Mapping[Column, str]] = {
    Column.SCALES: "je Zeile: ab Menge | Preis | gültig ab | gültig bis",
    Column.FEATURES: "je Zeile: Merkmal | Wert | Einheit",
    Column.CLASSES: "je Zeile: System | Code",
    Column.REFERENCES: "je Zeile: Art | Artikelnummer | Menge",
    Column.KEYWORDS: "je Zeile ein Wort",
    Column.MODE: "„löschen“ nimmt den Artikel aus dem Katalog",
}
_OTHERS: Final[Mapping[Column, str]] = {
    Column.SKU: "artikelnr artnr artikel nr sku bestellnummer bestellnr bestnr "
    "supplierpid supplieraid itemnumber",
    Column.NAME: "kurzbezeichnung kurztext artikelbezeichnung artikelname name titel "
    "descriptionshort description",
    Column.PRICE: "preis nettopreis vkpreis stueckpreis einzelpreis ek price netprice priceamount "
    "preisnettoeur preiseur nettopreiseur eknetto ekpreis nettoek vk vknetto preisinneur",
    Column.CATEGORY: "kategorie gruppe produktgruppe artikelgruppe category",
    Column.MAKER: "marke fabrikat manufacturer brand manufacturername herstellername",
    Column.MPN: "herstellernr herstellerartikelnummer mpn manufacturerpid typ modell",
    Column.GTIN: "ean eancode barcode",
    Column.UNIT: "me mengeneinheit bestelleinheit unit orderunit",
    Column.LOT: "losnummer losnr lot",
    Column.CPV: "cpvcode cpvnummer",
    Column.DELIVERY: "lieferzeit lz lieferzeittage lieferfrist deliverytime leadtime",
    Column.MINIMUM: "mindestbestellmenge quantitymin moq",
    Column.INTERVAL: "staffelung bestellschritt quantityinterval verpackungseinheit",
    Column.MAXIMUM: "maximalmenge quantitymax",
    Column.TAX: "mwst ust mwstsatz umsatzsteuer steuersatz steuer tax mwstinprozent",
    Column.CURRENCY: "waehrungscode currency",
    Column.VALID_FROM: "gueltigab preisab validfrom",
    Column.VALID_UNTIL: "gueltigbis preisbis validuntil validto",
    Column.SCALES: "staffel staffelpreis preisstaffel mengenstaffel",
    Column.DESCRIPTION: "langtext langbeschreibung artikelbeschreibung descriptionlong details",
    Column.KEYWORDS: "suchbegriffe stichwoerter keywords",
    Column.FEATURES: "eigenschaften attribute features",
    Column.REMARKS: "bemerkungen hinweis remarks",
}


_SPEAKS_OF: Final[Mapping[str, tuple[Column, ...]]] = {
    "description": (Column.DESCRIPTION,),
    "manufacturer": (Column.MAKER,),
    "mpn": (Column.MPN,),
    "gtin": (Column.GTIN,),
    "delivery_days": (Column.DELIVERY,),
    "keywords": (Column.KEYWORDS,),
    "remarks": (Column.REMARKS,),
    "family": (Column.FAMILY,),
    "order_unit": (Column.UNIT,),
    "content_unit": (Column.CONTENT_UNIT,),
    "content_quantity": (Column.CONTENT,),
    "price_quantity": (Column.PRICE_QUANTITY,),
    "quantity_min": (Column.MINIMUM,),
    "quantity_interval": (Column.INTERVAL,),
    "quantity_max": (Column.MAXIMUM,),
    "cpv": (Column.CPV, Column.CLASSES),
    "classifications": (Column.CPV, Column.CLASSES),
    "features": (Column.FEATURES,),
    "references": (Column.REFERENCES,),
    "media": (Column.MEDIA,),
    "media_prints": (Column.MEDIA,),
    "extensions": (Column.EXTENSIONS,),
    "tax_percent": (Column.TAX,),
    "list_price": (Column.PRICE_KIND,),
    "prices": (Column.PRICE, Column.SCALES),
}
OF_PRICES: Final = frozenset({"prices", "tax_percent", "list_price"})


def silent_on(columns: Collection[Column]) -> frozenset[str]:
    """Parts of an article's content of which none of the columns speaks."""
    silent = frozenset(
        part for part, speaking in _SPEAKS_OF.items() if not set(speaking) & set(columns)
    )
    return silent | OF_PRICES if "prices" in silent else silent


def chosen(heads: Sequence[str], confirmed: Mapping[str, str]) -> dict[Column, str]:
    """As somebody confirmed it, where the heads are still there; else as suggested."""
    held = {
        column: confirmed[column.name]
        for column in Column
        if confirmed.get(column.name, "") in heads and confirmed.get(column.name)
    }
    return held if not missing(held, prices_only=True) else suggested(heads, confirmed)


def suggested(heads: Sequence[str], remembered: Mapping[str, str]) -> dict[Column, str]:
    """Which head is which column: as remembered, else by our words or other people's."""
    free = {_plain(head): head for head in reversed(heads) if head}
    found: dict[Column, str] = {}
    for column in Column:
        known = remembered.get(column.name, "")
        names = (known, column.value, *_OTHERS.get(column, "").split())
        name = next((name for name in map(_plain, names) if name and name in free), None)
        if name is not None:
            found[column] = free.pop(name)
    return found


def missing(columns: Mapping[Column, str], *, prices_only: bool) -> list[Column]:
    """Columns without which nothing can be read."""
    needed = (Column.SKU,) if prices_only else NEEDED
    return [column for column in needed if not columns.get(column)]


def _plain(head: str) -> str:
    return WORDS.sub("", fold(head))
