"""Changing a ceiling: the only way to raise one, within the limits of § 132 GWB."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from app.database.types import MoneyColumn
from app.frameworks.agreement_records import FrameworkChange
from app.frameworks.amending.lock_framework import lock_framework
from app.frameworks.amending.log_change import Entry, log_change
from app.frameworks.amending.resolution import Resolution, not_yet_effective, resolution_errors
from app.frameworks.amendment_limits import (
    Amendment,
    AmendmentBasis,
    AmendmentKind,
    Ceiling,
    amendment_errors,
)
from app.frameworks.queries import FrameworkWithLots
from app.frameworks.records import Framework, Lot
from app.frameworks.thresholds import eu_threshold
from app.kernel.errors import FieldError, Malformed
from app.kernel.german import euro, number
from app.kernel.legal_day import legal_day
from app.kernel.money import NOTHING, Money


@dataclass(frozen=True, slots=True)
class CeilingWish:
    """The new ceilings of one lot, or (no lot) of the whole agreement, net."""

    lot_number: int | None
    value: Money
    quantity: int | None
    basis: AmendmentBasis
    notice: str = ""
    character_unchanged: bool = False


def amend_ceiling(  # noqa: PLR0913 - who changes what, by whose decision
    session: Session,
    person_id: int,
    number: str,
    wish: CeilingWish,
    by: Resolution,
    now: datetime,
    *,
    seen: int | None = None,
) -> None:
    """At once, not before `by.effective_on`. Malformed names every limit that is passed."""
    found = lock_framework(session, number, seen)
    framework = found.framework
    lot = _lot(session, found, wish.lot_number)
    of: Framework | Lot = framework if lot is None else lot
    today = legal_day(now)
    ceiling = _ceiling(session, framework, lot, wish)
    amendment = Amendment(
        basis=wish.basis,
        framework_minor_before=minor_of_framework(session, framework.id, of_lots=lot is not None),
        eu_threshold=eu_threshold(today, utility=False)[0],
        notice=wish.notice,
        character_unchanged=wish.character_unchanged,
    )
    errors = [
        *_impossible(found, of, wish),
        *amendment_errors(ceiling, amendment),
        *not_yet_effective(by, today),
        *resolution_errors(by, today),
    ]
    what = tuple(_what(of, wish))
    if not what:
        errors.append(FieldError("value", "unchanged", "Dieser Wert gilt schon."))
    if errors:
        raise Malformed(*errors)
    entry = Entry(
        kind=AmendmentKind.CEILING,
        what=what,
        basis=wish.basis,
        lot_id=None if lot is None else lot.id,
        value_change=ceiling.change,
        quantity_change=ceiling.quantity_change,
        notice=wish.notice,
    )
    logged = log_change(session, framework, entry, by, person_id, now)
    # After its entry: the database lets no ceiling rise without one.
    of.raised_by = logged.change_id
    of.maximum_value, of.maximum_quantity = wish.value, wish.quantity
    session.flush()


def _lot(session: Session, found: FrameworkWithLots, number: int | None) -> Lot | None:
    if number is None:
        return None
    lot = next((lot for lot in found.lots if lot.number == number), None)
    if lot is None:
        raise Malformed(FieldError("lot", "unknown", "Dieses Los gibt es nicht."))
    session.refresh(lot, with_for_update=True)
    return lot


def _ceiling(session: Session, framework: Framework, lot: Lot | None, wish: CeilingWish) -> Ceiling:
    """What was awarded is what holds now without all amendments of the ceiling since."""
    of: Framework | Lot = framework if lot is None else lot
    value, quantity = _amended(session, framework.id, lot, minor=False)
    minor, minor_quantity = _amended(session, framework.id, lot, minor=True)
    before = of.maximum_value
    pieces = of.maximum_quantity
    return Ceiling(
        original=wish.value if before is None else before - value,
        minor_before=minor,
        change=NOTHING if before is None else wish.value - before,
        original_quantity=None if pieces is None else pieces - quantity,
        minor_quantity_before=minor_quantity,
        quantity_change=0 if pieces is None or wish.quantity is None else wish.quantity - pieces,
    )


def awarded(
    session: Session, framework_id: int, lot: Lot | None, maximum: Money
) -> tuple[Money, Money]:
    """The ceiling as it was awarded, and the sum of its minor raises since."""
    value, _ = _amended(session, framework_id, lot, minor=False)
    minor, _ = _amended(session, framework_id, lot, minor=True)
    return maximum - value, minor


def _amended(
    session: Session, framework_id: int, lot: Lot | None, *, minor: bool
) -> tuple[Money, int]:
    """The sum of all amendments of this ceiling, or of the minor raises among them.

    Value and pieces by themselves: lowering one hides no raise of the other.
    """
    change = FrameworkChange
    value: ColumnElement[Money] = func.sum(change.value_change, type_=MoneyColumn())
    quantity: ColumnElement[int] = func.sum(change.quantity_change)
    if minor:
        raised = change.basis == AmendmentBasis.MINOR
        value = func.sum(change.value_change, type_=MoneyColumn()).filter(
            raised, change.value_change > NOTHING
        )
        quantity = func.sum(change.quantity_change).filter(raised, change.quantity_change > 0)
    found = session.execute(
        select(value, quantity).where(
            change.framework_id == framework_id,
            change.kind == AmendmentKind.CEILING,
            change.lot_id == lot.id if lot is not None else change.lot_id.is_(None),
        )
    ).one()
    return found[0] or NOTHING, int(found[1] or 0)


def minor_of_framework(session: Session, framework_id: int, *, of_lots: bool) -> Money:
    """Minor raises of all lots together: § 132 Abs. 3 looks at the total value."""
    lot = FrameworkChange.lot_id
    total = session.scalar(
        select(func.sum(FrameworkChange.value_change, type_=MoneyColumn())).where(
            FrameworkChange.framework_id == framework_id,
            FrameworkChange.kind == AmendmentKind.CEILING,
            FrameworkChange.basis == AmendmentBasis.MINOR,
            FrameworkChange.value_change >= NOTHING,
            lot.is_not(None) if of_lots else lot.is_(None),
        )
    )
    return total or NOTHING


def _impossible(
    found: FrameworkWithLots, of: Framework | Lot, wish: CeilingWish
) -> Iterator[FieldError]:
    """A ceiling stays a ceiling, and never lies below what is drawn."""
    lots = [of] if isinstance(of, Lot) else list(found.lots)
    drawn = Money.total(lot.reserved_value + lot.called_off_value for lot in lots)
    pieces = sum(lot.reserved_quantity + lot.called_off_quantity for lot in lots)
    if wish.value < drawn or not wish.value:
        text = (
            f"Abgerufen und vorgemerkt sind schon {euro(drawn)}; "
            "der Höchstwert kann nicht darunter liegen und nicht null sein."
        )
        yield FieldError("value", "below_drawn", text)
    if wish.quantity is None:
        if of.maximum_quantity is not None:
            text = "Eine vereinbarte Höchstmenge kann nicht entfallen (EuGH C-23/20)."
            yield FieldError("quantity", "dropped", text)
    elif wish.quantity < pieces:
        text = f"Abgerufen und vorgemerkt sind schon {number(pieces)} Stück."
        yield FieldError("quantity", "below_drawn", text)


def _what(of: Framework | Lot, wish: CeilingWish) -> Iterator[str]:
    name = f"Los {of.number}" if isinstance(of, Lot) else "Gesamter Vertrag"
    if of.maximum_value != wish.value:
        before = "ohne" if of.maximum_value is None else euro(of.maximum_value)
        yield f"{name}, Höchstwert: {before} → {euro(wish.value)}"
    if of.maximum_quantity != wish.quantity:
        pieces = "ohne" if of.maximum_quantity is None else number(of.maximum_quantity)
        yield f"{name}, Höchstmenge: {pieces} → {number(wish.quantity or 0)}"
