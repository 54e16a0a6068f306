"""Say which column of a sent table is what; remembered for the framework's next table."""

import io
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Final

from sqlalchemy.orm import Session

from app.archive.store import content
from app.catalog.formats.table_columns import Column, missing, suggested
from app.catalog.formats.table_source import open_table
from app.catalog.formats.values import Transaction
from app.catalog.import_records import CatalogImport, ImportState, ImportTerms
from app.catalog.upkeep.kept_catalogs import TABLES, KeptCatalog, kept_catalogs, last_chosen
from app.catalog.upkeep.send_catalog_file import enqueue, wishes_of
from app.kernel.errors import Conflict, FieldError, Malformed

SHOWN: Final = 3
USUAL: Final = (
    Column.SKU,
    Column.NAME,
    Column.PRICE,
    Column.CATEGORY,
    Column.MAKER,
    Column.MPN,
    Column.GTIN,
    Column.UNIT,
    Column.LOT,
    Column.DELIVERY,
)
CHOOSE_CATALOG: Final = (
    "Bitte wählen Sie, zu welchem Katalog die Tabelle gehört; nur aus diesem kann etwas entfallen."
)


@dataclass(frozen=True, slots=True)
class Columns:
    """The heads of a table, which of them is probably what, and the first rows.

    `catalogs`: those that it may belong to; `catalog`: chosen last, or the only one.
    """

    heads: tuple[str, ...]
    suggested: Mapping[Column, str]
    rows: tuple[dict[str, str], ...]
    catalogs: tuple[KeptCatalog, ...]
    catalog: str | None

    @property
    def usual(self) -> list[Column]:
        """What nearly every table has, and what was found in this one."""
        return [one for one in Column if one in USUAL or self.suggested.get(one)]

    @property
    def seldom(self) -> list[Column]:
        """The other fields; most tables have none of them."""
        usual = self.usual
        return [one for one in Column if one not in usual]

    @property
    def left_over(self) -> list[str]:
        """Heads that no field takes: what stands below them is not read."""
        taken = set(self.suggested.values())
        return [head for head in self.heads if head not in taken]

    @property
    def ask_for_catalog(self) -> bool:
        """Not where there were tables only: then this is one more of them."""
        return any(one.catalog_id != TABLES for one in self.catalogs)

    @property
    def chosen(self) -> str:
        """The key of the catalog, '' without one."""
        return next((one.key for one in self.catalogs if one.catalog_id == self.catalog), "")


@dataclass(frozen=True, slots=True)
class Extent:
    """What the table is: the whole of which catalog, or a change to it."""

    kind: Transaction
    catalog: str | None


def columns_of(session: Session, sent: CatalogImport) -> Columns:
    """FileRefused where the table cannot be read."""
    table = open_table(io.BytesIO(content(session, sent.file_sha256).content))
    terms = session.get(ImportTerms, sent.framework_id)
    known = suggested(table.heads, terms.columns if terms else {})
    rows = tuple(row for _, row in islice(table.rows(), SHOWN))
    heads = dict.fromkeys(head for head in table.heads if head)
    catalogs = kept_catalogs(session, sent.framework_id, wishes_of(sent).lot)
    ids = [one.catalog_id for one in catalogs]
    if TABLES not in ids:
        catalogs.append(KeptCatalog(TABLES, 0))
    last = last_chosen(session, sent.framework_id)
    only = ids[0] if len(ids) == 1 else None
    catalog = last if last in {*ids, TABLES} else only
    return Columns(tuple(heads), known, rows, tuple(catalogs), catalog)


def map_columns(
    session: Session,
    sent: CatalogImport,
    columns: Mapping[Column, str],
    extent: Extent,
    now: datetime,
) -> None:
    """Malformed names what is needed and not chosen; Conflict where the file is read already."""
    if sent.state is not ImportState.MAPPING:
        raise Conflict("Diese Datei wird schon gelesen.", "already_mapped")
    prices_only = extent.kind is Transaction.UPDATE_PRICES
    lacking = missing(columns, prices_only=prices_only)
    faults = [FieldError(one.name, "missing", _choose(one)) for one in lacking]
    if extent.catalog is None:
        faults.append(FieldError("catalog", "missing", CHOOSE_CATALOG))
    if faults:
        raise Malformed(*faults)
    named = {column.name: head for column, head in columns.items() if head}
    terms = session.get(ImportTerms, sent.framework_id)
    if terms is None:
        terms = ImportTerms(framework_id=sent.framework_id)
        session.add(terms)
    terms.columns = named
    wishes = replace(wishes_of(sent), columns=named, kind=extent.kind.value, catalog=extent.catalog)
    sent.wishes = asdict(wishes)
    sent.state = ImportState.WAITING
    session.flush()
    enqueue(session, sent, now)


def _choose(column: Column) -> str:
    return f"Bitte wählen Sie die Spalte „{column.value}“; ohne sie kann nichts gelesen werden."
