"""Reads for those who keep the catalog: versions, what a draft would change, what was remarked."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from app.catalog.records import CatalogEntry, CatalogVersion
from app.catalog.rules import Change
from app.frameworks.records import Framework
from app.kernel.errors import NotFound
from app.kernel.unit_price import UnitPrice

SHOWN: Final = 200
CHANGE_WORDS: Final = {
    Change.NEW: "neu",
    Change.CHANGED: "geändert",
    Change.REGROUPED: "andere Warengruppe",
    Change.REMOVED: "entfällt",
}
HEAD: Final = ("Art", "Zeile", "Artikelnummer", "Code", "Hinweis")
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Difference:
    """What a draft does to one article."""

    sku: str
    name: str
    change: str
    category: str
    old_price: UnitPrice | None
    new_price: UnitPrice | None

    @property
    def share(self) -> Decimal | None:
        """Change of the price as a fraction; None where there is nothing to compare."""
        if self.old_price is None or self.new_price is None or self.old_price == self.new_price:
            return None
        old, new = self.old_price.ten_thousandths, self.new_price.ten_thousandths
        return Decimal(new - old) / Decimal(old)


@dataclass(frozen=True, slots=True)
class VersionPage:
    version: CatalogVersion
    framework: Framework
    differences: tuple[Difference, ...]
    difference_count: int

    @property
    def remarks(self) -> list[tuple[str, dict[str, Any]]]:
        """Rejected articles first."""
        result: dict[str, Any] = self.version.result
        rejected = [("abgelehnt", one) for one in result.get("rejected", ())]
        return rejected + [("Hinweis", one) for one in result.get("warnings", ())]


def versions(session: Session, limit: int = 100) -> Sequence[Row[CatalogVersion, str, str]]:
    """The latest first, with number and title of the framework."""
    return session.execute(
        select(CatalogVersion, Framework.number, Framework.title)
        .join(Framework, Framework.id == CatalogVersion.framework_id)
        .order_by(CatalogVersion.id.desc())
        .limit(limit)
    ).all()


def version_page(session: Session, version_id: int) -> VersionPage:
    """Price changes first, the largest on top."""
    version = session.get(CatalogVersion, version_id)
    if version is None:
        raise NotFound("Diese Katalogversion gibt es nicht.")
    staged = CatalogEntry.catalog_version_id == version_id
    rows = session.execute(
        select(
            CatalogEntry.sku,
            CatalogEntry.name,
            CatalogEntry.change,
            CatalogEntry.category,
            CatalogEntry.old_price,
            CatalogEntry.new_price,
        )
        .where(staged)
        .order_by(CatalogEntry.change != Change.CHANGED, CatalogEntry.id)
        .limit(SHOWN)
    )
    differences = [
        Difference(
            row.sku,
            row.name,
            CHANGE_WORDS[row.change],
            row.category,
            row.old_price,
            row.new_price,
        )
        for row in rows
    ]
    return VersionPage(
        version=version,
        framework=session.get_one(Framework, version.framework_id),
        differences=tuple(sorted(differences, key=_by_share)),
        difference_count=session.scalar(select(func.count()).where(staged)) or 0,
    )


def _by_share(one: Difference) -> Decimal:
    return -abs(one.share or Decimal(0))


def remarks_csv(page: VersionPage) -> bytes:
    """For a spreadsheet: semicolons, a mark for UTF-8, no cell that starts a formula."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEAD)
    for kind, one in page.remarks:
        cells = (kind, one["line"], one["sku"], one["code"], one["reason"])
        writer.writerow([_harmless(str(cell)) for cell in cells])
    return text.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell
