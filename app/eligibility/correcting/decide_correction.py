"""The second person's word on a correction; only an approved one changes what counts."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.audit.append import Happening, append, member_stream
from app.eligibility.correcting.ask_correction import period_of
from app.eligibility.correcting.records import CorrectionVerdict, MembershipCorrection
from app.eligibility.evidence.approve_evidence import Word, check_word
from app.kernel.errors import Conflict, NotAllowed, NotFound
from app.members.membership.record_period import record_period, withdraw_period
from app.members.queries import member_by_key
from app.members.records import Membership


def decide_correction(
    session: Session, key: str, number: int, word: Word, by: tuple[int, datetime]
) -> None:
    """What is approved counts from now on.

    NotFound; Conflict where it was decided or the period changed meanwhile; NotAllowed for the one
    who asked; Malformed for a refusal without reason.
    """
    person_id, now = by
    found = _decidable(session, key, number, person_id)
    check_word(word, "ablehnung", "Bitte sagen Sie, warum nicht berichtigt wird.")
    actor = f"person:{person_id}"
    session.add(
        CorrectionVerdict(
            correction_id=number,
            asked_by=found.asked_by,
            approved=word.approved,
            reason=word.reason,
            decided_by=person_id,
            decided_at=now,
        )
    )
    session.flush()
    said: dict[str, object] = {"correction": number, "reason": word.reason}
    action = f"membership_correction_{'approved' if word.approved else 'refused'}"
    append(session, member_stream(key), now, Happening(action, f"member:{key}", actor, said))
    if word.approved:
        _carry_out(session, key, found, actor, now)


def _decidable(session: Session, key: str, number: int, person_id: int) -> MembershipCorrection:
    member = member_by_key(session, key)
    found = session.get(MembershipCorrection, number, with_for_update=True)
    if found is None or found.member_id != member.id:
        raise NotFound("Diese Berichtigung gibt es nicht.")
    if session.get(CorrectionVerdict, number) is not None:
        raise Conflict("Über diese Berichtigung ist schon entschieden.", "already_decided")
    if found.asked_by == person_id:
        text = "Sie haben die Berichtigung vorgeschlagen. Zustimmen muss eine zweite Person."
        raise NotAllowed(text, "four_eyes")
    return found


def _carry_out(
    session: Session, key: str, found: MembershipCorrection, actor: str, now: datetime
) -> None:
    held = session.get(Membership, found.membership_id)
    if held is None or held.recorded_at > found.asked_at:
        text = (
            "Der Zeitraum hat sich seit dem Vorschlag geändert. "
            "Bitte lehnen Sie ab und schlagen Sie die Berichtigung neu vor."
        )
        raise Conflict(text, "period_changed")
    if found.withdraws:
        withdraw_period(session, key, held.id, actor, now)
    else:
        record_period(session, key, period_of(found), actor, now, of=held.id)
