"""What the desk's and the member's forms sent; syntax only, what was typed is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from app.fulfilment.rules import Awaited, DeliveredLine, ReceivedLine, serials_of
from app.kernel.errors import FieldError, Malformed
from app.kernel.german import clean, typed_day
from app.ordering.records import CallOffLine

DIGITS: Final = 9
WRONG_DATE: Final = "Bitte geben Sie ein Datum an, zum Beispiel 21.11.2026."
WRONG_NUMBER: Final = "Bitte geben Sie eine ganze Zahl ab 0 an."


@dataclass(slots=True)
class Typed:
    """The text of every field as it came, and what could not be read."""

    fields: Mapping[str, str]
    errors: list[FieldError] = field(default_factory=list)

    def day(self, name: str) -> date | None:
        """A day; empty means none."""
        text = self.fields.get(name, "").strip()
        if not text:
            return None
        try:
            return typed_day(text)
        except ValueError:
            self.errors.append(FieldError(name, "no_date", WRONG_DATE))
            return None

    def whole(self, name: str) -> int:
        """A whole number; empty means 0."""
        text = clean(self.fields.get(name, ""))
        if not text:
            return 0
        if text.isascii() and text.isdigit() and len(text) <= DIGITS:
            return int(text)
        self.errors.append(FieldError(name, "no_number", WRONG_NUMBER))
        return 0

    def check(self) -> None:
        """Raises Malformed with everything that could not be read."""
        if self.errors:
            raise Malformed(*self.errors)


def typed_delivery(typed: Typed, lines: Sequence[CallOffLine]) -> tuple[DeliveredLine, ...]:
    """Lines with something in them; a line with serial numbers counts them. Raises Malformed."""
    wanted = []
    for line in lines:
        serials = serials_of(typed.fields.get(f"seriennummern-{line.position}", ""))
        quantity = typed.whole(f"menge-{line.position}")
        if line.serial_numbers:
            quantity = len(serials)
        if quantity or serials:
            wanted.append(DeliveredLine(line.sku, quantity, serials))
    typed.check()
    return tuple(wanted)


def page_errors(errors: Sequence[FieldError], lines: Sequence[CallOffLine]) -> dict[str, str]:
    """Sentence per field of the page; `lines.<sku>.quantity` becomes `menge-<position>`."""
    known = {line.sku: line for line in lines}
    sentences: dict[str, str] = {}
    for error in errors:
        name = _page_field(error.field, known)
        sentences[name] = f"{sentences[name]} {error.text}" if name in sentences else error.text
    return sentences


def _page_field(name: str, known: Mapping[str, CallOffLine]) -> str:
    sku, _, part = name.removeprefix("lines.").rpartition(".")
    line = known.get(sku)
    if not name.startswith("lines") or line is None:
        return "lieferung" if name == "lines" else name
    with_serials = part == "serial_numbers" or line.serial_numbers
    return f"{'seriennummern' if with_serials else 'menge'}-{line.position}"


def typed_receipt(typed: Typed, waiting: Mapping[int, Awaited]) -> tuple[ReceivedLine, ...]:
    """Per line what is damaged or missing; the rest came whole. Raises Malformed."""
    received = []
    for line in waiting.values():
        damaged = typed.whole(f"beschaedigt-{line.id}")
        missing = typed.whole(f"fehlt-{line.id}")
        if damaged + missing > line.quantity:
            text = f"{line.name}: Geliefert wurden nur {line.quantity} Stück."
            typed.errors.append(FieldError(f"beschaedigt-{line.id}", "too_many", text))
        note = clean(typed.fields.get(f"hinweis-{line.id}", ""))
        accepted = line.quantity - damaged - missing
        received.append(ReceivedLine(line.id, accepted, damaged, missing, note))
    typed.check()
    return tuple(received)


def receipt_page_errors(errors: Sequence[FieldError]) -> dict[str, str]:
    """`lines.<id>.note` becomes `hinweis-<id>`, everything else of a line its first figure."""
    sentences: dict[str, str] = {}
    for error in errors:
        parts = error.field.split(".")
        name = error.field
        if parts[0] == "lines" and len(parts) == len(("lines", "id", "part")):
            name = f"{'hinweis' if parts[2] == 'note' else 'beschaedigt'}-{parts[1]}"
        sentences[name] = error.text
    return sentences
