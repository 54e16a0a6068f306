"""Named reads of free positions and of the lots that take them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.catalog.queries import PIECE, OrderableArticle
from app.catalog.rules import has_serial_numbers, may_reverse_charge
from app.catalog.visible import visible_lots
from app.database.tenant import Tenant
from app.eligibility.judging.case import Quote
from app.frameworks.awarding.suppliers import stands, suppliers_of
from app.frameworks.records import Framework, Lot
from app.frameworks.supplier_choice import CallOffMode
from app.kernel.errors import NotFound
from app.ordering.quoting.records import FreePosition
from app.ordering.quoting.rules_quotes import OpenLot, Standing, why_not_orderable

UNKNOWN: Final = "Diese freie Position gibt es nicht."


@dataclass(frozen=True, slots=True)
class Quoted:
    """A free position as an order prices it: in the place of an article, with its quote."""

    position_id: int
    article: OrderableArticle
    quote: Quote


@dataclass(frozen=True, slots=True)
class QuotesOf:
    """Whose free positions may be named; `for_order`: they already belong to that call-off."""

    member_id: int
    for_order: str = ""
    units: tuple[int, ...] | None = None

    @property
    def tenant(self) -> Tenant:
        return Tenant(self.member_id, self.units)


def quoted_articles(
    session: Session, whose: QuotesOf, quantities: Mapping[str, int], on: date
) -> dict[str, Quoted]:
    """By number, of this member only; every other number is absent. Asked for what no catalog has.

    The price is that of the quote; a refusal says why it cannot be ordered on this day.
    """
    rows = session.execute(
        select(FreePosition, Lot, Framework)
        .join(Lot, Lot.id == FreePosition.lot_id)
        .join(Framework, Framework.id == Lot.framework_id)
        .where(FreePosition.number.in_(list(quantities)), _seen_by(whose.tenant))
        .execution_options(populate_existing=True)  # orders are bound past the object mapper
    ).all()
    return {
        one.number: Quoted(
            one.id,
            _article(one, lot, framework, (quantities[one.number], on, whose.for_order)),
            quote_of(one, lot),
        )
        for one, lot, framework in rows
    }


def _article(
    one: FreePosition, lot: Lot, framework: Framework, asked: tuple[int, date, str]
) -> OrderableArticle:
    standing = Standing(one.number, one.quantity, one.quote_valid_until, one.ordered_as)
    refusal, reason = why_not_orderable(standing, *asked) or (None, "")
    cpv = lot.cpv or ""
    return OrderableArticle(
        article_id=None,
        sku=one.number,
        name=one.name,
        manufacturer=one.manufacturer,
        framework_id=framework.id,
        framework_number=framework.number,
        lot_id=lot.id,
        lot_number=lot.number,
        unit_price=one.unit_price,  # also of what is refused: the reason is told, not "no price"
        catalog_version_id=None,
        delivery_days=one.delivery_days,
        order_unit=PIECE,
        serial_numbers=has_serial_numbers(cpv),
        rc_category=may_reverse_charge(cpv),
        tax_percent=one.tax_percent,
        minimum_quantity=1,
        quantity_interval=1,
        refusal=refusal,
        reason=reason,
    )


def quote_of(one: FreePosition, lot: Lot) -> Quote:
    """As the rules judge it and the decision keeps it."""
    return Quote(
        number=one.quote_number,
        supplier=one.supplier,
        dated=one.quote_date,
        sha256=one.file_sha256,
        valid_until=one.quote_valid_until,
        open_percent=lot.open_assortment_percent,
    )


def positions_by_id(session: Session, ids: Iterable[int | None]) -> dict[int, FreePosition]:
    """By id; no statement where an order has none."""
    wanted = [one for one in ids if one is not None]
    if not wanted:
        return {}
    found = session.scalars(select(FreePosition).where(FreePosition.id.in_(wanted)))
    return {one.id: one for one in found}


def quotes_by_id(session: Session, ids: Iterable[int | None]) -> dict[int, Quote]:
    """The quotes of the lines of an order, by free position; no statement where it has none."""
    wanted = [one for one in ids if one is not None]
    if not wanted:
        return {}
    rows = session.execute(
        select(FreePosition, Lot)
        .join(Lot, Lot.id == FreePosition.lot_id)
        .where(FreePosition.id.in_(wanted))
    )
    return {one.id: quote_of(one, lot) for one, lot in rows}


def free_numbers(session: Session, member_id: int, numbers: Iterable[str]) -> frozenset[str]:
    """Which of these are free positions of the member."""
    wanted = [FreePosition.number.in_(list(numbers)), FreePosition.member_id == member_id]
    return frozenset(session.scalars(select(FreePosition.number).where(*wanted)))


def free_position(session: Session, number: str, tenant: Tenant) -> FreePosition:
    """NotFound for one of another member, or of another unit than a bound person's."""
    found = session.scalars(
        select(FreePosition).where(FreePosition.number == number, _seen_by(tenant))
    ).one_or_none()
    if found is None:
        raise NotFound(UNKNOWN)
    return found


def _seen_by(tenant: Tenant) -> ColumnElement[bool]:
    return tenant.reaches(FreePosition.member_id, FreePosition.unit_id)


def open_lots_of(session: Session, member_id: int, on: date) -> tuple[OpenLot, ...]:
    """Where this member may order outside the list on this day, by agreement and lot."""
    visible = visible_lots(session, member_id, on)
    rows = session.execute(
        select(Lot, Framework)
        .join(Framework, Framework.id == Lot.framework_id)
        .where(
            Lot.open_assortment_percent.is_not(None),
            Framework.valid_from <= on,
            Framework.valid_to >= on,
        )
        .order_by(Framework.number, Lot.number)
    ).all()
    return tuple(
        _open_lot(session, lot, framework, on)
        for lot, framework in rows
        if visible is None or lot.id in visible
    )


def _open_lot(session: Session, lot: Lot, framework: Framework, on: date) -> OpenLot:
    names: tuple[str, ...] = (framework.supplier_name,)
    if framework.call_off_mode is not CallOffMode.DIRECT:
        names = tuple(
            one.name
            for one in suppliers_of(session, framework.id)
            if one.lot_id in {None, lot.id} and stands(one, on)
        )
    return OpenLot(
        id=lot.id,
        number=lot.number,
        title=lot.title,
        framework_id=framework.id,
        framework_number=framework.number,
        framework_title=framework.title,
        percent=lot.open_assortment_percent or 0,
        remaining=lot.remaining_value,
        delivery_days=framework.delivery_days,
        cpv=lot.cpv or "",
        suppliers=tuple(dict.fromkeys(names)),
    )


def lot_label(session: Session, lot_id: int) -> str:
    """Of any lot, for whoever chose one without the clause."""
    lot = session.get(Lot, lot_id)
    return f"Los {lot.number} ({lot.title})" if lot is not None else "Das gewählte Los"
