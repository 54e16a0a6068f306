"""Budgets, every movement of them, and how a member names the columns of its commitments."""

from datetime import datetime

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

import app.accounts.records
import app.members.records  # noqa: F401 - the tables that foreign keys here name
from app.budgets.rules import Account, Booking, Limit, Standing
from app.database.base import Record, table_of
from app.database.guards import append_only
from app.database.marks import BUDGETS, marked
from app.kernel.money import NOTHING, Money


class Budget(Record):
    """What a member may spend on a product account in a year; the CHECK has the last word.

    Only an invoice may pass a hard limit, because it is owed: `overrun` says by how much.
    """

    __tablename__ = "budget"
    __table_args__ = (
        UniqueConstraint("id", "member_id"),
        UniqueConstraint("member_id", "year", "product_account"),
        CheckConstraint("amount >= 0", name="amount"),
        CheckConstraint("committed >= 0", name="committed"),
        CheckConstraint("actual >= 0", name="actual"),
        CheckConstraint("overrun >= 0", name="overrun"),
        CheckConstraint(
            "limit_kind <> 'hard' OR committed + actual <= amount + overrun", name="hard_limit"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    year: Mapped[int]
    product_account: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(120))
    amount: Mapped[Money] = mapped_column(comment="Haushaltsansatz, gross")
    limit: Mapped[Limit] = mapped_column("limit_kind")
    committed: Mapped[Money] = mapped_column(default=NOTHING, comment="held by orders, gross")
    actual: Mapped[Money] = mapped_column(default=NOTHING, comment="taken by invoices, gross")
    overrun: Mapped[Money] = mapped_column(default=NOTHING, comment="what invoices took beyond")
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]

    @property
    def account(self) -> Account:
        return Account(self.year, self.product_account)

    @property
    def standing(self) -> Standing:
        return Standing(self.amount, self.committed, self.actual)


class BudgetMovement(Record):
    """One change of a budget; the sums of all are the budget."""

    __tablename__ = "budget_movement"
    __table_args__ = (
        ForeignKeyConstraint(["budget_id", "member_id"], ["budget.id", "budget.member_id"]),
        Index("ix_budget_movement_subject", "member_id", "subject"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    budget_id: Mapped[int] = mapped_column(index=True)
    member_id: Mapped[int]
    booking: Mapped[Booking]
    subject: Mapped[str] = mapped_column(String(40), default="", comment="number of the call-off")
    invoice: Mapped[str] = mapped_column(String(40), default="", comment="number of the invoice")
    amount: Mapped[Money] = mapped_column(default=NOTHING, comment="change of what was planned")
    committed: Mapped[Money] = mapped_column(default=NOTHING, comment="change")
    actual: Mapped[Money] = mapped_column(default=NOTHING, comment="change")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(String(1000), default="")
    at: Mapped[datetime]


class CommitmentColumns(Record):
    """Which columns a member's finance system takes, under which names, in which order."""

    __tablename__ = "commitment_columns"

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True)
    profile: Mapped[str] = mapped_column(String(20))
    columns: Mapped[list[list[str]]] = mapped_column(JSON, comment="field, heading")
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]


append_only(table_of(BudgetMovement))
# Which budgets a member has; what orders take of them every minute makes no answer old.
marked(BUDGETS, table_of(Budget), but=("committed", "actual", "overrun"))
