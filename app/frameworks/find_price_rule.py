"""The price rule of an agreement on a day, with the values of its index."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.frameworks.agreement_records import AgreedPriceRule, IndexValue
from app.frameworks.price_rule import PriceRule, PriceRuleKind
from app.frameworks.records import Framework
from app.kernel.month import Month


def price_rule_on(session: Session, framework_id: int, day: date) -> PriceRule:
    """Where nothing else was agreed: fixed prices, until the day that the agreement names."""
    agreed = session.scalars(
        select(AgreedPriceRule)
        .where(AgreedPriceRule.framework_id == framework_id, AgreedPriceRule.valid_from <= day)
        .order_by(AgreedPriceRule.valid_from.desc(), AgreedPriceRule.id.desc())
    ).first()
    if agreed is None:
        fixed = session.scalar(
            select(Framework.price_fixed_until).where(Framework.id == framework_id)
        )
        return PriceRule(fixed_until=fixed)
    indexed = agreed.kind is PriceRuleKind.INDEX
    return PriceRule(
        kind=agreed.kind,
        fixed_until=agreed.fixed_until,
        index_name=agreed.index_name,
        base_month=Month.parse(agreed.base_month) if agreed.base_month else None,
        values=index_values(session, agreed.index_name) if indexed else (),
        threshold_points=agreed.threshold_points,
        cap_points=agreed.cap_points,
        discount_points=agreed.discount_points,
        announcement_days=agreed.announcement_days,
    )


def index_values(session: Session, index_name: str) -> tuple[tuple[Month, int], ...]:
    """By month; of a corrected value the last one recorded."""
    rows = session.execute(
        select(IndexValue.month, IndexValue.hundredths)
        .where(IndexValue.index_name == index_name)
        .order_by(IndexValue.month, IndexValue.id)
    ).all()
    values = {Month.parse(month): hundredths for month, hundredths in rows}
    return tuple((month, value) for month, value in values.items() if month is not None)
