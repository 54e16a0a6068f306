"""What may be delivered and received: outstanding pieces, serial numbers, days."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.kernel.errors import FieldError
from app.kernel.german import clean, day
from app.ordering.rules import State

LONGEST_SERIAL: Final = 80
LONGEST_NOTE: Final = 500
MAY_BE_DELIVERED: Final = frozenset({State.CONFIRMED, State.PARTIALLY_DELIVERED})
ON_THE_WAY: Final = frozenset({State.PLACED, State.CONFIRMED, State.PARTIALLY_DELIVERED})


@dataclass(frozen=True, slots=True)
class DeliveredLine:
    """Pieces of one article that go out now, with the serial numbers that were scanned."""

    sku: str
    quantity: int
    serial_numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenLine:
    """An order line as far as a delivery asks about it."""

    sku: str
    name: str
    position: int
    outstanding: int
    serial_numbers: bool


@dataclass(frozen=True, slots=True)
class ReceivedLine:
    """The member's word on one delivery line; the three figures make up what was delivered."""

    delivery_line_id: int
    accepted: int
    damaged: int = 0
    missing: int = 0
    note: str = ""

    @property
    def short(self) -> bool:
        return self.damaged > 0 or self.missing > 0


@dataclass(frozen=True, slots=True)
class Awaited:
    """A delivery line that nobody has confirmed yet."""

    id: int
    delivery: str
    sku: str
    name: str
    quantity: int


def serials_of(text: str) -> tuple[str, ...]:
    """One serial number per line, as a hand scanner types them; blank lines do not count."""
    cleaned = (clean(line).upper() for line in text.splitlines())
    return tuple(serial for serial in cleaned if serial)


def overdue(state: State, promised: date | None, today: date) -> bool:
    """The promised day has passed and something is still to come."""
    return state in ON_THE_WAY and promised is not None and promised < today


def delivery_errors(
    open_lines: Mapping[str, OpenLine], wanted: Iterable[DeliveredLine]
) -> tuple[FieldError, ...]:
    """All that is wrong with a delivery, each at its line; empty means it may be recorded."""
    wanted = tuple(wanted)
    if not wanted:
        text = "Bitte geben Sie für mindestens eine Position an, was geliefert wurde."
        return (FieldError("lines", "empty", text),)
    return tuple(
        error
        for errors in (
            _repeated_articles(wanted),
            *(_line_errors(open_lines.get(line.sku), line) for line in wanted),
            _repeated_serials(wanted),
        )
        for error in errors
    )


def _repeated_articles(wanted: tuple[DeliveredLine, ...]) -> Iterator[FieldError]:
    for sku, times in Counter(line.sku for line in wanted).items():
        if times > 1:
            text = f"Der Artikel {sku} steht mehrfach in dieser Lieferung."
            yield FieldError(f"lines.{sku}.quantity", "repeated", text)


def _line_errors(found: OpenLine | None, line: DeliveredLine) -> Iterator[FieldError]:
    if found is None:
        text = f"Der Artikel „{line.sku}“ gehört nicht zu diesem Abruf."
        yield FieldError(f"lines.{line.sku}.quantity", "not_ordered", text)
        return
    where = f"Position {found.position}"
    if line.quantity < 1:
        text = f"{where}: Bitte geben Sie eine Menge ab 1 an."
        yield FieldError(f"lines.{line.sku}.quantity", "quantity", text)
    if line.quantity > found.outstanding:
        are = "ist" if found.outstanding == 1 else "sind"
        text = f"{where}: Es {are} nur noch {found.outstanding} Stück offen, nicht {line.quantity}."
        yield FieldError(f"lines.{line.sku}.quantity", "more_than_outstanding", text)
    yield from _serial_errors(where, found, line)


def _serial_errors(where: str, found: OpenLine, line: DeliveredLine) -> Iterator[FieldError]:
    field = f"lines.{line.sku}.serial_numbers"
    count = len(line.serial_numbers)
    if found.serial_numbers and count != line.quantity:
        text = f"{where}: {line.quantity} Stück brauchen ebenso viele Seriennummern, nicht {count}."
        yield FieldError(field, "serial_count", text)
    elif count > line.quantity:
        text = f"{where}: {count} Seriennummern sind mehr als {line.quantity} Stück."
        yield FieldError(field, "serial_count", text)
    for serial in line.serial_numbers:
        if not serial.strip() or len(serial) > LONGEST_SERIAL:
            text = f"{where}: Eine Seriennummer hat 1 bis {LONGEST_SERIAL} Zeichen."
            yield FieldError(field, "serial_length", text)


def _repeated_serials(wanted: tuple[DeliveredLine, ...]) -> Iterator[FieldError]:
    for line in wanted:
        for serial, times in Counter(line.serial_numbers).items():
            if times > 1:
                text = f"Die Seriennummer {serial} ist {times}-mal erfasst."
                yield FieldError(f"lines.{line.sku}.serial_numbers", "serial_repeated", text)


def day_error(delivered_on: date, ordered_on: date, today: date) -> FieldError | None:
    """A delivery lies between the order and today."""
    if delivered_on > today:
        text = "Der Liefertag liegt in der Zukunft. Bitte geben Sie den Tag der Lieferung an."
        return FieldError("delivered_on", "future", text)
    if delivered_on < ordered_on:
        text = f"Vor dem Abruf am {day(ordered_on)} kann nichts geliefert worden sein."
        return FieldError("delivered_on", "before_order", text)
    return None


def receipt_errors(
    awaited: Mapping[int, Awaited], wanted: Iterable[ReceivedLine]
) -> tuple[FieldError, ...]:
    """All that is wrong with a goods receipt, each at its line."""
    errors: list[FieldError] = []
    seen: set[int] = set()
    for line in wanted:
        found = None if line.delivery_line_id in seen else awaited.get(line.delivery_line_id)
        seen.add(line.delivery_line_id)
        field = f"lines.{line.delivery_line_id}.accepted"
        if found is None:
            text = "Diese Lieferposition ist schon bestätigt oder gehört nicht zu diesem Abruf."
            errors.append(FieldError(field, "not_awaited", text))
            continue
        errors.extend(_figures(field, found, line))
    return tuple(errors)


def _figures(field: str, found: Awaited, line: ReceivedLine) -> Iterator[FieldError]:
    figures = (line.accepted, line.damaged, line.missing)
    if min(figures) < 0:
        yield FieldError(
            field, "negative", f"{found.name}: Bitte geben Sie keine Menge unter 0 an."
        )
    elif sum(figures) != found.quantity:
        text = (
            f"{found.name}: angenommen, beschädigt und fehlend ergeben {sum(figures)}, "
            f"geliefert wurden {found.quantity} Stück."
        )
        yield FieldError(field, "does_not_add_up", text)
    elif line.short and not line.note.strip():
        text = f"{found.name}: Bitte beschreiben Sie kurz, was beschädigt ist oder fehlt."
        yield FieldError(f"lines.{line.delivery_line_id}.note", "note_missing", text)
    if len(line.note) > LONGEST_NOTE:
        text = f"{found.name}: Der Hinweis hat höchstens {LONGEST_NOTE} Zeichen."
        yield FieldError(f"lines.{line.delivery_line_id}.note", "note_too_long", text)
