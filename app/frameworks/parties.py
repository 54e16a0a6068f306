"""Who may call off under an agreement or lot: one predicate for lists, pages, API and orders."""

from dataclasses import dataclass
from datetime import date
from typing import Final

DISTRICT_DIGITS: Final = 5


@dataclass(frozen=True, slots=True)
class PartyMember:
    """What a class can ask of a member; `district` are the five digits of the Kreis."""

    id: int
    kind: str
    district: str
    member_since: date | None


@dataclass(frozen=True, slots=True)
class PartyClass:
    """A clear class of members (§ 21 Abs. 2 VgV, CJEU C-216/17); what it leaves out is open."""

    kinds: frozenset[str] = frozenset()
    districts: frozenset[str] = frozenset()
    members_by: date | None = None

    def __bool__(self) -> bool:
        return bool(self.kinds or self.districts or self.members_by)

    def holds(self, member: PartyMember) -> bool:
        """Every condition that the class states."""
        if self.kinds and member.kind not in self.kinds:
            return False
        if self.districts and member.district not in self.districts:
            return False
        since = member.member_since
        return self.members_by is None or (since is not None and since <= self.members_by)


@dataclass(frozen=True, slots=True)
class NamedParty:
    """A member that the agreement names; both days count, None is open."""

    member_id: int
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Parties:
    """All members, or those that are named or belong to the class."""

    everybody: bool
    named: tuple[NamedParty, ...] = ()
    of_class: PartyClass = PartyClass()


def admits(parties: Parties, member: PartyMember, day: date) -> bool:
    """Whether the member may call off on `day` (rule F-04)."""
    if parties.everybody:
        return True
    if parties.of_class and parties.of_class.holds(member):
        return True
    return any(
        (named.valid_from is None or named.valid_from <= day)
        and (named.valid_to is None or day <= named.valid_to)
        for named in parties.named
        if named.member_id == member.id
    )


def class_of(kinds: str, districts: str, members_by: date | None = None) -> PartyClass:
    """The class as the record writes it: words with blanks between."""
    return PartyClass(frozenset(kinds.split()), frozenset(districts.split()), members_by)


def district_of(ags: str | None, ars: str | None) -> str:
    """The Kreis of a body, by either key; empty where it has none."""
    return (ags or ars or "")[:DISTRICT_DIGITS]
