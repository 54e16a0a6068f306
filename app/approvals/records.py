"""Who must agree to what, the steps of one subject, and the verdicts over its frozen version."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

import app.catalog.records
import app.members.records  # noqa: F401 - the tables that foreign keys here name
from app.approvals.rules import Verdict
from app.database.base import Record, table_of
from app.database.guards import append_only, frozen
from app.database.marks import REGISTER, marked
from app.kernel.money import NOTHING, Money


class ApprovalSettings(Record):
    """What a member says about approvals beside its rules."""

    __tablename__ = "approval_settings"
    __table_args__ = (CheckConstraint("window_days BETWEEN 0 AND 31", name="window_days"),)

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True)
    window_days: Mapped[int] = mapped_column(
        comment="orders of one person on one account within so many days count together"
    )
    password_above: Mapped[Money] = mapped_column(
        comment="above it, the link in the mail asks for the password"
    )


class ApprovalRule(Record):
    """A row of a member's table; it is ended, never changed, so old orders can name it."""

    __tablename__ = "approval_rule"
    __table_args__ = (
        CheckConstraint("up_to IS NULL OR up_to > above", name="up_to"),
        CheckConstraint("escalate_after_days BETWEEN 1 AND 60", name="escalate_after_days"),
        Index("ix_approval_rule_member", "member_id", "position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    position: Mapped[int] = mapped_column(comment="the first fitting rule decides")
    title: Mapped[str] = mapped_column(String(80))
    above: Mapped[Money] = mapped_column(default=NOTHING)
    up_to: Mapped[Money | None]
    account: Mapped[str] = mapped_column(String(60), default="", comment="a star ends a beginning")
    category_id: Mapped[int | None] = mapped_column(ForeignKey("category.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    escalate_after_days: Mapped[int | None]
    escalate_to: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    added_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    added_at: Mapped[datetime]
    ended_on: Mapped[date | None] = mapped_column(comment="from this day on it counts no longer")


class ApprovalRuleStep(Record):
    """One signature that a rule wants; equal stages are asked together."""

    __tablename__ = "approval_rule_step"
    __table_args__ = (
        UniqueConstraint("rule_id", "position"),
        UniqueConstraint("rule_id", "person_id"),
        CheckConstraint("position BETWEEN 1 AND 5", name="position"),
        CheckConstraint("stage BETWEEN 1 AND 5", name="stage"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rule_id: Mapped[int] = mapped_column(ForeignKey("approval_rule.id"))
    position: Mapped[int]
    stage: Mapped[int]
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id"), comment="null: whoever's value limit covers the order"
    )


class ApprovalPath(Record):
    """The steps that one version of a subject needs; a changed version begins a new round."""

    __tablename__ = "approval_path"
    __table_args__ = (UniqueConstraint("subject", "round"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    subject: Mapped[str] = mapped_column(String(60), comment="number of what is decided over")
    round: Mapped[int]
    subject_sha256: Mapped[str] = mapped_column(String(64))
    rule_id: Mapped[int | None] = mapped_column(ForeignKey("approval_rule.id"))
    requested_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    value: Mapped[Money] = mapped_column(comment="of the order alone")
    counted: Mapped[Money] = mapped_column(comment="with what was ordered shortly before")
    opened_at: Mapped[datetime]


class ApprovalStep(Record):
    """One signature of a path."""

    __tablename__ = "approval_step"
    __table_args__ = (
        UniqueConstraint("path_id", "position"),
        CheckConstraint("position BETWEEN 1 AND 5", name="position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    path_id: Mapped[int] = mapped_column(ForeignKey("approval_path.id"))
    position: Mapped[int]
    stage: Mapped[int]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class ApprovalEscalation(Record):
    """A step that waited too long: somebody else may sign it too."""

    __tablename__ = "approval_escalation"

    id: Mapped[int] = mapped_column(primary_key=True)
    step_id: Mapped[int] = mapped_column(ForeignKey("approval_step.id"), unique=True)
    to_person: Mapped[int | None] = mapped_column(
        ForeignKey("person.id"), comment="null: whoever's value limit covers the order"
    )
    at: Mapped[datetime]


class Approval(Record):
    """One verdict; it binds the hash of what was seen."""

    __tablename__ = "approval"
    __table_args__ = (
        CheckConstraint(
            "requested_by <> decided_by OR exception_evidence_id IS NOT NULL", name="four_eyes"
        ),
        Index("ix_approval_subject", "subject"),
        Index("ix_approval_decided_by", "decided_by", "at"),
        Index("uq_approval_step_id", "step_id", unique=True),
        Index("uq_approval_path_person", "path_id", "decided_by", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    subject: Mapped[str] = mapped_column(String(60), comment="number of what was decided over")
    subject_sha256: Mapped[str] = mapped_column(String(64), comment="of the version that was seen")
    value: Mapped[Money] = mapped_column(comment="gross or net, as the member's limit counts")
    requested_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    decided_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    on_behalf_of: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    verdict: Mapped[Verdict]
    acknowledged: Mapped[str] = mapped_column(String(200), default="", comment="rule ids")
    reason: Mapped[str] = mapped_column(Text, default="")
    exception_evidence_id: Mapped[int | None] = mapped_column(
        ForeignKey("evidence_document.id"),
        comment="the member's documented rule for approving one's own order",
    )
    path_id: Mapped[int | None] = mapped_column(comment="with a step: nobody signs a path twice")
    step_id: Mapped[int | None] = mapped_column(comment="null where the value limit decided alone")
    by_link: Mapped[bool | None] = mapped_column(comment="by the one-time link of a mail")
    at: Mapped[datetime]


class ApprovalLink(Record):
    """A one-time link to decide from a mail: for one person and one version; its hash only."""

    __tablename__ = "approval_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    subject: Mapped[str] = mapped_column(String(60), index=True)
    subject_sha256: Mapped[str] = mapped_column(String(64))
    step_id: Mapped[int | None] = mapped_column(ForeignKey("approval_step.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


for _record in (Approval, ApprovalPath, ApprovalStep, ApprovalEscalation, ApprovalRuleStep):
    append_only(table_of(_record))
frozen(table_of(ApprovalRule), ("position", "ended_on"))
frozen(table_of(ApprovalLink), ("used_at",), deletable=True)
marked(REGISTER, table_of(ApprovalSettings))
marked(REGISTER, table_of(ApprovalRule))
marked(REGISTER, table_of(ApprovalRuleStep))
