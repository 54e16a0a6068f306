"""Loading the facts of a case with few selects: this runs in every submission of an order."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import (
    Date,
    FromClause,
    Select,
    String,
    bindparam,
    exists,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.orm import Session, aliased

from app.database.base import table_of
from app.eligibility.judging.case import (
    FrameworkFacts,
    MemberFacts,
    MemberRegister,
    MembershipFacts,
    RegisterEntry,
    UnitFacts,
)
from app.eligibility.judging.cooperative_rules import leaves_room_for_private_capital
from app.eligibility.judging.order_terms import party_member
from app.frameworks.parties import class_of
from app.frameworks.records import Framework, FrameworkParty
from app.kernel.canonical import sha256_hex
from app.kernel.errors import NotFound
from app.members.membership.known_periods import known_periods
from app.members.records import Member, Membership, MembershipPast, Unit

Row = Sequence[Any]


# Statements are built once: building one takes longer than running it.
def _all(
    session: Session, statement: Select[*tuple[Any, ...]], values: Mapping[str, object]
) -> Sequence[Row]:
    return session.execute(statement, values).all()


def member_facts(
    session: Session, member_id: int, day: date, known: datetime | None = None
) -> MemberFacts:
    """The member with the membership that counts on `day`; NotFound without such a member.

    `known`: periods as they were on record at that instant, here and below.
    """
    of_one = {"member_id": member_id}
    rows = (
        _all(session, _MEMBER, of_one)
        if known is None
        else _all(session, _MEMBER_AS_KNOWN, of_one | {"known": known})
    )
    if not rows:
        raise NotFound
    return _member(rows, day)


def every_member(session: Session, day: date, known: datetime | None = None) -> list[MemberFacts]:
    """All bodies that are, were or will be members."""
    rows = (
        _all(session, _MEMBERS.where(Membership.id.is_not(None)), {})
        if known is None
        else _all(session, _MEMBERS_AS_KNOWN, {"known": known})
    )
    of: dict[int, list[Row]] = {}
    for row in rows:
        of.setdefault(row[0], []).append(row)
    return [_member(periods, day) for periods in of.values()]


def _with_periods(periods: FromClause) -> Select[*tuple[Any, ...]]:
    """Members and their periods, whichever way these are known."""
    return (
        select(
            Member.id,
            Member.key,
            Member.name,
            Member.body_kind,
            Member.contracting_authority_basis,
            Member.ags,
            Member.ars,
            Member.street,
            Member.postal_code,
            Member.city,
            periods.c.effective_from,
            periods.c.effective_to,
            periods.c.notice_received_on,
            periods.c.share_paid_on,
            periods.c.votes,
            periods.c.resolved_on,
        )
        .outerjoin(periods, periods.c.member_id == Member.id)
        .order_by(periods.c.effective_from)
    )


_MEMBERS: Final = _with_periods(table_of(Membership))
_MEMBER: Final = _MEMBERS.where(Member.id == bindparam("member_id"))
_EVER: Final = select(Membership.member_id).union(select(MembershipPast.member_id))
_AS_KNOWN: Final = _with_periods(known_periods())
_MEMBERS_AS_KNOWN: Final = _AS_KNOWN.where(Member.id.in_(_EVER))
_MEMBER_AS_KNOWN: Final = _AS_KNOWN.where(Member.id == bindparam("member_id"))


def _member(rows: Sequence[Row], day: date) -> MemberFacts:
    number, key, name, kind, basis, ags, ars, street, postal_code, city = rows[0][:10]
    return MemberFacts(
        id=number,
        key=key,
        name=name,
        kind=kind.value,
        basis=basis,
        ags=ags,
        ars=ars,
        address=f"{street}, {postal_code} {city}",
        membership=_membership_on(rows, day),
    )


def _membership_on(rows: Sequence[Row], day: date) -> MembershipFacts | None:
    """The last one begun by `day`, else the next to begin."""
    periods = [MembershipFacts(*row[10:16]) for row in rows if row[10] is not None]
    begun = [period for period in periods if period.effective_from <= day]
    return begun[-1] if begun else next(iter(periods), None)


def _active(periods: FromClause) -> Select[*tuple[Any, ...]]:
    return (
        select(Member.key, Member.name, Member.body_kind, Member.contracting_authority_basis)
        .join(periods, periods.c.member_id == Member.id)
        .where(
            periods.c.effective_from <= bindparam("day"),
            or_(periods.c.effective_to.is_(None), periods.c.effective_to >= bindparam("day")),
        )
    )


_ACTIVE: Final = _active(table_of(Membership))
_ACTIVE_AS_KNOWN: Final = _active(known_periods())


def register_on(session: Session, day: date, known: datetime | None = None) -> MemberRegister:
    """Every membership active on `day`, condensed for rule K-05."""
    rows = (
        _all(session, _ACTIVE, {"day": day})
        if known is None
        else _all(session, _ACTIVE_AS_KNOWN, {"day": day, "known": known})
    )
    members = sorted({row[0] for row in rows})
    doubtful = {
        key: RegisterEntry(key, name, kind.value, basis)
        for key, name, kind, basis in rows
        if leaves_room_for_private_capital(kind, name, basis)
    }
    return MemberRegister(
        count=len(members),
        sha256=sha256_hex("\n".join(members)),
        doubtful=tuple(doubtful[key] for key in sorted(doubtful)),
    )


_LISTED: Final = (
    exists()
    .where(
        FrameworkParty.framework_id == Framework.id,
        FrameworkParty.member_id == bindparam("member_id"),
        or_(
            FrameworkParty.valid_from.is_(None),
            FrameworkParty.valid_from <= bindparam("day", type_=Date()),
        ),
        or_(
            FrameworkParty.valid_to.is_(None),
            FrameworkParty.valid_to >= bindparam("day", type_=Date()),
        ),
    )
    .correlate(Framework)
)
_NEXT: Final = aliased(Framework)
_SUCCESSOR: Final = (
    select(_NEXT.number)
    .where(_NEXT.id == Framework.successor_id)
    .correlate(Framework)
    .scalar_subquery()
)
_FRAMEWORK: Final = select(
    Framework.number,
    Framework.title,
    Framework.award_model,
    Framework.party_rule,
    _LISTED.label("listed"),
    Framework.contracting_entity,
    Framework.supplier_name,
    Framework.procedure_type,
    Framework.notice_id,
    Framework.award_date,
    Framework.valid_from,
    Framework.valid_to,
    Framework.term_exception_reason,
    Framework.chain_link,
    type_coerce(Framework.call_off_mode, String),
    Framework.minimum_order_value,
    Framework.maximum_order_value,
    _SUCCESSOR,
    Framework.party_kinds,
    Framework.party_districts,
    Framework.party_members_by,
).where(Framework.id == bindparam("framework_id"))


def framework_facts(
    session: Session, framework_id: int, member: MemberFacts, day: date
) -> FrameworkFacts:
    """The agreement and whether it names the member on `day`; NotFound without an agreement."""
    values = {"framework_id": framework_id, "member_id": member.id, "day": day}
    rows = _all(session, _FRAMEWORK, values)
    if not rows:
        raise NotFound
    number, title, award_model, party_rule, listed, *others = rows[0]
    *others, kinds, districts, members_by = others
    of_class = class_of(kinds, districts, members_by)
    return FrameworkFacts(
        framework_id,
        number,
        title,
        award_model.value,
        party_rule.value,
        listed or (bool(of_class) and of_class.holds(party_member(member))),
        *others,
    )


def unit_facts(session: Session, unit_id: int) -> UnitFacts:
    """The ordering unit with the ids above it; a ring of parents ends where it began."""
    found = session.get(Unit, unit_id)
    if found is None:
        raise NotFound
    parents: list[int] = []
    above = found
    while above.parent_id is not None and above.parent_id not in parents:
        parents.append(above.parent_id)
        above = session.get_one(Unit, above.parent_id)
    return UnitFacts(
        id=found.id,
        name=found.name,
        kind=found.body_kind.value,
        own_legal_person=found.own_legal_person,
        member_id=above.member_id,
        parents=tuple(parents),
    )
