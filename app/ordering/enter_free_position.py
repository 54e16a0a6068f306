"""Entering a free position with its quote: checked whole, kept unchangeable."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.archive.check_upload import Scanner, no_scan
from app.kernel.errors import FieldError, Malformed
from app.kernel.legal_day import legal_day
from app.members.queries import member_of
from app.ordering.attaching.take_file import take_file
from app.ordering.basket.contents import Owner
from app.ordering.placing.draw_number import draw_number
from app.ordering.quoting.queries import lot_label, open_lots_of
from app.ordering.quoting.records import FreePosition
from app.ordering.quoting.rules_quotes import (
    FIELDS,
    NO_CLAUSE,
    PREFIX,
    FreeWish,
    OpenLot,
    wish_faults,
)


def enter_free_position(  # noqa: PLR0913 - who wants what at which quote
    session: Session,
    owner: Owner,
    wish: FreeWish,
    handed: tuple[str, bytes],
    now: datetime,
    *,
    scan: Scanner = no_scan,
    unread: Sequence[FieldError] = (),
) -> FreePosition:
    """Its number can be ordered like an article's, once, while the quote is valid.

    `unread` is what the form could not read. Raises Malformed with every wrong field, also
    outside an open assortment and over its cap.
    """
    today = legal_day(now)
    lot, wish = _judged(session, owner, wish, today, _without_file(handed, unread))
    try:
        file = take_file(session, *handed, now, scan)
    except Malformed as refused:
        raise Malformed(*(FieldError("quote", e.code, e.text) for e in refused.errors)) from None
    member = member_of(session, owner.tenant, owner.member_id)
    series = f"free_position:{member.key}:{today.year}"
    entered = FreePosition(
        number=f"{PREFIX}{member.key}-{today.year}-{draw_number(session, series):04}",
        member_id=owner.member_id,
        unit_id=owner.tenant.home_unit,
        entered_by=owner.person_id,
        lot_id=lot.id,
        name=wish.name,
        manufacturer=wish.manufacturer,
        quantity=wish.quantity,
        unit_price=wish.unit_price,
        tax_percent=wish.tax_percent,
        delivery_days=lot.delivery_days if wish.delivery_days is None else wish.delivery_days,
        reason=wish.reason,
        supplier=wish.supplier,
        quote_number=wish.quote_number,
        quote_date=wish.quote_date,
        quote_valid_until=wish.quote_valid_until,
        file_name=file.name,
        file_sha256=file.sha256,
        entered_at=now,
    )
    session.add(entered)
    session.flush()
    return entered


def _without_file(handed: tuple[str, bytes], unread: Sequence[FieldError]) -> list[FieldError]:
    """What is wrong before anything is judged."""
    if handed[1]:
        return list(unread)
    text = "Ohne das Angebot des Auftragnehmers geht es nicht. Bitte wählen Sie die Datei."
    return [*unread, FieldError("quote", "missing", text)]


def _judged(
    session: Session, owner: Owner, wish: FreeWish, today: date, faults: list[FieldError]
) -> tuple[OpenLot, FreeWish]:
    """The open lot, and the wish with the lot's only supplier filled in. Raises Malformed."""
    lots = {lot.id: lot for lot in open_lots_of(session, owner.member_id, today)}
    lot = lots.get(wish.lot_id)
    if lot is None:
        text = NO_CLAUSE.format(lot=lot_label(session, wish.lot_id))
        faults = [*faults, FieldError("lot", "no_open_assortment", text)]
    elif not wish.supplier and len(lot.suppliers) == 1:
        wish = replace(wish, supplier=lot.suppliers[0])
    faults = [*faults, *wish_faults(wish, lot, today)]
    if faults or lot is None:
        first = {fault.field: fault for fault in reversed(faults)}
        raise Malformed(*sorted(first.values(), key=lambda fault: FIELDS.index(fault.field)))
    return lot, wish
