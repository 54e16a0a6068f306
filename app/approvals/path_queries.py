"""Reads of the steps that subjects go through."""

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.approvals.records import (
    Approval,
    ApprovalEscalation,
    ApprovalPath,
    ApprovalRule,
    ApprovalStep,
)
from app.approvals.rules_path import Path, StepSeen


def current_path(session: Session, member_id: int, subject: str) -> Path | None:
    """The latest round; None for what went the old way, by the value limit alone."""
    return current_paths(session, member_id, [subject]).get(subject)


def current_paths(session: Session, member_id: int, subjects: Iterable[str]) -> dict[str, Path]:
    """The same for several in two statements."""
    wanted = list(subjects)
    latest = (
        select(func.max(ApprovalPath.id))
        .where(ApprovalPath.member_id == member_id, ApprovalPath.subject.in_(wanted))
        .group_by(ApprovalPath.subject)
    )
    rows = session.execute(
        select(ApprovalPath, ApprovalRule.title)
        .outerjoin(ApprovalRule, ApprovalRule.id == ApprovalPath.rule_id)
        .where(ApprovalPath.id.in_(latest))
    ).all()
    if not rows:
        return {}
    steps = _steps(session, [path.id for path, _ in rows])
    return {
        path.subject: Path(
            path.id,
            path.member_id,
            path.subject,
            path.round,
            path.subject_sha256,
            path.rule_id,
            title or "",
            path.requested_by,
            path.value,
            path.counted,
            path.opened_at,
            tuple(steps.get(path.id, ())),
        )
        for path, title in rows
    }


def _steps(session: Session, path_ids: list[int]) -> dict[int, list[StepSeen]]:
    rows = session.execute(
        select(
            ApprovalStep.path_id,
            ApprovalStep.id,
            ApprovalStep.position,
            ApprovalStep.stage,
            ApprovalStep.person_id,
            Approval.verdict,
            Approval.decided_by,
            Approval.at,
            ApprovalEscalation.at,
            ApprovalEscalation.to_person,
        )
        .outerjoin(Approval, Approval.step_id == ApprovalStep.id)
        .outerjoin(ApprovalEscalation, ApprovalEscalation.step_id == ApprovalStep.id)
        .where(ApprovalStep.path_id.in_(path_ids))
        .order_by(ApprovalStep.path_id, ApprovalStep.position)
    )
    found: dict[int, list[StepSeen]] = {}
    for path_id, *values in rows:
        found.setdefault(path_id, []).append(StepSeen(*values))
    return found
