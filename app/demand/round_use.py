"""What members ordered after a round, beside what they had said they would need."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.catalog.records import Article
from app.database.tenant import Tenant
from app.demand.records import DemandRound
from app.frameworks.records import CeilingMovement, Lot
from app.kernel.legal_day import start_of_day

NEXT_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class RoundUse:
    """Pieces called off in the round's period, by member; `lots` say where they were counted."""

    lots: tuple[int, ...] = ()
    by_member: dict[int, int] = field(default_factory=dict)

    @property
    def known(self) -> bool:
        """Whether the round has an agreement, so that there is anything to compare with."""
        return bool(self.lots)

    @property
    def total(self) -> int:
        return sum(self.by_member.values())

    def of(self, member_id: int) -> int:
        return self.by_member.get(member_id, 0)


def round_use(session: Session, tenant: Tenant, of: DemandRound) -> RoundUse:
    """From the ledger of the agreement's lots: those with articles of the round's group, else all.

    Returned pieces are taken off; what only waits for approval does not count yet.
    """
    if of.framework_id is None:
        return RoundUse()
    lots = _lots(session, of)
    moved = CeilingMovement
    rows = session.execute(
        select(moved.member_id, func.sum(moved.called_off_quantity))
        .where(
            moved.lot_id.in_(lots),
            moved.member_id.is_not(None),
            tenant.owns(moved.member_id),
            moved.at >= start_of_day(of.period_from),
            moved.at < start_of_day(of.period_to + NEXT_DAY),
        )
        .group_by(moved.member_id)
    )
    return RoundUse(
        tuple(lots.values()), {member: int(pieces) for member, pieces in rows if member and pieces}
    )


def _lots(session: Session, of: DemandRound) -> dict[int, int]:
    """Number by id, in order."""
    every = select(Lot.id, Lot.number).where(Lot.framework_id == of.framework_id)
    holding = select(Article.lot_id).where(
        Article.framework_id == of.framework_id, Article.category_id == of.category_id
    )
    ordered = every.order_by(Lot.number)
    some = dict(session.execute(ordered.where(Lot.id.in_(holding))).all()) if of.category_id else {}
    return some or dict(session.execute(ordered).all())
