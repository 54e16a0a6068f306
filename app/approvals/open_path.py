"""Opening the steps of a subject: the rule that fits today is written down and stays."""

from datetime import datetime

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from app.approvals.record_verdict import Subject
from app.approvals.records import ApprovalPath, ApprovalStep
from app.approvals.rules_table import Asked, RuleStep, first_fitting, steps_for
from app.approvals.table_queries import table_of_member
from app.database.base import table_of
from app.kernel.legal_day import legal_day
from app.kernel.money import Money
from app.members.deciders import approvers


def open_path(session: Session, subject: Subject, asked: Asked, now: datetime) -> int | None:
    """The number of the round; None where no rule fits and the value limit decides alone."""
    planned = plan_path(session, subject.member_id, asked, subject.requested_by, now)
    if planned is None:
        return None
    rule_id, steps = planned
    known = select(func.max(ApprovalPath.round)).where(ApprovalPath.subject == subject.number)
    number = (session.scalar(known) or 0) + 1
    path = {
        "member_id": subject.member_id,
        "subject": subject.number,
        "round": number,
        "subject_sha256": subject.sha256,
        "rule_id": rule_id,
        "requested_by": subject.requested_by,
        "value": asked.value,
        "counted": asked.counted,
        "opened_at": now,
    }
    table = table_of(ApprovalPath)
    path_id: int = session.execute(insert(table).values(path).returning(table.c.id)).scalar_one()
    session.execute(
        insert(table_of(ApprovalStep)),
        [
            {"path_id": path_id, "position": at, "stage": step.stage, "person_id": step.person_id}
            for at, step in enumerate(steps, 1)
        ],
    )
    return number


def plan_path(
    session: Session, member_id: int, asked: Asked, orderer: int, now: datetime
) -> tuple[int, tuple[RuleStep, ...]] | None:
    """The rule and its steps as they would be opened now; writes nothing."""
    today = legal_day(now)
    rule = first_fitting(table_of_member(session, member_id).rules(today), asked)
    if rule is None:
        return None
    return rule.id, steps_for(rule, asked, limits_of(session, member_id, now), orderer)


def limits_of(session: Session, member_id: int, now: datetime) -> dict[int, Money | None]:
    """Today's approvers in their own right, with their value limits."""
    return {
        one.person_id: one.approval_limit
        for one in approvers(session, member_id, legal_day(now))
        if one.deputy_for is None
    }
