"""Reads of stock: of articles for pages, of reports for those who send them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Row, bindparam, or_, select
from sqlalchemy.orm import Session

from app.accounts.records import Person
from app.catalog.import_records import USUAL_STOCK_DAYS, ImportTerms
from app.catalog.rules_stock import Stock, best_of
from app.catalog.stock.records import StockFigure, StockReport
from app.database.marks import CATALOG, STOCK, Kept
from app.frameworks.agreement_records import FrameworkSupplier
from app.frameworks.records import Framework
from app.kernel.errors import NotFound

LATEST: Final = 20
# Where nobody reports stock, lists do not ask for it.
REPORTED: Final[Kept[bool]] = Kept(most=4, marks=(CATALOG, STOCK))
_FIGURES: Final = (
    select(
        StockFigure.article_id,
        StockFigure.quantity,
        StockFigure.as_of,
        StockFigure.counts_until,
        StockFigure.next_on,
        StockFigure.dispatch_days,
        FrameworkSupplier.name,
    )
    .outerjoin(FrameworkSupplier, FrameworkSupplier.id == StockFigure.supplier_id)
    .where(
        StockFigure.article_id.in_(bindparam("articles", expanding=True)),
        or_(FrameworkSupplier.valid_to.is_(None), FrameworkSupplier.valid_to >= bindparam("day")),
    )
)


_SOME: Final = select(StockFigure.id).limit(1)


@dataclass(frozen=True, slots=True)
class ReportSeen:
    report: StockReport
    framework: Framework
    person: str

    @property
    def remarks(self) -> list[tuple[str, dict[str, Any]]]:
        """Rejected lines first."""
        result: dict[str, Any] = self.report.result
        rejected = [("abgelehnt", one) for one in result.get("rejected", ())]
        return rejected + [("Hinweis", one) for one in result.get("warnings", ())]


def is_reported(session: Session) -> bool:
    """Whether anybody ever reported stock."""
    return REPORTED.get(session, "reported", lambda: session.scalar(_SOME) is not None)


def stock_days_of(session: Session, framework_id: int) -> int:
    """For how many days a figure of this agreement is believed."""
    terms = session.get(ImportTerms, framework_id)
    return terms.stock_days if terms else USUAL_STOCK_DAYS


def stock_of(session: Session, article_ids: Collection[int], on: date) -> dict[int, Stock]:
    """By article, of suppliers that still deliver; articles without a figure are absent."""
    if not article_ids or not is_reported(session):
        return {}
    values = {"articles": list(article_ids), "day": on}
    figures: dict[int, list[Stock]] = {}
    for row in session.connection().execute(_FIGURES, values):
        figures.setdefault(row.article_id, []).append(_stock(row, on))
    return {key: best for key, some in figures.items() if (best := best_of(some))}


def _stock(row: Row[*tuple[Any, ...]], on: date) -> Stock:
    return Stock(
        row.quantity,
        row.as_of,
        row.counts_until,
        on,
        row.next_on,
        row.dispatch_days,
        row.name or "",
    )


def stock_reports(session: Session) -> tuple[ReportSeen, ...]:
    """The latest first."""
    return tuple(_seen(row) for row in session.execute(_REPORTS.limit(LATEST)))


def stock_report(session: Session, report_id: int) -> ReportSeen:
    row = session.execute(_REPORTS.where(StockReport.id == report_id)).one_or_none()
    if row is None:
        raise NotFound("Diese Bestandsmeldung gibt es nicht.")
    return _seen(row)


def suppliers_to_name(session: Session) -> tuple[str, ...]:
    """Of agreements with several suppliers, each name once."""
    names = select(FrameworkSupplier.name).distinct().order_by(FrameworkSupplier.name)
    return tuple(session.scalars(names))


_REPORTS: Final = (
    select(StockReport, Framework, Person.label)
    .join(Framework, Framework.id == StockReport.framework_id)
    .outerjoin(Person, Person.id == StockReport.person_id)
    .order_by(StockReport.id.desc())
)


def _seen(row: Row[*tuple[Any, ...]]) -> ReportSeen:
    report, framework, person = row
    return ReportSeen(report, framework, person or "")
