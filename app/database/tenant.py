"""Whose rows a reader may see: an argument that no query can leave out."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, true
from sqlalchemy.orm import InstrumentedAttribute


@dataclass(frozen=True, slots=True)
class Tenant:
    """One member's rows, or everybody's for those who work for all members."""

    member_id: int | None

    def owns(self, column: InstrumentedAttribute[Any]) -> ColumnElement[bool]:
        """The condition that keeps other members' rows out of a query."""
        return true() if self.member_id is None else column == self.member_id


EVERY_MEMBER = Tenant(None)
