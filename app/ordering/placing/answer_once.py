"""One answer per key: a double click, a reload and a retry all get the first one's answer."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.database.base import table_of
from app.database.straight import connection_of, fetch_one
from app.database.together import write
from app.kernel.errors import FieldError, Malformed
from app.kernel.repeat_key import LONGEST_KEY
from app.ordering.placing.records import IdempotencyKey

# Built once: putting a statement together costs more than executing it.
_KEYS: Final = table_of(IdempotencyKey)
_CLAIM: Final = {
    name: dialect.insert(_KEYS).on_conflict_do_nothing().returning(_KEYS.c.id)
    for name, dialect in (("postgresql", postgresql), ("sqlite", sqlite))
}
_ANSWER: Final = (
    update(_KEYS).where(_KEYS.c.id == bindparam("claimed")).values(answer=bindparam("text"))
)


class KeyReused(Malformed):
    """The same key came with another content."""

    code = "idempotency_key_reused"

    def __init__(self) -> None:
        text = (
            "Dieser Schlüssel wurde schon für einen anderen Inhalt benutzt. "
            "Senden Sie die geänderte Bestellung mit einem neuen Schlüssel."
        )
        super().__init__(FieldError("Idempotency-Key", self.code, text))


@dataclass(frozen=True, slots=True)
class Earlier:
    """The request was answered before; `answer` is what was said then."""

    answer: str


def claim_key(
    session: Session, scope: str, key: str, request_sha256: str, now: datetime
) -> int | Earlier:
    """The row to answer into, or the earlier answer; taken first in the order's transaction.

    A second request with the same key waits here until the first one has ended. Raises KeyReused.
    """
    if not 1 <= len(key) <= LONGEST_KEY:
        text = f"Der Schlüssel muss 1 bis {LONGEST_KEY} Zeichen lang sein."
        raise Malformed(FieldError("Idempotency-Key", "length", text))
    row = {"scope": scope, "key": key, "request_sha256": request_sha256, "at": now}
    claimed = fetch_one(session, _CLAIM[connection_of(session).dialect.name], row)
    if claimed is not None:
        return int(claimed.id)
    stored = session.execute(
        select(IdempotencyKey.request_sha256, IdempotencyKey.answer).where(
            IdempotencyKey.scope == scope, IdempotencyKey.key == key
        )
    ).one()
    if stored.request_sha256 != request_sha256 or stored.answer is None:
        raise KeyReused
    return Earlier(stored.answer)


def keep_answer(session: Session, claimed: int, answer: str) -> None:
    write(session, _ANSWER, {"claimed": claimed, "text": answer})
