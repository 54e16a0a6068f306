"""Calls of the API that are safe to repeat: the first one's answer is kept under its key."""

from collections.abc import Callable
from datetime import datetime

from pydantic import BaseModel
from sqlalchemy.orm import Session

from app.kernel.canonical import sha256_hex
from app.members.asking import Asking
from app.ordering.placing.answer_once import Earlier, claim_key, keep_answer


def answered_once(
    session: Session,
    asking: Asking,
    now: datetime,
    key: str | None,
    call: tuple[str, BaseModel],
    act: Callable[[], BaseModel],
) -> str:
    """`call` is the address with what was sent; what `act` gives, or gave before.

    Without a key it is done whenever it is sent. Raises KeyReused. What `act` raises takes the
    key back with everything else.
    """
    if key is None:
        return act().model_dump_json()
    claimed = claim_call(session, asking, now, key, call)
    if isinstance(claimed, Earlier):
        return claimed.answer
    text = act().model_dump_json()
    keep_answer(session, claimed, text)
    return text


def claim_call(
    session: Session, asking: Asking, now: datetime, key: str, call: tuple[str, BaseModel]
) -> int | Earlier:
    """The key's row to keep the answer in, or what was answered before."""
    address, body = call
    member = asking.member.id if asking.member is not None else 0
    scope = f"call:{member}:{asking.person_id}"
    digest = sha256_hex(f"{address}\n{body.model_dump_json()}".encode())
    return claim_key(session, scope, key, digest, now)
