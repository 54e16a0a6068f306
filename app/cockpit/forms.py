"""Reading the forms of the cockpit: syntax only."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from app.cockpit.limit_article import CapWish
from app.cockpit.upload_return import SheetWish
from app.frameworks.amending.correct_use import Correction
from app.frameworks.amending.set_quota import QuotaWish
from app.frameworks.amending.set_watch import Watch
from app.kernel.errors import FieldError, Malformed, too_long
from app.kernel.german import clean, ungrouped
from app.kernel.money import Money
from app.kernel.month import Month

EURO: Final = re.compile(r"[-−]?\d{1,3}(\.?\d{3})*(,\d{1,2})?", re.ASCII)
WHOLE: Final = re.compile(r"[-−]?\d{1,9}", re.ASCII)
LONGEST_AMOUNT: Final = 18
LONGEST_REASON: Final = 1000
LONGEST_NOTE: Final = 500
MOST_LOTS: Final = 4  # digits
AMOUNT_WORDS: Final = "Bitte geben Sie einen Betrag in Euro an, zum Beispiel 250.000,00."
NOT_NEGATIVE: Final = "Bitte geben Sie einen Wert an, der nicht unter null liegt."


def quota_sent(sent: Mapping[str, str]) -> tuple[QuotaWish, str]:
    """The quota and the reason. Raises Malformed with every wrong field."""
    errors: list[FieldError] = []
    lot = _lot(errors, sent)
    member = clean(sent.get("member", ""))
    if not member:
        errors.append(FieldError("member", "missing", "Bitte wählen Sie das Mitglied."))
    value = _amount(errors, sent, "value")
    if value is not None and value.cents < 0:
        errors.append(FieldError("value", "negative", NOT_NEGATIVE))
    quantity = _whole(errors, sent, "quantity")
    if quantity is not None and quantity < 0:
        errors.append(FieldError("quantity", "negative", NOT_NEGATIVE))
    reason = _reason(errors, sent)
    if errors:
        raise Malformed(*errors)
    return QuotaWish(lot, member, value, quantity), reason


def cap_sent(sent: Mapping[str, str]) -> tuple[CapWish, str]:
    """The article, its cap in pieces (none: lifted) and the reason."""
    errors: list[FieldError] = []
    sku = clean(sent.get("sku", ""))
    if not sku:
        errors.append(FieldError("sku", "missing", "Bitte geben Sie die Artikelnummer an."))
    quantity = _whole(errors, sent, "quantity")
    if quantity is not None and quantity < 0:
        errors.append(FieldError("quantity", "negative", NOT_NEGATIVE))
    reason = _reason(errors, sent)
    if errors:
        raise Malformed(*errors)
    return CapWish(sku, quantity), reason


def correction_sent(sent: Mapping[str, str]) -> tuple[Correction, str]:
    """What is added or, with a minus, taken away, and why."""
    errors: list[FieldError] = []
    lot = _lot(errors, sent)
    value = _amount(errors, sent, "value") or Money(0)
    quantity = _whole(errors, sent, "quantity") or 0
    reason = _reason(errors, sent)
    if errors:
        raise Malformed(*errors)
    return Correction(lot, value, quantity, clean(sent.get("member", "")) or None), reason


def return_sent(sent: Mapping[str, str], file_name: str, content: bytes) -> SheetWish:
    """The month and the table of a supplier's return."""
    month = Month.parse(clean(sent.get("month", "")))
    note = clean(sent.get("note", ""))
    errors = []
    if month is None:
        text = "Bitte geben Sie den Monat so an: 2026-10."
        errors.append(FieldError("month", "unreadable", text))
    errors += too_long("note", note, LONGEST_NOTE)
    if month is None or errors:
        raise Malformed(*errors)
    return SheetWish(month, file_name, content, note)


def watch_sent(sent: Mapping[str, str]) -> tuple[Watch, str]:
    """Days, months, shares in percent, and why they change."""
    errors: list[FieldError] = []
    days = _whole(errors, sent, "reservation_days")
    months = _whole(errors, sent, "tender_months")
    words = clean(sent.get("alert_percents", "")).replace("%", " ").replace(",", " ").split()
    percents = tuple(int(word) for word in words if WHOLE.fullmatch(word) and word.isdecimal())
    if len(percents) != len(words) or len(" ".join(words)) > 40:  # noqa: PLR2004 - the column
        text = "Bitte ganze Prozente mit Leerzeichen dazwischen, zum Beispiel 50 75 90."
        errors.append(FieldError("alert_percents", "number", text))
    reason = _reason(errors, sent)
    if errors:
        raise Malformed(*errors)
    return Watch(days or 0, months or 0, percents), reason


def _amount(errors: list[FieldError], sent: Mapping[str, str], name: str) -> Money | None:
    text = sent.get(name, "").replace("€", "").strip()
    if not text:
        return None
    if len(text) > LONGEST_AMOUNT or not EURO.fullmatch(text):
        errors.append(FieldError(name, "amount", AMOUNT_WORDS))
        return None
    plain = text.replace("−", "-").replace(".", "").replace(",", ".")
    return Money.euros(Decimal(plain))


def _whole(errors: list[FieldError], sent: Mapping[str, str], name: str) -> int | None:
    text = ungrouped(sent.get(name, "").strip()).replace("+", "")
    if not text:
        return None
    if WHOLE.fullmatch(text):
        return int(text.replace("−", "-"))
    words = "Bitte geben Sie eine ganze Zahl an."
    if text.isdecimal():
        words = "Bitte geben Sie eine Zahl mit höchstens neun Stellen an."
    errors.append(FieldError(name, "number", words))
    return None


def _lot(errors: list[FieldError], sent: Mapping[str, str]) -> int:
    text = sent.get("lot", "").strip()
    if text.isascii() and text.isdecimal() and len(text) <= MOST_LOTS:
        return int(text)
    errors.append(FieldError("lot", "missing", "Bitte wählen Sie das Los."))
    return 0


def _reason(errors: list[FieldError], sent: Mapping[str, str]) -> str:
    text = clean(sent.get("reason", ""))
    if not text:
        errors.append(FieldError("reason", "missing", "Bitte nennen Sie Grund und Beleg."))
    elif len(text) > LONGEST_REASON:
        words = f"Der Grund darf höchstens {LONGEST_REASON} Zeichen haben."
        errors.append(FieldError("reason", "too_long", words))
    return text
