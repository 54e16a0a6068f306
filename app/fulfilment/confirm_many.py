"""Confirming several call-offs in one go: all or none."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from sqlalchemy.orm import Session

from app.database.tenant import EVERY_MEMBER
from app.kernel.errors import Conflict, FieldError, Malformed
from app.ordering.rules import IllegalMove
from app.ordering.steps.confirm_call_off import confirm_call_off
from app.ordering.wanted import Actor

MOST: Final = 100


def confirm_many(
    session: Session,
    actor: Actor,
    numbers: Sequence[str],
    promised_date: date | None,
    now: datetime,
) -> int:
    """How many were confirmed. Raises Malformed for an empty choice, Conflict naming the number."""
    chosen = sorted(set(numbers))  # in order, so that two desks never wait for each other
    if not chosen:
        text = "Bitte wählen Sie mindestens einen neuen Abruf aus."
        raise Malformed(FieldError("nummer", "nothing_chosen", text))
    if len(chosen) > MOST:
        text = f"Bitte wählen Sie höchstens {MOST} Abrufe auf einmal aus."
        raise Malformed(FieldError("nummer", "too_many", text))
    for number in chosen:
        try:
            confirm_call_off(session, actor, number, EVERY_MEMBER, now, promised_date=promised_date)
        except IllegalMove as error:
            text = f"Der Abruf {number} ist nicht mehr neu. Es wurde kein Abruf bestätigt."
            raise Conflict(text, error.code) from None
    return len(chosen)
