"""The address book of a member: add, change, make the default, take out of use."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.database.tenant import Tenant
from app.kernel.errors import FieldError, Malformed
from app.members.queries import address
from app.members.records import DeliveryAddress

POSTAL_CODE: Final = re.compile(r"\d{5}", re.ASCII)


@dataclass(frozen=True, slots=True)
class AddressWish:
    """An entry as wanted; texts are already cleaned."""

    label: str
    street: str
    postal_code: str
    city: str
    recipient: str = ""
    room: str = ""
    is_default: bool = False


def save_address(
    session: Session, member_id: int, wish: AddressWish, address_id: int | None = None
) -> DeliveryAddress:
    """Adds without an id, changes with one. The first entry of a member is its default."""
    _refuse_incomplete(wish)
    if address_id is None:
        entry = DeliveryAddress(member_id=member_id)
        first = not session.scalar(
            select(func.count())
            .select_from(DeliveryAddress)
            .where(DeliveryAddress.member_id == member_id, DeliveryAddress.archived_at.is_(None))
        )
    else:
        entry, first = address(session, Tenant(member_id), address_id), False
    entry.label, entry.street = wish.label, wish.street
    entry.postal_code, entry.city = wish.postal_code, wish.city
    entry.recipient, entry.room = wish.recipient, wish.room
    if wish.is_default or first:
        _only_default(session, member_id)
        entry.is_default = True
    session.add(entry)
    session.flush()
    return entry


def make_default(session: Session, member_id: int, address_id: int) -> None:
    """Exactly one default; NotFound for foreign ids."""
    entry = address(session, Tenant(member_id), address_id)
    _only_default(session, member_id)
    entry.is_default = True


def archive_address(session: Session, member_id: int, address_id: int, now: datetime) -> None:
    """Out of the book; orders keep their own copy of the address."""
    entry = address(session, Tenant(member_id), address_id)
    entry.archived_at = now
    entry.is_default = False


def _only_default(session: Session, member_id: int) -> None:
    session.execute(
        update(DeliveryAddress)
        .where(DeliveryAddress.member_id == member_id)
        .values(is_default=False)
    )


def _refuse_incomplete(wish: AddressWish) -> None:
    wanted = {
        "label": (
            wish.label,
            80,
            "Bitte geben Sie der Adresse einen Namen, zum Beispiel „Rathaus“.",
        ),
        "street": (wish.street, 120, "Bitte geben Sie Straße und Hausnummer an."),
        "city": (wish.city, 80, "Bitte geben Sie den Ort an."),
    }
    faults = [
        FieldError(field, "missing", text)
        for field, (value, longest, text) in wanted.items()
        if not value or len(value) > longest
    ]
    if POSTAL_CODE.fullmatch(wish.postal_code) is None:
        text = "Bitte geben Sie die Postleitzahl mit fünf Ziffern an."
        faults.append(FieldError("postal_code", "postal_code_malformed", text))
    for field, value, longest in (("recipient", wish.recipient, 120), ("room", wish.room, 80)):
        if len(value) > longest:
            text = f"Bitte kürzen Sie diese Angabe auf {longest} Zeichen."
            faults.append(FieldError(field, "too_long", text))
    if faults:
        raise Malformed(*faults)
