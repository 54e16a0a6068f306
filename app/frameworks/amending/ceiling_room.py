"""How far each ceiling of an agreement may still be raised under § 132 GWB."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.frameworks.amending.amend_ceiling import awarded, minor_of_framework
from app.frameworks.amendment_limits import minor_left, single_most
from app.frameworks.queries import FrameworkWithLots
from app.frameworks.records import Framework, Lot
from app.frameworks.thresholds import eu_threshold
from app.kernel.money import Money


@dataclass(frozen=True, slots=True)
class CeilingRoom:
    """Of a lot or the whole: as awarded, minor raises so far, what they may still be; net."""

    name: str
    original: Money
    minor: Money
    minor_left: Money
    single_most: Money


def ceiling_room(
    session: Session, found: FrameworkWithLots, today: date
) -> tuple[CeilingRoom, ...]:
    """Lots by number, then the whole; those that have a ceiling of value."""
    framework = found.framework
    of_all: list[tuple[str, Framework | Lot]] = [(f"Los {one.number}", one) for one in found.lots]
    of_all.append(("Gesamter Vertrag", framework))
    threshold = eu_threshold(today, utility=False)[0]
    rooms = []
    for name, of in of_all:
        if of.maximum_value is None:
            continue
        lot = of if isinstance(of, Lot) else None
        original, minor = awarded(session, framework.id, lot, of.maximum_value)
        together = minor_of_framework(session, framework.id, of_lots=lot is not None)
        left = minor_left(original, minor, together, threshold)
        rooms.append(CeilingRoom(name, original, minor, left, single_most(original)))
    return tuple(rooms)
