"""The list of invoices: filter, search, order and page in one select."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from app.database.tenant import Tenant
from app.documents.invoice.einvoice import DocumentType
from app.invoicing.records import Invoice
from app.invoicing.rules import Standing, standing
from app.kernel.money import Money
from app.kernel.month import Month
from app.members.records import Member
from app.ordering.queries import of_orders
from app.ordering.records import CallOff

PAGE_SIZE: Final = 50
LARGEST_EXPORT: Final = 50_000
NEWEST: Final = "-datum"
Cancellation = aliased(Invoice)
ORDERS: Final[dict[str, ColumnElement[Any]]] = {
    "nummer": Invoice.number.expression,
    "datum": Invoice.issued_on.expression,
    "faellig": Invoice.due_on.expression,
    "mitglied": Member.name.expression,
    "betrag": Invoice.gross.expression,
}


@dataclass(frozen=True, slots=True)
class Wish:
    """Which invoices a list shows; `sort` is a key of ORDERS, with `-` in front descending."""

    standing: Standing | None = None
    month: Month | None = None
    text: str = ""
    sort: str = NEWEST
    page: int = 1


@dataclass(frozen=True, slots=True)
class ListedInvoice:
    """One row of the list."""

    number: str
    type_code: str
    standing: Standing
    issued_on: date
    due_on: date
    member_key: str
    member_name: str
    call_off_number: str
    net: Money
    vat: Money
    gross: Money


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of the list, and how many rows there are in all and per standing."""

    rows: tuple[ListedInvoice, ...]
    total: int
    counts: dict[Standing, int]


def listing(session: Session, wish: Wish, tenant: Tenant, size: int = PAGE_SIZE) -> Listing:
    """The page that was wished for; the counts are those of the same search."""
    searched = _search(wish, tenant)
    conditions = [*searched, *_of_standing(wish.standing)]
    return Listing(
        rows=_rows(session, conditions, wish, size),
        total=_count(session, conditions),
        counts={one: _count(session, [*searched, *_of_standing(one)]) for one in Standing},
    )


def everything(session: Session, wish: Wish, tenant: Tenant) -> tuple[ListedInvoice, ...]:
    """Every row of a filter, for the export."""
    conditions = [*_search(wish, tenant), *_of_standing(wish.standing)]
    return _rows(session, conditions, replace(wish, page=1), LARGEST_EXPORT)


def _rows(
    session: Session, conditions: list[ColumnElement[bool]], wish: Wish, size: int
) -> tuple[ListedInvoice, ...]:
    wanted = (
        _joined(
            select(
                Invoice,
                Member.key,
                Member.name,
                CallOff.number.label("call_off_number"),
                Cancellation.number.label("cancelled_by"),
            )
        )
        .where(*conditions)
        .order_by(*_order(wish.sort))
        .limit(size)
        .offset((wish.page - 1) * size)
    )
    return tuple(_row(row) for row in session.execute(wanted))


def _row(row: Any) -> ListedInvoice:
    found: Invoice = row[0]
    return ListedInvoice(
        number=found.number,
        type_code=found.type_code,
        standing=standing(found.type_code, row.cancelled_by),
        issued_on=found.issued_on,
        due_on=found.due_on,
        member_key=row.key,
        member_name=row.name,
        call_off_number=row.call_off_number,
        net=found.net,
        vat=found.vat,
        gross=found.gross,
    )


def _joined(wanted: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return (
        wanted.select_from(Invoice)
        .join(Member, Member.id == Invoice.member_id)
        .join(CallOff, CallOff.id == Invoice.call_off_id)
        .outerjoin(Cancellation, Cancellation.cancels_id == Invoice.id)
    )


def _count(session: Session, conditions: list[ColumnElement[bool]]) -> int:
    wanted = _joined(select(func.count(Invoice.id))).where(*conditions)
    return session.scalar(wanted) or 0


def _search(wish: Wish, tenant: Tenant) -> list[ColumnElement[bool]]:
    conditions = [of_orders(Invoice.member_id, Invoice.call_off_id, tenant)]
    if wish.month:
        conditions.append(Invoice.issued_on.between(wish.month.first, wish.month.last))
    if text := wish.text.strip():
        escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        like = f"%{escaped}%"
        columns = (Invoice.number, CallOff.number, CallOff.your_reference, Member.name)
        conditions.append(or_(*(column.ilike(like, escape="\\") for column in columns)))
    return conditions


def _of_standing(wanted: Standing | None) -> list[ColumnElement[bool]]:
    is_cancellation = Invoice.type_code == DocumentType.CANCELLATION.value
    match wanted:
        case None:
            return []
        case Standing.CANCELLATION:
            return [is_cancellation]
        case Standing.CANCELLED:
            return [Cancellation.id.is_not(None)]
        case Standing.OPEN:
            return [~is_cancellation, Cancellation.id.is_(None)]


def _order(sort: str) -> tuple[ColumnElement[Any] | InstrumentedAttribute[int], ...]:
    column = ORDERS.get(sort.removeprefix("-"), ORDERS["datum"])
    if sort.startswith("-"):
        return (column.desc(), Invoice.id.desc())
    return (column, Invoice.id)
