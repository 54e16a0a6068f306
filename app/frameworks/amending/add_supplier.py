"""Recording the suppliers among whom the agreement was awarded."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.frameworks.agreement_records import FrameworkSupplier
from app.frameworks.amending.change_framework import drawn_from
from app.frameworks.amending.lock_framework import lock_framework
from app.frameworks.amending.log_change import Entry, Said, log_change
from app.frameworks.amendment_limits import AmendmentKind
from app.frameworks.awarding.suppliers import suppliers_of
from app.kernel.errors import FieldError, Malformed


@dataclass(frozen=True, slots=True)
class SupplierWish:
    """One contractor as awarded; no lot number means every lot."""

    name: str
    rank: int
    share: int = 1
    vat_id: str | None = None
    mail: str = ""
    lot_number: int | None = None


def add_supplier(
    session: Session, person_id: int, number: str, wish: SupplierWish, reason: str, now: datetime
) -> FrameworkSupplier:
    """Until the first call-off; afterwards a new one only replaces another. Raises Malformed."""
    found = lock_framework(session, number, None)
    framework = found.framework
    lots = {lot.number: lot.id for lot in found.lots}
    lot_id = None if wish.lot_number is None else lots.get(wish.lot_number)
    errors = []
    if not wish.name:
        errors.append(FieldError("name", "missing", "Bitte nennen Sie den Auftragnehmer."))
    if not reason:
        text = "Bitte nennen Sie den Beleg, zum Beispiel den Zuschlag vom 12.10."
        errors.append(FieldError("reason", "missing", text))
    if wish.lot_number is not None and lot_id is None:
        errors.append(FieldError("lot", "unknown", "Dieses Los gibt es nicht."))
    taken = {(one.lot_id, one.rank) for one in suppliers_of(session, framework.id)}
    if (lot_id, wish.rank) in taken:
        text = f"Rang {wish.rank} ist schon vergeben."
        errors.append(FieldError("rank", "taken", text))
    if drawn_from(session, found):
        text = (
            "Aus dem Vertrag wurde schon abgerufen: Ein weiterer Auftragnehmer wäre eine "
            "wesentliche Änderung (§ 132 Abs. 1 GWB). Möglich ist nur ein Wechsel."
        )
        errors.append(FieldError("name", "too_late", text))
    if errors:
        raise Malformed(*errors)
    supplier = FrameworkSupplier(
        framework_id=framework.id,
        lot_id=lot_id,
        name=wish.name,
        vat_id=wish.vat_id,
        mail=wish.mail,
        rank=wish.rank,
        share=wish.share,
        valid_from=framework.valid_from,
    )
    session.add(supplier)
    session.flush()
    place = "" if wish.lot_number is None else f", Los {wish.lot_number}"
    what = f"Auftragnehmer {wish.name}{place}, Rang {wish.rank}, Anteil {wish.share}"
    entry = Entry(AmendmentKind.SUPPLIER, (what,), lot_id=lot_id)
    log_change(session, framework, entry, Said(reason), person_id, now)
    return supplier
