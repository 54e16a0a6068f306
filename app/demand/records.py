"""Needs that members reported, demand rounds and the members' answers to them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.database.base import Record
from app.demand.rules import BoughtBy, NeedState, RoundState
from app.kernel.money import Money


class DemandRound(Record):
    """A question to all members: how many of something they will need in a period."""

    __tablename__ = "demand_round"
    __table_args__ = (
        CheckConstraint("period_to >= period_from", name="period"),
        CheckConstraint("framework_id IS NULL OR state = 'closed'", name="framework_when_closed"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(160))
    category_id: Mapped[int | None] = mapped_column(ForeignKey("category.id"))
    purpose: Mapped[str] = mapped_column(String(200), comment="agreement and lot to be tendered")
    note: Mapped[str] = mapped_column(Text, default="")
    period_from: Mapped[date]
    period_to: Mapped[date]
    deadline: Mapped[date] = mapped_column(comment="last day on which members may answer")
    state: Mapped[RoundState] = mapped_column(default=RoundState.COLLECTING)
    reason: Mapped[str] = mapped_column(Text, default="", comment="why it was cancelled")
    framework_id: Mapped[int | None] = mapped_column(ForeignKey("framework.id"))
    opened_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class RoundAnswer(Record):
    """One member's quantity in a round, and what the desk approved of it."""

    __tablename__ = "round_answer"
    __table_args__ = (
        UniqueConstraint("round_id", "member_id"),
        CheckConstraint("requested >= 0", name="requested"),
        CheckConstraint("approved >= 0 AND approved <= requested", name="approved"),
        CheckConstraint(
            "approved IS NULL OR approved = requested OR approval_reason <> ''",
            name="reason_when_lower",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("demand_round.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    requested: Mapped[int] = mapped_column(comment="0: no need")
    note: Mapped[str] = mapped_column(Text, default="")
    answered_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    answered_at: Mapped[datetime]
    approved: Mapped[int | None] = mapped_column(comment="null: not decided yet")
    approval_reason: Mapped[str] = mapped_column(Text, default="")
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    approved_at: Mapped[datetime | None]


class Need(Record):
    """Something a member needs and does not find in the catalog."""

    __tablename__ = "demand_need"
    __table_args__ = (
        CheckConstraint("quantity >= 1", name="quantity"),
        CheckConstraint("minutes_lost >= 0", name="minutes_lost"),
        CheckConstraint("estimated_net >= 0", name="estimated_net"),
        CheckConstraint("state <> 'planned' OR round_id IS NOT NULL", name="planned_for_round"),
        CheckConstraint(
            "state <> 'declined' OR decision_reason <> ''", name="declined_with_reason"
        ),
        Index("ix_demand_need_member", "member_id", "reported_on"),
        Index("ix_demand_need_subject", "subject"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    reported_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    reported_at: Mapped[datetime]
    reported_on: Mapped[date] = mapped_column(comment="day of law; its month is the report's")
    what: Mapped[str] = mapped_column(String(200))
    subject: Mapped[str] = mapped_column(String(200), comment="folded words that group needs")
    category_id: Mapped[int | None] = mapped_column(ForeignKey("category.id"))
    quantity: Mapped[int]
    needed_by: Mapped[date]
    reason: Mapped[str] = mapped_column(Text)
    bought_by: Mapped[BoughtBy]
    minutes_lost: Mapped[int | None]
    estimated_net: Mapped[Money | None] = mapped_column(comment="of the whole quantity")
    state: Mapped[NeedState] = mapped_column(default=NeedState.OPEN)
    decision_reason: Mapped[str] = mapped_column(Text, default="")
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    round_id: Mapped[int | None] = mapped_column(ForeignKey("demand_round.id"), index=True)
    sku: Mapped[str | None] = mapped_column(String(64), comment="the article that meets it now")
