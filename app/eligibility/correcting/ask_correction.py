"""Asking that a period of membership is put right; it counts once a second person agrees."""

from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app.audit.append import Happening, append, member_stream
from app.eligibility.correcting.records import CorrectionVerdict, MembershipCorrection
from app.eligibility.evidence.approve_evidence import LONGEST_REASON
from app.eligibility.people import tell_people
from app.kernel.errors import Conflict, FieldError, Malformed, NotFound, too_long
from app.members.membership.record_period import Period, refuse_overlap
from app.members.queries import member_by_key, memberships
from app.members.records import Member, Membership
from app.members.rules import Role
from app.notices.announce import News
from app.notices.rules import Event


@dataclass(frozen=True, slots=True)
class CorrectionWish:
    """`period` is what shall stand there; None where there never was such a period."""

    of: int
    period: Period | None
    reason: str


def ask_correction(
    session: Session, key: str, wish: CorrectionWish, person_id: int, now: datetime
) -> MembershipCorrection:
    """NotFound, Conflict while another one waits, Malformed with the field at fault."""
    member = member_by_key(session, key)
    known = memberships(session, member.id)
    held = next((one for one in known if one.id == wish.of), None)
    if held is None:
        raise NotFound("Diesen Zeitraum gibt es nicht.")
    if _waits(session, wish.of):
        text = "Zu diesem Zeitraum wartet schon eine Berichtigung auf die zweite Person."
        raise Conflict(text, "correction_waits")
    _refuse(wish, held, [one for one in known if one is not held])
    said = wish.period or period_of(held)
    row = MembershipCorrection(
        member_id=member.id,
        membership_id=wish.of,
        withdraws=wish.period is None,
        reason=wish.reason,
        asked_by=person_id,
        asked_at=now,
        **{field.name: getattr(said, field.name) for field in fields(said)},
    )
    session.add(row)
    session.flush()
    _tell(session, member, row, now)
    return row


def period_of(held: Membership | MembershipCorrection) -> Period:
    return Period(**{field.name: getattr(held, field.name) for field in fields(Period)})


def _refuse(wish: CorrectionWish, held: Membership, others: list[Membership]) -> None:
    if not wish.reason:
        text = "Bitte sagen Sie, was falsch ist und woraus das Richtige hervorgeht."
        raise Malformed(FieldError("grund", "missing", text))
    if faults := too_long("grund", wish.reason, LONGEST_REASON):
        raise Malformed(*faults)
    if wish.period is None:
        return
    if wish.period == period_of(held):
        text = "Es ist nichts geändert."
        raise Malformed(FieldError("effective_from", "unchanged", text))
    refuse_overlap(wish.period, others)


def _waits(session: Session, membership_id: int) -> bool:
    decided = exists().where(CorrectionVerdict.correction_id == MembershipCorrection.id)
    waiting = exists().where(MembershipCorrection.membership_id == membership_id, ~decided)
    return bool(session.scalar(select(waiting)))


def _tell(session: Session, member: Member, row: MembershipCorrection, now: datetime) -> None:
    said: dict[str, object] = {"correction": row.id, "reason": row.reason}
    said |= {"withdraws": row.withdraws, "period": row.membership_id}
    happened = Happening(
        "membership_correction_asked", f"member:{member.key}", f"person:{row.asked_by}", said
    )
    append(session, member_stream(member.key), now, happened)
    news = News(
        Event.EVIDENCE_WAITS,
        f"Berichtigung der Mitgliedschaft: {member.name}",
        f"Die Mitgliedschaft von {member.name} soll berichtigt werden. "
        "Das zählt erst, wenn eine zweite Person zustimmt.",
        f"/verwaltung/mitglieder/{member.key}/berichtigungen",
    )
    tell_people(session, Role.LEGAL, news, f"membership-correction:{row.id}", now, but=row.asked_by)
