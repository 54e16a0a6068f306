"""The second person's answer to an asked exception; the first cannot give it."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.audit.append import COOPERATIVE, Happening, append
from app.eligibility.evidence.approve_evidence import Word, check_word
from app.eligibility.evidence.ask_override import expired_fact
from app.eligibility.evidence.records import EvidenceOverride, OverrideRequest
from app.kernel.errors import Conflict, NotAllowed, NotFound
from app.kernel.legal_day import legal_day


def confirm_override(
    session: Session, request_id: int, word: Word, person_id: int, now: datetime
) -> EvidenceOverride:
    """From today on the expired fact counts for the asked days, or stays expired.

    NotFound, NotAllowed for who asked, Conflict where it was answered or nothing is expired any
    more, Malformed without a reason for a refusal.
    """
    found = session.get(OverrideRequest, request_id, with_for_update=True)
    if found is None:
        raise NotFound("Diesen Antrag gibt es nicht.")
    if session.get(EvidenceOverride, request_id) is not None:
        raise Conflict("Über diesen Antrag ist schon entschieden.", "already_decided")
    if found.asked_by == person_id:
        text = "Sie haben die Ausnahme beantragt. Entscheiden muss eine zweite Person."
        raise NotAllowed(text, "four_eyes")
    check_word(word, "grund", "Bitte sagen Sie, warum nicht.")
    if word.approved:
        expired_fact(session, found.fact_id, now)
    answer = EvidenceOverride(
        request_id=request_id,
        fact_id=found.fact_id,
        asked_by=found.asked_by,
        days=found.days,
        confirmed=word.approved,
        reason=word.reason,
        begins_on=legal_day(now),
        decided_by=person_id,
        decided_at=now,
    )
    session.add(answer)
    session.flush()
    happening = Happening(
        "override_confirmed" if word.approved else "override_refused",
        f"fact:{found.fact_id}",
        f"person:{person_id}",
        {"request": request_id, "days": found.days, "reason": word.reason},
    )
    append(session, COOPERATIVE, now, happening)
    return answer
