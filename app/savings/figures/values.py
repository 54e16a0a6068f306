"""Values, categories and evidence of the call-offs in a report."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app.catalog.records import Article, Category
from app.catalog.rules_labels import Label
from app.database.tenant import Tenant
from app.eligibility.evidence.records import EvidenceDocument
from app.frameworks.records import Framework, Lot
from app.invoicing.records import Invoice
from app.kernel.money import NOTHING, Money
from app.kernel.month import Month
from app.members.records import AdminOverhead, MembershipFee
from app.ordering.market.records import MarketPrice
from app.ordering.records import CallOff, CallOffLine
from app.ordering.trail_records import RefusedAttempt
from app.savings.figures.labels import labels_when_bought
from app.savings.figures.money_figures import EVIDENCE_WINDOW, PricedLine
from app.savings.queries import Window
from app.savings.rules import FREE_POSITIONS

CANCELLATION = "381"
NO_CATEGORY = "ohne Warengruppe"


@dataclass(frozen=True, slots=True)
class LineSeen:
    """A delivered line with the names under which the report adds it up."""

    call_off_id: int
    category: str
    product_account: str
    net: Money
    priced: PricedLine
    labels: tuple[Label, ...] = ()


@dataclass(frozen=True, slots=True)
class Invoiced:
    """Net and gross of what was invoiced for one call-off, cancellations deducted."""

    net: Money
    gross: Money


def lines_seen(
    session: Session, tenant: Tenant, ordered_on: dict[int, date]
) -> tuple[LineSeen, ...]:
    """Delivered lines of the call-offs in `ordered_on` (id -> day of the order)."""
    rows = session.execute(
        select(
            CallOffLine.call_off_id,
            CallOffLine.member_id,
            CallOffLine.article_id,
            CallOffLine.sku,
            CallOffLine.delivered,
            CallOffLine.unit_price,
            CallOff.product_account,
            Category.name,
        )
        .join(CallOff, CallOff.id == CallOffLine.call_off_id)
        .outerjoin(Article, Article.id == CallOffLine.article_id)
        .outerjoin(Category, Category.id == Article.category_id)
        .where(tenant.owns(CallOffLine.member_id), CallOffLine.delivered > 0)
        .order_by(CallOffLine.call_off_id, CallOffLine.position)
    ).all()
    rows = [row for row in rows if row.call_off_id in ordered_on]
    market = _market_prices(session, tenant)
    listed = [row for row in rows if row.article_id is not None]
    labels = labels_when_bought(
        session, ((row.article_id, ordered_on[row.call_off_id]) for row in listed)
    )
    found = []
    for call_off_id, member_id, article_id, sku, delivered, unit_price, account, category in rows:
        day = ordered_on[call_off_id]
        net = unit_price.times(delivered)
        seen = _nearest(market.get((member_id, sku), ()), day)
        priced = PricedLine(
            framework_net=net,
            ordered_on=day,
            market_net=seen.unit_price.times(delivered) if seen else None,
            seen_on=seen.seen_on if seen else None,
            same_specification=seen is not None and seen.same_specification,
            is_list_price=seen is not None and seen.is_list_price,
        )
        name = FREE_POSITIONS if article_id is None else category or NO_CATEGORY
        worn = () if article_id is None else labels[article_id, day]
        found.append(LineSeen(call_off_id, name, account, net, priced, worn))
    return tuple(found)


def _market_prices(session: Session, tenant: Tenant) -> dict[tuple[int, str], list[MarketPrice]]:
    found: dict[tuple[int, str], list[MarketPrice]] = {}
    rows = session.scalars(
        select(MarketPrice).where(tenant.owns(MarketPrice.member_id)).order_by(MarketPrice.id)
    )
    for row in rows:
        found.setdefault((row.member_id, row.sku), []).append(row)
    return found


def _nearest(prices: Iterable[MarketPrice], day: date) -> MarketPrice | None:
    """The usable price nearest to the order, of two equally near ones the lower."""
    usable = [
        price
        for price in prices
        if price.same_specification
        and not price.is_list_price
        and abs(price.seen_on - day) <= EVIDENCE_WINDOW
    ]
    return min(usable, key=lambda p: (abs(p.seen_on - day), p.unit_price), default=None)


def invoiced(session: Session, tenant: Tenant) -> dict[int, Invoiced]:
    """Per call-off, so that the report agrees with the invoices to the cent."""
    rows = session.execute(
        select(
            Invoice.call_off_id,
            Invoice.type_code,
            func.sum(Invoice.net),
            func.sum(Invoice.gross),
        )
        .where(tenant.owns(Invoice.member_id))
        .group_by(Invoice.call_off_id, Invoice.type_code)
    )
    found: dict[int, Invoiced] = {}
    for call_off_id, type_code, net, gross in rows:
        sign = -1 if type_code == CANCELLATION else 1
        before = found.get(call_off_id, Invoiced(NOTHING, NOTHING))
        found[call_off_id] = Invoiced(before.net + net * sign, before.gross + gross * sign)
    return found


def overhead_minutes(session: Session, tenant: Tenant, window: Window) -> dict[Month, int]:
    """What members entered for master data and training, per month."""
    rows = session.execute(
        select(AdminOverhead.month, func.sum(AdminOverhead.minutes))
        .where(
            tenant.owns(AdminOverhead.member_id),
            AdminOverhead.month >= window.first.text,
            AdminOverhead.month <= window.last.text,
        )
        .group_by(AdminOverhead.month)
    )
    by_text = {text: int(minutes) for text, minutes in rows}
    return {month: by_text[month.text] for month in window.months if month.text in by_text}


def fee_schedule(session: Session) -> Sequence[MembershipFee]:
    return session.scalars(select(MembershipFee).order_by(MembershipFee.valid_from)).all()


def refused_attempts(session: Session, tenant: Tenant, month: Month) -> int:
    found = session.scalar(
        select(func.count())
        .select_from(RefusedAttempt)
        .where(
            tenant.owns(RefusedAttempt.member_id),
            RefusedAttempt.at >= month.begins,
            RefusedAttempt.at < month.ends,
        )
    )
    return found or 0


def lots_used(session: Session, tenant: Tenant, on: date) -> Sequence[tuple[Framework, Lot]]:
    """Lots the member has ordered from whose framework still ran on that day."""
    ordered_from = select(CallOffLine.lot_id).where(tenant.owns(CallOffLine.member_id)).distinct()
    return session.execute(
        select(Framework, Lot)
        .join(Lot, Lot.framework_id == Framework.id)
        .where(Lot.id.in_(ordered_from), Framework.valid_to >= on)
        .order_by(Framework.number, Lot.number)
    ).all()


def evidence_due(
    session: Session, tenant: Tenant, after: date, until: date
) -> Sequence[EvidenceDocument]:
    """Documents of the member and of the whole cooperative that end or need a review by then."""
    return session.scalars(
        select(EvidenceDocument)
        .where(
            or_(EvidenceDocument.member_id.is_(None), tenant.owns(EvidenceDocument.member_id)),
            or_(
                EvidenceDocument.valid_to.between(after, until),
                EvidenceDocument.review_due.between(after, until),
            ),
        )
        .order_by(EvidenceDocument.review_due, EvidenceDocument.id)
        .limit(20)
    ).all()
