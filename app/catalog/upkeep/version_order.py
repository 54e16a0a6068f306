"""Whether a file may follow what is published: versions and updates in their order."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.catalog.formats.values import Transaction
from app.catalog.records import CatalogVersion
from app.kernel.errors import Conflict


@dataclass(frozen=True, slots=True)
class Stated:
    """What a file says about itself."""

    kind: Transaction
    catalog_id: str
    catalog_version: str
    prev_version: int | None
    sha256: str


def refuse_out_of_order(
    session: Session, framework_id: int, stated: Stated, *, differs: bool, anyway: bool
) -> int:
    """The number of this update since the last whole catalog (0 for a whole one); else Conflict.

    The same version again with other content is refused, unless it is the very same file (which
    brings back a state that was left). Tables state no version and are not judged here.
    """
    same = (
        CatalogVersion.framework_id == framework_id,
        CatalogVersion.catalog_id == stated.catalog_id,
        CatalogVersion.catalog_version == stated.catalog_version,
        CatalogVersion.published_at.is_not(None),
    )
    newest = select(CatalogVersion.update_number).where(*same)
    known = session.scalar(newest.order_by(CatalogVersion.number.desc()).limit(1))
    if stated.kind is Transaction.NEW_CATALOG:
        again = select(func.count()).where(*same, CatalogVersion.file_sha256 == stated.sha256)
        if stated.catalog_version and known is not None and differs and not session.scalar(again):
            raise Conflict(
                f"Die Katalogversion {stated.catalog_version} wurde schon eingelesen, aber mit "
                "anderem Inhalt. Bitte erhöhen Sie CATALOG_VERSION.",
                "catalog_version_known",
            )
        return 0
    if not stated.catalog_version:
        return 0
    if known is None:
        raise Conflict(
            f"Die Datei ändert den Katalog {stated.catalog_id} {stated.catalog_version}, der hier "
            "nicht veröffentlicht ist. Bitte zuerst den vollständigen Katalog einlesen.",
            "update_without_catalog",
        )
    if differs and not anyway and stated.prev_version not in {None, known}:
        raise Conflict(
            f"Die Datei setzt {stated.prev_version} frühere Änderungen voraus, eingelesen sind "
            f"{known}. Bitte die fehlenden Dateien zuerst einlesen oder „trotzdem einlesen“ "
            "wählen.",
            "update_out_of_order",
        )
    return known + 1
