"""From which lots a member may call off: the predicate of `parties` over the records."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.frameworks.parties import (
    NamedParty,
    Parties,
    PartyMember,
    admits,
    class_of,
    district_of,
)
from app.frameworks.records import Framework, FrameworkParty, Lot, PartyRule
from app.kernel.errors import NotFound
from app.members.records import Member, Membership


@dataclass(frozen=True, slots=True)
class PartyLots:
    """Ids of the lots that name the member, and of those among them that run."""

    named: frozenset[int]
    running: frozenset[int]


def open_lots(session: Session, member_id: int, day: date) -> PartyLots:
    """Every lot of every agreement, for one member on one day; NotFound without such a member."""
    rows = session.execute(select(Framework, Lot).join(Lot, Lot.framework_id == Framework.id)).all()
    member = party_member(session, member_id, day)
    named = _named(session, member_id)
    found = [
        (framework, lot)
        for framework, lot in rows
        if _admitted(framework, lot, named.get(framework.id, ()), member, day)
    ]
    return PartyLots(
        named=frozenset(lot.id for _framework, lot in found),
        running=frozenset(
            lot.id for framework, lot in found if framework.valid_from <= day <= framework.valid_to
        ),
    )


def is_party(session: Session, framework: Framework, member_id: int, day: date) -> bool:
    """Whether the agreement as a whole names the member (rule F-04)."""
    if framework.party_rule is PartyRule.ALL_MEMBERS:
        return True
    member = party_member(session, member_id, day)
    named = _named(session, member_id).get(framework.id, ())
    return admits(parties_of(framework, named), member, day)


def parties_of(framework: Framework, named: Iterable[NamedParty]) -> Parties:
    """What the record says about its parties."""
    return Parties(
        everybody=framework.party_rule is PartyRule.ALL_MEMBERS,
        named=tuple(named),
        of_class=class_of(
            framework.party_kinds, framework.party_districts, framework.party_members_by
        ),
    )


def party_member(session: Session, member_id: int, day: date) -> PartyMember:
    """The member as classes see it, with the membership of the day."""
    row = session.execute(
        select(Member.body_kind, Member.ags, Member.ars, Membership.effective_from)
        .outerjoin(
            Membership,
            (Membership.member_id == Member.id)
            & (Membership.effective_from <= day)
            & or_(Membership.effective_to.is_(None), Membership.effective_to >= day),
        )
        .where(Member.id == member_id)
        .order_by(Membership.effective_from)
    ).first()
    if row is None:
        raise NotFound
    kind, ags, ars, since = row
    return PartyMember(member_id, kind.value, district_of(ags, ars), since)


def _admitted(
    framework: Framework,
    lot: Lot,
    named: tuple[NamedParty, ...],
    member: PartyMember,
    day: date,
) -> bool:
    narrowed = class_of(lot.only_kinds, lot.only_districts)
    return narrowed.holds(member) and admits(parties_of(framework, named), member, day)


def _named(session: Session, member_id: int) -> dict[int, tuple[NamedParty, ...]]:
    """By agreement."""
    named: dict[int, tuple[NamedParty, ...]] = {}
    for row in session.scalars(select(FrameworkParty).where(FrameworkParty.member_id == member_id)):
        party = NamedParty(row.member_id, row.valid_from, row.valid_to)
        named[row.framework_id] = (*named.get(row.framework_id, ()), party)
    return named
