"""Editing an agreement: dated, reasoned, and never below what is already drawn."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.audit.append import COOPERATIVE, Happening, append
from app.frameworks.agreement_records import FrameworkChange
from app.frameworks.queries import framework
from app.frameworks.records import Framework, Lot
from app.kernel.errors import Conflict, FieldError, Malformed
from app.kernel.german import day, euro
from app.kernel.money import Money


@dataclass(frozen=True, slots=True)
class LotTerms:
    """The ceilings of one lot, net."""

    title: str
    maximum_value: Money
    maximum_quantity: int | None


@dataclass(frozen=True, slots=True)
class Terms:
    """What may be changed about a running agreement."""

    title: str
    valid_from: date
    valid_to: date
    delivery_days: int
    note: str
    lots: dict[int, LotTerms]


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
    """§ 132 GWB asks for a reason of every change; it is appended and never edited."""
    found = framework(session, number)
    agreement = found.framework
    if seen is not None and seen != agreement.version:
        text = "Jemand anderes hat diesen Rahmenvertrag inzwischen geändert. Bitte neu prüfen."
        raise Conflict(text, "stale_version")
    _check(terms, reason)
    changed = _agreement_changes(agreement, terms)
    for lot in found.lots:
        if lot.number in terms.lots:
            changed += _lot_changes(session, lot, terms.lots[lot.number])
    if not changed:
        return agreement
    agreement.version += 1
    session.execute(
        insert(FrameworkChange).values(
            framework_id=agreement.id,
            person_id=person_id,
            at=now,
            what="; ".join(changed),
            reason=reason.strip(),
        )
    )
    session.flush()
    payload: dict[str, object] = {"changes": list(changed), "reason": reason.strip()}
    happening = Happening("framework.changed", number, f"person:{person_id}", payload)
    append(session, COOPERATIVE, now, happening)
    return agreement


def _check(terms: Terms, reason: str) -> None:
    errors = []
    if not reason.strip():
        errors.append(FieldError("reason", "missing", "Bitte nennen Sie Grund und Beleg."))
    if not terms.title.strip():
        errors.append(FieldError("title", "missing", "Bitte geben Sie den Titel an."))
    if terms.valid_to < terms.valid_from:
        text = "Das Ende der Laufzeit liegt vor ihrem Beginn."
        errors.append(FieldError("valid_to", "order", text))
    if errors:
        raise Malformed(*errors)


def _agreement_changes(agreement: Framework, terms: Terms) -> list[str]:
    changed = []
    if agreement.title != terms.title:
        changed.append(f"Titel: {agreement.title} → {terms.title}")
    for name, word in (("valid_from", "Beginn"), ("valid_to", "Ende")):
        before, after = getattr(agreement, name), getattr(terms, name)
        if before != after:
            changed.append(f"{word}: {day(before)} → {day(after)}")
    if agreement.delivery_days != terms.delivery_days:
        changed.append(f"Lieferzeit: {agreement.delivery_days} → {terms.delivery_days} Arbeitstage")
    if agreement.note != terms.note:
        changed.append("Vermerk geändert")
    agreement.title, agreement.note = terms.title, terms.note
    agreement.valid_from, agreement.valid_to = terms.valid_from, terms.valid_to
    agreement.delivery_days = terms.delivery_days
    return changed


def _lot_changes(session: Session, lot: Lot, terms: LotTerms) -> list[str]:
    session.refresh(lot, with_for_update=True)
    drawn = lot.reserved_value + lot.called_off_value
    if terms.maximum_value < drawn:
        text = (
            f"Los {lot.number}: Abgerufen und vorgemerkt sind schon {euro(drawn)}; "
            "der Höchstwert kann nicht darunter liegen."
        )
        raise Malformed(FieldError(f"lot-{lot.number}-value", "below_drawn", text))
    pieces = lot.reserved_quantity + lot.called_off_quantity
    if terms.maximum_quantity is not None and terms.maximum_quantity < pieces:
        text = f"Los {lot.number}: Abgerufen und vorgemerkt sind schon {pieces} Stück."
        raise Malformed(FieldError(f"lot-{lot.number}-quantity", "below_drawn", text))
    changed = []
    if lot.title != terms.title:
        changed.append(f"Los {lot.number}, Titel: {lot.title} → {terms.title}")
    if lot.maximum_value != terms.maximum_value:
        before, after = euro(lot.maximum_value), euro(terms.maximum_value)
        changed.append(f"Los {lot.number}, Höchstwert: {before} → {after}")
    if lot.maximum_quantity != terms.maximum_quantity:
        before_pieces = lot.maximum_quantity or "ohne"
        after_pieces = terms.maximum_quantity or "ohne"
        changed.append(f"Los {lot.number}, Höchstmenge: {before_pieces} → {after_pieces}")
    lot.title = terms.title
    lot.maximum_value, lot.maximum_quantity = terms.maximum_value, terms.maximum_quantity
    return changed
