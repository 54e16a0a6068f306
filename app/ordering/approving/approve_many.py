"""Approving several orders at once: each is a decision of its own, none takes another one along."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from app.database.tenant import Tenant
from app.kernel.errors import DomainError
from app.ordering.steps.approve_call_off import Blocked, Placed, StepApproved, approve_call_off
from app.ordering.wanted import Actor

MOST: Final = 50


@dataclass(frozen=True, slots=True)
class OneWord:
    """An order as it was seen, and which of its conditions were taken note of."""

    number: str
    seen: int | None
    acknowledged: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OneOfMany:
    """`placed`, `signed`, `blocked` or `refused`, with the reason in German."""

    number: str
    outcome: str
    text: str = ""


def approve_many(
    session: Session, actor: Actor, words: Sequence[OneWord], tenant: Tenant, now: datetime
) -> tuple[OneOfMany, ...]:
    """In the order given; what fails leaves no trace of its own and the others stand."""
    return tuple(_one(session, actor, word, tenant, now) for word in words[:MOST])


def _one(session: Session, actor: Actor, word: OneWord, tenant: Tenant, now: datetime) -> OneOfMany:
    try:
        with session.begin_nested():
            result = approve_call_off(
                session,
                actor,
                word.number,
                tenant,
                now,
                seen=word.seen,
                acknowledged=word.acknowledged,
            )
    except DomainError as fault:
        return OneOfMany(word.number, "refused", fault.text)
    match result:
        case Placed():
            return OneOfMany(word.number, "placed")
        case StepApproved(words=text):
            return OneOfMany(word.number, "signed", f"{text}.")
        case Blocked(text=text):
            return OneOfMany(word.number, "blocked", text)
