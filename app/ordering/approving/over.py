"""What is decided over by a link: an order, or a change of one that is placed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.approvals.record_verdict import Mandate
from app.approvals.rules_path import Path
from app.kernel.money import Money
from app.members.deciders import Decider
from app.members.records import Member
from app.ordering.changing.queries import change_of
from app.ordering.changing.records import CallOffChange
from app.ordering.changing.rules import STATE_WORDS as CHANGE_WORDS
from app.ordering.changing.rules import ChangeState
from app.ordering.changing.steps_of_change import (
    mandate_of_change,
    path_of_change,
    subject_of,
    who_decides_change,
)
from app.ordering.records import CallOff
from app.ordering.rules import HOLDS_RESERVATION, STATE_WORDS
from app.ordering.signing.mandate import mandate_of
from app.ordering.signing.steps_of_order import path_of_order
from app.ordering.signing.version import value_of, version_sha256
from app.ordering.signing.who_decides import who_decides


@dataclass(frozen=True, slots=True)
class Over:
    """`settled` says in German why nobody decides any more; empty while it waits."""

    change: CallOffChange | None
    sha256: str
    value: Money
    path: Path | None
    settled: str


def over_what(session: Session, member: Member, found: CallOff, position: int | None) -> Over:
    """`position` of the change, None for the order itself. NotFound where there is no such."""
    if position is None:
        waits = found.state in HOLDS_RESERVATION
        said = f"Über diesen Abruf ist schon entschieden. Er ist jetzt: {STATE_WORDS[found.state]}."
        return Over(
            None,
            version_sha256(session, found),
            value_of(member, found),
            path_of_order(session, found),
            "" if waits else said,
        )
    change = change_of(session, found.id, position)
    waits = change.state is ChangeState.AGREED
    said = f"Über diese Änderung ist schon entschieden. Ihr Stand: {CHANGE_WORDS[change.state]}."
    subject = subject_of(session, member, found, change)
    path = path_of_change(session, found, change)
    return Over(change, subject.sha256, subject.value, path, "" if waits else said)


def mandate_over_it(
    session: Session, member: Member, found: CallOff, over: Over, person_id: int, now: datetime
) -> Mandate | None:
    """In whose name this person decides now; None where it must not."""
    if over.change is None:
        return mandate_of(session, member, found, person_id, now)
    return mandate_of_change(session, member, found, over.change, person_id, now)


def awaited_over_it(
    session: Session, member: Member, found: CallOff, over: Over, now: datetime
) -> tuple[tuple[Decider, int | None], ...]:
    """Whose word is awaited now, each with the step that it would sign."""
    if over.change is None:
        return who_decides(session, member, found, now)
    return who_decides_change(session, member, found, over.change, now)
