"""A new supplier in place of another: only in the cases of § 132 Abs. 2 Satz 1 Nr. 4 GWB."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from sqlalchemy.orm import Session

from app.frameworks.agreement_records import FrameworkSupplier
from app.frameworks.amending.lock_framework import lock_framework
from app.frameworks.amending.log_change import Entry, log_change
from app.frameworks.amending.resolution import Resolution, not_yet_effective, resolution_errors
from app.frameworks.amendment_limits import AmendmentBasis, AmendmentKind
from app.frameworks.awarding.suppliers import stands, suppliers_of
from app.frameworks.records import Framework
from app.kernel.errors import FieldError, Malformed
from app.kernel.legal_day import legal_day


class ChangeGround(StrEnum):
    """The three cases of Nr. 4."""

    CLAUSE = "clause"
    SUCCESSION = "succession"
    SUBCONTRACTORS = "subcontractors"


GROUND_WORDS: Final = {
    ChangeGround.CLAUSE: "Überprüfungsklausel (Buchstabe a)",
    ChangeGround.SUCCESSION: "Rechtsnachfolge nach Übernahme, Zusammenschluss, Erwerb oder "
    "Insolvenz (Buchstabe b)",
    ChangeGround.SUBCONTRACTORS: "Auftraggeber übernimmt Pflichten gegenüber Unterauftragnehmern "
    "(Buchstabe c)",
}


@dataclass(frozen=True, slots=True)
class ChangeWish:
    """`old_id` is None where the agreement has a single supplier without a row of his own."""

    old_id: int | None
    name: str
    vat_id: str | None
    ground: ChangeGround
    mail: str = ""
    suitable: bool = False


def change_supplier(  # noqa: PLR0913 - who changes what, by whose decision
    session: Session,
    person_id: int,
    number: str,
    wish: ChangeWish,
    by: Resolution,
    now: datetime,
    *,
    seen: int | None = None,
) -> FrameworkSupplier:
    """From `by.effective_on` on, not in the future: what is said here holds at once."""
    framework = lock_framework(session, number, seen).framework
    today = legal_day(now)
    suppliers = suppliers_of(session, framework.id)
    old = next((one for one in suppliers if one.id == wish.old_id), None)
    errors = [*_errors(wish, old, bool(suppliers), by, today), *resolution_errors(by, today)]
    if errors:
        raise Malformed(*errors)
    if old is None:
        old = _the_single_one(session, framework)
    old.valid_to = by.effective_on - timedelta(days=1)
    new = FrameworkSupplier(
        framework_id=framework.id,
        lot_id=old.lot_id,
        name=wish.name,
        vat_id=wish.vat_id,
        mail=wish.mail,
        rank=old.rank,
        share=old.share,
        valid_from=by.effective_on,
        replaces_id=old.id,
    )
    session.add(new)
    session.flush()
    if framework.supplier_name == old.name:
        framework.supplier_name, framework.supplier_vat_id = new.name, new.vat_id
    what = f"Auftragnehmer: {old.name} → {new.name}; {GROUND_WORDS[wish.ground]}"
    entry = Entry(AmendmentKind.SUPPLIER, (what,), AmendmentBasis.NEW_SUPPLIER, lot_id=old.lot_id)
    log_change(session, framework, entry, by, person_id, now)
    return new


def _the_single_one(session: Session, framework: Framework) -> FrameworkSupplier:
    """The supplier that so far stood only in the agreement gets a row to be replaced."""
    single = FrameworkSupplier(
        framework_id=framework.id,
        name=framework.supplier_name,
        vat_id=framework.supplier_vat_id,
        valid_from=framework.valid_from,
    )
    session.add(single)
    session.flush()
    return single


def _errors(
    wish: ChangeWish,
    old: FrameworkSupplier | None,
    several: bool,
    by: Resolution,
    today: date,
) -> Iterator[FieldError]:
    if old is None and (several or wish.old_id is not None):
        yield FieldError("supplier", "unknown", "Bitte wählen Sie, wer ersetzt wird.")
    if old is not None and not stands(old, by.effective_on):
        text = f"{old.name} ist an diesem Tag kein Auftragnehmer des Vertrags."
        yield FieldError("effective_on", "not_standing", text)
    yield from not_yet_effective(by, today)
    if not wish.name:
        yield FieldError("name", "missing", "Bitte nennen Sie den neuen Auftragnehmer.")
    if not wish.suitable:
        text = (
            "Bitte bestätigen Sie, dass der neue Auftragnehmer die Eignungskriterien erfüllt "
            "und der Vertrag sonst nicht wesentlich geändert wird."
        )
        yield FieldError("suitable", "missing", text)
