"""What an agreement says besides its lots: suppliers, options, price rule, papers, returns."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.database.base import Record, table_of
from app.database.guards import append_only
from app.database.marks import REGISTER, marked
from app.frameworks.amendment_limits import AmendmentBasis, AmendmentKind
from app.frameworks.price_rule import PriceRuleKind
from app.frameworks.supplier_choice import AwardEvent
from app.kernel.money import NOTHING, Money


class FrameworkDocument(Record):
    """A paper of an agreement, kept by its hash; the proof of an amendment is one of them."""

    __tablename__ = "framework_document"

    id: Mapped[int] = mapped_column(primary_key=True)
    framework_id: Mapped[int] = mapped_column(ForeignKey("framework.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    dated: Mapped[date]
    file_sha256: Mapped[str] = mapped_column(ForeignKey("stored_file.sha256"))
    file_name: Mapped[str] = mapped_column(String(200))
    open_to_members: Mapped[bool] = mapped_column(default=False)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]


append_only(FrameworkDocument.metadata.tables[FrameworkDocument.__tablename__])


class FrameworkChange(Record):
    """What was changed about an agreement, lot or term, by whom and why."""

    __tablename__ = "framework_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    framework_id: Mapped[int] = mapped_column(ForeignKey("framework.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    what: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    kind: Mapped[AmendmentKind] = mapped_column(default=AmendmentKind.TERMS, server_default="terms")
    basis: Mapped[AmendmentBasis | None] = mapped_column(comment="§ 132 GWB")
    effective_on: Mapped[date | None]
    lot_id: Mapped[int | None] = mapped_column(ForeignKey("lot.id"))
    value_change: Mapped[Money] = mapped_column(default=NOTHING, server_default="0")
    quantity_change: Mapped[int] = mapped_column(default=0, server_default="0")
    notice: Mapped[str] = mapped_column(
        String(80), default="", server_default="", comment="publication, § 132 Abs. 5 GWB"
    )
    decided_by: Mapped[str] = mapped_column(String(160), default="", server_default="")
    document_id: Mapped[int | None] = mapped_column(ForeignKey("framework_document.id"))


append_only(FrameworkChange.metadata.tables[FrameworkChange.__tablename__])


class FrameworkSupplier(Record):
    """One contractor; `rank` decides in a cascade, `share` in a rotation. No lot means all."""

    __tablename__ = "framework_supplier"
    __table_args__ = (
        CheckConstraint("supplier_rank >= 1", name="supplier_rank"),
        CheckConstraint("share >= 1", name="share"),
        Index("ix_framework_supplier_framework_id_lot_id", "framework_id", "lot_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    framework_id: Mapped[int] = mapped_column(ForeignKey("framework.id"))
    lot_id: Mapped[int | None] = mapped_column(ForeignKey("lot.id"))
    name: Mapped[str] = mapped_column(String(160))
    vat_id: Mapped[str | None] = mapped_column(String(20))
    mail: Mapped[str] = mapped_column(String(254), default="", server_default="")
    rank: Mapped[int] = mapped_column("supplier_rank", default=1)
    share: Mapped[int] = mapped_column(default=1, comment="parts of the whole, for rotation")
    valid_from: Mapped[date]
    valid_to: Mapped[date | None] = mapped_column(comment="last day; null: until the end")
    replaces_id: Mapped[int | None] = mapped_column(
        ForeignKey("framework_supplier.id"), comment="§ 132 Abs. 2 Satz 1 Nr. 4 GWB"
    )


marked(REGISTER, table_of(FrameworkSupplier))


class SupplierAward(Record):
    """Who was to deliver a call-off, by which rule, and what he answered."""

    __tablename__ = "supplier_award"
    __table_args__ = (Index("ix_supplier_award_subject", "subject"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    framework_id: Mapped[int] = mapped_column(ForeignKey("framework.id"))
    lot_id: Mapped[int] = mapped_column(ForeignKey("lot.id"))
    supplier_id: Mapped[int] = mapped_column(ForeignKey("framework_supplier.id"), index=True)
    subject: Mapped[str] = mapped_column(String(60), comment="number of the call-off")
    event: Mapped[AwardEvent]
    value: Mapped[Money] = mapped_column(default=NOTHING, comment="change of what he was given")
    reason: Mapped[str] = mapped_column(Text)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]


append_only(SupplierAward.metadata.tables[SupplierAward.__tablename__])


class ExtensionOption(Record):
    """An option to extend: how long, until when it is to be declared, and what was decided."""

    __tablename__ = "extension_option"
    __table_args__ = (
        UniqueConstraint("framework_id", "number"),
        CheckConstraint("months >= 1", name="months"),
        CheckConstraint("(decided_on IS NULL) = (exercised IS NULL)", name="decided"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    framework_id: Mapped[int] = mapped_column(ForeignKey("framework.id"))
    number: Mapped[int]
    months: Mapped[int]
    notice_by: Mapped[date] = mapped_column(comment="last day on which it may be declared")
    exercised: Mapped[bool | None] = mapped_column(comment="null: not decided yet")
    decided_on: Mapped[date | None]
    decided_by: Mapped[str] = mapped_column(String(160), default="", server_default="")
    document_id: Mapped[int | None] = mapped_column(ForeignKey("framework_document.id"))


class AgreedPriceRule(Record):
    """How prices may change, from a day on; a later row replaces an earlier one."""

    __tablename__ = "agreed_price_rule"

    id: Mapped[int] = mapped_column(primary_key=True)
    framework_id: Mapped[int] = mapped_column(ForeignKey("framework.id"), index=True)
    kind: Mapped[PriceRuleKind]
    valid_from: Mapped[date]
    fixed_until: Mapped[date | None]
    index_name: Mapped[str] = mapped_column(String(120), default="")
    base_month: Mapped[str | None] = mapped_column(String(7))
    threshold_points: Mapped[int] = mapped_column(default=0, comment="hundredths of a percent")
    cap_points: Mapped[int | None] = mapped_column(comment="hundredths of a percent")
    discount_points: Mapped[int] = mapped_column(default=0, comment="hundredths of a percent")
    announcement_days: Mapped[int] = mapped_column(default=0)
    at: Mapped[datetime]


append_only(AgreedPriceRule.metadata.tables[AgreedPriceRule.__tablename__])


class IndexValue(Record):
    """A published value of a price index; a corrected value is a later row."""

    __tablename__ = "index_value"
    __table_args__ = (
        CheckConstraint("hundredths > 0", name="hundredths"),
        Index("ix_index_value_index_name_month", "index_name", "month"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    index_name: Mapped[str] = mapped_column(String(120))
    month: Mapped[str] = mapped_column(String(7))
    hundredths: Mapped[int] = mapped_column(comment="117.3 is 11730")
    source: Mapped[str] = mapped_column(String(200))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]


append_only(IndexValue.metadata.tables[IndexValue.__tablename__])


class SupplierReturn(Record):
    """What a supplier says he sold in a month; a corrected return is a later row."""

    __tablename__ = "supplier_return"
    __table_args__ = (Index("ix_supplier_return_framework_id_month", "framework_id", "month"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    framework_id: Mapped[int] = mapped_column(ForeignKey("framework.id"))
    month: Mapped[str] = mapped_column(String(7))
    declared: Mapped[Money] = mapped_column(comment="net; nothing sold is 0")
    fee_points: Mapped[int] = mapped_column(comment="of the agreement when it was recorded")
    note: Mapped[str] = mapped_column(String(500), default="")
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]


append_only(SupplierReturn.metadata.tables[SupplierReturn.__tablename__])
