"""Reads of an agreement's suppliers and of what became of the call-offs given to them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from app.database.marks import Kept
from app.database.types import MoneyColumn
from app.frameworks.agreement_records import FrameworkSupplier, SupplierAward
from app.frameworks.records import Lot
from app.frameworks.supplier_choice import AwardEvent, Candidate
from app.kernel.money import NOTHING, Money

PASSED: Final = frozenset({AwardEvent.DECLINED, AwardEvent.EXPIRED})


@dataclass(frozen=True, slots=True)
class AwardSeen:
    """One entry about a call-off, with the supplier's name."""

    award: SupplierAward
    supplier: FrameworkSupplier


class Contractor(NamedTuple):
    """Who delivers a lot, or without one all of the agreement, and when."""

    lot_id: int | None
    name: str
    valid_from: date
    valid_to: date | None


_CONTRACTORS: Final[Kept[tuple[Contractor, ...]]] = Kept(most=500)


def contractors_of(session: Session, framework_id: int) -> tuple[Contractor, ...]:
    """As `suppliers_of`, read anew only when somebody changed the register."""

    def read() -> tuple[Contractor, ...]:
        known = suppliers_of(session, framework_id)
        return tuple(
            Contractor(one.lot_id, one.name, one.valid_from, one.valid_to) for one in known
        )

    return _CONTRACTORS.get(session, framework_id, read)


def suppliers_of(session: Session, framework_id: int) -> Sequence[FrameworkSupplier]:
    """All that ever were, by lot and rank; empty where the agreement has a single one."""
    return session.scalars(
        select(FrameworkSupplier)
        .where(FrameworkSupplier.framework_id == framework_id)
        .order_by(FrameworkSupplier.lot_id, FrameworkSupplier.rank, FrameworkSupplier.id)
    ).all()


def candidates_of(session: Session, framework_id: int, lot_id: int) -> tuple[Candidate, ...]:
    """The suppliers of a lot with what each, or whom he replaced, was given so far."""
    given = (
        select(
            SupplierAward.supplier_id,
            func.sum(SupplierAward.value, type_=MoneyColumn()).label("value"),
        )
        .where(SupplierAward.lot_id == lot_id)
        .group_by(SupplierAward.supplier_id)
        .subquery()
    )
    rows = session.execute(
        select(FrameworkSupplier, given.c.value)
        .outerjoin(given, given.c.supplier_id == FrameworkSupplier.id)
        .where(
            FrameworkSupplier.framework_id == framework_id,
            or_(FrameworkSupplier.lot_id.is_(None), FrameworkSupplier.lot_id == lot_id),
        )
        .order_by(FrameworkSupplier.rank, FrameworkSupplier.id)
    ).all()
    return _candidates([(supplier, value or NOTHING) for supplier, value in rows])


def candidates_by_lot(session: Session, lots: Collection[int]) -> dict[int, list[Candidate]]:
    """The same for several lots, in one statement."""
    given = (
        select(
            SupplierAward.lot_id,
            SupplierAward.supplier_id,
            func.sum(SupplierAward.value, type_=MoneyColumn()).label("value"),
        )
        .where(SupplierAward.lot_id.in_(lots))
        .group_by(SupplierAward.lot_id, SupplierAward.supplier_id)
        .subquery()
    )
    rows = session.execute(
        select(Lot.id, FrameworkSupplier, given.c.value)
        .join(FrameworkSupplier, FrameworkSupplier.framework_id == Lot.framework_id)
        .outerjoin(
            given, and_(given.c.lot_id == Lot.id, given.c.supplier_id == FrameworkSupplier.id)
        )
        .where(
            Lot.id.in_(lots),
            or_(FrameworkSupplier.lot_id.is_(None), FrameworkSupplier.lot_id == Lot.id),
        )
    ).all()
    found: dict[int, list[tuple[FrameworkSupplier, Money]]] = {}
    for lot_id, supplier, value in rows:
        found.setdefault(lot_id, []).append((supplier, value or NOTHING))
    return {lot_id: list(_candidates(of_lot)) for lot_id, of_lot in found.items()}


def awards_of(session: Session, subject: str) -> tuple[AwardSeen, ...]:
    """Everything about one call-off, the first first."""
    rows = session.execute(
        select(SupplierAward, FrameworkSupplier)
        .join(FrameworkSupplier, FrameworkSupplier.id == SupplierAward.supplier_id)
        .where(SupplierAward.subject == subject)
        .order_by(SupplierAward.id)
    ).all()
    return tuple(AwardSeen(award, supplier) for award, supplier in rows)


def standing_awards(session: Session, subject: str) -> dict[int, AwardSeen]:
    """By lot: who has the call-off now."""
    standing: dict[int, AwardSeen] = {}
    for seen in awards_of(session, subject):
        if seen.award.event is AwardEvent.CHOSEN:
            standing[seen.award.lot_id] = seen
        elif seen.award.event in PASSED:
            standing.pop(seen.award.lot_id, None)
    return standing


def passed_over(session: Session, subject: str, lot_id: int) -> frozenset[int]:
    """Ids of those that declined this call-off or let the time pass."""
    return frozenset(
        seen.supplier.id
        for seen in awards_of(session, subject)
        if seen.award.lot_id == lot_id and seen.award.event in PASSED
    )


def all_passed_over(session: Session, subject: str) -> dict[int, frozenset[int]]:
    """The same by lot."""
    rows = session.execute(
        select(SupplierAward.lot_id, SupplierAward.supplier_id).where(
            SupplierAward.subject == subject, SupplierAward.event.in_(PASSED)
        )
    ).all()
    found: dict[int, frozenset[int]] = {}
    for lot_id, supplier_id in rows:
        found[lot_id] = found.get(lot_id, frozenset()) | {supplier_id}
    return found


def stands(supplier: FrameworkSupplier | Contractor, day: date) -> bool:
    """Whether this supplier delivers on `day`."""
    return supplier.valid_from <= day and (supplier.valid_to is None or day <= supplier.valid_to)


def _candidates(rows: Sequence[tuple[FrameworkSupplier, Money]]) -> tuple[Candidate, ...]:
    """Whoever replaces another takes over his place, and with it what he was given."""
    given = {supplier.id: value for supplier, value in rows}
    replaces = {supplier.id: supplier.replaces_id for supplier, _ in rows}
    return tuple(
        _candidate(supplier, given, _before(supplier.id, replaces)) for supplier, _ in rows
    )


def _candidate(
    supplier: FrameworkSupplier, given: Mapping[int, Money], replaced: tuple[int, ...]
) -> Candidate:
    return Candidate(
        id=supplier.id,
        name=supplier.name,
        rank=supplier.rank,
        share=supplier.share,
        given=Money.total(given.get(one, NOTHING) for one in (supplier.id, *replaced)),
        valid_from=supplier.valid_from,
        valid_to=supplier.valid_to,
        replaced=replaced,
    )


def _before(supplier_id: int, replaces: Mapping[int, int | None]) -> tuple[int, ...]:
    """All that stood in a supplier's place, the last one first; nobody replaces a later one."""
    found = []
    current = replaces.get(supplier_id)
    while current is not None:
        found.append(current)
        current = replaces.get(current)
    return tuple(found)
