"""The schedule in force, standing holds, and the latest runs."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.retention.records import ErasureRun, LegalHold, RetentionRule
from app.retention.rules import STANDARD, Kept, Rule


@dataclass(frozen=True, slots=True)
class Counted:
    """One kind in a run."""

    kind: Kept
    due: int
    held: int
    erased: int


@dataclass(frozen=True, slots=True)
class Run:
    at: datetime
    actor: str
    dry: bool
    counted: tuple[Counted, ...]


def schedule(session: Session, today: date) -> tuple[Rule, ...]:
    """The standard with the latest changes that are in force."""
    changed = {
        row.kind: row
        for row in session.scalars(
            select(RetentionRule)
            .where(RetentionRule.valid_from <= today)
            .order_by(RetentionRule.valid_from, RetentionRule.id)
        )
    }
    return tuple(
        replace(rule, amount=changed[rule.kind].amount, basis=changed[rule.kind].basis)
        if rule.kind in changed
        else rule
        for rule in STANDARD
    )


def period_now(session: Session, kind: Kept) -> Rule:
    """The line as it was last put on record: what a file handed on today will be kept for."""
    return next(rule for rule in schedule(session, date.max) if rule.kind is kind)


def standing_holds(session: Session) -> Sequence[LegalHold]:
    return session.scalars(
        select(LegalHold).where(LegalHold.lifted_at.is_(None)).order_by(LegalHold.id)
    ).all()


def every_hold(session: Session) -> Sequence[LegalHold]:
    """The latest first, lifted ones too."""
    return session.scalars(select(LegalHold).order_by(LegalHold.id.desc())).all()


def runs(session: Session, limit: int = 10) -> tuple[Run, ...]:
    """The latest first."""
    rows = session.scalars(select(ErasureRun).order_by(ErasureRun.id.desc()).limit(limit))
    return tuple(
        Run(row.at, row.actor, row.dry, tuple(_counted(one) for one in json.loads(row.counted)))
        for row in rows
    )


def _counted(said: dict[str, int | str]) -> Counted:
    return Counted(
        Kept(str(said["kind"])), int(said["due"]), int(said["held"]), int(said["erased"])
    )
