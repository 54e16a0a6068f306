"""The invented year: which orders, when, by whom, and how long they took. Pure and repeatable."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from app.kernel.legal_day import BERLIN
from app.kernel.month import Month
from app.kernel.working_days import after_working_days

SEED: Final = 353_2023
PAST_MONTHS: Final = 12
THIN_MONTH: Final = 4  # so many months back there is too little for a statement
THIN_ORDERS: Final = 6
FEWEST, MOST = 13, 16
UNKNOWN_OUTSIDE: Final = (3, 9)  # positions in a month whose time outside nobody stated
SLOW: Final = 7  # position in every third month: took longer than the three hours of before
FIRST_SLOTS: Final = 3


class Buyer(StrEnum):
    """Who orders; each is its own unit."""

    IT = "it"
    SCHOOL = "school"
    CENTRAL = "central"


class Need(StrEnum):
    """What is ordered; workplace and print belong to different agreements."""

    WORKPLACE = "workplace"
    PRINT = "print"


class Ending(StrEnum):
    """What becomes of an order."""

    COMPLETED = "completed"
    CANCELLED = "cancelled"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Spent:
    """Measured seconds per stage and stated minutes outside (None: nobody stated them)."""

    order: int
    approval: int
    receipt: int
    invoice: int
    outside_minutes: int | None


@dataclass(frozen=True, slots=True)
class PlannedOrder:
    """One order of the past with all its days."""

    position: int
    buyer: Buyer
    need: Need
    ending: Ending
    submitted: datetime
    decided: datetime
    confirmed: datetime
    delivered: datetime
    received: datetime
    invoiced: datetime
    completed: datetime
    pick: int  # chooses articles
    spent: Spent


def planned_orders(start: datetime, months: int = PAST_MONTHS) -> tuple[PlannedOrder, ...]:
    """All orders of the full months before `start`, the oldest month first."""
    chance = random.Random(SEED)  # noqa: S311 - invented data, repeatable on purpose
    present = Month.of(start.astimezone(BERLIN).date())
    past = [present]
    for _ in range(months):
        past.insert(0, past[0].previous())
    found: list[PlannedOrder] = []
    for back, month in zip(range(months, 0, -1), past, strict=False):
        count = THIN_ORDERS if back == THIN_MONTH else chance.randint(FEWEST, MOST)
        found.extend(_month(chance, month, back, count, len(found)))
    return tuple(found)


def _month(
    chance: random.Random, month: Month, back: int, count: int, first: int
) -> Iterator[PlannedOrder]:
    slots = _slots(month)
    chance.shuffle(slots)
    chosen = _with_every_buyer(slots, count)
    for at, slot in enumerate(chosen):
        yield _order(chance, slot, first + at, Ending.COMPLETED, _spent(chance, at, back))
    lost = Ending.CANCELLED if back % 2 else Ending.REJECTED
    yield _order(chance, slots[count], first + count, lost, _spent(chance, 0, back))


@dataclass(frozen=True, slots=True)
class _Slot:
    day: date
    buyer: Buyer
    need: Need


def _slots(month: Month) -> list[_Slot]:
    """Orders of one unit under one agreement lie three working days apart: each is a need."""
    found = []
    for offset, (buyer, need) in enumerate((b, n) for b in Buyer for n in Need):
        first = after_working_days(month.first, offset % FIRST_SLOTS + 1)
        found += [
            _Slot(after_working_days(first, step), buyer, need)
            if step
            else _Slot(first, buyer, need)
            for step in (0, 3, 6)
        ]
    return found


def _with_every_buyer(slots: list[_Slot], count: int) -> list[_Slot]:
    """The first slots, so chosen that all three buyers act in the month."""
    firsts = [next(slot for slot in slots if slot.buyer is buyer) for buyer in Buyer]
    others = [slot for slot in slots if slot not in firsts]
    slots[:] = firsts + others
    return slots[:count]


def _spent(chance: random.Random, at: int, back: int) -> Spent:
    outside: int | None = 5 * chance.randint(7, 15)
    if at in UNKNOWN_OUTSIDE:
        outside = None
    elif at == SLOW and back % 3 == 0:
        outside = 195
    return Spent(
        order=chance.randint(170, 640),
        approval=chance.randint(45, 170),
        receipt=chance.randint(50, 150),
        invoice=chance.randint(35, 110),
        outside_minutes=outside,
    )


def _order(
    chance: random.Random, slot: _Slot, position: int, ending: Ending, spent: Spent
) -> PlannedOrder:
    submitted = _at(slot.day, 8 * 60 + chance.randint(0, 170))
    decided = submitted + timedelta(minutes=chance.randint(25, 260))
    confirmed_on = after_working_days(slot.day, 1)
    delivered_on = after_working_days(confirmed_on, chance.randint(2, 5))
    invoiced_on = after_working_days(delivered_on, 1)
    return PlannedOrder(
        position=position,
        buyer=slot.buyer,
        need=slot.need,
        ending=ending,
        submitted=submitted,
        decided=decided,
        confirmed=_at(confirmed_on, 9 * 60 + chance.randint(0, 120)),
        delivered=_at(delivered_on, 10 * 60 + chance.randint(0, 90)),
        received=_at(delivered_on, 13 * 60 + chance.randint(0, 120)),
        invoiced=_at(invoiced_on, 9 * 60 + chance.randint(0, 120)),
        completed=_at(invoiced_on, 13 * 60 + chance.randint(0, 120)),
        pick=chance.randrange(1_000_000),
        spent=spent,
    )


def _at(day: date, minute: int) -> datetime:
    return datetime.combine(day, time(minute // 60, minute % 60), tzinfo=BERLIN)
