"""Call-offs with their lines and kits; everything they rest on is copied into them."""

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

import app.accounts.records
import app.catalog.records
import app.catalog.relations.records
import app.eligibility.evidence.records
import app.eligibility.records
import app.frameworks.records
import app.members.records
import app.ordering.basket_records
import app.ordering.quoting.records  # noqa: F401 - the tables that foreign keys here name
from app.approvals.records import Approval
from app.catalog.rules_charge import Charge
from app.database.base import Record, table_of
from app.eligibility.override_guard import placed_only_if_eligible
from app.frameworks.drawing.draw import Draw
from app.kernel import german
from app.kernel.money import Money
from app.kernel.unit_price import UnitPrice
from app.ordering.approval_guard import guard_approvals
from app.ordering.rules import Move, Side, State, after
from app.ordering.rules_funding import Financing, Funding
from app.ordering.shares.rules_shares import Coding
from app.ordering.trail_records import CallOffMove


def _index_of_set(column: str, *, unique: bool = False) -> Index:
    """Of the rows that have a value in the column, most have none."""
    filled = text(f"{column} IS NOT NULL")
    return Index(
        f"ix_call_off_{column}",
        column,
        unique=unique,
        sqlite_where=filled,
        postgresql_where=filled,
    )


class CallOff(Record):
    """One individual contract under one framework; everything it rests on is copied into it."""

    __tablename__ = "call_off"
    __table_args__ = (
        UniqueConstraint("id", "member_id"),
        ForeignKeyConstraint(
            ["submission_decision_id", "member_id"],
            ["eligibility_decision.id", "eligibility_decision.member_id"],
        ),
        ForeignKeyConstraint(
            ["placement_decision_id", "member_id"],
            ["eligibility_decision.id", "eligibility_decision.member_id"],
        ),
        ForeignKeyConstraint(["unit_id", "member_id"], ["unit.id", "unit.member_id"]),
        CheckConstraint(
            "approved_by IS NULL OR approved_by <> ordered_by OR "
            "self_approval_evidence_id IS NOT NULL",
            name="four_eyes",
        ),
        CheckConstraint("gross = net + vat", name="gross"),
        CheckConstraint(
            "financing_type IS NULL OR financing_type = 'planned' OR financing_note <> ''",
            name="financing_note",
        ),
        Index("ix_call_off_member_state", "member_id", "state", "submitted_at"),
        Index("ix_call_off_state", "state", "submitted_at"),
        # Asked when a stored file may be erased; empty until the memo is written.
        _index_of_set("memo_pdf_sha256"),
        _index_of_set("memo_json_sha256"),
        _index_of_set("instead_of", unique=True),
        _index_of_set("outage_form", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    unit_id: Mapped[int | None]
    framework_id: Mapped[int] = mapped_column(ForeignKey("framework.id"))
    state: Mapped[State]
    version: Mapped[int] = mapped_column(default=1)
    ordered_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    self_approval_evidence_id: Mapped[int | None] = mapped_column(
        ForeignKey("evidence_document.id")
    )
    submission_decision_id: Mapped[int]
    placement_decision_id: Mapped[int | None]
    purpose: Mapped[str] = mapped_column(String(500))
    product_account: Mapped[str] = mapped_column(String(60))
    cost_centre: Mapped[str] = mapped_column(String(60), default="")
    investment_number: Mapped[str] = mapped_column(String(60), default="")
    budget_year: Mapped[int | None] = mapped_column(comment="null: the year of the order")
    funding_source: Mapped[str] = mapped_column(String(120), default="", server_default="")
    earmarked_until: Mapped[date | None] = mapped_column(comment="Zweckbindung: last day")
    coverage_circle: Mapped[str] = mapped_column(String(60), default="", server_default="")
    financing_type: Mapped[Financing | None]
    financing_note: Mapped[str] = mapped_column(
        Text, default="", server_default="", comment="needed where the plan does not know it"
    )
    your_reference: Mapped[str] = mapped_column(String(80), default="")
    delivery_recipient: Mapped[str] = mapped_column(String(120))
    delivery_street: Mapped[str] = mapped_column(String(120))
    delivery_postal_code: Mapped[str] = mapped_column(String(10))
    delivery_city: Mapped[str] = mapped_column(String(80))
    delivery_room: Mapped[str] = mapped_column(String(80), default="")
    is_split: Mapped[bool] = mapped_column(
        default=False, server_default=false(), comment="lines have shares: places, days, accounts"
    )
    requested_date: Mapped[date | None]
    promised_date: Mapped[date | None] = mapped_column(comment="due: overdue is after this day")
    net: Mapped[Money]
    vat: Mapped[Money]
    gross: Mapped[Money]
    vat_percent: Mapped[int]
    offline_minutes: Mapped[int | None] = mapped_column(comment="null is unknown, not 0")
    market_price_evidence: Mapped[str] = mapped_column(Text, default="")
    baseline_minutes: Mapped[int] = mapped_column(comment="snapshot; a later change counts later")
    baseline_source: Mapped[str] = mapped_column(String(200))
    conflict_free: Mapped[bool | None] = mapped_column(
        comment="the orderer declared to have no conflict of interest; null: not asked or not said"
    )
    time_measured: Mapped[bool] = mapped_column(comment="was the member's measurement switched on")
    demonstration: Mapped[bool] = mapped_column(default=False)
    submitted_at: Mapped[datetime]
    outage_form: Mapped[str | None] = mapped_column(
        String(40), comment="was ordered on this form while the portal could not be reached"
    )
    entered_at: Mapped[datetime | None] = mapped_column(comment="when the form was entered")
    instead_of: Mapped[str | None] = mapped_column(
        String(40), comment="the cancelled order whose suppliers that declined are out of this too"
    )
    placed_at: Mapped[datetime | None]
    received_at: Mapped[datetime | None] = mapped_column(
        comment="when the member had confirmed everything that was delivered"
    )
    memo_pdf_sha256: Mapped[str | None] = mapped_column(String(64), comment="in the archive")
    memo_json_sha256: Mapped[str | None] = mapped_column(String(64), comment="in the archive")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads a plain dict

    lines: Mapped[list["CallOffLine"]] = relationship(
        lazy="raise", order_by="CallOffLine.position", back_populates="call_off"
    )
    history: Mapped[list["CallOffMove"]] = relationship(lazy="raise", order_by="CallOffMove.id")

    @property
    def paper_words(self) -> str:
        """On which form it was ordered, and since when the portal knows; "" for most."""
        if self.outage_form is None or self.entered_at is None:
            return ""
        return (
            f"Formular {self.outage_form} vom {german.moment(self.submitted_at)}, "
            f"nachgetragen am {german.moment(self.entered_at)}"
        )

    @property
    def coding(self) -> Coding:
        """What is charged where a share says nothing of its own."""
        return Coding.of(self)

    @property
    def funding(self) -> Funding:
        """How the order is paid for, beyond its account."""
        return Funding(self.coverage_circle, self.financing_type, self.financing_note)

    def make(self, move: Move, by: int | None, side: Side, at: datetime, reason: str = "") -> None:
        """Advance the state and leave a trace; illegal moves raise before anything changes."""
        reached = after(self.state, move)
        self.history.append(
            CallOffMove(
                move=move, left=self.state, reached=reached, by=by, side=side, at=at, reason=reason
            )
        )
        self.state = reached


placed_only_if_eligible(CallOff.metadata.tables[CallOff.__tablename__])
guard_approvals(table_of(CallOff), table_of(Approval))


class CallOffLine(Record):
    """One article of a call-off with the price and name it had."""

    __tablename__ = "call_off_line"
    __table_args__ = (
        UniqueConstraint("call_off_id", "position"),
        UniqueConstraint("call_off_id", "sku"),
        UniqueConstraint("free_position_id"),
        ForeignKeyConstraint(["call_off_id", "member_id"], ["call_off.id", "call_off.member_id"]),
        ForeignKeyConstraint(
            ["free_position_id", "member_id"], ["free_position.id", "free_position.member_id"]
        ),
        CheckConstraint(
            "(article_id IS NULL) = (free_position_id IS NOT NULL) AND "
            "(catalog_version_id IS NULL) = (free_position_id IS NOT NULL)",
            name="article_or_quote",
        ),
        CheckConstraint("quantity >= 1", name="quantity"),
        CheckConstraint("delivered >= 0 AND cancelled >= 0", name="not_negative"),
        CheckConstraint("delivered + cancelled <= quantity", name="adds_up"),
        CheckConstraint(
            "(charge = 'purchase' AND term IS NULL AND rate IS NULL) OR "
            "(charge <> 'purchase' AND term IS NOT NULL AND rate IS NOT NULL "
            "AND term >= 1 AND unit_price = rate * term)",
            name="term",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    call_off_id: Mapped[int] = mapped_column(index=True)
    member_id: Mapped[int]
    position: Mapped[int]
    article_id: Mapped[int | None] = mapped_column(ForeignKey("article.id"))
    free_position_id: Mapped[int | None] = mapped_column(
        comment="in the place of the article: at a quote, in no price list"
    )
    lot_id: Mapped[int] = mapped_column(ForeignKey("lot.id"))
    catalog_version_id: Mapped[int | None] = mapped_column(ForeignKey("catalog_version.id"))
    sku: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(255))
    manufacturer: Mapped[str] = mapped_column(String(100))
    order_unit: Mapped[str] = mapped_column(String(3))
    pieces_per_unit: Mapped[int] = mapped_column(
        default=1, server_default="1", comment="ceilings count pieces, not packs"
    )
    quantity: Mapped[int]
    unit_price: Mapped[UnitPrice] = mapped_column(comment="of a piece, over its whole term")
    charge: Mapped[Charge] = mapped_column(
        default=Charge.PURCHASE, server_default=Charge.PURCHASE.value
    )
    rate: Mapped[UnitPrice | None] = mapped_column(comment="per month or page")
    term: Mapped[int | None] = mapped_column(comment="months or pages per piece")
    net: Mapped[Money]
    serial_numbers: Mapped[bool]
    reverse_charge: Mapped[bool] = mapped_column(
        default=False, server_default=false(), comment="§ 13b UStG: the recipient may owe the tax"
    )
    delivery_days: Mapped[int]
    delivered: Mapped[int] = mapped_column(default=0)
    cancelled: Mapped[int] = mapped_column(default=0)
    replaced: Mapped[int] = mapped_column(
        server_default="0", comment="of the cancelled ones: those a successor took the place of"
    )

    call_off: Mapped[CallOff] = relationship(lazy="raise", back_populates="lines")

    @property
    def agreed_text(self) -> str:
        """`Miete je Monat: 36 Monate zu je 12,50 €`; empty for a purchase."""
        if self.rate is None:
            return ""
        words = f"{self.charge.german}: {self.charge.term_text(self.term)}"
        return f"{words} zu je {german.unit_price(self.rate)}"

    @property
    def is_free(self) -> bool:
        """At a quote, outside the price list."""
        return self.free_position_id is not None

    @property
    def ordered(self) -> int:
        """How many pieces were ordered and left to this article."""
        return self.quantity - self.replaced

    @property
    def kept(self) -> int:
        """How many pieces are ordered and not cancelled."""
        return self.quantity - self.cancelled

    @property
    def outstanding(self) -> int:
        return self.kept - self.delivered

    def draw(self, pieces: int, of: int) -> Draw:
        """What the last `pieces` of `of` units take from the lot; parts add up to the cent."""
        value = self.unit_price.times(of) - self.unit_price.times(of - pieces)
        counted = pieces * self.pieces_per_unit
        return Draw(self.lot_id, value, counted, self.member_id, ((self.sku, counted),))
