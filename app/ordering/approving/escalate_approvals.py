"""Escalation: a step that waited longer than its rule allows may be signed by somebody else too."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.approvals.records import ApprovalEscalation, ApprovalPath
from app.approvals.rules_path import Path, StepSeen
from app.approvals.rules_table import TableRule
from app.approvals.table_queries import table_of_member
from app.audit.append import Happening, append, member_stream
from app.database.base import table_of
from app.database.tenant import EVERY_MEMBER
from app.members.queries import member_of
from app.ordering.approving.over import over_what
from app.ordering.changing.queries import waiting_for
from app.ordering.changing.rules import ChangeState, split_subject
from app.ordering.notify import ask_for_approval
from app.ordering.queries import call_off
from app.ordering.records import CallOff
from app.ordering.rules import State

PORTAL: Final = "portal"


def escalate_approvals(session: Session, now: datetime) -> int:
    """How many steps went further; those who may sign now get a mail. Once per step."""
    paths = select(ApprovalPath.subject)
    waiting = session.scalars(
        select(CallOff.number)
        .where(CallOff.state == State.IN_APPROVAL, CallOff.number.in_(paths))
        .order_by(CallOff.id)
    ).all()
    agreed = waiting_for(session, ChangeState.AGREED, EVERY_MEMBER)
    changes = [f"{one.number}/{one.change.position}" for one in agreed]
    return sum(_escalate(session, subject, now) for subject in (*waiting, *changes))


def _escalate(session: Session, subject: str, now: datetime) -> int:
    number, position = split_subject(subject)
    found = call_off(session, number, EVERY_MEMBER)
    member = member_of(session, EVERY_MEMBER, found.member_id)
    path = over_what(session, member, found, position).path
    rule = None if path is None else _rule(session, path)
    if path is None or rule is None or rule.escalate_after_days is None:
        return 0
    patience = timedelta(days=rule.escalate_after_days)
    late = [step for step in path.to_sign if _is_late(path, step, patience, now)]
    if not late:
        return 0
    session.execute(
        insert(table_of(ApprovalEscalation)),
        [{"step_id": step.id, "to_person": rule.escalate_to, "at": now} for step in late],
    )
    ask_for_approval(session, subject, now, after="escalation")
    said: dict[str, object] = {"steps": [step.position for step in late], "to": rule.escalate_to}
    if position is not None:
        said["change"] = position
    happening = Happening("call_off.approval_escalated", found.number, PORTAL, said)
    append(session, member_stream(member.key), now, happening)
    return len(late)


def _is_late(path: Path, step: StepSeen, patience: timedelta, now: datetime) -> bool:
    return step.escalated_at is None and path.waits_since(step) + patience <= now


def _rule(session: Session, path: Path) -> TableRule | None:
    """Ended or not: the order keeps the rule under which it was submitted."""
    dated = table_of_member(session, path.member_id).dated
    return next((rule for rule, _ in dated if rule.id == path.rule_id), None)
