"""Changes of placed orders: for the desk, for the member's word, and for an approver to decide."""

from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import select

from app.catalog.relations.successor_queries import released_skus
from app.demonstration.acts import Entry, Stage, approve, submitted
from app.demonstration.plan import Buyer, Need, Spent
from app.kernel.legal_day import legal_day
from app.kernel.working_days import after_working_days
from app.ordering.changing.answer_change import answer_change
from app.ordering.changing.ask_change import ask_change
from app.ordering.changing.enter_change import ChangeWish
from app.ordering.changing.propose_change import propose_change
from app.ordering.changing.rules import Answer, Said
from app.ordering.queries import call_off
from app.ordering.records import CallOff
from app.ordering.rules import State
from app.ordering.submission import Refused
from app.ordering.wanted import Actor

HOUR: Final = timedelta(hours=1)
FEWER: Final = "Eine Stelle wird erst im neuen Jahr besetzt; der Umzug verschiebt sich."
SOONER: Final = "Die Schulung beginnt früher als geplant."
SCARCE: Final = "Der Hersteller liefert die letzten Geräte erst nach dem Jahreswechsel."
MORE: Final = "Eine weitere Stelle ist besetzt."
BRIEFLY: Final = Spent(order=240, approval=60, receipt=0, invoice=0, outside_minutes=None)
GONE: Final = "Der Hersteller baut das bestellte Modell nicht mehr."
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
    _proposed(stage, at, today)
    _growing(stage, at)


def _proposed(stage: Stage, at: datetime, today: date) -> None:
    """The desk proposes a later day for what is missing of an order."""
    number, _ = _latest(stage, State.PARTIALLY_DELIVERED)
    later = ChangeWish({}, SCARCE, after_working_days(today, 30))
    propose_change(stage.session, stage.cast.desk, number, later, at)


def _growing(stage: Stage, at: datetime) -> None:
    """One piece more is agreed with the desk and waits for its approval."""
    number, by = _latest(stage, State.PLACED, but=1)
    line = call_off(stage.session, number, stage.cast.tenant).lines[0]
    wish = ChangeWish({line.sku: line.kept + 1}, MORE)
    asked = ask_change(stage.session, by, number, stage.cast.tenant, wish, at)
    if isinstance(asked, Refused):
        raise TypeError(asked.text)
    said = {line.sku: Said(Answer.ACCEPTED)}
    answer_change(stage.session, stage.cast.desk, number, 1, said, at + HOUR)


def show_successor(stage: Stage, at: datetime) -> int:
    """An order whose article is no longer built: the desk proposes its successor; how many."""
    old = released_skus(stage.session)
    if not old:
        return 0
    entry = Entry(stage.cast.buyers[Buyer.IT], next(iter(Need)), 2, quantities={old[0]: 2})
    number = submitted(stage, entry, at)
    approve(stage, number, BRIEFLY, at + HOUR / 2)
    wish = ChangeWish({}, GONE, successors=frozenset(old[:1]))
    proposed = propose_change(stage.session, stage.cast.desk, number, wish, at + HOUR)
    if isinstance(proposed, Refused):
        raise TypeError(proposed.text)
    return 1


def _latest(stage: Stage, state: State, but: int = 0) -> tuple[str, Actor]:
    """Number and orderer, of the latest but so many; a missing order is an error."""
    member_id = stage.cast.member.id
    row = stage.session.execute(
        select(CallOff.number, CallOff.ordered_by)
        .where(CallOff.member_id == member_id, CallOff.state == state)
        .order_by(CallOff.id.desc())
        .offset(but)
        .limit(1)
    ).one()
    return row.number, Actor(row.ordered_by, member_id)
