"""Baskets that wait under a name, and templates that are ordered from again and again."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

import app.accounts.records
import app.members.records  # noqa: F401 - the tables that foreign keys here name
from app.database.base import Record
from app.ordering.filling.rules_templates import Sharing


class ParkedBasket(Record):
    """What somebody put aside, with the prices of that moment; taken up, it is the basket again."""

    __tablename__ = "parked_basket"
    __table_args__ = (Index("ix_parked_basket_member", "member_id", "taken_up_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    holder_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id"), comment="null: everybody who orders for the member"
    )
    name: Mapped[str] = mapped_column(String(80))
    comment: Mapped[str] = mapped_column(String(500), default="")
    handed_over_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    parked_at: Mapped[datetime]
    taken_up_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    taken_up_at: Mapped[datetime | None]
    lines: Mapped[list[dict[str, Any]]] = mapped_column(
        JSON, comment="sku, quantity, term, name, unit price then, in ten-thousandths"
    )
    kits: Mapped[dict[str, int]] = mapped_column(JSON, comment="how many, by the kit's id")


class OrderTemplate(Record):
    """What a workplace needs: articles with quantities, no prices, no people beside its maker."""

    __tablename__ = "order_template"
    __table_args__ = (
        Index("ix_order_template_member", "member_id"),
        Index("ix_order_template_sharing", "sharing"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    made_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str] = mapped_column(String(80))
    description: Mapped[str] = mapped_column(String(500), default="")
    sharing: Mapped[Sharing]
    pieces: Mapped[list[dict[str, Any]]] = mapped_column(JSON, comment="sku, quantity, term")
    version: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime]

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads a plain dict
