"""Asking the in-house rules about an order: what they need to know of it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app.database.base import table_of
from app.eligibility.assess_case import Assessed, Question, assess_case
from app.eligibility.case import Line, LotRoom, Order
from app.eligibility.rules import Phase
from app.frameworks.records import Lot
from app.kernel.legal_day import legal_day
from app.kernel.working_days import after_working_days
from app.ordering.price_lines import PricedLine, case_line
from app.ordering.records import CallOff


@dataclass(frozen=True, slots=True)
class Setting:
    """What the check needs besides the lines: when it is made, for which account and unit."""

    phase: Phase
    product_account: str | None = None
    unit_id: int | None = None


_LOT: Final = table_of(Lot)
_ROOMS: Final = (
    select(
        _LOT.c.id,
        _LOT.c.number,
        _LOT.c.maximum_value,
        _LOT.c.reserved_value,
        _LOT.c.called_off_value,
        _LOT.c.maximum_quantity,
        _LOT.c.reserved_quantity,
        _LOT.c.called_off_quantity,
    )
    .where(_LOT.c.id.in_(bindparam("lots", expanding=True)))
    .order_by(_LOT.c.id)
)


def judge_wanted(
    session: Session,
    member_id: int,
    lines: tuple[PricedLine, ...],
    setting: Setting,
    now: datetime,
) -> Assessed:
    """The check of a basket (preview, not stored) or of a submission."""
    order = Order(
        lines=tuple(case_line(line) for line in lines),
        lots=lot_rooms(session, {line.article.lot_id for line in lines}),
        product_account=setting.product_account,
        budget_year=legal_day(now).year,
        expected_delivery=promised_day(lines, legal_day(now)),
        unit_id=setting.unit_id,
    )
    framework_id = lines[0].article.framework_id
    return assess_case(session, Question(member_id, now, setting.phase, framework_id, order))


def judge_again(session: Session, found: CallOff, now: datetime) -> Assessed:
    """The check at placement: the same lines and prices, the facts of now, room already held."""
    rooms = lot_rooms(session, {line.lot_id for line in found.lines})
    lot_numbers = {room.lot_id: room.number for room in rooms}
    order = Order(
        lines=tuple(
            Line(
                sku=line.sku,
                name=line.name,
                quantity=line.quantity,
                unit_price=line.unit_price,
                net=line.net,
                lot=lot_numbers[line.lot_id],
                lot_id=line.lot_id,
                price_list_version=str(line.catalog_version_id),
                list_price=line.unit_price,
            )
            for line in found.lines
        ),
        lots=rooms,
        reserved=True,
        product_account=found.product_account,
        budget_year=legal_day(now).year,
        expected_delivery=found.promised_date,
        unit_id=found.unit_id,
        number=found.number,
    )
    question = Question(found.member_id, now, Phase.PLACEMENT, found.framework_id, order)
    return assess_case(session, question)


def lot_rooms(session: Session, lot_ids: set[int]) -> tuple[LotRoom, ...]:
    """As they stand now, by id."""
    rows = session.connection().execute(_ROOMS, {"lots": sorted(lot_ids)})
    return tuple(LotRoom(*row) for row in rows)


def promised_day(lines: tuple[PricedLine, ...], on: date) -> date:
    """The day by which the slowest line is due, in working days from `on`."""
    return after_working_days(on, max(line.article.delivery_days for line in lines))
