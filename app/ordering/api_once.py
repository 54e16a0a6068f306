"""Calls of the API that are safe to repeat: the first one's answer is kept under its key."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Final

from fastapi import Header, Response
from pydantic import BaseModel
from sqlalchemy.orm import Session

from app.kernel.canonical import sha256_hex
from app.members.asking import Asking
from app.ordering.answer_once import LONGEST_KEY, Earlier, claim_key, keep_answer

KEY_MEANS: Final = (
    "Ein Schlüssel je Vorgang, frei gewählt. Derselbe Schlüssel mit demselben Inhalt bekommt die "
    "gespeicherte Antwort noch einmal, mit anderem Inhalt 422 `idempotency_key_reused`."
)
IdempotencyKey = Annotated[str, Header(min_length=1, max_length=LONGEST_KEY, description=KEY_MEANS)]
OptionalKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=LONGEST_KEY,
        description=f"Freiwillig. {KEY_MEANS}",
    ),
]


def answered_once(
    session: Session,
    asking: Asking,
    now: datetime,
    key: str | None,
    call: tuple[str, BaseModel],
    act: Callable[[], BaseModel],
) -> Response:
    """`call` is the address with what was sent; 201 with what `act` gives, or gave before.

    Without a key it is done whenever it is sent. Raises KeyReused. What `act` raises takes the
    key back with everything else.
    """
    if key is None:
        return _created(act().model_dump_json())
    address, body = call
    member = asking.member.id if asking.member is not None else 0
    scope = f"call:{member}:{asking.person_id}"
    digest = sha256_hex(f"{address}\n{body.model_dump_json()}".encode())
    claimed = claim_key(session, scope, key, digest, now)
    if isinstance(claimed, Earlier):
        return _created(claimed.answer)
    text = act().model_dump_json()
    keep_answer(session, claimed, text)
    return _created(text)


def _created(text: str) -> Response:
    return Response(text, 201, media_type="application/json")
