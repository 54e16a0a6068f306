"""Kits, option rules, device models and what fits them, successors."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

import app.accounts.records
import app.catalog.records  # noqa: F401 - the tables that foreign keys here name
from app.catalog.relations.rules_options import OptionKind
from app.database.base import Record, table_of
from app.database.guards import frozen
from app.database.marks import CATALOG, marked


class Kit(Record):
    """Several articles that are ordered together, each at its own price."""

    __tablename__ = "kit"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(20), unique=True)
    title: Mapped[str] = mapped_column(String(120))
    description: Mapped[str] = mapped_column(String(1000), default="")
    active: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime]
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads a plain dict

    components: Mapped[list["KitComponent"]] = relationship(
        lazy="selectin", order_by="KitComponent.position", cascade="all, delete-orphan"
    )


class KitComponent(Record):
    """How many pieces of an article one kit holds."""

    __tablename__ = "kit_component"
    __table_args__ = (
        UniqueConstraint("kit_id", "sku"),
        CheckConstraint("quantity >= 1", name="quantity"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kit_id: Mapped[int] = mapped_column(ForeignKey("kit.id"))
    position: Mapped[int]
    sku: Mapped[str] = mapped_column(String(64), index=True)
    quantity: Mapped[int]


class OptionRule(Record):
    """What may or must be ordered together with an article, set by the catalog's editor."""

    __tablename__ = "option_rule"
    __table_args__ = (
        CheckConstraint("pieces >= 1", name="pieces"),
        Index("ix_option_rule_sku", "sku"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sku: Mapped[str] = mapped_column(String(64), comment="the article that the rule is about")
    kind: Mapped[OptionKind]
    title: Mapped[str] = mapped_column(String(120))
    pieces: Mapped[int] = mapped_column(default=1, comment="per piece of the article")
    made_at: Mapped[datetime]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    targets: Mapped[list["OptionTarget"]] = relationship(
        lazy="selectin", order_by="OptionTarget.position", cascade="all, delete-orphan"
    )


class OptionTarget(Record):
    """One of the articles that an option rule names."""

    __tablename__ = "option_target"
    __table_args__ = (UniqueConstraint("option_rule_id", "sku"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    option_rule_id: Mapped[int] = mapped_column(ForeignKey("option_rule.id"))
    position: Mapped[int]
    sku: Mapped[str] = mapped_column(String(64))


class DeviceModel(Record):
    """A device model and an article that fits it or (`own`) is it; derived at publication."""

    __tablename__ = "device_model"
    __table_args__ = (
        UniqueConstraint("article_id", "folded"),
        Index("ix_device_model_folded", "folded"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"))
    model: Mapped[str] = mapped_column(String(120))
    folded: Mapped[str] = mapped_column(String(120), comment="folded, without blanks and signs")
    own: Mapped[bool] = mapped_column(comment="the article is this device")


class Successor(Record):
    """An article that takes another one's place: declared by one, released by another person."""

    __tablename__ = "successor"
    __table_args__ = (
        CheckConstraint("old_sku <> new_sku", name="different"),
        CheckConstraint(
            "released_by IS NULL OR declared_by IS NULL OR released_by <> declared_by",
            name="four_eyes",
        ),
        CheckConstraint("released_at IS NULL OR document_sha256 IS NOT NULL", name="with_document"),
        # One article has one successor at a time; withdrawn ones stay on record.
        Index(
            "uq_successor_standing",
            "old_sku",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
        Index("ix_successor_new_sku", "new_sku"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    old_sku: Mapped[str] = mapped_column(String(64))
    new_sku: Mapped[str] = mapped_column(String(64))
    valid_from: Mapped[date]
    grounds: Mapped[str] = mapped_column(Text, comment="why what differs is equal or better")
    comparison: Mapped[dict[str, Any]] = mapped_column(JSON, comment="as it stood when declared")
    document_sha256: Mapped[str] = mapped_column(String(64), comment="in the archive")
    document_name: Mapped[str] = mapped_column(String(200))
    declared_at: Mapped[datetime]
    declared_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    released_at: Mapped[datetime | None]
    released_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    withdrawn_reason: Mapped[str] = mapped_column(Text, default="", server_default="")


frozen(
    Successor.metadata.tables[Successor.__tablename__],
    but=(
        "released_at",
        "released_by",
        "withdrawn_at",
        "withdrawn_by",
        "withdrawn_reason",
    ),
)

for _record in (Kit, KitComponent, OptionRule, OptionTarget, Successor):
    marked(CATALOG, table_of(_record))
