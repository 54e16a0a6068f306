"""Agreements, lots with their ceilings, parties, and the ledger of what was drawn."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import Mapped, mapped_column

import app.frameworks.agreement_records
import app.frameworks.cap_records  # noqa: F401 - the tables that foreign keys here name
from app.database.base import Record, table_of
from app.database.guards import append_only
from app.database.marks import CATALOG, REGISTER, marked
from app.frameworks.ceiling_guard import guard_ceilings, guard_use
from app.frameworks.rules_ceiling import CeilingMove, level_of
from app.frameworks.supplier_choice import CallOffMode
from app.frameworks.total_guard import guard_total
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
    maximum_value: Mapped[Money | None] = mapped_column(
        comment="net, over all lots; rule F-05. What is used of it is the sum of the lots"
    )
    maximum_quantity: Mapped[int | None] = mapped_column(comment="over all lots; rule F-05")
    raised_by: Mapped[int | None] = mapped_column(
        comment="entry of the change log that last raised the ceiling (ceiling_guard)"
    )
    reservation_days: Mapped[int] = mapped_column(
        default=14, server_default="14", comment="an order waits so long for approval, then lapses"
    )
    tender_months: Mapped[int] = mapped_column(
        default=9, server_default="9", comment="how long a new tender takes"
    )
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
    legal_basis: Mapped[str] = mapped_column(String(160), default="", server_default="")
    published_on: Mapped[date | None]
    award_notice_id: Mapped[str | None] = mapped_column(String(80))
    file_reference: Mapped[str] = mapped_column(String(80), default="", server_default="")
    party_kinds: Mapped[str] = mapped_column(
        String(400), default="", server_default="", comment="rule F-04: a class of LISTED"
    )
    party_districts: Mapped[str] = mapped_column(String(200), default="", server_default="")
    party_members_by: Mapped[date | None] = mapped_column(comment="members by this day")
    call_off_mode: Mapped[CallOffMode] = mapped_column(
        default=CallOffMode.DIRECT, server_default="direct", comment="rule F-08"
    )
    answer_days: Mapped[int] = mapped_column(
        default=3, server_default="3", comment="working days a supplier has to answer"
    )
    minimum_order_value: Mapped[Money | None] = mapped_column(comment="net, rule F-10")
    maximum_order_value: Mapped[Money | None] = mapped_column(comment="net, rule F-10")
    fee_points: Mapped[int] = mapped_column(
        default=0, server_default="0", comment="hundredths of a percent that the supplier pays"
    )
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("framework.id"))
    hand_over_on: Mapped[date | None] = mapped_column(comment="from here on the successor")


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
    raised_by: Mapped[int | None] = mapped_column(
        comment="entry of the change log that last raised the ceiling (ceiling_guard)"
    )
    given_back_by: Mapped[int | None] = mapped_column(
        comment="entry of the ledger that last lowered what is called off (ceiling_guard)"
    )
    reserved_value: Mapped[Money] = mapped_column(default=NOTHING)
    called_off_value: Mapped[Money] = mapped_column(default=NOTHING)
    reserved_quantity: Mapped[int] = mapped_column(default=0)
    called_off_quantity: Mapped[int] = mapped_column(default=0)
    alert_percents: Mapped[str] = mapped_column(String(40), default="50 75 90")
    has_quotas: Mapped[bool] = mapped_column(
        default=False, server_default=false(), comment="some member has a quota of this lot"
    )
    has_caps: Mapped[bool] = mapped_column(
        default=False, server_default=false(), comment="some article of this lot has a cap"
    )
    minimum_order_value: Mapped[Money | None] = mapped_column(comment="net, rule F-10")
    maximum_order_value: Mapped[Money | None] = mapped_column(comment="net, rule F-10")
    only_kinds: Mapped[str] = mapped_column(
        String(400), default="", server_default="", comment="narrows the parties; empty: all"
    )
    only_districts: Mapped[str] = mapped_column(String(200), default="", server_default="")
    open_assortment_percent: Mapped[int | None] = mapped_column(
        comment="articles outside the list; the lot's ceiling is this part of all other lots"
    )

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
        """Of the scarcer of value and quantity, reserved or called off, rounded down."""
        return level_of(self).percent


class FrameworkParty(Record):
    """A member named in the agreement, for frameworks that list their parties (rule F-04)."""

    __tablename__ = "framework_party"
    __table_args__ = (UniqueConstraint("framework_id", "member_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    framework_id: Mapped[int] = mapped_column(ForeignKey("framework.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None] = mapped_column(comment="last day")


class CeilingMovement(Record):
    """The ledger: its sums per lot, and per lot and member, are the columns there."""

    __tablename__ = "ceiling_movement"
    __table_args__ = (Index("ix_ceiling_movement_lot_at", "lot_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    lot_id: Mapped[int] = mapped_column(ForeignKey("lot.id"))
    move: Mapped[CeilingMove]
    subject: Mapped[str] = mapped_column(String(60), comment="number of the call-off, or a reason")
    reserved_value: Mapped[Money] = mapped_column(comment="change, may be negative")
    called_off_value: Mapped[Money] = mapped_column(comment="change, may be negative")
    reserved_quantity: Mapped[int]
    called_off_quantity: Mapped[int]
    member_id: Mapped[int | None] = mapped_column(
        ForeignKey("member.id"), comment="null: nobody's in particular, such as an opening stock"
    )
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id"), comment="who corrected; an order's own history says the rest"
    )
    reason: Mapped[str] = mapped_column(Text, default="", server_default="")
    at: Mapped[datetime]


append_only(CeilingMovement.metadata.tables[CeilingMovement.__tablename__])
guard_total(Framework.metadata.tables["framework"], Lot.metadata.tables["lot"])


class MemberQuota(Record):
    """What one member may draw of a lot at most; it shares the lot's ceiling all the same."""

    __tablename__ = "member_quota"
    __table_args__ = (
        UniqueConstraint("lot_id", "member_id"),
        CheckConstraint("reserved_value >= 0", name="reserved_value"),
        CheckConstraint("called_off_value >= 0", name="called_off_value"),
        CheckConstraint("reserved_quantity >= 0", name="reserved_quantity"),
        CheckConstraint("called_off_quantity >= 0", name="called_off_quantity"),
        CheckConstraint(
            "maximum_value IS NULL OR reserved_value + called_off_value <= maximum_value",
            name="value_ceiling",
        ),
        CheckConstraint(
            "maximum_quantity IS NULL OR "
            "reserved_quantity + called_off_quantity <= maximum_quantity",
            name="quantity_ceiling",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    lot_id: Mapped[int] = mapped_column(ForeignKey("lot.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    maximum_value: Mapped[Money | None] = mapped_column(comment="net; null is no limit")
    maximum_quantity: Mapped[int | None]
    raised_by: Mapped[int | None] = mapped_column(
        comment="entry of the change log that last raised the ceiling (ceiling_guard)"
    )
    given_back_by: Mapped[int | None] = mapped_column(
        comment="entry of the ledger that last lowered what is called off (ceiling_guard)"
    )
    reserved_value: Mapped[Money] = mapped_column(default=NOTHING)
    called_off_value: Mapped[Money] = mapped_column(default=NOTHING)
    reserved_quantity: Mapped[int] = mapped_column(default=0)
    called_off_quantity: Mapped[int] = mapped_column(default=0)


guard_ceilings(table_of(Framework), table_of(Lot), table_of(MemberQuota))
guard_use(table_of(Lot), table_of(MemberQuota))


class CeilingAlert(Record):
    """A share of a ceiling was reached: told once for each ceiling, again only after a raise."""

    __tablename__ = "ceiling_alert"
    __table_args__ = (UniqueConstraint("bound", "measure", "percent", "maximum"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    framework_id: Mapped[int] = mapped_column(ForeignKey("framework.id"), index=True)
    lot_id: Mapped[int | None] = mapped_column(ForeignKey("lot.id"), comment="null: the total")
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"), comment="of a quota")
    bound: Mapped[str] = mapped_column(String(60), comment="lot:7, total:3, quota:7:15")
    measure: Mapped[str] = mapped_column(String(10), comment="value in cents, or quantity")
    percent: Mapped[int]
    used: Mapped[int] = mapped_column(BigInteger)
    maximum: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[datetime]


append_only(CeilingAlert.metadata.tables[CeilingAlert.__tablename__])


_DRAWN = (
    "reserved_value",
    "called_off_value",
    "reserved_quantity",
    "called_off_quantity",
    "given_back_by",
)
for _table in (table_of(Framework), table_of(FrameworkParty)):
    marked(REGISTER, _table)
    marked(CATALOG, _table)
marked(REGISTER, table_of(Lot), but=_DRAWN)
marked(CATALOG, table_of(Lot), but=_DRAWN)
