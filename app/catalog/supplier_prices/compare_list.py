"""What a price list changes: against the list before it, beside the catalog, under the rule."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import Session

from app.catalog.price_stops import PriceStep, Stopped, share, stop_of
from app.catalog.prices import price_rows
from app.catalog.records import Article
from app.catalog.rules import PriceRow, Stop, price_for
from app.catalog.supplier_offers.offers import rows_of
from app.catalog.supplier_offers.records import SupplierPrice, SupplierPriceList
from app.catalog.supplier_offers.rules_offers import ListFacts
from app.catalog.supplier_prices.queries import ListSeen
from app.catalog.upkeep.judge_prices import corridor_of
from app.frameworks.agreement_records import FrameworkSupplier
from app.frameworks.find_price_rule import price_rule_on
from app.frameworks.price_rule import forbids
from app.kernel.legal_day import legal_day
from app.kernel.unit_price import UnitPrice

Stopping = Callable[[PriceStep], Stopped | None]


@dataclass(frozen=True, slots=True)
class PriceSeen:
    """One price of a list beside what it replaces and what the catalog says."""

    sku: str
    name: str
    lower_bound: int
    old: UnitPrice | None
    new: UnitPrice
    catalog: UnitPrice | None
    stopped: Stopped | None

    @property
    def stop(self) -> Stop | None:
        return None if self.stopped is None else self.stopped.stop

    @property
    def share(self) -> Decimal | None:
        """The change against the list before."""
        return None if self.old is None or self.old == self.new else share(self.old, self.new)


@dataclass(frozen=True, slots=True)
class ListCompared:
    """All prices of a list; `gone` are the numbers that only the list before has."""

    prices: tuple[PriceSeen, ...]
    gone: tuple[str, ...]

    @property
    def forbidden(self) -> tuple[PriceSeen, ...]:
        """What the agreement's price rule does not allow: nobody may publish it."""
        return tuple(one for one in self.prices if one.stop is Stop.RISE_FORBIDDEN)

    @property
    def unusual(self) -> tuple[PriceSeen, ...]:
        """Outside the corridor: somebody has to have looked at it."""
        return tuple(one for one in self.prices if one.stop is Stop.OUTSIDE_CORRIDOR)


def compare_list(session: Session, seen: ListSeen) -> ListCompared:
    """A few statements, whatever the list holds; a first list has nothing to be held against."""
    one, day = seen.price_list, seen.price_list.valid_from
    rows = session.execute(
        select(Article.id, Article.sku, Article.name, SupplierPrice)
        .join(Article, Article.id == SupplierPrice.article_id)
        .where(SupplierPrice.price_list_id == one.id)
        .order_by(Article.sku, SupplierPrice.lower_bound)
    ).all()
    ids = {row.id for row in rows}
    before = _before(session, one)
    former = {} if before is None else rows_of(session, [before], ids)[before.id]
    catalog = price_rows(session, ids)
    stopping = _stopping(session, one)
    found = []
    for row in rows:
        price: SupplierPrice = row.SupplierPrice
        bound, new = price.lower_bound, price.unit_price
        paid = _paid(former.get(row.id, ()), bound, day)
        listed = _paid(catalog.get(row.id, ()), bound, day)
        stopped = None if paid is None else stopping(PriceStep(bound, paid, new, day))
        found.append(PriceSeen(row.sku, row.name, bound, paid, new, listed, stopped))
    # What somebody has to look at comes first.
    found.sort(key=lambda price: (price.stop is None, price.share is None, price.sku))
    return ListCompared(tuple(found), _gone(session, before, ids))


def _before(session: Session, one: SupplierPriceList) -> ListFacts | None:
    """The list that this one takes the place of: an own one, else that of whom he replaced."""
    own = SupplierPriceList.number < one.number
    found = _last(session, one, one.supplier_id, own)
    gone = session.get_one(FrameworkSupplier, one.supplier_id).replaces_id
    while found is None and gone is not None:
        found = _last(session, one, gone, true())
        gone = session.get_one(FrameworkSupplier, gone).replaces_id
    return found


def _last(
    session: Session, one: SupplierPriceList, supplier_id: int, which: ColumnElement[bool]
) -> ListFacts | None:
    found = session.scalars(
        select(SupplierPriceList)
        .where(
            SupplierPriceList.supplier_id == supplier_id,
            which,
            SupplierPriceList.valid_from <= one.valid_from,
            SupplierPriceList.published_at.is_not(None),
            SupplierPriceList.withdrawn_at.is_(None),
        )
        .order_by(SupplierPriceList.valid_from.desc(), SupplierPriceList.number.desc())
    ).first()
    if found is None:
        return None
    return ListFacts(found.id, found.supplier_id, found.number, found.valid_from)


def _stopping(session: Session, one: SupplierPriceList) -> Stopping:
    """A rise was announced on the day on which the list was sent."""
    rule = price_rule_on(session, one.framework_id, one.valid_from)
    corridor, announced = corridor_of(session, one.framework_id), legal_day(one.sent_at)

    def forbidden(step: PriceStep) -> str | None:
        return forbids(rule, step.old, step.new, step.day, announced=announced)

    return lambda step: stop_of([step], corridor, forbidden)


def _paid(rows: Sequence[PriceRow], bound: int, day: date) -> UnitPrice | None:
    row = price_for(rows, bound, day)
    return None if row is None else row.unit_price


def _gone(session: Session, before: ListFacts | None, ids: set[int]) -> tuple[str, ...]:
    if before is None:
        return ()
    former = (
        select(Article.id, Article.sku)
        .join(SupplierPrice, SupplierPrice.article_id == Article.id)
        .where(SupplierPrice.price_list_id == before.id)
        .order_by(Article.sku)
        .distinct()
    )
    return tuple(sku for number, sku in session.execute(former).all() if number not in ids)
