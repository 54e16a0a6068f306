"""Repeatable calls whose refusal is an answer too: its status is kept with it."""

from collections.abc import Callable
from datetime import datetime

from fastapi.responses import Response
from pydantic import BaseModel
from sqlalchemy.orm import Session

from app.members.asking import Asking
from app.ordering.placing.answer_once import Earlier, keep_answer
from app.ordering.placing.api_once import claim_call


def responded_once(
    session: Session,
    asking: Asking,
    now: datetime,
    key: str | None,
    call: tuple[str, BaseModel],
    act: Callable[[], Response],
) -> Response:
    """Like `answered_once` where a refusal stays on record: its status is kept as well."""
    if key is None:
        return act()
    claimed = claim_call(session, asking, now, key, call)
    if isinstance(claimed, Earlier):
        head, _, text = claimed.answer.partition("\n")
        status, _, media_type = head.partition(" ")
        return Response(text, int(status), media_type=media_type)
    given = act()
    text = bytes(given.body).decode()
    keep_answer(session, claimed, f"{given.status_code} {given.media_type}\n{text}")
    return given
