"""What a member has entered for its reports."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalog.records import Article
from app.database.tenant import Tenant
from app.members.records import AdminOverhead
from app.ordering.market.records import MarketPrice

LATEST = 24


def overheads(session: Session, tenant: Tenant) -> Sequence[AdminOverhead]:
    """The latest two years, the newest first."""
    return session.scalars(
        select(AdminOverhead)
        .where(tenant.owns(AdminOverhead.member_id))
        .order_by(AdminOverhead.month.desc())
        .limit(LATEST)
    ).all()


def market_prices(session: Session, tenant: Tenant) -> Sequence[tuple[MarketPrice, str]]:
    """The latest recorded prices with the article's name."""
    return session.execute(
        select(MarketPrice, Article.name)
        .join(Article, Article.sku == MarketPrice.sku)
        .where(tenant.owns(MarketPrice.member_id))
        .order_by(MarketPrice.id.desc())
        .limit(LATEST)
    ).all()
