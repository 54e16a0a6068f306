"""Opening whatever was sent: BMEcat, Peppol, a table, packed or not."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import BinaryIO, Final

from app.catalog.formats.known_texts import KnownTexts
from app.catalog.formats.open_catalog import is_xml_catalog, open_catalog
from app.catalog.formats.share import WHOLE, Share
from app.catalog.formats.stream import CatalogStream
from app.catalog.formats.table_file import TableFile
from app.catalog.formats.values import Transaction

HEAD: Final = 4


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file is to be read where it does not say so itself.

    `catalog`: which one a table belongs to, for a table has no word for it.

    `kind` and `columns` (field: head) are for tables, `remembered` where there are no `columns`;
    `price_quantities`: of published articles, what the amounts of an update of prices are for,
    where it is not one; `known`: their texts. `share`: where several read one BMEcat catalog.
    """

    encoding: str | None = None
    kind: Transaction = Transaction.NEW_CATALOG
    columns: Mapping[str, str] = field(default_factory=dict)
    catalog: str | None = None
    remembered: Mapping[str, str] = field(default_factory=dict)
    price_quantities: Mapping[str, Decimal] = field(default_factory=dict)
    known: KnownTexts | None = None
    share: Share = WHOLE


PLAIN: Final = Reading()


def open_file(stream: BinaryIO, today: date, reading: Reading = PLAIN) -> CatalogStream:
    """`stream` is seekable; FileRefused where nothing can be read from it."""
    if is_table(stream):
        table = TableFile(stream, today, reading.kind, reading.columns, reading.remembered)
        if reading.catalog is not None:
            table.header = replace(table.header, catalog_id=reading.catalog)
        return table
    return open_catalog(
        stream,
        today,
        encoding=reading.encoding,
        price_quantities=reading.price_quantities,
        known=reading.known,
        share=reading.share,
    )


def is_table(stream: BinaryIO) -> bool:
    """An empty or blank file is none; the reader of catalogs says what is wrong with it."""
    blank = not stream.read(HEAD).strip()
    stream.seek(0)
    table = not blank and not is_xml_catalog(stream)
    stream.seek(0)
    return table
