"""Reading a supplier's stock list: a table with an article number and a quantity per line."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import BinaryIO, Final

from app.catalog.formats.findings import Fault, FileRefused, Findings
from app.catalog.formats.table_source import open_table
from app.kernel.german import fold
from app.kernel.legal_day import BERLIN

MOST_LINES: Final = 500_000
MOST_PIECES: Final = 10_000_000
MOST_DAYS: Final = 365
GERMAN: Final = re.compile(
    r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})"
    r"(?:,?\s+([0-9]{1,2}):([0-9]{2})(?::[0-9]{2})?(?: Uhr)?)?"
)
WORDS: Final = re.compile(r"[^a-z0-9]+")
WHOLE: Final = re.compile(r"[0-9]{1,9}(?:[.,]0+)?")


class Column(StrEnum):
    """The columns of a stock list; the values are the heads that we write."""

    SKU = "Artikelnummer"
    QUANTITY = "Bestand"
    AS_OF = "Stand"
    NEXT_ON = "Nächster Zugang"
    DISPATCH = "Versand in Arbeitstagen"


_OTHERS: Final[Mapping[Column, str]] = {
    Column.SKU: "artikelnr artnr artikel sku bestellnummer supplierpid supplieraid itemnumber",
    Column.QUANTITY: "lagerbestand menge verfuegbar verfuegbaremenge stock quantity qty available",
    Column.AS_OF: "zeitpunkt standvom datum timestamp asof updated",
    Column.NEXT_ON: "zugang wiederverfuegbar liefertermin nexton nextdelivery eta",
    Column.DISPATCH: "versandtage versandzeit versand dispatchdays",
}


@dataclass(frozen=True, slots=True)
class StockLine:
    """One figure; without `as_of` the instant of the whole list counts."""

    line: int
    sku: str
    quantity: int
    as_of: datetime | None = None
    next_on: date | None = None
    dispatch_days: int | None = None


def read_stock(stream: BinaryIO, findings: Findings) -> Iterator[StockLine]:
    """`stream` is seekable, Excel or CSV; FileRefused where it is no such list."""
    table = open_table(stream)
    heads = _heads(table.heads)
    lacking = [column for column in (Column.SKU, Column.QUANTITY) if column not in heads]
    if lacking:
        names = " und ".join(f"„{column.value}“" for column in lacking)
        raise FileRefused(f"In der Bestandsliste fehlt die Spalte {names}.", "columns_unknown")
    for count, (line, row) in enumerate(table.rows()):
        if count >= MOST_LINES:
            raise FileRefused(
                f"Die Bestandsliste hat mehr als {MOST_LINES} Zeilen. Bitte teilen Sie sie.",
                "too_many_lines",
                line,
                1,
            )
        cells = {column: row.get(head, "") for column, head in heads.items()}
        if (read := _read(line, cells, findings)) is not None:
            yield read


def moment_of(text: str) -> datetime | None:
    """`21.11.2026 08:10` or ISO 8601, in UTC; without an offset it is German time."""
    try:
        if german := GERMAN.fullmatch(text.strip()):
            day, month, year, hour, minute = (int(part or 0) for part in german.groups())
            moment = datetime(year, month, day, hour, minute, tzinfo=BERLIN)
        else:
            moment = datetime.fromisoformat(text.strip())
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=BERLIN)
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _heads(heads: list[str]) -> dict[Column, str]:
    """Which head is which column: by our words or other people's."""
    free = {_plain(head): head for head in reversed(heads) if head}
    found: dict[Column, str] = {}
    for column in Column:
        names = (_plain(column.value), *_OTHERS[column].split())
        name = next((name for name in names if name in free), None)
        if name is not None:
            found[column] = free.pop(name)
    return found


def _read(line: int, cells: Mapping[Column, str], findings: Findings) -> StockLine | None:
    sku = cells[Column.SKU]
    quantity = _whole(cells[Column.QUANTITY], MOST_PIECES)
    if quantity is None:
        findings.add(line, sku[:64], Fault.STOCK_UNREADABLE, cells[Column.QUANTITY])
        return None
    as_of = None
    if written := cells.get(Column.AS_OF, ""):
        as_of = moment_of(written)
        if as_of is None:
            findings.add(line, sku[:64], Fault.STOCK_MOMENT_UNREADABLE, written)
            return None
    next_on, dispatch = None, None
    if written := cells.get(Column.NEXT_ON, ""):
        arrival = moment_of(written)
        next_on = arrival.astimezone(BERLIN).date() if arrival else None
        if arrival is None:
            findings.add(line, sku[:64], Fault.STOCK_ARRIVAL_UNREADABLE, written)
    if written := cells.get(Column.DISPATCH, ""):
        dispatch = _whole(written, MOST_DAYS)
        if dispatch is None:
            findings.add(line, sku[:64], Fault.STOCK_DAYS_UNREADABLE, written)
    return StockLine(line, sku, quantity, as_of, next_on, dispatch)


def _whole(text: str, most: int) -> int | None:
    if not WHOLE.fullmatch(text):
        return None
    number = int(re.split("[.,]", text)[0])
    return number if number <= most else None


def _plain(head: str) -> str:
    return WORDS.sub("", fold(head))
