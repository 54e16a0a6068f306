"""Editing what an agreement says about itself; what § 132 GWB limits has ways of its own."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app.frameworks.amending.lock_framework import lock_framework
from app.frameworks.amending.log_change import Entry, Said, log_change
from app.frameworks.amendment_limits import AmendmentKind
from app.frameworks.queries import FrameworkWithLots
from app.frameworks.records import CeilingMovement, Framework, Lot
from app.frameworks.rules import longest_end
from app.frameworks.supplier_choice import MODE_WORDS, CallOffMode
from app.kernel.errors import FieldError, Malformed
from app.kernel.german import day, euro
from app.kernel.money import Money

EXTENSION_NEEDED = (
    "Länger läuft der Vertrag nur über eine vereinbarte Option. Nutzen Sie „Verlängerung“."
)
OVER_LONG = "Länger als vier Jahre nur mit begründetem Sonderfall (§ 21 Abs. 6 VgV)."
MODE_FIXED = (
    "Aus dem Vertrag wurde schon abgerufen. Ein anderes Abrufverfahren wäre eine wesentliche "
    "Änderung (§ 132 Abs. 1 GWB)."
)


@dataclass(frozen=True, slots=True)
class LotTerms:
    """What a lot says besides its ceilings; order values are net, None is without limit."""

    title: str
    minimum_order_value: Money | None = None
    maximum_order_value: Money | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """What may be changed about a running agreement by whoever keeps it."""

    title: str
    valid_from: date
    valid_to: date
    delivery_days: int
    note: str
    lots: dict[int, LotTerms]
    procedure_type: str = ""
    notice_id: str = ""
    award_notice_id: str = ""
    published_on: date | None = None
    award_date: date | None = None
    legal_basis: str = ""
    file_reference: str = ""
    call_off_mode: CallOffMode = CallOffMode.DIRECT
    answer_days: int = 3
    minimum_order_value: Money | None = None
    maximum_order_value: Money | None = None
    fee_points: int = 0
    term_exception_reason: str = ""


# Column and German word, in the order in which the log names them.
PLAIN: tuple[tuple[str, str], ...] = (
    ("title", "Titel"),
    ("valid_from", "Beginn"),
    ("valid_to", "Ende"),
    ("delivery_days", "Lieferzeit in Arbeitstagen"),
    ("note", "Vermerk"),
    ("procedure_type", "Verfahren"),
    ("notice_id", "Bekanntmachung"),
    ("published_on", "Veröffentlicht"),
    ("award_notice_id", "Vergabebekanntmachung"),
    ("award_date", "Zuschlag"),
    ("legal_basis", "Rechtsgrundlage"),
    ("file_reference", "Vergabeakte"),
    ("call_off_mode", "Abrufverfahren"),
    ("answer_days", "Antwortfrist in Arbeitstagen"),
    ("minimum_order_value", "Mindestbestellwert"),
    ("maximum_order_value", "Höchster Bestellwert"),
    ("fee_points", "Umlage in Hundertstel Prozent"),
    ("term_exception_reason", "Begründung einer Laufzeit über vier Jahre"),
)


def change_framework(  # noqa: PLR0913 - who changes what and why
    session: Session,
    person_id: int,
    number: str,
    terms: Terms,
    reason: str,
    now: datetime,
    *,
    seen: int | None = None,
) -> Framework:
    """A reason for every change; it is appended and never edited. Raises Malformed, Conflict."""
    found = lock_framework(session, number, seen)
    framework = found.framework
    errors = list(_errors(session, found, terms, reason))
    if errors:
        raise Malformed(*errors)
    changed = [
        *_changed(framework, terms, PLAIN),
        *(
            f"Los {lot.number}, {line}"
            for lot in found.lots
            if lot.number in terms.lots
            for line in _changed(lot, terms.lots[lot.number], LOT)
        ),
    ]
    if changed:
        entry = Entry(AmendmentKind.TERMS, tuple(changed))
        log_change(session, framework, entry, Said(reason.strip()), person_id, now)
    return framework


LOT: tuple[tuple[str, str], ...] = (
    ("title", "Titel"),
    ("minimum_order_value", "Mindestbestellwert"),
    ("maximum_order_value", "Höchster Bestellwert"),
)


def _errors(
    session: Session, found: FrameworkWithLots, terms: Terms, reason: str
) -> Iterator[FieldError]:
    framework = found.framework
    if not reason.strip():
        yield FieldError("reason", "missing", "Bitte nennen Sie Grund und Beleg.")
    if not terms.title.strip():
        yield FieldError("title", "missing", "Bitte geben Sie den Titel an.")
    if terms.valid_to < terms.valid_from:
        text = "Das Ende der Laufzeit liegt vor ihrem Beginn."
        yield FieldError("valid_to", "order", text)
    elif terms.valid_to > framework.valid_to:
        yield FieldError("valid_to", "extension_needed", EXTENSION_NEEDED)
    elif _over_long(framework, terms):
        yield FieldError("term_exception_reason", "missing", OVER_LONG)
    if terms.call_off_mode is not framework.call_off_mode and drawn_from(session, found):
        yield FieldError("call_off_mode", "fixed", MODE_FIXED)
    yield from _order_values("", terms)
    for number, lot in terms.lots.items():
        yield from _order_values(f"lot-{number}-", lot)


def _over_long(framework: Framework, terms: Terms) -> bool:
    """Through this very change: an earlier beginning, or a reason that is taken away."""
    changed = (terms.valid_from, terms.term_exception_reason) != (
        framework.valid_from,
        framework.term_exception_reason or "",
    )
    over = terms.valid_to > longest_end(terms.valid_from)
    return changed and over and not terms.term_exception_reason


def drawn_from(session: Session, found: FrameworkWithLots) -> bool:
    """Whether anything was ever called off or reserved."""
    lot_ids = [lot.id for lot in found.lots]
    return bool(session.scalar(select(exists().where(CeilingMovement.lot_id.in_(lot_ids)))))


def _order_values(prefix: str, terms: Terms | LotTerms) -> Iterator[FieldError]:
    least, most = terms.minimum_order_value, terms.maximum_order_value
    if least is not None and most is not None and most < least:
        text = "Der höchste Bestellwert liegt unter dem Mindestbestellwert."
        yield FieldError(f"{prefix}maximum_order_value", "order", text)


def _changed(
    record: Framework | Lot, terms: Terms | LotTerms, fields: tuple[tuple[str, str], ...]
) -> Iterator[str]:
    """Takes the terms over and says what became of each column."""
    for name, word in fields:
        before, after = getattr(record, name), getattr(terms, name)
        if (before or None) != (after or None):
            setattr(record, name, after)
            yield f"{word}: {_word(before)} → {_word(after)}"


def _word(value: object) -> str:
    match value:
        case None | "":
            return "ohne Angabe"
        case CallOffMode():
            return MODE_WORDS[value]
        case Money():
            return euro(value)
        case date():
            return day(value)
        case _:
            return str(value)
