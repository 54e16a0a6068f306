"""Reading a catalog from a table as the same stream of articles."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import BinaryIO, Final

from app.catalog.formats.article_drafts import DELIVERIES, Draft, article_of, lot_of
from app.catalog.formats.findings import Fault, FileRefused
from app.catalog.formats.media import MediaSource
from app.catalog.formats.price_lists import (
    EURO,
    ONE,
    Period,
    PriceReading,
    WrittenPrice,
    read_period,
    read_price,
    remark_on_all,
)
from app.catalog.formats.register import Register, Registered
from app.catalog.formats.table_cells import (
    amount_in,
    days,
    factor,
    iso_day,
    lot_number,
    positive,
    whole,
    with_point,
)
from app.catalog.formats.table_columns import Column, chosen, missing, silent_on, suggested
from app.catalog.formats.table_lines import values_in
from app.catalog.formats.table_parts import read_parts
from app.catalog.formats.table_source import open_table
from app.catalog.formats.texts import one_line
from app.catalog.formats.values import (
    Article,
    Group,
    Header,
    Mode,
    Price,
    Transaction,
)

CATALOG_ID: Final = "TABELLE"
NAME_LENGTH: Final = 150
KINDS: Final = {"": "net_customer", "vertragspreis": "net_customer", "listenpreis": "net_list"}
DELETE: Final = frozenset({"löschen", "loeschen", "delete", "entfällt"})
TEXTS: Final = {
    Column.NAME: "DESCRIPTION_SHORT",
    Column.DESCRIPTION: "DESCRIPTION_LONG",
    Column.MAKER: "MANUFACTURER_NAME",
    Column.MPN: "MPN",
    Column.REMARKS: "REMARKS",
}
ORDER: Final = {
    Column.UNIT: "ORDER_UNIT",
    Column.CONTENT_UNIT: "CONTENT_UNIT",
    Column.CONTENT: "NO_CU_PER_OU",
}
WHOLE: Final = {
    Column.MINIMUM: "QUANTITY_MIN",
    Column.INTERVAL: "QUANTITY_INTERVAL",
    Column.MAXIMUM: "QUANTITY_MAX",
}


class TableFile(Registered):
    """A table being read. `columns` maps fields to heads, as somebody said for this very table.

    Without it the heads decide: as `remembered` from the last table, else by their words.

    `transaction`: the whole catalog, changed articles only, or prices only.
    """

    def __init__(
        self,
        stream: BinaryIO,
        today: date,
        transaction: Transaction = Transaction.NEW_CATALOG,
        columns: Mapping[str, str] | None = None,
        remembered: Mapping[str, str] | None = None,
    ) -> None:
        self._table = open_table(stream)
        heads = self._table.heads
        self._columns = chosen(heads, columns) if columns else suggested(heads, remembered or {})
        updates = transaction is Transaction.UPDATE_PRODUCTS
        self.silent = silent_on(self._columns) if updates else frozenset()
        self._today = today
        self.header = Header("", "", catalog_id=CATALOG_ID, currency=EURO)
        self.transaction = transaction.value
        self.prev_version: int | None = None
        self.media = MediaSource()
        self.register = Register()
        self.findings = self.register.findings
        self.counts = self.register.counts
        lacking = missing(self._columns, prices_only=transaction is Transaction.UPDATE_PRICES)
        if lacking:
            names = ", ".join(column.value for column in lacking)
            lack = "fehlt die Spalte" if len(lacking) == 1 else "fehlen die Spalten"
            raise FileRefused(f"In der Tabelle {lack} {names}.", "columns_unknown")

    @property
    def format(self) -> str:
        return self._table.form

    def articles(self) -> Iterator[Article]:
        for line, row in self._table.rows():
            cells = {column: row[head] for column, head in self._columns.items() if head in row}
            self.counts.articles += 1
            article = self._read(line, cells)
            if article is not None:
                yield article
        self.register.finish(whole=self.transaction == Transaction.NEW_CATALOG)

    def _read(self, line: int, cells: Mapping[Column, str]) -> Article | None:
        sku = cells.get(Column.SKU, "")
        if not self.register.enter(line, sku):
            return None
        mode = self._mode(cells)
        if mode is Mode.DELETE:
            return Article(line, sku, mode)
        reading = PriceReading() if "prices" in self.silent else self._prices(cells)
        self.register.count_prices(len(reading.kinds_seen), reading)
        for fault, detail in dict.fromkeys(reading.faults):
            self.findings.add(line, sku, fault, detail)
        if mode is Mode.PRICES:
            return self._with_new_prices(line, sku, reading)
        article = article_of(
            self._draft(line, sku, cells), mode, reading, self.findings, NAME_LENGTH
        )
        if article is None:
            self.register.withdraw(sku)
            return None
        article = article._replace(family=one_line(cells.get(Column.FAMILY, "")))
        per = positive(cells.get(Column.PRICE_QUANTITY, ""))
        if per is not None:
            article = article._replace(price_quantity=per)
        self._place(line, sku, cells)
        self.register.refer(line, sku, article.references)
        return article

    def _with_new_prices(self, line: int, sku: str, reading: PriceReading) -> Article | None:
        """Without a usable price the row is rejected: the article keeps the prices that it has."""
        if reading.prices and not reading.negative:
            return Article(line, sku, Mode.PRICES, prices=tuple(reading.prices))
        self.findings.add(line, sku, Fault.NO_NEW_PRICE)
        self.register.withdraw(sku)
        return None

    def _mode(self, cells: Mapping[Column, str]) -> Mode:
        if self.transaction == Transaction.UPDATE_PRICES:
            return Mode.PRICES
        if cells.get(Column.MODE, "").lower() in DELETE:
            return Mode.DELETE
        return Mode.NEW if self.transaction == Transaction.NEW_CATALOG else Mode.UPDATE

    def _place(self, line: int, sku: str, cells: Mapping[Column, str]) -> None:
        group = one_line(cells.get(Column.CATEGORY, ""))[:100]
        if group:
            if group not in self.register.groups:
                self.register.group(Group(group, group, "", "leaf"))
            self.register.place(line, sku, group)

    def _draft(self, line: int, sku: str, cells: Mapping[Column, str]) -> Draft:
        draft = Draft(line, sku, lot=lot_number(cells.get(Column.LOT, "")))
        draft.texts = {name: cells[column] for column, name in TEXTS.items() if column in cells}
        if draft.lot and lot_of(draft.lot) is None:
            self.findings.add(line, sku, Fault.LOT_UNREADABLE, draft.lot)
        if delivery := days(cells.get(Column.DELIVERY, "")):
            draft.texts["DELIVERY_TIME"] = delivery
            if DELIVERIES[delivery] is None:
                self.findings.add(line, sku, Fault.DELIVERY_UNREADABLE, delivery)
        draft.order = {
            name: with_point(cells[column]) for column, name in ORDER.items() if column in cells
        } | {name: whole(cells[column]) for column, name in WHOLE.items() if column in cells}
        read_parts(cells, draft, self.findings)
        return draft

    def _prices(self, cells: Mapping[Column, str]) -> PriceReading:
        """The one price of the row, and further ones in the cell of scales, by period."""
        reading = PriceReading()
        scales = values_in(cells.get(Column.SCALES, ""), 4)
        if Column.PRICE in cells or not scales:
            dates = [cells.get(Column.VALID_FROM, ""), cells.get(Column.VALID_UNTIL, "")]
            scales.insert(0, ["", cells.get(Column.PRICE, ""), *dates])
        usable: dict[Period, list[Price]] = {}
        for bound, amount, starts, ends in scales:
            days = [("valid_start_date", iso_day(starts)), ("valid_end_date", iso_day(ends))]
            period = read_period([pair for pair in days if pair[1]], Period(None, None), reading)
            written = WrittenPrice(
                KINDS.get(cells.get(Column.PRICE_KIND, "").lower(), "net_customer"),
                amount_in(amount),
                cells.get(Column.CURRENCY, EURO),
                factor(cells.get(Column.TAX, "")),
                lower_bound=whole(bound),
            )
            price = read_price(written, period, ONE, reading)
            if price is not None:
                usable.setdefault(period, []).append(price)
        for period, prices in usable.items():
            reading.add(prices, period)
        remark_on_all(reading, self._today)
        return reading
