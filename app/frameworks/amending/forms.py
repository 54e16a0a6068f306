"""Reading the forms about agreements: syntax only, every wrong field at once."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final, TypeVar

from app.accounts.rules import LONGEST_MAIL, looks_like_mail
from app.frameworks.amending.change_framework import LotTerms, Terms
from app.frameworks.amending.resolution import LONGEST_REASON, Paper, Resolution
from app.frameworks.records import Lot
from app.frameworks.supplier_choice import CallOffMode
from app.kernel.errors import FieldError, Malformed, too_long
from app.kernel.german import clean, typed_day, ungrouped
from app.kernel.money import NOTHING, Money
from app.kernel.month import Month

EURO: Final = re.compile(r"^\d{1,3}(\.?\d{3})*(,\d{1,2})?$", re.ASCII)
PERCENT: Final = re.compile(r"^\d{1,3}(,\d{1,2})?$", re.ASCII)
LONGEST_AMOUNT: Final = 18
OR_NONE: Final = "Bitte eine ganze Zahl von {least} bis {most} oder nichts."
NEEDED: Final = "Bitte eine ganze Zahl von {least} bis {most} angeben."
Word = TypeVar("Word", bound=StrEnum)


class Sheet:
    """The fields that were sent; what cannot be read is collected and raised by `done`."""

    def __init__(self, sent: Mapping[str, str]) -> None:
        self.sent = sent
        self.errors: list[FieldError] = []

    def done(self) -> None:
        """Raises Malformed with every wrong field."""
        if self.errors:
            raise Malformed(*self.errors)

    def text(self, name: str, most: int = 160) -> str:
        """Never cut: half a sentence on record would be a wrong one."""
        text = clean(self.sent.get(name, ""))
        self.errors += too_long(name, text, most)
        return text[:most]

    def possible_mail(self, name: str) -> str:
        text = self.text(name, LONGEST_MAIL)
        if text and not looks_like_mail(text):
            self._wrong(name, "mail", "Bitte geben Sie eine E-Mail-Adresse an.")
        return text

    def ticked(self, name: str) -> bool:
        return bool(self.sent.get(name))

    def day(self, name: str) -> date:
        found = self.possible_day(name)
        if found is None and not self.text(name):
            self._wrong(name, "date", "Bitte geben Sie ein Datum an.")
        return found or date.min

    def possible_day(self, name: str) -> date | None:
        text = self.text(name)
        if not text:
            return None
        try:
            return typed_day(text)
        except ValueError:
            self._wrong(name, "date", "Bitte geben Sie ein Datum an.")
            return None

    def possible_month(self, name: str) -> Month | None:
        text = self.text(name)
        found = Month.parse(text) if text else None
        if text and found is None:
            self._wrong(name, "month", MONTH)
        return found

    def no_month(self, name: str) -> Month:
        """What stands in for a month that is missing; `done` refuses the form."""
        if not self.text(name):
            self._wrong(name, "month", MONTH)
        return Month(2000, 1)

    def amount(self, name: str, *, signed: bool = False) -> Money:
        found = self.possible_amount(name, signed=signed)
        if found is None and not self.text(name):
            self._wrong(name, "amount", AMOUNT)
        return found or NOTHING

    def possible_amount(self, name: str, *, signed: bool = False) -> Money | None:
        """Below zero only where it may be `signed`."""
        text = self.text(name).replace("€", "").strip()
        if not text:
            return None
        below = signed and text.startswith(("-", "−"))
        plain = text[1:] if below else text
        if len(plain) > LONGEST_AMOUNT or not EURO.match(plain):
            self._wrong(name, "amount", AMOUNT)
            return None
        found = Money.euros(Decimal(plain.replace(".", "").replace(",", ".")))
        return -found if below else found

    def points(self, name: str, most: int = 100) -> int:
        """A percentage as hundredths of a percent; nothing typed is 0."""
        text = self.text(name).replace("%", "").strip() or "0"
        if not PERCENT.match(text) or Decimal(text.replace(",", ".")) > most:
            words = f"Bitte geben Sie Prozent an, höchstens {most}, zum Beispiel 2,5."
            self._wrong(name, "percent", words)
            return 0
        return int(Decimal(text.replace(",", ".")) * 100)

    def whole(self, name: str, most: int, least: int = 0, words: str = OR_NONE) -> int | None:
        text = ungrouped(self.text(name))
        if not text:
            return None
        if text.isascii() and text.isdecimal() and least <= int(text[:12]) <= most:
            return int(text)
        self._wrong(name, "number", words.format(least=least, most=most))
        return None

    def needed_whole(self, name: str, most: int, least: int = 0) -> int:
        found = self.whole(name, most, least, NEEDED)
        if found is None and not self.text(name):
            self._wrong(name, "missing", NEEDED.format(least=least, most=most))
        return found if found is not None else least

    def one_of(self, name: str, kind: type[Word], default: Word | None = None) -> Word:
        """One of the words of `kind`; `default` where the form has no such field."""
        known = {word.value: word for word in kind}
        text = self.text(name)
        if text in known:
            return known[text]
        if default is not None and not text:
            return default
        self._wrong(name, "unknown", "Bitte wählen Sie einen Eintrag der Liste.")
        return next(iter(kind))

    def resolution(self, file_name: str, content: bytes) -> Resolution:
        """Who decided, from when, why, and the paper."""
        return Resolution(
            decided_by=self.text("decided_by"),
            effective_on=self.day("effective_on"),
            reason=self.text("reason", LONGEST_REASON),
            paper=self.paper(file_name, content),
        )

    def paper(self, file_name: str, content: bytes) -> Paper:
        return Paper(
            title=self.text("paper_title", 200),
            dated=self.day("paper_dated"),
            file_name=clean(file_name)[:200] or "dokument",
            content=content,
            open_to_members=self.ticked("open_to_members"),
        )

    def _wrong(self, name: str, code: str, text: str) -> None:
        if all(error.field != name for error in self.errors):
            self.errors.append(FieldError(name, code, text))


MONTH: Final = "Bitte geben Sie einen Monat an, zum Beispiel 2026-10."
AMOUNT: Final = "Bitte geben Sie einen Betrag in Euro an, zum Beispiel 250.000,00."


def read_terms(sent: Mapping[str, str], lots: Iterable[Lot]) -> Terms:
    """Raises Malformed with every wrong field."""
    sheet = Sheet(sent)
    terms = Terms(
        title=sheet.text("title"),
        valid_from=sheet.day("valid_from"),
        valid_to=sheet.day("valid_to"),
        delivery_days=sheet.whole("delivery_days", 365) or 0,
        note=sheet.text("note", 2000),
        lots={lot.number: _lot_terms(sheet, lot) for lot in lots},
        procedure_type=sheet.text("procedure_type", 80),
        notice_id=sheet.text("notice_id", 80),
        award_notice_id=sheet.text("award_notice_id", 80),
        published_on=sheet.possible_day("published_on"),
        award_date=sheet.possible_day("award_date"),
        legal_basis=sheet.text("legal_basis"),
        file_reference=sheet.text("file_reference", 80),
        call_off_mode=sheet.one_of("call_off_mode", CallOffMode, CallOffMode.DIRECT),
        answer_days=sheet.whole("answer_days", 60, 1) or 3,
        minimum_order_value=sheet.possible_amount("minimum_order_value"),
        maximum_order_value=sheet.possible_amount("maximum_order_value"),
        fee_points=sheet.points("fee_points", 20),
        term_exception_reason=sheet.text("term_exception_reason", 2000),
    )
    sheet.done()
    return terms


def _lot_terms(sheet: Sheet, lot: Lot) -> LotTerms:
    prefix = f"lot-{lot.number}-"
    return LotTerms(
        title=sheet.text(f"{prefix}title") or lot.title,
        minimum_order_value=sheet.possible_amount(f"{prefix}minimum_order_value"),
        maximum_order_value=sheet.possible_amount(f"{prefix}maximum_order_value"),
    )
