"""What more turnover would do to the 80 percent (§ 108 Abs. 7 GWB). Pure."""

from dataclasses import dataclass

from app.eligibility.judging.activity_test import ActivityShare
from app.kernel.money import Money


@dataclass(frozen=True, slots=True)
class Simulated:
    """The share of today beside the one with the assumed turnover."""

    name: str
    now: ActivityShare
    then: ActivityShare


def with_more(share: ActivityShare, others: Money, members: Money) -> ActivityShare:
    """The same years with further turnover of others and of members; amounts may be negative."""
    return ActivityShare(
        share.years,
        members=share.members + members,
        total=share.total + members + others,
        grants=share.grants,
    )
