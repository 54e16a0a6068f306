"""Reading what was typed from a form on paper: every fault at its field, nothing is lost."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from string import digits
from typing import Final

from app.kernel.errors import DomainError, Malformed
from app.kernel.german import clean
from app.kernel.legal_day import BERLIN, legal_day
from app.ordering.filling.quick_form import typed_rows
from app.ordering.filling.rules_rows import FAULTS, Row
from app.ordering.forms import LENGTHS, WORDS, read_minutes
from app.ordering.shares.share_form import read_day
from app.ordering.wanted import OnPaper, merged

FIELDS: Final = (
    "formular",
    "tag",
    "uhrzeit",
    "zweck",
    "konto",
    "kostenstelle",
    "adresse",
    "wunschtermin",
    "minuten",
)
CLOCK: Final = re.compile(r"([01]?[0-9]|2[0-3]):[0-5][0-9]")
LONGEST: Final = {
    "formular": 40,
    "uhrzeit": 5,
    "tag": 10,
    "wunschtermin": 10,
    "minuten": 5,
    "adresse": 9,
}
NO_FORM: Final = "Bitte geben Sie die Nummer an, die oben auf dem Formular steht."
NO_DAY: Final = "Bitte geben Sie den Tag an, der auf dem Formular steht."
NO_TIME: Final = "Bitte geben Sie die Uhrzeit vom Formular so an: 14:30."
NO_LINES: Final = "Bitte geben Sie mindestens einen Artikel mit Menge an."
NO_QUANTITY: Final = "Bitte geben Sie zu jedem Artikel die Menge vom Formular an."
NO_ADDRESS: Final = "Bitte wählen Sie eine Lieferadresse."
WISH_BEFORE: Final = "Der Wunschtermin liegt vor dem Tag auf dem Formular."


@dataclass(slots=True)
class OutageForm:
    """What was typed, as typed, and what is wrong with it."""

    values: dict[str, str]
    rows: list[tuple[str, str]]
    quantities: dict[str, int]
    offline_minutes: int | None = None
    ordered_at: datetime | None = None
    requested_date: date | None = None
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def paper(self) -> OnPaper | None:
        """None where something is missing."""
        if self.errors or self.ordered_at is None:
            return None
        return OnPaper(self.values["formular"], self.ordered_at)

    def take(self, fault: DomainError) -> None:
        """Say a refusal at its field."""
        if not isinstance(fault, Malformed):
            self.errors["zeilen"] = fault.text
            return
        for one in fault.errors:
            self.errors["zeilen" if one.field == "lines" else one.field] = one.text


def read_outage_form(sent: Mapping[str, str]) -> OutageForm:
    """Fields `nummer-1`, `menge-1`, … are the rows of the paper."""
    values = {name: clean(sent.get(name, "")) for name in FIELDS}
    typed = typed_rows({name: text for name, text in sent.items() if name != "zeilen"})
    form = OutageForm(values, [_as_typed(row) for row in typed], {})
    for name, text in values.items():
        longest = LENGTHS.get(name) or LONGEST[name]
        if len(text) > longest:
            form.errors[name] = f"Bitte höchstens {longest} Zeichen."
    for name, words in (("formular", NO_FORM), ("tag", NO_DAY), ("adresse", NO_ADDRESS)):
        if not values[name]:
            form.errors[name] = words
    for name in ("zweck", "konto"):
        if not values[name]:
            form.errors[name] = WORDS[name]
    _read_lines(form, typed)
    if any(not set(clean(sent.get(f"menge-{row.line}", ""))) & set(digits) for row in typed):
        form.errors["zeilen"] = NO_QUANTITY  # nothing is guessed from a paper
    form.offline_minutes = read_minutes(form.errors, "minuten", values["minuten"])
    form.ordered_at = _moment(form)
    form.requested_date = _wish(form)
    return form


def _as_typed(row: Row) -> tuple[str, str]:
    return row.number, row.typed_quantity or str(row.quantity or "")


def _read_lines(form: OutageForm, rows: tuple[Row, ...]) -> None:
    if not rows:
        form.errors["zeilen"] = NO_LINES
        return
    if wrong := [row.fault for row in rows if row.fault is not None]:
        form.errors["zeilen"] = FAULTS[wrong[0]]
        return
    try:
        form.quantities = merged([(row.number, row.quantity) for row in rows])
    except Malformed as fault:
        form.take(fault)


def _wish(form: OutageForm) -> date | None:
    """By the time of entering it may have passed: it stays what was asked for."""
    wish = read_day(form.errors, "wunschtermin", form.values["wunschtermin"])
    if wish and form.ordered_at and wish < legal_day(form.ordered_at):
        form.errors["wunschtermin"] = WISH_BEFORE
    return wish


def _moment(form: OutageForm) -> datetime | None:
    day = read_day(form.errors, "tag", form.values["tag"])
    if not CLOCK.fullmatch(form.values["uhrzeit"]):
        form.errors["uhrzeit"] = NO_TIME
    hours, _, minutes = form.values["uhrzeit"].partition(":")
    if day is None or form.errors.get("uhrzeit"):
        return None
    there = datetime(day.year, day.month, day.day, int(hours), int(minutes), tzinfo=BERLIN)
    return there.astimezone(UTC)
