"""Forms that are pressed twice: the same content from the same page counts once."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import uuid4

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.kernel.canonical import canonical_json, sha256_hex
from app.members.asking import Asking
from app.ordering.placing.answer_once import Earlier, claim_key, keep_answer
from app.ordering.placing.records import IdempotencyKey

KEY_FIELD: Final = "schluessel"
OF_THE_PAGE: Final = frozenset({"_csrf", KEY_FIELD})


def new_key() -> str:
    """For the hidden field of a form that is shown."""
    return str(uuid4())


def first_sending(
    session: Session,
    asking: Asking,
    form: str,
    sent: Mapping[str, str],
    now: datetime,
    file: bytes = b"",
) -> int | None:
    """A number for `forget_sending`; None where this content came from this page before.

    A second press waits here for the first one. Whoever goes back and changes something sends
    another content, which counts.
    """
    content = {name: value for name, value in sent.items() if name not in OF_THE_PAGE}
    digest = sha256_hex(canonical_json([form, content, sha256_hex(file)]))
    page = sha256_hex(canonical_json([sent.get(KEY_FIELD) or new_key(), digest]))
    member = asking.member.id if asking.member is not None else 0
    claimed = claim_key(session, f"form:{member}:{asking.person_id}", page, digest, now)
    if isinstance(claimed, Earlier):
        return None
    keep_answer(session, claimed, form)
    return claimed


def forget_sending(session: Session, sending: int) -> None:
    """What came of it was an error or a refusal: the same may be sent again."""
    session.execute(delete(IdempotencyKey).where(IdempotencyKey.id == sending))
