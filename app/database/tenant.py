"""Whose rows a reader may see: an argument that no query can leave out."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, true
from sqlalchemy.orm import InstrumentedAttribute


@dataclass(frozen=True, slots=True)
class Tenant:
    """One member's rows, or everybody's for those who work for all members.

    Somebody who is bound to a unit has `units`: this unit first, then all below it. Orders and
    what follows from them are then seen within these only.
    """

    member_id: int | None
    units: tuple[int, ...] | None = None

    @property
    def home_unit(self) -> int | None:
        """The unit for which a bound person orders unless another one below it is chosen."""
        return None if self.units is None else self.units[0]

    def owns(self, column: InstrumentedAttribute[Any]) -> ColumnElement[bool]:
        """The condition that keeps other members' rows out of a query."""
        return true() if self.member_id is None else column == self.member_id

    def reaches(
        self, member: InstrumentedAttribute[Any], unit: InstrumentedAttribute[Any]
    ) -> ColumnElement[bool]:
        """The same for orders, which belong to a member and one of its units, or to no unit."""
        owned = self.owns(member)
        return owned if self.units is None else and_(owned, unit.in_(self.units))


EVERY_MEMBER = Tenant(None)
