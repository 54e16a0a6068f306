"""What an order that is repeated, or under way, settles about whose turn it is."""

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, aliased

from app.catalog.supplied import NO_TURNS, Turns
from app.frameworks.awarding.suppliers import all_passed_over, standing_awards
from app.ordering.records import CallOff
from app.ordering.rules import State


def turns_instead_of(session: Session, member_id: int, number: str) -> Turns:
    """A cancelled order may be repeated once without the suppliers that declined it.

    NO_TURNS, at no cost, where nothing is repeated.
    """
    if not number:
        return NO_TURNS
    repeat = aliased(CallOff)
    cancelled = select(CallOff.id).where(
        CallOff.number == number,
        CallOff.member_id == member_id,
        CallOff.state == State.CANCELLED,
        ~exists().where(repeat.instead_of == number),
    )
    if session.scalar(cancelled) is None:
        return NO_TURNS
    passed = all_passed_over(session, number)
    return Turns(passed_over=passed) if passed else NO_TURNS


def turns_of(session: Session, found: CallOff) -> Turns:
    """Whoever has a part of the order keeps it: what is added costs what he charges."""
    standing = standing_awards(session, found.number)
    return Turns(held={lot_id: seen.supplier.id for lot_id, seen in standing.items()})
