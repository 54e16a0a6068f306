"""Agreements, lots with their ceilings, parties, and the ledger of what was drawn."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.database.base import Record, table_of
from app.database.guards import append_only
from app.database.marks import REGISTER, marked
from app.kernel.money import NOTHING, Money


class AwardModel(StrEnum):
    """Who is the contracting authority of the framework."""

    INTERMEDIARY = "intermediary"
    DIRECT_CALL_OFF = "direct_call_off"


class PartyRule(StrEnum):
    """Which members may call off."""

    ALL_MEMBERS = "all_members"
    LISTED = "listed"


class Framework(Record):
    """A framework agreement, § 103 Abs. 5 GWB, § 21 VgV."""

    __tablename__ = "framework"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    title: Mapped[str] = mapped_column(String(160))
    award_model: Mapped[AwardModel]
    party_rule: Mapped[PartyRule]
    contracting_entity: Mapped[str] = mapped_column(String(160))
    supplier_name: Mapped[str] = mapped_column(String(160))
    supplier_vat_id: Mapped[str | None] = mapped_column(String(20))
    procedure_type: Mapped[str | None] = mapped_column(String(80), comment="rule F-01")
    notice_id: Mapped[str | None] = mapped_column(String(80), comment="rule F-01: TED or national")
    award_date: Mapped[date | None] = mapped_column(comment="rule F-01")
    valid_from: Mapped[date] = mapped_column(comment="rule F-02")
    valid_to: Mapped[date] = mapped_column(
        comment="rule F-02: last day on which a call-off may be concluded"
    )
    term_exception_reason: Mapped[str | None] = mapped_column(
        Text, comment="rule F-03: why longer than 48 months"
    )
    price_fixed_until: Mapped[date | None]
    chain_link: Mapped[str | None] = mapped_column(
        String(40), comment="key of a partner network's link that needs own evidence"
    )
    delivery_days: Mapped[int] = mapped_column(default=10, comment="working days")
    warranty_months: Mapped[int] = mapped_column(default=24)
    payment_days: Mapped[int] = mapped_column(default=30)
    note: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)


class Lot(Record):
    """A lot with its ceilings; the CHECKs are the last word on C-23/20."""

    __tablename__ = "lot"
    __table_args__ = (
        UniqueConstraint("framework_id", "number"),
        CheckConstraint("reserved_value >= 0", name="reserved_value"),
        CheckConstraint("called_off_value >= 0", name="called_off_value"),
        CheckConstraint("reserved_quantity >= 0", name="reserved_quantity"),
        CheckConstraint("called_off_quantity >= 0", name="called_off_quantity"),
        CheckConstraint("reserved_value + called_off_value <= maximum_value", name="value_ceiling"),
        CheckConstraint(
            "maximum_quantity IS NULL OR "
            "reserved_quantity + called_off_quantity <= maximum_quantity",
            name="quantity_ceiling",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    framework_id: Mapped[int] = mapped_column(ForeignKey("framework.id"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(160))
    cpv: Mapped[str | None] = mapped_column(String(8))
    estimated_value: Mapped[Money | None]
    maximum_value: Mapped[Money] = mapped_column(comment="net; rule F-05, CJEU C-23/20")
    maximum_quantity: Mapped[int | None] = mapped_column(comment="rule F-05")
    reserved_value: Mapped[Money] = mapped_column(default=NOTHING)
    called_off_value: Mapped[Money] = mapped_column(default=NOTHING)
    reserved_quantity: Mapped[int] = mapped_column(default=0)
    called_off_quantity: Mapped[int] = mapped_column(default=0)
    alert_percents: Mapped[str] = mapped_column(String(40), default="50 75 90")

    @property
    def remaining_value(self) -> Money:
        return self.maximum_value - self.reserved_value - self.called_off_value

    @property
    def remaining_quantity(self) -> int | None:
        if self.maximum_quantity is None:
            return None
        return self.maximum_quantity - self.reserved_quantity - self.called_off_quantity

    @property
    def used_percent(self) -> int:
        """Whole percent of the maximum value that is reserved or called off, rounded down."""
        if not self.maximum_value:
            return 100
        return (self.reserved_value + self.called_off_value).cents * 100 // self.maximum_value.cents


class FrameworkParty(Record):
    """A member named in the agreement, for frameworks that list their parties (rule F-04)."""

    __tablename__ = "framework_party"
    __table_args__ = (UniqueConstraint("framework_id", "member_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    framework_id: Mapped[int] = mapped_column(ForeignKey("framework.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))


class CeilingMove(StrEnum):
    """What moves a lot's two columns."""

    OPENING = "opening"
    RESERVE = "reserve"
    CALL_OFF = "call_off"
    RELEASE = "release"
    RETURN = "return"


class CeilingMovement(Record):
    """The ledger: its sums per lot are the lot's columns."""

    __tablename__ = "ceiling_movement"

    id: Mapped[int] = mapped_column(primary_key=True)
    lot_id: Mapped[int] = mapped_column(ForeignKey("lot.id"), index=True)
    move: Mapped[CeilingMove]
    subject: Mapped[str] = mapped_column(String(60), comment="number of the call-off, or a reason")
    reserved_value: Mapped[Money] = mapped_column(comment="change, may be negative")
    called_off_value: Mapped[Money] = mapped_column(comment="change, may be negative")
    reserved_quantity: Mapped[int]
    called_off_quantity: Mapped[int]
    at: Mapped[datetime]


append_only(CeilingMovement.metadata.tables[CeilingMovement.__tablename__])


class FrameworkChange(Record):
    """What was changed about an agreement, lot or term, by whom and why."""

    __tablename__ = "framework_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    framework_id: Mapped[int] = mapped_column(ForeignKey("framework.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    what: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)


append_only(FrameworkChange.metadata.tables[FrameworkChange.__tablename__])


marked(REGISTER, table_of(Framework))
marked(REGISTER, table_of(FrameworkParty))
