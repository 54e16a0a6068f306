"""The documented exception from four eyes: up to which value, and the document it rests on."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.audit.append import Happening, append, member_stream
from app.eligibility.evidence.queries import documents_of
from app.kernel.errors import FieldError, Malformed
from app.kernel.legal_day import legal_day
from app.kernel.money import NOTHING, Money
from app.members.queries import member_by_key
from app.members.records import Member


def allow_self_approval(
    session: Session,
    key: str,
    chosen: tuple[Money, int | None],
    actor: str,
    now: datetime,
) -> Member:
    """`chosen`: limit and document; 0 takes the exception back. Malformed changes nothing."""
    member = member_by_key(session, key)
    limit, document_id = chosen
    if limit == NOTHING:
        document_id = None
    elif document_id not in {one.id for one in documents_of(session, member.id, legal_day(now))}:
        text = (
            "Ohne geltenden Nachweis dieses Mitglieds bleibt die Grenze bei 0 Euro. "
            "Bitte wählen Sie den Nachweis, der die Ausnahme erlaubt."
        )
        raise Malformed(FieldError("nachweis", "evidence_missing", text))
    if (member.self_approval_limit, member.self_approval_evidence_id) == (limit, document_id):
        return member
    member.self_approval_limit, member.self_approval_evidence_id = limit, document_id
    said: dict[str, object] = {"limit": limit.text, "evidence": document_id}
    happened = Happening("self_approval_changed", f"member:{key}", actor, said)
    append(session, member_stream(key), now, happened)
    return member
