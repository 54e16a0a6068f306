"""Named reads about members; whose rows is an argument that cannot be left out."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from app.database.base import table_of
from app.database.marks import Kept
from app.database.tenant import Tenant
from app.kernel.errors import NotFound
from app.members.records import (
    DeliveryAddress,
    Member,
    Membership,
    ProductAccount,
    RoleAssignment,
    Unit,
)
from app.members.rules import Role

NO_MEMBER = "Dieses Mitglied gibt es nicht."


def member_by_key(session: Session, key: str) -> Member:
    """By AGS, ARS or own key; for those who work for all members. NotFound."""
    found = session.scalar(select(Member).where(Member.key == key))
    if found is None:
        raise NotFound(NO_MEMBER)
    return found


def member_of(session: Session, tenant: Tenant, member_id: int) -> Member:
    """NotFound for another member's id, just as for one that does not exist."""
    visible = tenant.member_id in {None, member_id}
    found = session.get(Member, member_id) if visible else None
    if found is None:
        raise NotFound(NO_MEMBER)
    return found


_STANDING: Final[Kept[Member]] = Kept(most=500)
_COLUMNS: Final = select(*table_of(Member).columns).where(table_of(Member).c.id == bindparam("id"))


def standing_member(session: Session, tenant: Tenant, member_id: int) -> Member:
    """The same for reading only: kept between requests and in no session. NotFound."""
    if tenant.member_id not in {None, member_id}:
        raise NotFound(NO_MEMBER)

    def read() -> Member:
        row = session.connection().execute(_COLUMNS, {"id": member_id}).mappings().one_or_none()
        if row is None:
            raise NotFound(NO_MEMBER)
        return Member(**row)

    return _STANDING.get(session, member_id, read)


def active_members(session: Session, on: date) -> Sequence[Member]:
    """Those with a membership on this day, by name."""
    return session.scalars(
        select(Member)
        .where(
            Member.id.in_(
                select(Membership.member_id).where(
                    Membership.effective_from <= on,
                    or_(Membership.effective_to.is_(None), Membership.effective_to >= on),
                )
            )
        )
        .order_by(Member.name, Member.id)
    ).all()


def memberships(session: Session, member_id: int) -> Sequence[Membership]:
    """All periods, the latest first."""
    return session.scalars(
        select(Membership)
        .where(Membership.member_id == member_id)
        .order_by(Membership.effective_from.desc(), Membership.id.desc())
    ).all()


def units(session: Session, tenant: Tenant) -> Sequence[Unit]:
    """By name; who is bound to a unit sees this one and those below it."""
    return session.scalars(
        select(Unit).where(tenant.reaches(Unit.member_id, Unit.id)).order_by(Unit.name, Unit.id)
    ).all()


def unit(session: Session, tenant: Tenant, unit_id: int) -> Unit:
    """NotFound for units of other members, and for those above a bound person's own."""
    wanted = select(Unit).where(Unit.id == unit_id, tenant.reaches(Unit.member_id, Unit.id))
    found = session.scalar(wanted)
    if found is None:
        raise NotFound("Diese Einheit gibt es nicht.")
    return found


def addresses(session: Session, tenant: Tenant) -> Sequence[DeliveryAddress]:
    """The address book, the default first; archived entries are left out."""
    return session.scalars(
        select(DeliveryAddress)
        .where(tenant.owns(DeliveryAddress.member_id), DeliveryAddress.archived_at.is_(None))
        .order_by(DeliveryAddress.is_default.desc(), DeliveryAddress.label, DeliveryAddress.id)
    ).all()


def address(session: Session, tenant: Tenant, address_id: int) -> DeliveryAddress:
    """NotFound for other members' and for archived entries."""
    found = session.scalar(
        select(DeliveryAddress).where(
            DeliveryAddress.id == address_id,
            tenant.owns(DeliveryAddress.member_id),
            DeliveryAddress.archived_at.is_(None),
        )
    )
    if found is None:
        raise NotFound("Diese Lieferadresse gibt es nicht.")
    return found


def product_accounts(session: Session, tenant: Tenant) -> Sequence[ProductAccount]:
    """Open accounts by number; which one was used last is known to the call-offs."""
    return session.scalars(
        select(ProductAccount)
        .where(tenant.owns(ProductAccount.member_id), ProductAccount.archived_at.is_(None))
        .order_by(ProductAccount.account)
    ).all()


def every_product_account(session: Session, tenant: Tenant) -> Sequence[ProductAccount]:
    """Archived ones too, after the others."""
    return session.scalars(
        select(ProductAccount)
        .where(tenant.owns(ProductAccount.member_id))
        .order_by(ProductAccount.archived_at.is_not(None), ProductAccount.account)
    ).all()


def product_account(session: Session, tenant: Tenant, account_id: int) -> ProductAccount:
    """Archived or not; NotFound for other members' accounts."""
    found = session.scalar(
        select(ProductAccount).where(
            ProductAccount.id == account_id, tenant.owns(ProductAccount.member_id)
        )
    )
    if found is None:
        raise NotFound("Dieses Produktkonto gibt es nicht.")
    return found


def roles_of(session: Session, person_id: int, on: date) -> Sequence[RoleAssignment]:
    """The assignments of a person that count on that day."""
    return session.scalars(
        select(RoleAssignment)
        .where(
            RoleAssignment.person_id == person_id,
            or_(RoleAssignment.valid_from.is_(None), RoleAssignment.valid_from <= on),
            or_(RoleAssignment.valid_to.is_(None), RoleAssignment.valid_to >= on),
        )
        .order_by(RoleAssignment.id)
    ).all()


def has_role(session: Session, person_id: int, role: Role, on: date) -> bool:
    return any(held.role is role for held in roles_of(session, person_id, on))
