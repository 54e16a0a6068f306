"""Adding a lot while nothing was called off yet; an open assortment is a lot with a cap."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.frameworks.amending.change_framework import drawn_from
from app.frameworks.amending.lock_framework import lock_framework
from app.frameworks.amending.log_change import Entry, Said, log_change
from app.frameworks.amendment_limits import AmendmentKind
from app.frameworks.queries import FrameworkWithLots
from app.frameworks.records import Lot
from app.kernel.errors import FieldError, Malformed
from app.kernel.german import euro
from app.kernel.money import Money

CPV_DIGITS = 8
TOO_LATE = (
    "Aus dem Vertrag wurde schon abgerufen: Ein weiteres Los wäre eine wesentliche Änderung "
    "(§ 132 Abs. 1 GWB)."
)


@dataclass(frozen=True, slots=True)
class LotWish:
    """A lot as awarded. With `open_percent` it takes articles outside the price list."""

    title: str
    maximum_value: Money
    maximum_quantity: int | None = None
    estimated_value: Money | None = None
    cpv: str | None = None
    open_percent: int | None = None
    only_kinds: tuple[str, ...] = ()
    only_districts: tuple[str, ...] = ()


def add_lot(
    session: Session, person_id: int, number: str, wish: LotWish, reason: str, now: datetime
) -> Lot:
    """Numbered after the last one. Raises Malformed."""
    found = lock_framework(session, number, None)
    maximum = _cap(found, wish.open_percent) if wish.open_percent else wish.maximum_value
    errors = list(_errors(found, wish, reason, maximum))
    if drawn_from(session, found):
        errors.append(FieldError("title", "too_late", TOO_LATE))
    if errors:
        raise Malformed(*errors)
    lot = Lot(
        framework_id=found.framework.id,
        number=max((lot.number for lot in found.lots), default=0) + 1,
        title=wish.title,
        cpv=wish.cpv,
        estimated_value=wish.estimated_value,
        maximum_value=maximum,
        maximum_quantity=wish.maximum_quantity,
        open_assortment_percent=wish.open_percent,
        only_kinds=" ".join(wish.only_kinds),
        only_districts=" ".join(wish.only_districts),
    )
    session.add(lot)
    session.flush()
    kind = AmendmentKind.ASSORTMENT if wish.open_percent else AmendmentKind.TERMS
    part = f", {wish.open_percent} % der übrigen Lose" if wish.open_percent else ""
    what = f"Los {lot.number} {lot.title}, Höchstwert {euro(maximum)}{part}"
    entry = Entry(kind, (what,), lot_id=lot.id)
    log_change(session, found.framework, entry, Said(reason), person_id, now)
    return lot


def _cap(found: FrameworkWithLots, percent: int) -> Money:
    """The part of all lots with a price list that may be spent outside of it."""
    listed = Money.total(
        lot.maximum_value for lot in found.lots if lot.open_assortment_percent is None
    )
    return Money(listed.cents * percent // 100)


def _errors(
    found: FrameworkWithLots, wish: LotWish, reason: str, maximum: Money
) -> Iterator[FieldError]:
    if not wish.title:
        yield FieldError("title", "missing", "Bitte benennen Sie das Los.")
    if not reason:
        yield FieldError("reason", "missing", "Bitte nennen Sie die Stelle der Vergabeunterlagen.")
    if not maximum:
        text = "Ohne Höchstwert ist eine Rahmenvereinbarung nicht zulässig (EuGH C-23/20)."
        yield FieldError("maximum_value", "missing", text)
    if wish.cpv and not (wish.cpv.isdecimal() and len(wish.cpv) == CPV_DIGITS):
        yield FieldError("cpv", "cpv", "Ein CPV-Code hat acht Ziffern, zum Beispiel 30213100.")
    open_already = any(lot.open_assortment_percent is not None for lot in found.lots)
    if wish.open_percent and open_already:
        text = "Der Vertrag hat schon ein offenes Sortiment."
        yield FieldError("open_percent", "twice", text)
