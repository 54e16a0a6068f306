"""Named reads of the ledger and of what waits: over all members, for the cooperative's people."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app.catalog.queries import rows_by_sku
from app.catalog.records import Article
from app.cockpit.rules import MarketComparison, MemberUse
from app.database.types import MoneyColumn
from app.frameworks.open_lots import parties_of
from app.frameworks.parties import NamedParty, PartyMember, admits, district_of
from app.frameworks.queries import FrameworkWithLots
from app.frameworks.records import (
    CeilingAlert,
    CeilingMovement,
    Framework,
    FrameworkParty,
    Lot,
    MemberQuota,
)
from app.frameworks.rules_ceiling import CeilingMove, level_of
from app.kernel.german import euro, number
from app.kernel.legal_day import legal_day
from app.kernel.money import NOTHING, Money
from app.kernel.month import Month
from app.members.records import Member, Membership
from app.ordering.market.records import MarketPrice

NOBODY: Final = "Anfangsbestand und Berichtigungen ohne Mitglied"
COUNTS_AS_USE: Final = (CeilingMove.CALL_OFF, CeilingMove.RETURN, CeilingMove.CORRECT)
MARKET_MEMORY: Final = timedelta(days=365)
MOST_MOVES: Final = 50


@dataclass(frozen=True, slots=True)
class MonthUse:
    """What was called off in a month, less what came back, and the sum so far."""

    month: Month
    net: Money
    sum: Money


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One movement with the number of its lot and the member's name, if any."""

    moved: CeilingMovement
    lot_number: int
    member: str


def months(
    session: Session, found: FrameworkWithLots, today: date, count: int = 12
) -> tuple[MonthUse, ...]:
    """The last `count` months, the present one last; the sum includes what was before."""
    present = first = Month.of(today)
    for _ in range(count - 1):
        first = first.previous()
    amounts = dict.fromkeys(_from(first, present), NOTHING)
    moved = CeilingMovement
    rows = session.execute(
        select(moved.at, moved.called_off_value).where(
            moved.lot_id.in_(_ids(found)),
            moved.move.in_(COUNTS_AS_USE),
            moved.at >= first.begins,
        )
    )
    for at, value in rows:
        month = Month.of(legal_day(at))
        if month in amounts:
            amounts[month] += value
    total = Money.total(lot.called_off_value for lot in found.lots)
    so_far = total - Money.total(amounts.values())
    result = []
    for month, net in amounts.items():
        so_far += net
        result.append(MonthUse(month, net, so_far))
    return tuple(result)


def member_uses(session: Session, found: FrameworkWithLots) -> tuple[MemberUse, ...]:
    """Every member that has drawn or has a quota, and what belongs to nobody."""
    moved = CeilingMovement
    rows = session.execute(
        select(
            Member.id,
            Member.key,
            Member.name,
            func.sum(moved.called_off_value, type_=MoneyColumn()),
            func.sum(moved.reserved_value, type_=MoneyColumn()),
            func.sum(moved.called_off_quantity + moved.reserved_quantity),
        )
        .select_from(moved)
        .outerjoin(Member, Member.id == moved.member_id)
        .where(moved.lot_id.in_(_ids(found)))
        .group_by(Member.id, Member.key, Member.name)
    ).all()
    quotas = _quotas(session, found)
    uses = [_member_use(row, quotas.pop(row[0], ())) for row in rows]
    uses += [_member_use((None, *held[0][1:3], None, None, 0), held) for held in quotas.values()]
    return tuple(one for one in uses if one.drawn or one.pieces or one.quota_words)


def entitled(session: Session, framework: Framework, today: date) -> tuple[Member, ...]:
    """The active members that may call off under the agreement, by name."""
    named = [
        NamedParty(one.member_id, one.valid_from, one.valid_to)
        for one in session.scalars(
            select(FrameworkParty).where(FrameworkParty.framework_id == framework.id)
        )
    ]
    parties = parties_of(framework, named)
    rows = session.execute(
        select(Member, Membership.effective_from)
        .join(Membership, Membership.member_id == Member.id)
        .where(
            Membership.effective_from <= today,
            or_(Membership.effective_to.is_(None), Membership.effective_to >= today),
        )
        .order_by(Member.name, Member.id)
    )
    found = (
        (one, PartyMember(one.id, one.body_kind.value, district_of(one.ags, one.ars), since))
        for one, since in rows
    )
    return tuple(one for one, party in found if admits(parties, party, today))


def alerts(session: Session, framework_id: int) -> Sequence[CeilingAlert]:
    """The latest first."""
    return session.scalars(
        select(CeilingAlert)
        .where(CeilingAlert.framework_id == framework_id)
        .order_by(CeilingAlert.id.desc())
    ).all()


def names(session: Session, member_ids: Collection[int | None]) -> dict[int, str]:
    rows = session.execute(select(Member.id, Member.name).where(Member.id.in_(member_ids)))
    return {row.id: row.name for row in rows}


def movements(session: Session, found: FrameworkWithLots) -> tuple[LedgerLine, ...]:
    """The latest entries of the ledger."""
    rows = session.execute(
        select(CeilingMovement, Lot.number, Member.name)
        .join(Lot, Lot.id == CeilingMovement.lot_id)
        .outerjoin(Member, Member.id == CeilingMovement.member_id)
        .where(CeilingMovement.lot_id.in_(_ids(found)))
        .order_by(CeilingMovement.id.desc())
        .limit(MOST_MOVES)
    )
    return tuple(LedgerLine(moved, lot, name or "") for moved, lot, name in rows)


def market(session: Session, framework_id: int, today: date) -> tuple[MarketComparison, ...]:
    """Articles with evidence of the last twelve months, the dearest against the market first.

    List prices and other specifications are no evidence; the lowest price counts.
    """
    rows = session.scalars(
        select(MarketPrice)
        .join(Article, Article.sku == MarketPrice.sku)
        .where(
            Article.framework_id == framework_id,
            MarketPrice.same_specification,
            MarketPrice.is_list_price.is_(False),
            MarketPrice.seen_on >= today - MARKET_MEMORY,
        )
        .order_by(MarketPrice.unit_price, MarketPrice.seen_on.desc())
    ).all()
    lowest: dict[str, MarketPrice] = {}
    for one in rows:
        lowest.setdefault(one.sku, one)
    articles = {row.sku: row for row in rows_by_sku(session, list(lowest), today, None)}
    counts = {sku: sum(one.sku == sku for one in rows) for sku in lowest}
    found = [
        MarketComparison(
            sku,
            article.name,
            article.unit_price,
            one.unit_price,
            one.seen_on,
            one.source,
            counts[sku],
        )
        for sku, one in lowest.items()
        if (article := articles.get(sku)) is not None and article.unit_price is not None
    ]
    return tuple(sorted(found, key=lambda one: (-one.difference, one.sku)))


def _quotas(
    session: Session, found: FrameworkWithLots
) -> dict[int, tuple[tuple[MemberQuota, str, str, int], ...]]:
    rows = session.execute(
        select(MemberQuota, Member.key, Member.name, Lot.number)
        .join(Member, Member.id == MemberQuota.member_id)
        .join(Lot, Lot.id == MemberQuota.lot_id)
        .where(MemberQuota.lot_id.in_(_ids(found)))
        .order_by(Lot.number)
    ).all()
    held: dict[int, tuple[tuple[MemberQuota, str, str, int], ...]] = {}
    for quota, key, name, lot in rows:
        if quota.maximum_value is not None or quota.maximum_quantity is not None:
            before = held.get(quota.member_id, ())
            held[quota.member_id] = (*before, (quota, key, name, lot))
    return held


def _member_use(
    row: Sequence[Any], quotas: tuple[tuple[MemberQuota, str, str, int], ...]
) -> MemberUse:
    _, key, name, called_off, reserved, pieces = row
    return MemberUse(
        key=key,
        name=name or NOBODY,
        called_off=called_off or NOTHING,
        reserved=reserved or NOTHING,
        pieces=int(pieces or 0),
        quota_percent=max((level_of(quota).percent for quota, *_ in quotas), default=None),
        quota_words="; ".join(f"Los {lot}: {_limit(quota)}" for quota, _, _, lot in quotas),
    )


def _limit(quota: MemberQuota) -> str:
    value, pieces = quota.maximum_value, quota.maximum_quantity
    parts = [
        *([] if value is None else [euro(value)]),
        *([] if pieces is None else [f"{number(pieces)} Stück"]),
    ]
    return " und ".join(parts)


def _ids(found: FrameworkWithLots) -> list[int]:
    return [lot.id for lot in found.lots]


def _from(first: Month, last: Month) -> list[Month]:
    listed = [first]
    while listed[-1] < last:
        listed.append(listed[-1].next())
    return listed
