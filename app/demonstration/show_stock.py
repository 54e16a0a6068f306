"""A stock list of the demonstration's supplier: invented figures, the same every time."""

from datetime import datetime, timedelta
from typing import Final
from zlib import crc32

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalog.formats.findings import Findings
from app.catalog.formats.stock_file import StockLine
from app.catalog.records import Article
from app.catalog.upkeep.report_stock import StockOrder, report_stock
from app.frameworks.records import Framework
from app.kernel.legal_day import legal_day

REPORTED: Final = ("RV-APT-01", "bestand-demonstration.csv")
MISSING: Final = 4  # every fourth article is not reported
NONE_LEFT: Final = 7
MOST: Final = 60


def show_stock(session: Session, reporter_id: int, now: datetime) -> None:
    """Some articles on stock, some awaited, some unknown."""
    framework, file_name = REPORTED
    skus = session.scalars(
        select(Article.sku)
        .join(Framework, Framework.id == Article.framework_id)
        .where(Framework.number == framework, Article.active)
        .order_by(Article.sku)
    )
    lines = [
        _line(place, sku, now) for place, sku in enumerate(skus, 2) if crc32(sku.encode()) % MISSING
    ]
    report_stock(
        session, StockOrder(framework, "", file_name), lines, Findings(), (reporter_id, now)
    )


def _line(place: int, sku: str, now: datetime) -> StockLine:
    drawn = crc32(sku.encode())
    if drawn % NONE_LEFT == 0:
        return StockLine(place, sku, 0, next_on=legal_day(now) + timedelta(days=12))
    return StockLine(place, sku, drawn % MOST + 1, dispatch_days=2)
