"""Who may decide over a wish that makes an order grow, on what check, and their verdict."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from app.approvals.record_verdict import Mandate, record_verdict
from app.approvals.rules import Verdict
from app.database.tenant import EVERY_MEMBER, Tenant
from app.eligibility.assess_case import Assessed
from app.eligibility.judging.case import FourEyes
from app.eligibility.rules import Phase
from app.kernel.errors import NotAllowed
from app.kernel.money import Money
from app.members.queries import member_of
from app.members.records import Member
from app.ordering.changing.new_lines import lines_of
from app.ordering.changing.queries import change_of
from app.ordering.changing.records import CallOffChange
from app.ordering.changing.rules import ChangeState, IllegalStep
from app.ordering.changing.steps_of_change import mandate_of_change, subject_of, value_after
from app.ordering.changing.totals import pieces_after
from app.ordering.judge import judge_changed
from app.ordering.queries import lock_call_off
from app.ordering.records import CallOff
from app.ordering.wanted import Actor


@dataclass(frozen=True, slots=True)
class Deciding:
    """What is decided over: the order, the wish, whose member, in whose name."""

    found: CallOff
    change: CallOffChange
    member: Member
    mandate: Mandate
    value: Money


def deciding(
    session: Session, actor: Actor, number: str, tenant: Tenant, position: int, now: datetime
) -> Deciding:
    """Locked. Raises IllegalStep and NotAllowed."""
    found = lock_call_off(session, number, tenant)
    change = change_of(session, found.id, position)
    if change.state is not ChangeState.AGREED:
        raise IllegalStep
    member = member_of(session, EVERY_MEMBER, found.member_id)
    mandate = mandate_of_change(session, member, found, change, actor.person_id, now)
    if mandate is None:
        raise NotAllowed(
            "Über diese Änderung dürfen Sie nicht entscheiden: Sie haben sie selbst gewünscht, "
            "oder der neue Wert liegt über Ihrer Wertgrenze.",
            "four_eyes" if actor.person_id == change.requested_by else "value_limit",
        )
    mandate = replace(mandate, by_link=actor.by_link)
    return Deciding(found, change, member, mandate, value_after(member, found, change))


def judge_change(session: Session, deciding: Deciding, now: datetime) -> Assessed:
    """The check that carrying it out would be based on."""
    found, change, mandate = deciding.found, deciding.change, deciding.mandate
    pieces = pieces_after(found, change)
    lines = [(line, pieces[line.sku]) for line in lines_of(found, change)]
    eyes = FourEyes(
        ordered_by=f"person:{change.requested_by}",
        approved_by=f"person:{mandate.person_id}",
        value=deciding.value,
        entitled=True,
        exception=mandate.exception_evidence_id,
    )
    return judge_changed(session, found, lines, now, Phase.PLACEMENT, eyes)


def record_word(
    session: Session,
    decided: Deciding,
    verdict: Verdict,
    now: datetime,
    *,
    reason: str = "",
    acknowledged: tuple[str, ...] = (),
) -> None:
    """The verdict over exactly this version of order and wish."""
    subject = subject_of(session, decided.member, decided.found, decided.change)
    record_verdict(
        session, subject, decided.mandate, verdict, now, reason=reason, acknowledged=acknowledged
    )
