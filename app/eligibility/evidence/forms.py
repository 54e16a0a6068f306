"""What the browser sends to add evidence: syntax only."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

from app.eligibility.evidence.add_evidence import EvidenceWish
from app.eligibility.evidence.record_turnover import YearWish
from app.eligibility.evidence.vocabulary import FACT_NAMES, FactName, ValueKind
from app.eligibility.judging.chain import BASES
from app.eligibility.judging.facts import FactValue
from app.kernel.errors import FieldError, Malformed, too_long
from app.kernel.german import clean, typed_day
from app.kernel.money import Money

LONGEST_TITLE: Final = 200
LONGEST_VALUE: Final = 500
LONGEST_GROUNDS: Final = 1000
LARGEST_COUNT = 1_000_000
YEAR_DIGITS = 4
EUROS = re.compile(r"(\d{1,12}|\d{1,3}(\.\d{3}){1,3})(,\d{1,2})?", re.ASCII)


def evidence_wish(sent: Mapping[str, str], file_name: str, content: bytes) -> EvidenceWish:
    """The wish, or Malformed with every field that cannot be read."""
    errors: list[FieldError] = []
    scope_type, _, key = sent.get("aussage", "").partition("/")
    name = FACT_NAMES.get((scope_type, key))
    if name is None:
        text = "Bitte wählen Sie, was nachgewiesen wird."
        errors.append(FieldError("aussage", "unknown", text))
    value = "" if name is None else _value(name, clean(sent.get("wert", "")), errors)
    dated = _day(sent, "datum", errors, needed=True)
    valid_from = _day(sent, "gueltig_ab", errors)
    valid_to, review_due = (_day(sent, field, errors) for field in ("gueltig_bis", "wiedervorlage"))
    title = _line(sent, "titel", LONGEST_TITLE, errors)
    if errors or dated is None:
        raise Malformed(*errors)
    return EvidenceWish(
        scope_type=scope_type,
        scope_key=clean(sent.get("bezug", "")),
        key=key,
        value=value,
        kind=sent.get("art", ""),
        title=title,
        dated=dated,
        valid_from=valid_from or dated,
        valid_to=valid_to,
        review_due=review_due,
        file_name=clean(file_name)[:200] or "nachweis",
        content=content,
        confidential=sent.get("vertraulich", "ja") == "ja",
    )


def _line(sent: Mapping[str, str], field: str, most: int, errors: list[FieldError]) -> str:
    text = clean(sent.get(field, ""))
    errors += too_long(field, text, most)
    return text


def _day(
    sent: Mapping[str, str], field: str, errors: list[FieldError], *, needed: bool = False
) -> date | None:
    text = sent.get(field, "").strip()
    if not text and not needed:
        return None
    try:
        return typed_day(text)
    except ValueError:
        asked = "Bitte geben Sie einen Tag an, zum Beispiel 21.11.2026."
        errors.append(FieldError(field, "no_day", asked))
        return None


def _value(name: FactName, text: str, errors: list[FieldError]) -> FactValue:
    match name.value:
        case ValueKind.CLAIM:
            return _one_of(text.lower(), {"ja": True, "nein": False}, errors)
        case ValueKind.BASIS:
            return _one_of(text.lower(), {basis: basis for basis in BASES}, errors)
        case ValueKind.COUNT:
            return _count(text, errors)
        case ValueKind.NAMES:
            return tuple(filter(None, map(str.strip, _text(text, errors).split(";"))))
        case ValueKind.TEXT:
            return _text(text, errors)


def _count(text: str, errors: list[FieldError]) -> int:
    if text.isascii() and text.isdecimal() and int(text[:9]) <= LARGEST_COUNT:
        return int(text[:9])
    errors.append(FieldError("wert", "no_count", "Bitte geben Sie eine ganze Zahl an."))
    return 0


def _text(text: str, errors: list[FieldError]) -> str:
    if not text.strip("; "):
        errors.append(FieldError("wert", "missing", "Bitte geben Sie einen Wert an."))
    errors += too_long("wert", text, LONGEST_VALUE)
    return text


def _one_of(text: str, values: Mapping[str, FactValue], errors: list[FieldError]) -> FactValue:
    if text in values:
        return values[text]
    words = ", ".join(values)
    errors.append(FieldError("wert", "unknown", f"Bitte geben Sie einen dieser Werte an: {words}."))
    return ""


def year_wish(sent: Mapping[str, str], file_name: str, content: bytes) -> YearWish:
    """A fiscal year as typed, or Malformed with every field that cannot be read."""
    errors: list[FieldError] = []
    year = sent.get("jahr", "").strip()
    if not (year.isascii() and year.isdecimal() and len(year) == YEAR_DIGITS):
        errors.append(FieldError("jahr", "no_year", "Bitte geben Sie ein Jahr an, etwa 2025."))
    amounts = {
        field: _euros(sent, field, errors)
        for field in ("mitglieder", "oeffentliche", "private", "zuschuesse")
    }
    dated = _day(sent, "datum", errors, needed=True)
    title = _line(sent, "titel", LONGEST_TITLE, errors)
    reason = _line(sent, "grund", LONGEST_GROUNDS, errors)
    if errors or dated is None:
        raise Malformed(*errors)
    return YearWish(
        body=sent.get("koerper", ""),
        year=int(year),
        members=amounts["mitglieder"],
        nonmembers_public=amounts["oeffentliche"],
        private=amounts["private"],
        grants=amounts["zuschuesse"],
        consolidated="konzern" in sent,
        group_parent="konzernmutter" in sent,
        title=title,
        dated=dated,
        file_name=clean(file_name)[:200] or "jahresabschluss",
        content=content,
        basis=sent.get("basis", "turnover"),
        reason=reason,
    )


def _euros(sent: Mapping[str, str], field: str, errors: list[FieldError]) -> Money:
    """`1.234.567,89` or `1234567,89`; empty is nothing."""
    text = sent.get(field, "").strip() or "0"
    if EUROS.fullmatch(text):
        return Money.euros(text.replace(".", "").replace(",", "."))
    asked = "Bitte geben Sie einen Betrag an, zum Beispiel 1.234.567,89."
    errors.append(FieldError(field, "no_amount", asked))
    return Money(0)
