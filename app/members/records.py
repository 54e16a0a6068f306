"""Members and everything that belongs to one of them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.database.base import Record, table_of
from app.database.guards import append_only
from app.database.marks import REGISTER, marked
from app.kernel.money import NOTHING, Money
from app.members.rules import BodyKind, Role
from app.members.rules_lifecycle import Step


class Member(Record):
    """A public body that is or was a member; what the law asks about it is in dated facts."""

    __tablename__ = "member"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(20), unique=True, comment="AGS, ARS or own key")
    name: Mapped[str] = mapped_column(String(200))
    body_kind: Mapped[BodyKind]
    ags: Mapped[str | None] = mapped_column(String(8))
    ars: Mapped[str | None] = mapped_column(String(12))
    contracting_authority_basis: Mapped[str | None] = mapped_column(
        String(40), comment="§ 99 Nr. 1-3 GWB, or § 100 Abs. 1 Nr. 1 with § 108 Abs. 8"
    )
    is_operating_company: Mapped[bool] = mapped_column(default=False)
    street: Mapped[str] = mapped_column(String(120))
    postal_code: Mapped[str] = mapped_column(String(10))
    city: Mapped[str] = mapped_column(String(80))
    leitweg_id: Mapped[str | None] = mapped_column(String(46))
    invoice_mail: Mapped[str | None] = mapped_column(String(254))
    vat_id: Mapped[str | None] = mapped_column(String(20))
    demonstration: Mapped[bool] = mapped_column(default=False)
    account_pattern: Mapped[str | None] = mapped_column(String(120))
    order_stop_date: Mapped[date | None] = mapped_column(
        comment="Kassenschluss: later orders on this year's budget are warned of"
    )
    approval_limit_is_net: Mapped[bool] = mapped_column(default=False)
    self_approval_limit: Mapped[Money] = mapped_column(default=NOTHING)
    self_approval_evidence_id: Mapped[int | None] = mapped_column(
        comment="document of the member's own rule, without which nobody approves his own order"
    )
    time_measurement_enabled: Mapped[bool] = mapped_column(default=False)
    time_measurement_evidence: Mapped[str | None] = mapped_column(String(200))
    baseline_minutes: Mapped[int] = mapped_column(default=180)
    baseline_source: Mapped[str] = mapped_column(
        String(200), default="Angabe der Verwaltung, geschätzt"
    )
    procurements_per_year: Mapped[int | None]
    target_hours_per_year: Mapped[int | None]
    hourly_rate: Mapped[Money | None]
    hourly_rate_source: Mapped[str | None] = mapped_column(String(200))
    council_paper_number: Mapped[str | None] = mapped_column(String(40))


class Membership(Record):
    """One period of membership; `effective_from` may lie before it was recorded."""

    __tablename__ = "membership"

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    resolved_on: Mapped[date | None]
    effective_from: Mapped[date]
    effective_to: Mapped[date | None] = mapped_column(comment="last day")
    notice_received_on: Mapped[date | None]
    share_paid_on: Mapped[date | None]
    votes: Mapped[int] = mapped_column(default=1)
    share_contribution: Mapped[Money] = mapped_column(default=NOTHING)
    recorded_at: Mapped[datetime] = mapped_column(comment="since when it is known as it stands")


class MembershipPast(Record):
    """A period as it stood on record until it was changed or withdrawn; never changed itself."""

    __tablename__ = "membership_past"

    id: Mapped[int] = mapped_column(primary_key=True)
    membership_id: Mapped[int] = mapped_column(index=True, comment="the period it is a past of")
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    resolved_on: Mapped[date | None]
    effective_from: Mapped[date]
    effective_to: Mapped[date | None] = mapped_column(comment="last day")
    notice_received_on: Mapped[date | None]
    share_paid_on: Mapped[date | None]
    votes: Mapped[int]
    known_from: Mapped[datetime]
    known_until: Mapped[datetime] = mapped_column(comment="from then on something else is known")


class MembershipFee(Record):
    """The monthly fee from a day on; no member means: for all."""

    __tablename__ = "membership_fee"

    id: Mapped[int] = mapped_column(primary_key=True)
    valid_from: Mapped[date] = mapped_column(unique=True)
    monthly: Mapped[Money]
    source: Mapped[str | None] = mapped_column(String(200), comment="which fee schedule says so")


class MembershipTerms(Record):
    """What the statutes say about joining and leaving, from a day on."""

    __tablename__ = "membership_terms"

    id: Mapped[int] = mapped_column(primary_key=True)
    valid_from: Mapped[date] = mapped_column(unique=True)
    cooperative: Mapped[str] = mapped_column(String(120), comment="its name on papers")
    first_month: Mapped[int] = mapped_column(comment="in which its fiscal year begins")
    notice_months: Mapped[int]
    share: Mapped[Money]
    source: Mapped[str] = mapped_column(String(200))
    recorded_at: Mapped[datetime]


class MembershipStep(Record):
    """One dated step on the way of a membership, with what proves it; never changed."""

    __tablename__ = "membership_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    step: Mapped[Step]
    on: Mapped[date] = mapped_column("happened_on")
    reference: Mapped[str] = mapped_column(String(200), comment="file number, minutes, statement")
    evidence_document_id: Mapped[int | None] = mapped_column(comment="where a document proves it")
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class Unit(Record):
    """A part of a member that orders: office, school, Eigenbetrieb, or an own legal person."""

    __tablename__ = "unit"
    __table_args__ = (UniqueConstraint("id", "member_id"), UniqueConstraint("member_id", "name"))

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    name: Mapped[str] = mapped_column(String(120))
    body_kind: Mapped[BodyKind]
    own_legal_person: Mapped[bool] = mapped_column(
        default=False, comment="rule M-04: then only an own membership counts"
    )
    leitweg_id: Mapped[str | None] = mapped_column(String(46))


class DeliveryAddress(Record):
    """An entry of a member's address book."""

    __tablename__ = "delivery_address"

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    label: Mapped[str] = mapped_column(String(80))
    street: Mapped[str] = mapped_column(String(120))
    postal_code: Mapped[str] = mapped_column(String(10))
    city: Mapped[str] = mapped_column(String(80))
    recipient: Mapped[str] = mapped_column(String(120), default="")
    room: Mapped[str] = mapped_column(String(80), default="")
    is_default: Mapped[bool] = mapped_column(default=False)
    archived_at: Mapped[datetime | None]


class ProductAccount(Record):
    """A budget account that a member orders on."""

    __tablename__ = "product_account"
    __table_args__ = (UniqueConstraint("member_id", "account"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    account: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(120))
    archived_at: Mapped[datetime | None]


class RoleAssignment(Record):
    """What a person is, for which member (null: for the whole cooperative) and from when."""

    __tablename__ = "role_assignment"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    role: Mapped[Role]
    approval_limit: Mapped[Money | None] = mapped_column(
        comment="up to this order value the person decides; null: without limit"
    )
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]


class Deputy(Record):
    """Who decides for an approver on which days."""

    __tablename__ = "deputy"
    __table_args__ = (CheckConstraint("person_id <> deputy_person_id", name="somebody_else"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    deputy_person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    valid_from: Mapped[date]
    valid_to: Mapped[date]


class AdminOverhead(Record):
    """Minutes a member spent on the portal besides orders in a month (RULE: net savings)."""

    __tablename__ = "admin_overhead"
    __table_args__ = (UniqueConstraint("member_id", "month"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    month: Mapped[str] = mapped_column(String(7))
    minutes: Mapped[int]
    note: Mapped[str] = mapped_column(Text, default="")


append_only(table_of(MembershipPast))
append_only(table_of(MembershipStep))
append_only(table_of(MembershipTerms))

for _record in (
    Member,
    Membership,
    Unit,
    DeliveryAddress,
    RoleAssignment,
    Deputy,
):
    marked(REGISTER, table_of(_record))
