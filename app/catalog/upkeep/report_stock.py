"""A supplier, or the desk for it, reports how many pieces it has."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, Final

from sqlalchemy import Row, bindparam, insert, select, update
from sqlalchemy.orm import Session

from app.catalog.finding.index_stock import index_stock
from app.catalog.formats.findings import Fault, Finding, Findings
from app.catalog.formats.register import SKU_LENGTH
from app.catalog.formats.stock_file import StockLine
from app.catalog.records import Article
from app.catalog.stock.queries import stock_days_of
from app.catalog.stock.records import StockFigure, StockReport
from app.catalog.upkeep.import_result import finding_json, listed
from app.database.base import table_of
from app.frameworks.agreement_records import FrameworkSupplier
from app.frameworks.records import Framework, Lot
from app.kernel.errors import FieldError, Malformed, NotFound
from app.kernel.german import moment
from app.kernel.legal_day import legal_day

BATCH: Final = 1000
AHEAD: Final = timedelta(minutes=10)  # clocks of suppliers may run a little fast
FIGURE: Final = table_of(StockFigure)


@dataclass(frozen=True, slots=True)
class StockOrder:
    """Whose stock: `supplier` by name, '' where the agreement has one. `as_of`: of all lines."""

    framework: str
    supplier: str
    file_name: str
    as_of: datetime | None = None


@dataclass(frozen=True, slots=True)
class _Suppliers:
    """The supplier's rows by lot; a row without a lot delivers all. Empty: the only supplier."""

    name: str
    rows: tuple[FrameworkSupplier, ...]

    def of_lot(self, lot_id: int) -> tuple[bool, int | None]:
        """Whether it delivers the lot, and as which row."""
        if not self.rows:
            return True, None
        fitting = [row.id for row in self.rows if row.lot_id in {None, lot_id}]
        return bool(fitting), fitting[0] if fitting else None


def report_stock(
    session: Session,
    order: StockOrder,
    lines: Iterable[StockLine],
    findings: Findings,
    sender: tuple[int | None, datetime],
) -> StockReport:
    """Takes over every usable figure that is newer than the known one; the others are remarked.

    NotFound without the agreement, Malformed (supplier, as_of). `findings` may hold the reader's
    remarks already and are kept with the report.
    """
    person_id, now = sender
    # Locked, so that two lists of one agreement follow one another.
    framework = session.scalar(
        select(Framework).where(Framework.number == order.framework).with_for_update()
    )
    if framework is None:
        raise NotFound("Diesen Rahmenvertrag gibt es nicht.", "framework_unknown")
    suppliers = _suppliers(session, framework, order.supplier)
    if order.as_of is not None and order.as_of > now + AHEAD:
        raise Malformed(FieldError("as_of", "in_future", "Der Stand liegt in der Zukunft."))
    report = StockReport(
        framework_id=framework.id,
        supplier=suppliers.name,
        person_id=person_id,
        file_name=order.file_name[:200],
        reported_at=now,
        figures=0,
    )
    taker = _Taker(session, framework, suppliers, findings, order.as_of or now, now)
    figures = list(taker.usable(lines))
    report.figures = len(figures)
    report.result = {
        "rejected": _remarks(findings.rejected),
        "warnings": _remarks(findings.warnings),
        "counted": {fault.value: many for fault, many in sorted(findings.counts.items())},
    }
    session.add(report)
    session.flush()
    _write(session, report, figures)
    return report


class _Taker:
    """Which lines count, with what is known of the articles."""

    def __init__(
        self,
        session: Session,
        framework: Framework,
        suppliers: _Suppliers,
        findings: Findings,
        as_of: datetime,
        now: datetime,
    ) -> None:
        self._session, self._framework, self._suppliers = session, framework, suppliers
        self._findings, self._as_of, self._now = findings, as_of, now
        self._days = timedelta(days=stock_days_of(session, framework.id))
        self._seen: dict[str, int] = {}
        self._lots = dict(
            session.execute(
                select(Lot.id, Lot.number).where(Lot.framework_id == framework.id)
            ).all()
        )

    def usable(self, lines: Iterable[StockLine]) -> Iterator[dict[str, Any]]:
        """Rows to be written; `id` is that of the figure they replace, or None."""
        stream = iter(lines)
        while batch := list(islice(stream, BATCH)):
            new = [line for line in batch if self._is_new(line)]
            articles = self._articles([line.sku for line in new])
            known = self._known([row.id for row in articles.values()])
            for line in new:
                row = self._row(line, articles.get(line.sku), known)
                if row is not None:
                    yield row

    def _is_new(self, line: StockLine) -> bool:
        if not line.sku:
            self._findings.add(line.line, "", Fault.EMPTY_SKU, len(self._seen) + 1)
        elif len(line.sku) > SKU_LENGTH:
            self._findings.add(line.line, line.sku[:SKU_LENGTH], Fault.SKU_TOO_LONG, SKU_LENGTH)
        elif (first := self._seen.setdefault(line.sku, line.line)) != line.line:
            self._findings.add(line.line, line.sku, Fault.DUPLICATE_SKU, first)
        else:
            return True
        return False

    def _row(
        self,
        line: StockLine,
        article: Row[*tuple[Any, ...]] | None,
        known: dict[tuple[int, int | None], Row[*tuple[Any, ...]]],
    ) -> dict[str, Any] | None:
        if article is None:
            self._findings.add(line.line, line.sku, Fault.NOT_IN_CATALOG)
            return None
        delivers, supplier_id = self._suppliers.of_lot(article.lot_id)
        if not delivers:
            lot = self._lots.get(article.lot_id, "")
            self._findings.add(line.line, line.sku, Fault.STOCK_NOT_OF_LOT, lot)
            return None
        as_of = line.as_of or self._as_of
        if as_of > self._now + AHEAD:
            self._findings.add(line.line, line.sku, Fault.STOCK_FROM_FUTURE, moment(as_of))
            return None
        earlier = known.get((article.id, supplier_id))
        if earlier is not None and earlier.as_of > as_of:
            self._findings.add(line.line, line.sku, Fault.STOCK_OVERTAKEN, moment(earlier.as_of))
            return None
        until = legal_day(as_of) + self._days
        if until < legal_day(self._now):
            self._findings.add(line.line, line.sku, Fault.STOCK_OLD, moment(as_of))
        return {
            "id": earlier.id if earlier else None,
            "article_id": article.id,
            "supplier_id": supplier_id,
            "quantity": line.quantity,
            "as_of": as_of,
            "counts_until": until,
            "next_on": line.next_on,
            "dispatch_days": line.dispatch_days,
        }

    def _articles(self, skus: list[str]) -> dict[str, Row[*tuple[Any, ...]]]:
        rows = self._session.execute(
            select(Article.id, Article.sku, Article.lot_id).where(
                Article.sku.in_(skus),
                Article.framework_id == self._framework.id,
                Article.active,
            )
        )
        return {row.sku: row for row in rows}

    def _known(self, ids: list[int]) -> dict[tuple[int, int | None], Row[*tuple[Any, ...]]]:
        columns = (FIGURE.c.id, FIGURE.c.article_id, FIGURE.c.supplier_id, FIGURE.c.as_of)
        rows = self._session.execute(select(*columns).where(FIGURE.c.article_id.in_(ids)))
        return {(row.article_id, row.supplier_id): row for row in rows}


def _remarks(findings: tuple[Finding, ...]) -> list[dict[str, Any]]:
    """In the order of the list: the reader's and ours meet here."""
    by_line = sorted(findings, key=lambda one: one.line)
    return listed([finding_json(one) for one in by_line])


def _suppliers(session: Session, framework: Framework, named: str) -> _Suppliers:
    rows = session.scalars(
        select(FrameworkSupplier)
        .where(FrameworkSupplier.framework_id == framework.id)
        .order_by(FrameworkSupplier.lot_id, FrameworkSupplier.id)
    ).all()
    names = {row.name for row in rows} or {framework.supplier_name}
    if not named and len(names) == 1:
        named = next(iter(names))
    if named not in names:
        text = f"Bitte den Auftragnehmer angeben: {', '.join(sorted(names))}."
        raise Malformed(FieldError("supplier", "supplier_unknown", text))
    return _Suppliers(named, tuple(row for row in rows if row.name == named))


def _write(session: Session, report: StockReport, figures: list[dict[str, Any]]) -> None:
    for one in figures:
        one["report_id"] = report.id
    new = [{k: v for k, v in one.items() if k != "id"} for one in figures if one["id"] is None]
    changed = [
        {("of_figure" if k == "id" else k): v for k, v in one.items()}
        for one in figures
        if one["id"] is not None
    ]
    if new:
        session.connection().execute(insert(FIGURE), new)
    if changed:
        statement = update(FIGURE).where(FIGURE.c.id == bindparam("of_figure"))
        session.connection().execute(statement, changed)
    index_stock(session, {one["article_id"] for one in figures})
