"""Asking that an expired fact may count for some more days: never one that speaks against."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app.audit.append import COOPERATIVE, Happening, append
from app.eligibility.evidence.approve_evidence import LONGEST_REASON
from app.eligibility.evidence.counting import every_evidence
from app.eligibility.evidence.due import last_day
from app.eligibility.evidence.records import EvidenceOverride, OverrideRequest
from app.eligibility.evidence.vocabulary import fact_label
from app.eligibility.judging.facts import Document, Fact
from app.eligibility.people import tell_people
from app.eligibility.rules_override import MOST_DAYS, no_excuse_for
from app.kernel.errors import Conflict, FieldError, Malformed, NotFound, too_long
from app.kernel.legal_day import legal_day
from app.members.rules import Role
from app.notices.announce import News
from app.notices.rules import Event

SHORTEST_REASON: Final = 10
ONCE: Final = (
    "Für diesen Nachweis gab es schon eine Ausnahme. Mehr als 30 Tage sind nicht möglich; "
    "es hilft nur ein neuer Nachweis."
)


@dataclass(frozen=True, slots=True)
class Asked:
    """For how many days and why."""

    days: int | None
    reason: str


def ask_override(
    session: Session, fact_id: int, asked: Asked, person_id: int, now: datetime
) -> OverrideRequest:
    """The request that a second person has to confirm; Conflict says what cannot be excused."""
    fact, paper = expired_fact(session, fact_id, now)
    if session.scalar(
        select(exists().where(EvidenceOverride.fact_id == fact_id, EvidenceOverride.confirmed))
    ):
        raise Conflict(ONCE, "already_overridden")
    answered = select(EvidenceOverride.request_id)
    if session.scalar(
        select(
            exists().where(OverrideRequest.fact_id == fact_id, OverrideRequest.id.not_in(answered))
        )
    ):
        raise Conflict("Eine Ausnahme ist schon beantragt und wartet auf die zweite Person.")
    found = OverrideRequest(
        fact_id=fact_id,
        expired_on=last_day(fact, paper),
        asked_on=legal_day(now),
        days=_checked(asked),
        reason=asked.reason,
        asked_by=person_id,
        asked_at=now,
    )
    session.add(found)
    session.flush()
    label = fact_label(fact.scope.partition(":")[0], fact.key)
    body = (
        f"Beantragt ist, dass der Nachweis „{label}“ ({paper.title}) noch {found.days} Tage "
        f"zählt.\nGrund: {asked.reason}\n\nBitte entscheiden Sie darüber."
    )
    subject = f"Ausnahme für einen abgelaufenen Nachweis: {paper.title}"
    news = News(Event.EVIDENCE_WAITS, subject, body, "/nachweise")
    tell_people(session, Role.DESK, news, f"override:{found.id}", now)
    happening = Happening(
        "override_asked",
        f"fact:{fact_id}",
        f"person:{person_id}",
        {"request": found.id, "days": found.days, "reason": asked.reason},
    )
    append(session, COOPERATIVE, now, happening)
    return found


def expired_fact(session: Session, fact_id: int, now: datetime) -> tuple[Fact, Document]:
    """The fact that decides today and has expired; NotFound, or Conflict with the reason."""
    today = legal_day(now)
    evidence = every_evidence(session, today)
    papers = {paper.number: paper for paper in evidence.documents}
    fact = next((one for one in evidence.facts if one.number == fact_id), None)
    if fact is None or fact.document is None:
        text = "Diese Angabe zählt heute nicht: Ein neuerer Nachweis hat sie ersetzt."
        raise NotFound(text)
    paper = papers[fact.document]
    if (why_not := no_excuse_for(fact.key, fact.value, fact.valid_to, today)) is not None:
        raise Conflict(why_not, "failed_rule")
    ends = last_day(fact, paper)
    if ends is None or ends >= today:
        text = "Dieser Nachweis ist nicht abgelaufen. Eine Ausnahme gibt es nur für abgelaufene."
        raise Conflict(text, "not_expired")
    return fact, paper


def _checked(asked: Asked) -> int:
    errors = []
    if asked.days is None or not 1 <= asked.days <= MOST_DAYS:
        text = f"Bitte geben Sie 1 bis {MOST_DAYS} Tage an. Länger gilt keine Ausnahme."
        errors.append(FieldError("tage", "too_long", text))
    if len(asked.reason) < SHORTEST_REASON:
        text = "Bitte begründen Sie die Ausnahme; der Grund steht im Abrufvermerk."
        errors.append(FieldError("grund", "missing", text))
    errors += too_long("grund", asked.reason, LONGEST_REASON)
    if errors or asked.days is None:
        raise Malformed(*errors)
    return asked.days
