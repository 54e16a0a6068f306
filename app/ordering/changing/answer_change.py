"""The desk's answer, line by line: as wished, otherwise, or not; and what follows from it."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from app.database.tenant import EVERY_MEMBER
from app.frameworks.drawing import draw
from app.frameworks.drawing.find_room import NoRoom
from app.kernel.errors import Conflict, FieldError, Malformed
from app.kernel.legal_day import legal_day
from app.ordering.changing.conclude import conclude
from app.ordering.changing.growth import beyond, difference, reserved_draws
from app.ordering.changing.queries import change_of
from app.ordering.changing.records import CallOffChange, CallOffChangeAnswer
from app.ordering.changing.rules import (
    Answer,
    ChangeState,
    ChangeStep,
    IllegalStep,
    Said,
    answer_fault,
    step_of,
)
from app.ordering.changing.tell import tell_asker, told_words
from app.ordering.changing.totals import check_still_possible
from app.ordering.changing.trace import record_step
from app.ordering.queries import lock_call_off
from app.ordering.records import CallOff
from app.ordering.rules import Side
from app.ordering.submission import no_room_text
from app.ordering.wanted import Actor


class NoRoomForAnswer(Conflict):
    """The wish fitted only because a line was to shrink, which the answer does not allow."""

    def __init__(self, no_room: NoRoom) -> None:
        super().__init__(
            f"So passt die Änderung nicht mehr in den Rahmenvertrag. {no_room_text(no_room)} "
            "Nehmen Sie die Minderung an, oder lehnen Sie auch die Mehrmenge ab.",
            no_room.code,
        )


def answer_change(
    session: Session,
    actor: Actor,
    number: str,
    position: int,
    said: Mapping[str, Said],
    now: datetime,
) -> CallOffChange:
    """`said` by article number, "" for the day; one answer for every wish. Raises Malformed.

    What is accepted as wished is carried out at once, unless a line grows: then somebody has to
    approve it. What is answered otherwise, or in part, waits for the member's consent.
    """
    found = lock_call_off(session, number, EVERY_MEMBER)
    change = change_of(session, found.id, position)
    if change.state is not ChangeState.ASKED:
        raise IllegalStep
    _check(change, said, now)
    held = reserved_draws(found, change)
    for item in change.items:
        spoken = said[item.sku]
        item.answer = CallOffChangeAnswer(
            item_id=item.id,
            answer=spoken.answer,
            quantity=spoken.quantity if spoken.answer is Answer.OTHERWISE and item.sku else None,
            day=spoken.day if spoken.answer is Answer.OTHERWISE and not item.sku else None,
            reason=spoken.reason,
        )
    step = step_of([said[item.sku] for item in change.items])
    if step is not ChangeStep.REJECT:
        check_still_possible(found, change)
    _hold_what_is_needed(session, found, change, held, now)
    reason = " ".join(dict.fromkeys(one.reason for one in said.values() if one.reason))
    change.take(step, actor.person_id, Side.DESK, now, reason)
    if step is ChangeStep.ACCEPT:
        conclude(session, actor, found, change, Side.DESK, now)
        return change
    tell_asker(session, found, change, _words(found, change, reason), now)
    record_step(session, found, change, actor.name, now)
    return change


def _check(change: CallOffChange, said: Mapping[str, Said], now: datetime) -> None:
    faults = []
    for item in change.items:
        spoken = said.get(item.sku)
        field = f"answers.{item.sku}"
        if spoken is None:
            faults.append(FieldError(field, "missing", "Bitte beantworten Sie diesen Punkt."))
        elif text := answer_fault(item.wish, spoken, legal_day(now)):
            faults.append(FieldError(field, "answer", text))
    known = {item.sku for item in change.items}
    faults += [
        FieldError(f"answers.{sku}", "unknown", f"„{sku}“ gehört nicht zu dieser Änderung.")
        for sku in said
        if sku not in known
    ]
    if faults:
        raise Malformed(*faults)


def _hold_what_is_needed(
    session: Session,
    found: CallOff,
    change: CallOffChange,
    held: tuple[draw.Draw, ...],
    now: datetime,
) -> None:
    """Mostly less than the wish. More where a line shall not shrink after all that made room.

    Raises NoRoomForAnswer.
    """
    needed = reserved_draws(found, change)
    spare = beyond(held, needed)
    if not beyond(needed, held):
        if spare:
            draw.release(session, spare, found.number, now)
        return
    moved = draw.reserve(session, difference(needed, held), legal_day(now))
    if isinstance(moved, NoRoom):
        raise NoRoomForAnswer(moved)
    draw.book_reservation(session, moved, found.number, now)


def _words(found: CallOff, change: CallOffChange, reason: str) -> str:
    if change.state is ChangeState.REJECTED:
        return f"Die Abwicklung kann Ihre Änderung nicht durchführen: {reason}"
    changed = told_words(found, change) or "keine Änderung"
    offer = f"Die Abwicklung bietet an: {changed}.\n{reason}"
    return f"{offer}\n\nBitte stimmen Sie zu oder lehnen Sie ab."
