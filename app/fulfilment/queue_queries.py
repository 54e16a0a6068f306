"""The desk's queue: one select with filter, search, order and page."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    and_,
    case,
    exists,
    func,
    or_,
    select,
)
from sqlalchemy.orm import Session, aliased

from app.eligibility.records import EligibilityDecision
from app.frameworks.records import Framework
from app.fulfilment.queue_suppliers import suppliers_by_number
from app.fulfilment.queue_view import VIEW_STATES, Queue, QueueRow, View, Wish
from app.fulfilment.records import Delivery, DeliveryLine, GoodsReceipt, SerialNumber
from app.fulfilment.rules import ON_THE_WAY, overdue
from app.kernel.german import fold
from app.kernel.legal_day import legal_day
from app.members.records import Member
from app.ordering.changing.records import CallOffChange
from app.ordering.changing.rules import ChangeState
from app.ordering.records import CallOff, CallOffLine
from app.ordering.rules import State

PAGE_SIZE: Final = 50
LARGEST_EXPORT: Final = 50_000
ORDERS: Final[dict[str, ColumnElement[Any]]] = {
    "abruf": CallOff.number.expression,
    "mitglied": Member.name.expression,
    "wert": CallOff.net.expression,
    "stand": CallOff.state.expression,
    "termin": CallOff.promised_date.expression,
    "eingang": CallOff.submitted_at.expression,
}


def queue(session: Session, wish: Wish, today: date, size: int = PAGE_SIZE) -> Queue:
    """The page that was wished for, with counts per segment under the same search."""
    searched = _search(session, wish)
    conditions = [*searched, *_filters(wish, today)]
    per_state = _per_state(session, searched)
    return Queue(
        rows=_rows(session, conditions, wish, today, size),
        total=_count(session, conditions),
        counts={view: sum(per_state.get(s, 0) for s in VIEW_STATES[view]) for view in View},
        overdue_count=_count(session, [*searched, _is_overdue(today)]),
        blocked_count=per_state.get(State.BLOCKED_EVIDENCE, 0),
        change_count=_count(session, [*searched, _change(ChangeState.ASKED)]),
        answer_count=_count(session, [*searched, _change(ChangeState.OFFERED)]),
        oldest_new=_oldest_new(session),
    )


def all_rows(session: Session, wish: Wish, today: date) -> tuple[QueueRow, ...]:
    """Every row of a filter, for the export, with whoever delivers it."""
    conditions = [*_search(session, wish), *_filters(wish, today)]
    rows = _rows(session, conditions, replace(wish, page=1), today, LARGEST_EXPORT)
    names = suppliers_by_number(session, [row.number for row in rows])
    return tuple(replace(row, supplier=names.get(row.number, row.supplier)) for row in rows)


def next_number(session: Session, wish: Wish, number: str, today: date) -> str | None:
    """What follows this call-off in the list; the list's first where it is in it no more."""
    listed = (
        select(
            CallOff.number,
            func.row_number().over(order_by=_order(wish.sort, today)).label("place"),
        )
        .join(Member, Member.id == CallOff.member_id)
        .join(Framework, Framework.id == CallOff.framework_id)
        .where(*_search(session, wish), *_filters(wish, today))
        .cte()
    )
    here = select(listed.c.place).where(listed.c.number == number).scalar_subquery()
    return session.scalar(
        select(listed.c.number)
        .where(listed.c.place > func.coalesce(here, 0))
        .order_by(listed.c.place)
        .limit(1)
    )


def frameworks_in_use(session: Session) -> Sequence[tuple[str, str]]:
    """Number and title of every framework that something was called off from."""
    found = session.execute(
        select(Framework.number, Framework.title)
        .where(exists().where(CallOff.framework_id == Framework.id))
        .order_by(Framework.number)
    ).all()
    return [(number, f"{number} {title}") for number, title in found]


def _rows(
    session: Session,
    conditions: list[ColumnElement[bool]],
    wish: Wish,
    today: date,
    size: int,
) -> tuple[QueueRow, ...]:
    first = aliased(CallOffLine)
    decided = func.coalesce(CallOff.placement_decision_id, CallOff.submission_decision_id)
    wanted = (
        select(
            CallOff,
            Member.name.label("member_name"),
            Framework.number.label("framework_number"),
            Framework.supplier_name.label("supplier"),
            first.name.label("first_name"),
            first.quantity.label("first_quantity"),
            EligibilityDecision.outcome,
            _of_lines(func.count(CallOffLine.id)).label("line_count"),
            _of_lines(func.sum(CallOffLine.quantity - CallOffLine.cancelled)).label("ordered"),
            _of_lines(func.sum(CallOffLine.delivered)).label("delivered"),
            _short_receipt().label("short_receipt"),
            _change(ChangeState.ASKED).label("change_asked"),
            _change(ChangeState.OFFERED).label("answer_open"),
        )
        .join(Member, Member.id == CallOff.member_id)
        .join(Framework, Framework.id == CallOff.framework_id)
        .join(first, and_(first.call_off_id == CallOff.id, first.position == 1))
        .join(EligibilityDecision, EligibilityDecision.id == decided)
        .where(*conditions)
        .order_by(*_order(wish.sort, today))
        .limit(size)
        .offset((max(wish.page, 1) - 1) * size)
    )
    return tuple(_row(row, today) for row in session.execute(wanted))


def _row(row: Any, today: date) -> QueueRow:
    found: CallOff = row[0]
    return QueueRow(
        number=found.number,
        version=found.version,
        state=found.state,
        member_name=row.member_name,
        framework_number=row.framework_number,
        supplier=row.supplier,
        first_name=row.first_name,
        first_quantity=row.first_quantity,
        line_count=row.line_count,
        ordered=int(row.ordered),
        delivered=int(row.delivered),
        net=found.net,
        submitted_on=legal_day(found.submitted_at),
        promised_date=found.promised_date,
        requested_date=found.requested_date,
        outcome=row.outcome,
        short_receipt=bool(row.short_receipt),
        change_asked=bool(row.change_asked),
        answer_open=bool(row.answer_open),
        overdue=overdue(found.state, found.promised_date, today),
    )


def _of_lines(figure: ColumnElement[Any]) -> ScalarSelect[Any]:
    return (
        select(figure)
        .where(CallOffLine.call_off_id == CallOff.id)
        .correlate(CallOff)
        .scalar_subquery()
    )


def _short_receipt() -> ColumnElement[bool]:
    """The member reported something damaged or missing."""
    return exists(
        select(GoodsReceipt.id)
        .join(DeliveryLine, DeliveryLine.id == GoodsReceipt.delivery_line_id)
        .join(Delivery, Delivery.id == DeliveryLine.delivery_id)
        .where(Delivery.call_off_id == CallOff.id, GoodsReceipt.damaged + GoodsReceipt.missing > 0)
        .correlate(CallOff)
    )


def _change(state: ChangeState) -> ColumnElement[bool]:
    """ASKED: a wish of the member waits for the desk; OFFERED: the desk waits for the member."""
    return exists(
        select(CallOffChange.id)
        .where(CallOffChange.call_off_id == CallOff.id, CallOffChange.state == state)
        .correlate(CallOff)
    )


def _is_overdue(today: date) -> ColumnElement[bool]:
    return and_(CallOff.state.in_(ON_THE_WAY), CallOff.promised_date < today)


def _filters(wish: Wish, today: date) -> list[ColumnElement[bool]]:
    if wish.changes:
        return [_change(ChangeState.ASKED)]
    if wish.answers:
        return [_change(ChangeState.OFFERED)]
    if wish.blocked:
        return [CallOff.state == State.BLOCKED_EVIDENCE]
    if wish.overdue:
        return [_is_overdue(today)]
    return [CallOff.state.in_(VIEW_STATES[wish.view])]


def _search(session: Session, wish: Wish) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wish.framework:
        conditions.append(Framework.number == wish.framework)
    if text := wish.text.strip():
        conditions.append(
            or_(
                CallOff.number.icontains(text, autoescape=True),
                CallOff.member_id.in_(_members_like(session, text)),
                CallOff.id.in_(_with_article_like(text)),
                CallOff.id.in_(_with_serial_like(text)),
            )
        )
    return conditions


def _members_like(session: Session, text: str) -> list[int]:
    """Compared in folded form, because SQLite knows upper case for ASCII only."""
    wanted = fold(text)
    found = session.execute(select(Member.id, Member.name)).all()
    return [member_id for member_id, name in found if wanted in fold(name)]


def _with_article_like(text: str) -> Select[int]:
    return select(CallOffLine.call_off_id).where(
        or_(
            CallOffLine.sku.icontains(text, autoescape=True),
            CallOffLine.name.icontains(text, autoescape=True),
        )
    )


def _with_serial_like(text: str) -> Select[int]:
    return (
        select(Delivery.call_off_id)
        .join(DeliveryLine, DeliveryLine.delivery_id == Delivery.id)
        .join(SerialNumber, SerialNumber.delivery_line_id == DeliveryLine.id)
        .where(SerialNumber.serial.icontains(text, autoescape=True))
    )


def _order(sort: str, today: date) -> tuple[Any, ...]:
    """`-` in front means descending; an unknown key means: the most urgent first."""
    column = ORDERS.get(sort.removeprefix("-"))
    if column is None:
        urgency = case((_is_overdue(today), 0), (CallOff.state == State.PLACED, 1), else_=2)
        no_date = case((CallOff.promised_date.is_(None), 1), else_=0)
        return (urgency, no_date, CallOff.promised_date, CallOff.submitted_at, CallOff.id)
    return (column.desc() if sort.startswith("-") else column, CallOff.id)


def _per_state(session: Session, searched: list[ColumnElement[bool]]) -> dict[State, int]:
    found = session.execute(
        select(CallOff.state, func.count(CallOff.id))
        .join(Framework, Framework.id == CallOff.framework_id)
        .where(*searched)
        .group_by(CallOff.state)
    ).all()
    return {row[0]: row[1] for row in found}


def _count(session: Session, conditions: list[ColumnElement[bool]]) -> int:
    counted = (
        select(func.count(CallOff.id))
        .join(Framework, Framework.id == CallOff.framework_id)
        .where(*conditions)
    )
    return session.scalar(counted) or 0


def _oldest_new(session: Session) -> date | None:
    oldest = session.scalar(
        select(func.min(CallOff.placed_at)).where(CallOff.state == State.PLACED)
    )
    return legal_day(oldest) if oldest else None
