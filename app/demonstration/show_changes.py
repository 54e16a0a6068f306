"""Two wishes to change placed orders: one waits for the desk, one waits for the member's word."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select

from app.demonstration.acts import Stage
from app.kernel.legal_day import legal_day
from app.kernel.working_days import after_working_days
from app.ordering.changing.answer_change import answer_change
from app.ordering.changing.ask_change import ask_change
from app.ordering.changing.enter_change import ChangeWish
from app.ordering.changing.rules import Answer, Said
from app.ordering.queries import call_off
from app.ordering.records import CallOff
from app.ordering.rules import State
from app.ordering.wanted import Actor

HOUR: Final = timedelta(hours=1)
FEWER: Final = "Eine Stelle wird erst im neuen Jahr besetzt; der Umzug verschiebt sich."
SOONER: Final = "Die Schulung beginnt früher als geplant."
NOT_SO_SOON: Final = "So früh kann der Auftragnehmer nicht liefern, diesen Tag sagt er zu."


def show_changes(stage: Stage, start: datetime) -> None:
    """After the open orders: the latest confirmed one, and the latest that is just placed."""
    at, today = start - 4 * HOUR, legal_day(start)
    waits, by = _latest(stage, State.CONFIRMED)
    line = call_off(stage.session, waits, stage.cast.tenant).lines[0]
    pieces = {line.sku: line.kept - 1} if line.kept > 1 else {}
    wish = ChangeWish(pieces, FEWER, after_working_days(today, 20))
    ask_change(stage.session, by, waits, stage.cast.tenant, wish, at)
    answered, by = _latest(stage, State.PLACED)
    sooner = ChangeWish({}, SOONER, after_working_days(today, 3))
    ask_change(stage.session, by, answered, stage.cast.tenant, sooner, at)
    said = {"": Said(Answer.OTHERWISE, day=after_working_days(today, 6), reason=NOT_SO_SOON)}
    answer_change(stage.session, stage.cast.desk, answered, 1, said, at + HOUR)


def _latest(stage: Stage, state: State) -> tuple[str, Actor]:
    """Number and orderer; the member's orders are there, a missing one is an error."""
    member_id = stage.cast.member.id
    row = stage.session.execute(
        select(CallOff.number, CallOff.ordered_by)
        .where(CallOff.member_id == member_id, CallOff.state == state)
        .order_by(CallOff.id.desc())
        .limit(1)
    ).one()
    return row.number, Actor(row.ordered_by, member_id)
