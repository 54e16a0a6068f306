"""Suppliers' returns beside what the portal called off in the same month, and the fee."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.database.types import MoneyColumn
from app.frameworks.agreement_records import SupplierReturn
from app.frameworks.price_rule import WHOLE
from app.frameworks.records import CeilingMovement, Framework, Lot
from app.frameworks.rules_ceiling import CeilingMove
from app.kernel.money import NOTHING, Money
from app.kernel.month import Month

DUE_DAYS: Final = 15
SHOWN_MONTHS: Final = 12


@dataclass(frozen=True, slots=True)
class ReturnLine:
    """One month: what was called off here, what the supplier says, and what he owes."""

    month: Month
    called_off: Money
    declared: Money | None
    fee: Money
    note: str
    overdue: bool

    @property
    def difference(self) -> Money | None:
        """Positive: the supplier declared less than was called off."""
        return None if self.declared is None else self.called_off - self.declared


def fee_of(declared: Money, points: int) -> Money:
    """The fee, rounded half up to the cent; a credit takes back what its sale had cost."""
    cents = (abs(declared.cents) * points + WHOLE // 2) // WHOLE
    return Money(cents if declared.cents >= 0 else -cents)


def returns_of(session: Session, framework: Framework, today: date) -> tuple[ReturnLine, ...]:
    """The last twelve ended months of the term, the latest first."""
    rows = session.scalars(
        select(SupplierReturn)
        .where(SupplierReturn.framework_id == framework.id)
        .order_by(SupplierReturn.id)
    )
    last = {row.month: row for row in rows}
    return tuple(
        _line(session, framework, month, last.get(month.text), today)
        for month in due_months(framework, today)
    )


def due_months(framework: Framework, today: date) -> Iterator[Month]:
    """Ended months of the term, the latest first, of one year at most."""
    month = min(Month.of(today).previous(), Month.of(framework.valid_to))
    for _ in range(SHOWN_MONTHS):
        if month.last < framework.valid_from:
            return
        yield month
        month = month.previous()


def _line(
    session: Session, framework: Framework, month: Month, said: SupplierReturn | None, today: date
) -> ReturnLine:
    due = month.last + timedelta(days=DUE_DAYS)
    return ReturnLine(
        month=month,
        called_off=_called_off(session, framework.id, month.begins, month.ends),
        declared=None if said is None else said.declared,
        fee=NOTHING if said is None else fee_of(said.declared, said.fee_points),
        note="" if said is None else said.note,
        overdue=said is None and today > due,
    )


def called_off_by_order(session: Session, framework_id: int, month: Month) -> dict[str, Money]:
    """Net by number of the call-off, without what was given back in the same month."""
    rows = session.execute(
        select(
            CeilingMovement.subject,
            func.sum(CeilingMovement.called_off_value, type_=MoneyColumn()),
        )
        .join(Lot, Lot.id == CeilingMovement.lot_id)
        .where(
            Lot.framework_id == framework_id,
            CeilingMovement.move.in_((CeilingMove.CALL_OFF, CeilingMove.RETURN)),
            CeilingMovement.at >= month.begins,
            CeilingMovement.at < month.ends,
        )
        .group_by(CeilingMovement.subject)
        .order_by(CeilingMovement.subject)
    )
    return {subject: net for subject, net in rows if net}


def known_orders(session: Session, framework_id: int) -> frozenset[str]:
    """Numbers of all call-offs that were ever placed under the agreement."""
    rows = session.scalars(
        select(CeilingMovement.subject)
        .join(Lot, Lot.id == CeilingMovement.lot_id)
        .where(Lot.framework_id == framework_id, CeilingMovement.move == CeilingMove.CALL_OFF)
        .distinct()
    )
    return frozenset(rows)


def _called_off(session: Session, framework_id: int, begins: datetime, ends: datetime) -> Money:
    """Call-offs without what was given back; opening stock and corrections are no orders."""
    total = session.scalar(
        select(func.sum(CeilingMovement.called_off_value, type_=MoneyColumn()))
        .join(Lot, Lot.id == CeilingMovement.lot_id)
        .where(
            Lot.framework_id == framework_id,
            CeilingMovement.move.in_((CeilingMove.CALL_OFF, CeilingMove.RETURN)),
            CeilingMovement.at >= begins,
            CeilingMovement.at < ends,
        )
    )
    return total or NOTHING
