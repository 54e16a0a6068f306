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
from app.catalog.upkeep.send_catalog_file import enqueue, wishes_of
from app.kernel.errors import Conflict, FieldError, Malformed

SHOWN: Final = 3


@dataclass(frozen=True, slots=True)
class Columns:
    """The heads of a table, which of them is probably what, and the first rows."""

    heads: tuple[str, ...]
    suggested: Mapping[Column, str]
    rows: tuple[dict[str, str], ...]


def columns_of(session: Session, sent: CatalogImport) -> Columns:
    """FileRefused where the table cannot be read."""
    table = open_table(io.BytesIO(content(session, sent.file_sha256).content))
    terms = session.get(ImportTerms, sent.framework_id)
    known = suggested(table.heads, terms.columns if terms else {})
    rows = tuple(row for _, row in islice(table.rows(), SHOWN))
    heads = dict.fromkeys(head for head in table.heads if head)
    return Columns(tuple(heads), known, rows)


def map_columns(
    session: Session,
    sent: CatalogImport,
    columns: Mapping[Column, str],
    kind: Transaction,
    now: datetime,
) -> None:
    """Malformed names the columns that are needed; Conflict where the file is read already."""
    if sent.state is not ImportState.MAPPING:
        raise Conflict("Diese Datei wird schon gelesen.", "already_mapped")
    lacking = missing(columns, prices_only=kind is Transaction.UPDATE_PRICES)
    if lacking:
        raise Malformed(*(FieldError(one.name, "missing", _choose(one)) for one in lacking))
    named = {column.name: head for column, head in columns.items() if head}
    terms = session.get(ImportTerms, sent.framework_id)
    if terms is None:
        terms = ImportTerms(framework_id=sent.framework_id)
        session.add(terms)
    terms.columns = named
    sent.wishes = asdict(replace(wishes_of(sent), columns=named, kind=kind.value))
    sent.state = ImportState.WAITING
    session.flush()
    enqueue(session, sent, now)


def _choose(column: Column) -> str:
    return f"Bitte wählen Sie die Spalte „{column.value}“; ohne sie kann nichts gelesen werden."
