"""Kept comparisons: beside a basket until it is ordered, then for good with the order."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.database.base import Record
from app.database.guards import append_only


class BasketComparison(Record):
    """A comparison that somebody wants to have in the memo of the next order."""

    __tablename__ = "basket_comparison"
    __table_args__ = (Index("ix_basket_comparison_owner", "member_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    kept_at: Mapped[datetime]


class CallOffComparison(Record):
    """A comparison that an order rests on, as it was seen."""

    __tablename__ = "call_off_comparison"

    id: Mapped[int] = mapped_column(primary_key=True)
    call_off_id: Mapped[int] = mapped_column(ForeignKey("call_off.id"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    kept_at: Mapped[datetime]


append_only(CallOffComparison.metadata.tables[CallOffComparison.__tablename__])
