"""Whether somebody may decide over a call-off: value limit, four eyes, the documented exception."""

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.approvals.record_verdict import Mandate
from app.approvals.rules_path import Path
from app.approvals.who_may_sign import step_for
from app.eligibility.evidence.records import EvidenceDocument
from app.eligibility.judging.case import FourEyes
from app.kernel.errors import NotAllowed
from app.kernel.legal_day import legal_day
from app.kernel.money import Money
from app.members.bound_units import sees_unit
from app.members.deciders import deciders
from app.members.queries import has_role
from app.members.records import Member
from app.members.rules import Role
from app.ordering.records import CallOff
from app.ordering.signing.steps_of_order import path_of_order
from app.ordering.signing.version import value_of
from app.ordering.signing.who_decides import Awaited
from app.ordering.wanted import Actor


def mandate_of(
    session: Session, member: Member, found: CallOff, person_id: int, now: datetime
) -> Mandate | None:
    """In whose name the person decides over this order; None where it must not.

    Where a rule of the member's table applies, only the steps that are due count.
    """
    awaited = Awaited(member.id, value_of(member, found), found.ordered_by, found.unit_id)
    return mandate_on(session, member, awaited, path_of_order(session, found), person_id, now)


def mandate_on(
    session: Session,
    member: Member,
    awaited: Awaited,
    path: Path | None,
    person_id: int,
    now: datetime,
) -> Mandate | None:
    """The same for whatever waits for a decision, an order or its change."""
    if not sees_unit(session, person_id, member.id, awaited.unit_id, legal_day(now)):
        return None
    if path is not None and not path.is_complete:
        return _mandate_on_step(session, path, person_id, now)
    if path is not None and person_id in path.signed_by:
        return Mandate(person_id)
    return mandate_over(session, member, awaited.requested_by, awaited.value, person_id, now)


def needed_mandate(
    session: Session, member: Member, found: CallOff, actor: Actor, now: datetime
) -> Mandate:
    """Raises NotAllowed where this person may not decide now."""
    mandate = mandate_of(session, member, found, actor.person_id, now)
    if mandate is not None:
        return replace(mandate, by_link=actor.by_link)
    if actor.person_id == found.ordered_by:
        raise NotAllowed(
            "Über diesen Abruf dürfen Sie nicht entscheiden: Sie haben ihn selbst gestellt.",
            "four_eyes",
        )
    path = path_of_order(session, found)
    if path is not None and actor.person_id in path.signed_by:
        raise NotAllowed(
            "Sie haben diesen Abruf schon genehmigt. Jetzt entscheidet eine andere Person.",
            "already_signed",
        )
    if path is not None:
        raise NotAllowed(
            "Über diesen Abruf entscheidet nach der Freigaberegel "
            f"„{path.rule_title}“ jetzt eine andere Person.",
            "not_your_step",
        )
    raise NotAllowed(
        "Über diesen Abruf dürfen Sie nicht entscheiden: Sein Wert liegt über Ihrer Wertgrenze.",
        "value_limit",
    )


def _mandate_on_step(session: Session, path: Path, person_id: int, now: datetime) -> Mandate | None:
    due = step_for(session, path, person_id, legal_day(now))
    if due is None:
        return None
    step, decider = due
    return Mandate(person_id, decider.deputy_for, path_id=path.id, step_id=step.id)


def mandate_over(
    session: Session,
    member: Member,
    requested_by: int,
    value: Money,
    person_id: int,
    now: datetime,
) -> Mandate | None:
    """The same over anything of this value that `requested_by` asked for."""
    on = legal_day(now)
    if person_id == requested_by:
        covered = value <= member.self_approval_limit and _proved(session, member, on)
        if not covered or not has_role(session, person_id, Role.APPROVER, on):
            return None
        return Mandate(person_id, exception_evidence_id=member.self_approval_evidence_id)
    able = deciders(session, member.id, value, excluding=requested_by, on=on)
    own = next((decider for decider in able if decider.person_id == person_id), None)
    return Mandate(person_id, on_behalf_of=own.deputy_for) if own is not None else None


def _proved(session: Session, member: Member, on: date) -> bool:
    """Whether the member's own rule still rests on a document that is valid on the day."""
    if member.self_approval_evidence_id is None:
        return False
    proof = session.get_one(EvidenceDocument, member.self_approval_evidence_id)
    last = min(proof.valid_to or date.max, proof.review_due or date.max)
    return proof.valid_from <= on <= last


def four_eyes_of(member: Member, found: CallOff, mandate: Mandate) -> FourEyes:
    """The same for rule O-04: a mandate exists only where limit and rule cover the value."""
    return FourEyes(
        ordered_by=f"person:{found.ordered_by}",
        approved_by=f"person:{mandate.person_id}",
        value=value_of(member, found),
        entitled=True,
        exception=mandate.exception_evidence_id,
    )
