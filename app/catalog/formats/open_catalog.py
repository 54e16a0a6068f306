"""Opening a catalog of any format that is XML: whoever reads it on sees one stream of articles."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import BinaryIO, Final

from lxml import etree

from app.catalog.formats.archive import open_archive
from app.catalog.formats.bmecat import BmecatFile
from app.catalog.formats.findings import FileRefused
from app.catalog.formats.known_texts import KnownTexts
from app.catalog.formats.peppol import PeppolFile
from app.catalog.formats.share import WHOLE, Share
from app.catalog.formats.source import open_source
from app.catalog.formats.stream import CatalogStream
from app.catalog.formats.values import Transaction
from app.catalog.formats.xml_reading import beginnings

PACKED: Final = (b"PK\x03\x04", b"\x1f\x8b")
MARKED: Final = (b"\xff\xfe", b"\xfe\xff", b"\x00<")
LONGEST_MARK: Final = 8  # bytes in which XML of two bytes per sign shows itself
KINDS: Final = tuple(f"{{*}}{kind}" for kind in Transaction)
TABLE: Final = "[Content_Types].xml"


def open_catalog(
    stream: BinaryIO,
    today: date,
    *,
    encoding: str | None = None,
    price_quantities: Mapping[str, Decimal] | None = None,
    known: KnownTexts | None = None,
    share: Share = WHOLE,
) -> CatalogStream:
    """BMEcat or Peppol Catalogue, plain, gzip or zip. FileRefused here or while it is read.

    `encoding` overrules what the file declares; `today` only serves remarks on expired prices;
    `price_quantities`: of published articles what their amounts are for, where it is not one;
    `known`: their texts, of which only the number is told again; `share`: of a BMEcat catalog.
    """
    source = open_source(stream)
    if source.root == "Catalogue":
        return PeppolFile(source, today, encoding=encoding)
    return BmecatFile(
        source,
        today,
        encoding=encoding,
        price_quantities=price_quantities,
        known=known,
        share=share,
    )


def transaction_of(stream: BinaryIO, encoding: str | None) -> str:
    """What kind of BMEcat it is, read as far as that; '' where it cannot be read so far."""
    try:
        for element in beginnings(open_source(stream), KINDS, encoding):
            return etree.QName(element).localname
    except FileRefused:
        pass
    finally:
        stream.seek(0)
    return ""


def is_xml_catalog(stream: BinaryIO) -> bool:
    """Whether open_catalog is to look at the file, rather than a reader of tables."""
    head = stream.read(1024)
    stream.seek(0)
    if head.startswith(PACKED[0]):
        names = open_archive(stream).namelist()
        stream.seek(0)
        return TABLE not in names
    if head.startswith(MARKED):
        return b"<" in head[:LONGEST_MARK]
    return head.startswith(PACKED) or head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
