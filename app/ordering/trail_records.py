"""What happened to a call-off, only ever added to: moves, checks, time, kits, refusals."""

from datetime import date, datetime

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.database.base import Record, words
from app.database.guards import append_only
from app.eligibility.rules import Phase
from app.kernel.money import NOTHING, Money
from app.ordering.rules import Move, Side, State


class CallOffMove(Record):
    """One move: the history that pages, reports and the audit read."""

    __tablename__ = "call_off_move"

    id: Mapped[int] = mapped_column(primary_key=True)
    call_off_id: Mapped[int] = mapped_column(ForeignKey("call_off.id"), index=True)
    move: Mapped[Move]
    left: Mapped[State] = mapped_column("left_state", words(State, "left_state"))
    reached: Mapped[State] = mapped_column("reached_state", words(State, "reached_state"))
    by: Mapped[int | None] = mapped_column("by_person", ForeignKey("person.id"))
    side: Mapped[Side]
    at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(Text, default="")


append_only(CallOffMove.metadata.tables[CallOffMove.__tablename__])


class CallOffCheck(Record):
    """A later decision on a call-off: at delivery, at invoice, or because somebody asked."""

    __tablename__ = "call_off_check"
    __table_args__ = (
        ForeignKeyConstraint(["call_off_id", "member_id"], ["call_off.id", "call_off.member_id"]),
        ForeignKeyConstraint(
            ["decision_id", "member_id"],
            ["eligibility_decision.id", "eligibility_decision.member_id"],
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    call_off_id: Mapped[int] = mapped_column(index=True)
    member_id: Mapped[int]
    decision_id: Mapped[int] = mapped_column(unique=True)
    phase: Mapped[Phase]
    on: Mapped[date] = mapped_column("on_day", comment="the day that was judged")
    at: Mapped[datetime]


append_only(CallOffCheck.metadata.tables[CallOffCheck.__tablename__])


class CallOffTime(Record):
    """Active seconds in the portal per call-off and stage; nobody's name stands here."""

    __tablename__ = "call_off_time"

    id: Mapped[int] = mapped_column(primary_key=True)
    call_off_id: Mapped[int] = mapped_column(ForeignKey("call_off.id"), index=True)
    stage: Mapped[str] = mapped_column(String(20), comment="order, approval, receipt")
    seconds: Mapped[int]
    at: Mapped[datetime]


append_only(CallOffTime.metadata.tables[CallOffTime.__tablename__])


class CallOffComment(Record):
    """What member and desk wrote to each other about one call-off."""

    __tablename__ = "call_off_comment"

    id: Mapped[int] = mapped_column(primary_key=True)
    call_off_id: Mapped[int] = mapped_column(ForeignKey("call_off.id"), index=True)
    by: Mapped[int] = mapped_column("by_person", ForeignKey("person.id"))
    side: Mapped[Side]
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]


append_only(CallOffComment.metadata.tables[CallOffComment.__tablename__])


class RefusedAttempt(Record):
    """An order that was not taken, with the decision that was made all the same."""

    __tablename__ = "refused_attempt"

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("eligibility_decision.id"), unique=True)
    call_off_number: Mapped[str | None] = mapped_column(String(40))
    code: Mapped[str] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(Text)
    value: Mapped[Money] = mapped_column(default=NOTHING)
    at: Mapped[datetime]


append_only(RefusedAttempt.metadata.tables[RefusedAttempt.__tablename__])


class CallOffKit(Record):
    """Which lines of a call-off were ordered as kits, as it stood at submission."""

    __tablename__ = "call_off_kit"
    __table_args__ = (
        UniqueConstraint("call_off_id", "position"),
        ForeignKeyConstraint(["call_off_id", "member_id"], ["call_off.id", "call_off.member_id"]),
        CheckConstraint("quantity >= 1", name="quantity"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    call_off_id: Mapped[int]
    member_id: Mapped[int]
    position: Mapped[int]
    number: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(120))
    quantity: Mapped[int]
    pieces: Mapped[dict[str, int]] = mapped_column(JSON, comment="by article number")


append_only(CallOffKit.metadata.tables[CallOffKit.__tablename__])
