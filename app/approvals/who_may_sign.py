"""Who may give the open signatures of a path today: deputies, lost roles, escalations."""

from datetime import date

from sqlalchemy.orm import Session

from app.approvals.rules_path import Path, StepSeen
from app.members.deciders import Decider, approvers, deciders


def who_may_sign(session: Session, path: Path, step: StepSeen, on: date) -> tuple[Decider, ...]:
    """Never the orderer, nobody in the orderer's name, nobody twice on one path."""
    named = _free(path, _named(session, path, step, on))
    further: tuple[Decider, ...] = ()
    if step.escalated_at is not None:
        further = _person(approvers(session, path.member_id, on), step.escalated_to)
        further = _free(path, further or _by_limit(session, path, on))
    # A role that was lost since is nobody's signature any more: the value limit takes over.
    if not named:
        named = _free(path, _by_limit(session, path, on))
    awaited = {one.person_id for one in path.steps if one.open and one.id != step.id}
    spared = tuple(one for one in named if one.person_id not in awaited)
    able = {one.person_id: one for one in reversed((*(spared or named), *further))}
    return tuple(reversed(able.values()))


def step_for(
    session: Session, path: Path, person_id: int, on: date
) -> tuple[StepSeen, Decider] | None:
    """The first open step that this person may sign, and in whose name."""
    for step in path.to_sign:
        for one in who_may_sign(session, path, step, on):
            if one.person_id == person_id:
                return step, one
    return None


def _named(session: Session, path: Path, step: StepSeen, on: date) -> tuple[Decider, ...]:
    if step.person_id is None:
        return ()
    return _person(approvers(session, path.member_id, on), step.person_id)


def _free(path: Path, able: tuple[Decider, ...]) -> tuple[Decider, ...]:
    return tuple(
        one
        for one in able
        if one.stands_apart_from(path.requested_by) and one.person_id not in path.signed_by
    )


def _person(everybody: tuple[Decider, ...], person_id: int | None) -> tuple[Decider, ...]:
    """The person and its deputies of the day; nothing where it approves no longer."""
    own = tuple(one for one in everybody if one.person_id == person_id and one.deputy_for is None)
    deputies = tuple(one for one in everybody if one.deputy_for == person_id)
    return (*own, *deputies) if own and person_id is not None else ()


def _by_limit(session: Session, path: Path, on: date) -> tuple[Decider, ...]:
    return deciders(session, path.member_id, path.counted, excluding=path.requested_by, on=on)
