"""What a member called off from the same lots in the last 90 days, in one statement."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import distinct, func, select
from sqlalchemy.orm import Session

from app.kernel.money import Money
from app.ordering.records import CallOff, CallOffLine
from app.ordering.rules import State
from app.ordering.rules_splitting import LOOK_BACK

WITHOUT_EFFECT = (State.REJECTED, State.CANCELLED)


def earlier_call_offs(
    session: Session,
    member_id: int,
    lot_ids: Iterable[int],
    now: datetime,
    but: int | None = None,
) -> dict[int, tuple[Money, int]]:
    """Net value and number of orders by lot id; `but` is the order that is looked at itself."""
    value = func.sum(CallOffLine.net, type_=CallOffLine.net.type)
    found = session.execute(
        select(CallOffLine.lot_id, value, func.count(distinct(CallOff.id)))
        .join(CallOff, CallOff.id == CallOffLine.call_off_id)
        .where(
            CallOff.member_id == member_id,
            CallOff.submitted_at > now - LOOK_BACK,
            CallOff.submitted_at <= now,
            CallOff.state.not_in(WITHOUT_EFFECT),
            CallOff.id != (but or 0),
            CallOffLine.lot_id.in_(tuple(lot_ids)),
        )
        .group_by(CallOffLine.lot_id)
    )
    return {lot_id: (net, count) for lot_id, net, count in found}
