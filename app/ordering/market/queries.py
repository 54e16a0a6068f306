"""Named reads of market price checks."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.database.tenant import Tenant
from app.kernel.errors import NotFound
from app.ordering.market.records import MarketCheck, MarketPrice
from app.ordering.market.rules import COUNTS_FOR


@dataclass(frozen=True, slots=True)
class Checked:
    """A check with its sources, the cheapest first."""

    check: MarketCheck
    sources: tuple[MarketPrice, ...]


def latest_checks(
    session: Session, tenant: Tenant, skus: Collection[str], now: datetime
) -> dict[str, Checked]:
    """The latest check of each article within thirty days; articles without one are left out."""
    rows = session.scalars(
        select(MarketCheck)
        .where(
            tenant.owns(MarketCheck.member_id),
            MarketCheck.sku.in_(tuple(skus)),
            MarketCheck.checked_at > now - COUNTS_FOR,
            MarketCheck.checked_at <= now,
        )
        .order_by(MarketCheck.id)
    ).all()
    latest = {row.sku: row for row in rows}
    sources = _sources(session, [row.id for row in latest.values()])
    return {sku: Checked(row, sources.get(row.id, ())) for sku, row in latest.items()}


def check_page(
    session: Session, tenant: Tenant, sku: str, part: tuple[int, int]
) -> tuple[int, tuple[Checked, ...]]:
    """How many checks there are, of one article or all, and those behind so many, newest first."""
    skipped, most = part
    conditions = [tenant.owns(MarketCheck.member_id)]
    if sku:
        conditions.append(MarketCheck.sku == sku)
    rows = session.scalars(
        select(MarketCheck)
        .where(*conditions)
        .order_by(MarketCheck.id.desc())
        .limit(most)
        .offset(skipped)
    ).all()
    sources = _sources(session, [row.id for row in rows])
    total = session.scalar(select(func.count(MarketCheck.id)).where(*conditions)) or 0
    return total, tuple(Checked(row, sources.get(row.id, ())) for row in rows)


def checked(session: Session, check: MarketCheck) -> Checked:
    """One check with its sources."""
    return Checked(check, _sources(session, [check.id]).get(check.id, ()))


def _sources(session: Session, check_ids: Iterable[int]) -> dict[int, tuple[MarketPrice, ...]]:
    wanted = tuple(check_ids)
    if not wanted:
        return {}
    found: dict[int, tuple[MarketPrice, ...]] = {}
    rows = session.scalars(
        select(MarketPrice)
        .where(MarketPrice.check_id.in_(wanted))
        .order_by(MarketPrice.unit_price, MarketPrice.id)
    )
    for row in rows:
        if row.check_id is not None:
            found[row.check_id] = (*found.get(row.check_id, ()), row)
    return found


def source(session: Session, tenant: Tenant, price_id: int) -> MarketPrice:
    """One source with a file. NotFound for another member's, or without a file."""
    found = session.scalar(
        select(MarketPrice).where(MarketPrice.id == price_id, tenant.owns(MarketPrice.member_id))
    )
    if found is None or found.file_sha256 is None:
        raise NotFound("Zu diesem Preis ist kein Beleg hinterlegt.")
    return found
