"""Taking a supplier's monthly return from a table, CSV or Excel, with remarks per line."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from io import BytesIO
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.archive.store import keep
from app.catalog.formats.findings import FileRefused
from app.catalog.formats.table_source import open_table
from app.cockpit.records import ReturnSheet
from app.cockpit.rules_returns import SheetRow, judge_return
from app.frameworks.agreement_records import SupplierReturn
from app.frameworks.queries import framework
from app.frameworks.records import Framework
from app.frameworks.returns.compare_returns import called_off_by_order, known_orders
from app.frameworks.returns.record_return import record_return
from app.kernel.errors import FieldError, Malformed, NotFound
from app.kernel.german import clean, fold
from app.kernel.month import Month

HEADS: Final = ("Abrufnummer", "Netto")
MOST_ROWS: Final = 20_000
MOST_BYTES: Final = 5_000_000
LONGEST_ORDER: Final = 60
ORDER_HEADS: Final = ("abrufnummer", "abruf", "bestellnummer", "auftragsnummer", "order", "nummer")
NET_HEADS: Final = ("netto", "umsatz netto", "umsatz", "betrag netto", "nettobetrag", "betrag")


@dataclass(frozen=True, slots=True)
class SheetWish:
    """A file of one month, and what the sender says about it."""

    month: Month
    file_name: str
    content: bytes
    note: str = ""


@dataclass(frozen=True, slots=True)
class SheetSeen:
    """What came of an uploaded table."""

    sheet: ReturnSheet
    said: SupplierReturn
    framework: Framework


def upload_return(
    session: Session, person_id: int, number: str, wish: SheetWish, now: datetime
) -> ReturnSheet:
    """A later file for the month corrects the earlier one. Raises Malformed, NotFound."""
    found = framework(session, number).framework
    rows = tuple(_rows(wish.content))
    judged = judge_return(
        rows,
        called_off_by_order(session, found.id, wish.month),
        known_orders(session, found.id),
    )
    if rows and not judged.rows:
        text = "Keine Zeile enthält einen lesbaren Betrag. Es wurde nichts übernommen."
        raise Malformed(FieldError("file", "no_rows", text))
    said = record_return(
        session, person_id, number, wish.month, judged.declared, now, note=wish.note
    )
    excel = wish.content.startswith(b"PK")
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    sheet = ReturnSheet(
        return_id=said.id,
        file_name=wish.file_name[:200],
        file_sha256=keep(session, wish.content, kind if excel else "text/csv", now),
        rows=judged.rows,
        remarks=[asdict(one) for one in judged.remarks],
        at=now,
    )
    session.add(sheet)
    session.flush()
    return sheet


def return_sheet(session: Session, number: str, sheet_id: int) -> SheetSeen:
    """Raises NotFound; of this agreement only."""
    row = session.execute(
        select(ReturnSheet, SupplierReturn, Framework)
        .join(SupplierReturn, SupplierReturn.id == ReturnSheet.return_id)
        .join(Framework, Framework.id == SupplierReturn.framework_id)
        .where(ReturnSheet.id == sheet_id, Framework.number == number)
    ).one_or_none()
    if row is None:
        raise NotFound("Diese Meldung gibt es nicht.")
    return SheetSeen(*row)


def _rows(content: bytes) -> Iterator[SheetRow]:
    if not content:
        raise Malformed(FieldError("file", "missing", "Bitte wählen Sie die Tabelle aus."))
    if len(content) > MOST_BYTES:
        raise Malformed(FieldError("file", "too_large", "Die Tabelle ist größer als 5 MB."))
    try:
        table = open_table(BytesIO(content))
        order, net = _head(table.heads, ORDER_HEADS), _head(table.heads, NET_HEADS)
        if order is None or net is None:
            text = "Die Tabelle braucht die Spalten „Abrufnummer“ und „Netto“."
            raise Malformed(FieldError("file", "columns_unknown", text))
        for count, (line, cells) in enumerate(table.rows(), 1):
            if count > MOST_ROWS:
                text = f"Die Tabelle hat mehr als {MOST_ROWS} Zeilen."
                raise Malformed(FieldError("file", "too_many_lines", text))
            number = clean(cells.get(order, ""))[:LONGEST_ORDER]
            yield SheetRow(line, number, cells.get(net, "").strip())
    except FileRefused as refused:
        raise Malformed(FieldError("file", "unreadable", refused.text)) from refused


def _head(heads: list[str], names: tuple[str, ...]) -> str | None:
    by_name = {fold(head).strip(): head for head in reversed(heads)}
    return next((by_name[name] for name in names if name in by_name), None)
