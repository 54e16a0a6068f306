"""Linking the agreement that follows, with the day from which members turn to it."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.frameworks.amending.lock_framework import lock_framework
from app.frameworks.amending.log_change import Entry, Said, log_change
from app.frameworks.amendment_limits import AmendmentKind
from app.frameworks.records import Framework
from app.kernel.errors import FieldError, Malformed
from app.kernel.german import day


def name_successor(  # noqa: PLR0913 - who links what to what, and why
    session: Session,
    person_id: int,
    number: str,
    successor_number: str,
    hand_over_on: date,
    now: datetime,
    *,
    reason: str,
) -> None:
    """The successor must run on the day, and nobody follows himself. Raises Malformed."""
    framework = lock_framework(session, number, None).framework
    successor = session.scalars(
        select(Framework).where(Framework.number == successor_number)
    ).one_or_none()
    errors = []
    if not reason:
        errors.append(FieldError("reason", "missing", "Bitte nennen Sie den Grund."))
    if successor is None:
        text = "Diesen Rahmenvertrag gibt es nicht."
        errors.append(FieldError("successor", "unknown", text))
    elif framework.id in _line_of(session, successor):
        text = "Ein Vertrag kann nicht sein eigener Nachfolger sein."
        errors.append(FieldError("successor", "circle", text))
    elif not successor.valid_from <= hand_over_on <= successor.valid_to:
        text = (
            f"{successor.number} läuft vom {day(successor.valid_from)} bis "
            f"{day(successor.valid_to)}; der Übergang muss darin liegen."
        )
        errors.append(FieldError("hand_over_on", "not_running", text))
    if errors or successor is None:
        raise Malformed(*errors)
    framework.successor_id, framework.hand_over_on = successor.id, hand_over_on
    what = f"Nachfolger: {successor.number} {successor.title} ab {day(hand_over_on)}"
    log_change(
        session, framework, Entry(AmendmentKind.SUCCESSOR, (what,)), Said(reason), person_id, now
    )


def _line_of(session: Session, first: Framework) -> set[int]:
    """Ids of an agreement and of all that follow it."""
    line = {first.id}
    current: Framework | None = first
    while current is not None and current.successor_id is not None:
        if current.successor_id in line:
            break
        line.add(current.successor_id)
        current = session.get(Framework, current.successor_id)
    return line
