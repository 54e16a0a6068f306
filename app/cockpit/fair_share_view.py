"""The page of fair shares: every member that may call off, also those that never did."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.cockpit import queries
from app.cockpit.rules_shares import Basis, Claim, FairShare, fair_shares
from app.frameworks.queries import FrameworkWithLots, framework
from app.kernel.legal_day import legal_day
from app.kernel.money import NOTHING, Money
from app.members.records import Member


@dataclass(frozen=True, slots=True)
class FairShareView:
    """Shares of one agreement's ceiling on one basis."""

    found: FrameworkWithLots
    basis: Basis
    total: Money
    shares: tuple[FairShare, ...]
    unstated: int

    @property
    def over(self) -> int:
        return sum(one.over for one in self.shares)

    @property
    def silent(self) -> int:
        return sum(not one.claim.drawn for one in self.shares)


def fair_share_view(session: Session, number: str, basis: Basis, now: datetime) -> FairShareView:
    """Raises NotFound. The ceiling is the agreement's own, else the sum of its lots."""
    found = framework(session, number)
    lots = Money.total(lot.maximum_value for lot in found.lots)
    total = lots if found.framework.maximum_value is None else found.framework.maximum_value
    drawn = {use.key: use.drawn for use in queries.member_uses(session, found)}
    members = queries.entitled(session, found.framework, legal_day(now))
    claims = [
        Claim(one.key, one.name, _weight(one, basis), drawn.get(one.key, NOTHING))
        for one in members
    ]
    unstated = sum(not one.procurements_per_year for one in members)
    return FairShareView(
        found, basis, min(total, lots), fair_shares(min(total, lots), claims), unstated
    )


def _weight(member: Member, basis: Basis) -> int:
    return 1 if basis is Basis.EQUAL else member.procurements_per_year or 0
