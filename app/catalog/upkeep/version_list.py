"""All catalog versions, for those who keep the catalog."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from app.catalog.records import CatalogVersion
from app.frameworks.records import Framework

PAGE_SIZE: Final = 50


@dataclass(frozen=True, slots=True)
class Versions:
    """A page of all versions out of `total`, with number and title of the framework."""

    rows: Sequence[Row[CatalogVersion, str, str]]
    page: int
    total: int


def versions(session: Session, page: int = 1) -> Versions:
    """The latest first."""
    rows = session.execute(
        select(CatalogVersion, Framework.number, Framework.title)
        .join(Framework, Framework.id == CatalogVersion.framework_id)
        .order_by(CatalogVersion.id.desc())
        .offset((page - 1) * PAGE_SIZE)
        .limit(PAGE_SIZE)
    ).all()
    return Versions(rows, page, session.scalar(select(func.count(CatalogVersion.id))) or 0)
