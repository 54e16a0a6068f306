"""A quota: what one member may draw of a lot at most, within the lot's ceiling that all share."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.database.types import MoneyColumn
from app.frameworks.amending.lock_framework import lock_framework
from app.frameworks.amending.log_change import Entry, Said, log_change
from app.frameworks.amendment_limits import AmendmentKind
from app.frameworks.queries import FrameworkWithLots
from app.frameworks.records import CeilingMovement, Lot, MemberQuota
from app.kernel.errors import FieldError, Malformed
from app.kernel.german import euro, number
from app.kernel.money import NOTHING, Money
from app.members.queries import member_by_key
from app.members.records import Member


@dataclass(frozen=True, slots=True)
class QuotaWish:
    """The quota of one member in one lot, net; without both figures it is lifted."""

    lot_number: int
    member_key: str
    value: Money | None
    quantity: int | None

    @property
    def words(self) -> str:
        parts = [
            *([] if self.value is None else [euro(self.value)]),
            *([] if self.quantity is None else [f"{number(self.quantity)} Stück"]),
        ]
        return " und ".join(parts) or "ohne Kontingent"


def set_quota(
    session: Session, person_id: int, framework: str, wish: QuotaWish, reason: str, now: datetime
) -> MemberQuota:
    """Counts what the member has drawn so far. Raises Malformed below that, NotFound."""
    found = lock_framework(session, framework, None)
    member = member_by_key(session, wish.member_key)
    lot = locked_lot(session, found, wish.lot_number)
    quota = quota_or_use(session, lot, member)
    errors = list(_errors(quota, wish, reason))
    if errors:
        raise Malformed(*errors)
    what = f"Los {lot.number}, {member.name}: {wish.words}"
    entry = Entry(AmendmentKind.QUOTA, (what,), lot_id=lot.id)
    logged = log_change(session, found.framework, entry, Said(reason.strip()), person_id, now)
    quota.raised_by = logged.change_id
    quota.maximum_value, quota.maximum_quantity = wish.value, wish.quantity
    session.add(quota)
    lot.has_quotas = True
    session.flush()
    return quota


def locked_lot(session: Session, found: FrameworkWithLots, lot_number: int) -> Lot:
    """Nobody draws on it until this transaction ends. Raises Malformed for an unknown number."""
    lot = next((lot for lot in found.lots if lot.number == lot_number), None)
    if lot is None:
        raise Malformed(FieldError("lot", "unknown", "Dieses Los gibt es nicht."))
    session.refresh(lot, with_for_update=True)
    return lot


def quota_or_use(session: Session, lot: Lot, member: Member) -> MemberQuota:
    """As it is, or a new one, not stored, that begins with what the ledger says of this member."""
    known = session.scalar(
        select(MemberQuota)
        .where(MemberQuota.lot_id == lot.id, MemberQuota.member_id == member.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if known is not None:
        return known
    moved = CeilingMovement
    drawn = session.execute(
        select(
            func.sum(moved.reserved_value, type_=MoneyColumn()),
            func.sum(moved.called_off_value, type_=MoneyColumn()),
            func.sum(moved.reserved_quantity),
            func.sum(moved.called_off_quantity),
            func.max(moved.id),
        ).where(moved.lot_id == lot.id, moved.member_id == member.id)
    ).one()
    return MemberQuota(
        lot_id=lot.id,
        member_id=member.id,
        reserved_value=drawn[0] or NOTHING,
        called_off_value=drawn[1] or NOTHING,
        reserved_quantity=drawn[2] or 0,
        called_off_quantity=drawn[3] or 0,
        given_back_by=drawn[4],
    )


def _errors(quota: MemberQuota, wish: QuotaWish, reason: str) -> Iterator[FieldError]:
    if not reason.strip():
        yield FieldError("reason", "missing", "Bitte nennen Sie Grund und Beleg.")
    drawn = quota.reserved_value + quota.called_off_value
    if wish.value is not None and wish.value < drawn:
        text = f"Abgerufen und vorgemerkt sind für dieses Mitglied schon {euro(drawn)}."
        yield FieldError("value", "below_drawn", text)
    pieces = quota.reserved_quantity + quota.called_off_quantity
    if wish.quantity is not None and wish.quantity < pieces:
        text = f"Abgerufen und vorgemerkt sind für dieses Mitglied schon {number(pieces)} Stück."
        yield FieldError("quantity", "below_drawn", text)
