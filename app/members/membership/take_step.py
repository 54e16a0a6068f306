"""A step on the way of a membership; what it changes in the period follows from it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy.orm import Session

from app.audit.append import Happening, append, member_stream
from app.kernel.errors import FieldError, Malformed, too_long
from app.kernel.legal_day import legal_day
from app.members.membership.lifecycle import Way, terms_on, way_of
from app.members.membership.record_period import Period, record_period
from app.members.queries import member_by_key
from app.members.records import Membership, MembershipStep
from app.members.rules_lifecycle import PROVEN_BY, Step, Taken, last_day, refusal

LONGEST_REFERENCE: Final = 200


@dataclass(frozen=True, slots=True)
class StepWish:
    """`reference` is the file number, the minutes or the bank statement that shows the step."""

    step: Step
    on: date
    reference: str
    evidence_document_id: int | None = None


def take_step(
    session: Session, key: str, wish: StepWish, person_id: int, now: datetime
) -> MembershipStep:
    """Malformed where the step may not follow or has no proof; then nothing is written."""
    member = member_by_key(session, key)
    way = way_of(session, member, legal_day(now))
    refuse_step(way, wish, legal_day(now), proven=wish.evidence_document_id is not None)
    row = MembershipStep(
        member_id=member.id,
        step=wish.step,
        on=wish.on,
        reference=wish.reference,
        evidence_document_id=wish.evidence_document_id,
        recorded_at=now,
        recorded_by=person_id,
    )
    session.add(row)
    session.flush()
    actor = f"person:{person_id}"
    _change_period(session, key, way, wish, (actor, now))
    said: dict[str, object] = {
        "step": wish.step.value,
        "on": wish.on.isoformat(),
        "reference": wish.reference,
        "evidence": wish.evidence_document_id,
    }
    happened = Happening("membership_step", f"member:{key}", actor, said)
    append(session, member_stream(key), now, happened)
    return row


def refuse_step(way: Way, wish: StepWish, today: date, *, proven: bool) -> None:
    """Malformed where the step cannot be taken; `proven` says that a document comes with it."""
    reason = refusal(way.way, Taken(wish.step, wish.on), today)
    if reason is not None:
        raise Malformed(FieldError("schritt", "step_refused", reason))
    if faults := too_long("fundstelle", wish.reference, LONGEST_REFERENCE):
        raise Malformed(*faults)
    if not wish.reference:
        text = "Bitte geben Sie an, woraus der Schritt hervorgeht, zum Beispiel ein Aktenzeichen."
        raise Malformed(FieldError("fundstelle", "missing", text))
    if wish.step in PROVEN_BY and not proven:
        raise Malformed(FieldError("datei", "missing", "Dieser Schritt zählt nur mit Dokument."))


def _change_period(
    session: Session, key: str, way: Way, wish: StepWish, by: tuple[str, datetime]
) -> None:
    """Beginning, payment, notice and end are what rule M-02 judges."""
    actor, now = by
    if wish.step is Step.EFFECTIVE:
        begun = Period(
            resolved_on=way.way.get(Step.RESOLUTION),
            effective_from=wish.on,
            effective_to=None,
            notice_received_on=None,
            share_paid_on=way.way.get(Step.SHARE_PAID),
        )
        row = record_period(session, key, begun, actor, now)
        row.share_contribution = terms_on(session, wish.on).share
    elif way.period is not None and Step.EFFECTIVE in way.way:
        changed = _changed(session, way.period, wish)
        if changed is not None:
            record_period(session, key, changed, actor, now, of=way.period.id)


def _changed(session: Session, held: Membership, wish: StepWish) -> Period | None:
    paid, notice, last = held.share_paid_on, held.notice_received_on, held.effective_to
    match wish.step:
        case Step.SHARE_PAID:
            paid = wish.on
        case Step.NOTICE:
            notice, last = wish.on, last_day(wish.on, terms_on(session, wish.on))
        case Step.END:
            last = wish.on
        case _:
            return None
    return Period(held.resolved_on, held.effective_from, last, notice, paid)
