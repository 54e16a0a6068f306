"""Reading shares from the order form: fields `teil-3-menge`, each fault at its own."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.kernel.german import clean, typed_day
from app.ordering.shares.rules_shares import (
    EARLIEST_YEAR,
    LATEST_YEAR,
    MOST_SHARES,
    Coding,
    Place,
    Share,
)

PREFIX: Final = "teil-"
LENGTHS: Final = {
    "empfaenger": 120,
    "gebaeude": 80,
    "raum": 80,
    "konto": 60,
    "kostenstelle": 60,
    "investition": 60,
    "foerderung": 120,
}
OTHERS: Final = ("sku", "menge", "adresse", "termin", "jahr", "bindung")
LONGEST_QUANTITY: Final = 6  # digits
YEAR: Final = 4  # digits


@dataclass(slots=True)
class TypedShare:
    """One share as typed; `address` is the id of an entry of the address book, or empty."""

    number: int
    values: dict[str, str]
    share: Share

    @property
    def address(self) -> str:
        return self.values["adresse"]


def read_shares(sent: Mapping[str, str], errors: dict[str, str]) -> list[TypedShare]:
    """In their order. What cannot be read is an error at its field and keeps what was typed."""
    numbers = sorted({number for name in sent if (number := _number(name)) is not None})
    typed = []
    for number in numbers[:MOST_SHARES]:
        names = (*OTHERS, *LENGTHS)
        values = {name: clean(sent.get(f"{PREFIX}{number}-{name}", "")) for name in names}
        if values["sku"]:
            typed.append(TypedShare(number, values, _share(number, values, errors)))
    if len(numbers) > MOST_SHARES:
        errors["artikel"] = f"Ein Abruf wird in höchstens {MOST_SHARES} Teile geteilt."
    return typed


def as_typed(shares: Sequence[Share], typed: Sequence[TypedShare]) -> list[TypedShare]:
    """Shares numbered anew; the first ones keep what was typed for them, further ones are new."""
    empty = dict.fromkeys((*OTHERS, *LENGTHS), "")
    found = []
    for at, share in enumerate(shares):
        values = dict(typed[at].values) if at < len(typed) else empty | {"sku": share.sku}
        if at >= len(typed) or typed[at].share.quantity != share.quantity:
            values["menge"] = str(share.quantity)
        found.append(TypedShare(at + 1, values, share))
    return found


def read_year(errors: dict[str, str], name: str, text: str) -> int | None:
    """A budget year of four digits; empty is none of its own."""
    if not text:
        return None
    digits = text.isascii() and text.isdecimal() and len(text) == YEAR
    if digits and EARLIEST_YEAR <= int(text) <= LATEST_YEAR:
        return int(text)
    errors[name] = "Bitte geben Sie das Haushaltsjahr mit vier Ziffern an, zum Beispiel 2027."
    return None


def read_day(errors: dict[str, str], name: str, text: str) -> date | None:
    if not text:
        return None
    try:
        return typed_day(text)
    except ValueError:
        errors[name] = "Bitte geben Sie ein Datum an, zum Beispiel 15.01.2027."
        return None


def _number(name: str) -> int | None:
    if not name.startswith(PREFIX):
        return None
    number = name.removeprefix(PREFIX).partition("-")[0]
    fits = number.isascii() and number.isdecimal() and len(number) <= len(str(MOST_SHARES)) + 1
    return int(number) if fits else None


def _share(number: int, values: Mapping[str, str], errors: dict[str, str]) -> Share:
    def at(name: str) -> str:
        return f"{PREFIX}{number}-{name}"

    for name, longest in LENGTHS.items():
        if len(values[name]) > longest:
            errors[at(name)] = f"Bitte höchstens {longest} Zeichen."
    return Share(
        sku=values["sku"][:64],
        quantity=_quantity(errors, at, values["menge"]),
        place=Place(
            recipient=values["empfaenger"], building=values["gebaeude"], room=values["raum"]
        ),
        wanted_on=read_day(errors, at("termin"), values["termin"]),
        coding=Coding(
            values["konto"],
            values["kostenstelle"],
            values["investition"],
            read_year(errors, at("jahr"), values["jahr"]),
            values["foerderung"],
            read_day(errors, at("bindung"), values["bindung"]),
        ),
    )


def _quantity(errors: dict[str, str], at: Callable[[str], str], text: str) -> int:
    if text.isascii() and text.isdecimal() and len(text) <= LONGEST_QUANTITY and int(text) > 0:
        return int(text)
    errors[at("menge")] = "Bitte geben Sie an, wie viele Stück dieser Teil sind."
    return 1
