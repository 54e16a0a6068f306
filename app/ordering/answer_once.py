"""One answer per key: a double click, a reload and a retry all get the first one's answer."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.kernel.errors import FieldError, Malformed
from app.ordering.records import IdempotencyKey

LONGEST_KEY = 120


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
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    claimed: int | None = session.execute(
        dialect.insert(IdempotencyKey)
        .values(scope=scope, key=key, request_sha256=request_sha256, at=now)
        .on_conflict_do_nothing()
        .returning(IdempotencyKey.id)
    ).scalar_one_or_none()
    if claimed is not None:
        return claimed
    stored = session.execute(
        select(IdempotencyKey.request_sha256, IdempotencyKey.answer).where(
            IdempotencyKey.scope == scope, IdempotencyKey.key == key
        )
    ).one()
    if stored.request_sha256 != request_sha256 or stored.answer is None:
        raise KeyReused
    return Earlier(stored.answer)


def keep_answer(session: Session, claimed: int, answer: str) -> None:
    session.execute(
        update(IdempotencyKey)
        .where(IdempotencyKey.id == claimed)
        .values(answer=answer)
        .execution_options(synchronize_session=False)
    )
