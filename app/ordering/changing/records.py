"""Wishes to change placed orders, what the desk answered, and every step; nothing is edited."""

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

import app.accounts.records
import app.catalog.records
import app.eligibility.records
import app.ordering.records  # noqa: F401 - the tables that foreign keys here name
from app.database.base import Record, words
from app.database.guards import append_only, frozen
from app.kernel.german import day, unit_price
from app.kernel.unit_price import UnitPrice
from app.ordering.changing.rules import (
    OPEN,
    Answer,
    ChangeState,
    ChangeStep,
    Said,
    Wish,
    quantity_after,
    reached,
)
from app.ordering.rules import Side

_OPEN = text("closed_at IS NULL")


class CallOffChange(Record):
    """One wish for a call-off, line by line; only one is open at a time."""

    __tablename__ = "call_off_change"
    __table_args__ = (
        UniqueConstraint("call_off_id", "position"),
        ForeignKeyConstraint(["call_off_id", "member_id"], ["call_off.id", "call_off.member_id"]),
        ForeignKeyConstraint(
            ["asking_decision_id", "member_id"],
            ["eligibility_decision.id", "eligibility_decision.member_id"],
        ),
        ForeignKeyConstraint(
            ["applying_decision_id", "member_id"],
            ["eligibility_decision.id", "eligibility_decision.member_id"],
        ),
        CheckConstraint(
            "approved_by IS NULL OR self_approval_evidence_id IS NOT NULL OR "
            "(approved_by <> asked_by AND (consented_by IS NULL OR approved_by <> consented_by))",
            name="four_eyes",
        ),
        CheckConstraint(
            "(state IN ('asked', 'offered', 'agreed')) = (closed_at IS NULL)", name="closed"
        ),
        Index(
            "uq_call_off_change_open",
            "call_off_id",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index("ix_call_off_change_state", "state", "asked_at"),
        Index("ix_call_off_change_member", "member_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    call_off_id: Mapped[int]
    member_id: Mapped[int]
    position: Mapped[int] = mapped_column(comment="first, second … wish for this call-off")
    state: Mapped[ChangeState]
    version: Mapped[int] = mapped_column(default=1)
    asked_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(Text)
    asking_decision_id: Mapped[int | None] = mapped_column(comment="where a line grows")
    applying_decision_id: Mapped[int | None] = mapped_column(comment="where a line grew")
    consented_by: Mapped[int | None] = mapped_column(
        ForeignKey("person.id"), comment="of the member, to what the desk proposed"
    )
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    self_approval_evidence_id: Mapped[int | None] = mapped_column(
        ForeignKey("evidence_document.id")
    )
    closed_at: Mapped[datetime | None]

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads a plain dict

    items: Mapped[list["CallOffChangeItem"]] = relationship(
        lazy="raise", order_by="CallOffChangeItem.id"
    )
    steps: Mapped[list["CallOffChangeStep"]] = relationship(
        lazy="raise", order_by="CallOffChangeStep.id"
    )

    @property
    def wishes(self) -> list[tuple[Wish, Said | None]]:
        """What is wished, with the desk's answer where there is one."""
        return [(item.wish, item.said) for item in self.items]

    @property
    def grows(self) -> bool:
        """Whether a line gets more pieces, as wished or as answered."""
        return any(item.pieces > (item.before or 0) for item in self.items if item.sku)

    @property
    def is_proposed(self) -> bool:
        """By the desk; everything else was asked for by the member."""
        return self.steps[0].step is ChangeStep.PROPOSE

    @property
    def requested_by(self) -> int:
        """Whose wish it is when somebody approves it: who asked, or agreed to a proposal."""
        return self.consented_by or self.asked_by

    def take(
        self, step: ChangeStep, by: int | None, side: Side, at: datetime, reason: str = ""
    ) -> None:
        """Advance and leave a trace. Raises IllegalStep before anything changes."""
        left = self.state if self.steps else None
        now = reached(left, step)
        self.steps.append(
            CallOffChangeStep(
                step=step, left=left, reached=now, by=by, side=side, at=at, reason=reason
            )
        )
        self.state = now
        if now not in OPEN:
            self.closed_at = at


class CallOffChangeItem(Record):
    """One line with another quantity, or the whole order on another day."""

    __tablename__ = "call_off_change_item"
    __table_args__ = (
        UniqueConstraint("change_id", "sku"),
        CheckConstraint(
            "(sku = '' AND wanted IS NULL AND wanted_day IS NOT NULL) OR "
            "(sku <> '' AND wanted IS NOT NULL AND before IS NOT NULL AND wanted_day IS NULL)",
            name="one_thing",
        ),
        CheckConstraint("wanted >= 0", name="wanted"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    change_id: Mapped[int] = mapped_column(ForeignKey("call_off_change.id"))
    sku: Mapped[str] = mapped_column(String(64), default="", comment="empty: the delivery day")
    before: Mapped[int | None]
    wanted: Mapped[int | None]
    day_before: Mapped[date | None]
    wanted_day: Mapped[date | None]
    part: Mapped[int | None] = mapped_column(comment="of a split line that grows: which part")

    answer: Mapped["CallOffChangeAnswer | None"] = relationship(lazy="raise")
    successor: Mapped["CallOffChangeSuccessor | None"] = relationship(lazy="raise")

    @property
    def wish(self) -> Wish:
        return Wish(self.sku, self.before, self.wanted, self.day_before, self.wanted_day, self.part)

    @property
    def said(self) -> Said | None:
        return None if self.answer is None else self.answer.said

    @property
    def pieces(self) -> int:
        """How many the line has then, as far as is known."""
        return quantity_after(self.wish, self.said)


append_only(CallOffChangeItem.metadata.tables[CallOffChangeItem.__tablename__])


class CallOffChangeAnswer(Record):
    """What the desk says to one wish."""

    __tablename__ = "call_off_change_answer"

    item_id: Mapped[int] = mapped_column(ForeignKey("call_off_change_item.id"), primary_key=True)
    answer: Mapped[Answer]
    quantity: Mapped[int | None]
    day: Mapped[date | None] = mapped_column("on_day")
    reason: Mapped[str] = mapped_column(Text, default="")

    @property
    def said(self) -> Said:
        return Said(self.answer, self.quantity, self.day, self.reason)


append_only(CallOffChangeAnswer.metadata.tables[CallOffChangeAnswer.__tablename__])


class CallOffChangeSuccessor(Record):
    """The article of an item that takes another one's place, as it was proposed, with its price."""

    __tablename__ = "call_off_change_successor"

    item_id: Mapped[int] = mapped_column(ForeignKey("call_off_change_item.id"), primary_key=True)
    replaces_sku: Mapped[str] = mapped_column(String(64))
    old_unit_price: Mapped[UnitPrice]
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"))
    lot_id: Mapped[int] = mapped_column(ForeignKey("lot.id"))
    catalog_version_id: Mapped[int] = mapped_column(ForeignKey("catalog_version.id"))
    name: Mapped[str] = mapped_column(String(255))
    manufacturer: Mapped[str] = mapped_column(String(100))
    order_unit: Mapped[str] = mapped_column(String(3))
    pieces_per_unit: Mapped[int]
    unit_price: Mapped[UnitPrice]
    serial_numbers: Mapped[bool]
    reverse_charge: Mapped[bool]
    delivery_days: Mapped[int]
    released_on: Mapped[date] = mapped_column(comment="by two persons, after a comparison")
    grounds: Mapped[str] = mapped_column(Text, comment="why what differs is equal or better")

    @property
    def words(self) -> str:
        """What the member consents to, in one sentence after the other."""
        price = f"{unit_price(self.unit_price)} je Stück"
        if self.unit_price != self.old_unit_price:
            price += f" statt {unit_price(self.old_unit_price)}"
        words = (
            f"Nachfolger von {self.replaces_sku}: {price}. Gleiches Los, in jedem Merkmal gleich "
            f"oder besser, freigegeben am {day(self.released_on)}."
        )
        return f"{words} {self.grounds}".strip()


append_only(CallOffChangeSuccessor.metadata.tables[CallOffChangeSuccessor.__tablename__])


class CallOffChangeStep(Record):
    """One step: the history that pages, memo and audit read."""

    __tablename__ = "call_off_change_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    change_id: Mapped[int] = mapped_column(ForeignKey("call_off_change.id"), index=True)
    step: Mapped[ChangeStep]
    left: Mapped[ChangeState | None] = mapped_column(
        "left_state", words(ChangeState, "left_change")
    )
    reached: Mapped[ChangeState] = mapped_column(
        "reached_state", words(ChangeState, "reached_change")
    )
    by: Mapped[int | None] = mapped_column("by_person", ForeignKey("person.id"))
    side: Mapped[Side]
    at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(Text, default="")


append_only(CallOffChangeStep.metadata.tables[CallOffChangeStep.__tablename__])
# What was asked stays as it was asked; where it stands is a matter of its steps.
frozen(
    CallOffChange.metadata.tables[CallOffChange.__tablename__],
    (
        "state",
        "version",
        "applying_decision_id",
        "consented_by",
        "approved_by",
        "self_approval_evidence_id",
        "closed_at",
    ),
)
