"""How far orders are: who signed and who shall, and the wishes to change them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.approvals.path_queries import current_paths
from app.approvals.records import Approval
from app.approvals.rules import Verdict
from app.approvals.rules_path import Path, StepSeen
from app.approvals.table_queries import table_of_member
from app.approvals.who_may_sign import who_may_sign
from app.kernel.legal_day import legal_day
from app.members.bound_units import sees_unit
from app.members.records import Member
from app.ordering.changing.queries import WHOLE
from app.ordering.changing.records import CallOffChange
from app.ordering.queries import labels
from app.ordering.records import CallOff
from app.ordering.rules import State
from app.ordering.signing.who_decides import who_decides

WAITS: Final = frozenset({State.IN_APPROVAL, State.APPROVED})


class Signature(StrEnum):
    """Where one signature stands; `open` comes after others, or comes no more."""

    OPEN = "open"
    DUE = "due"
    APPROVED = "approved"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Signed:
    """One signature of an order; people are shown by their function, as everywhere."""

    stage: int
    state: Signature
    may_decide: tuple[str, ...] = ()
    decided_by: str | None = None
    verdict: Approval | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """The signatures of the present version, and every wish to change the order."""

    signatures: tuple[Signed, ...] = ()
    changes: tuple[CallOffChange, ...] = ()


def progress_of(session: Session, orders: Sequence[CallOff], now: datetime) -> dict[int, Progress]:
    """By the id of the order; few statements, however many orders a list shows."""
    verdicts = _verdicts(session, orders)
    spoken = [one for some in verdicts.values() for one in some]
    paths = _paths(session, orders)
    people = {step.person_id for path in paths.values() for step in path.steps}
    names = labels(session, people | {one.decided_by for one in spoken}) if orders else {}
    changes = _changes(session, orders)
    found = {}
    for one in orders:
        path, said = paths.get(one.number), verdicts.get(one.number, [])
        if path is None:
            signatures = (*_by_limit(one, said, names), *_awaited(session, one, now))
        else:
            signatures = _by_path(session, one, path, said, names, now)
            if path.is_complete:
                signatures = (*signatures, *_awaited(session, one, now))
        found[one.id] = Progress(signatures, tuple(changes.get(one.id, ())))
    return found


def _verdicts(session: Session, orders: Iterable[CallOff]) -> dict[str, list[Approval]]:
    numbers = [one.number for one in orders]
    rows = session.scalars(
        select(Approval).where(Approval.subject.in_(numbers)).order_by(Approval.id)
    )
    found: dict[str, list[Approval]] = {}
    for row in rows:
        found.setdefault(row.subject, []).append(row)
    return found


def _paths(session: Session, orders: Iterable[CallOff]) -> dict[str, Path]:
    """Of those whose members have a table of who signs."""
    numbers: dict[int, list[str]] = {}
    for one in orders:
        numbers.setdefault(one.member_id, []).append(one.number)
    found: dict[str, Path] = {}
    for member_id, some in numbers.items():
        if table_of_member(session, member_id).ever_used:
            found |= current_paths(session, member_id, some)
    return found


def _changes(session: Session, orders: Iterable[CallOff]) -> dict[int, list[CallOffChange]]:
    """The first first; before its placement nobody wishes to change an order."""
    ids = [one.id for one in orders if one.placed_at is not None]
    if not ids:
        return {}
    rows = session.scalars(
        select(CallOffChange)
        .where(CallOffChange.call_off_id.in_(ids))
        .order_by(CallOffChange.call_off_id, CallOffChange.position)
        .options(*WHOLE),
        execution_options={"populate_existing": True},
    )
    found: dict[int, list[CallOffChange]] = {}
    for row in rows:
        found.setdefault(row.call_off_id, []).append(row)
    return found


def _by_limit(one: CallOff, said: Iterable[Approval], names: dict[int, str]) -> Iterable[Signed]:
    """What was said where the value limit decides alone, before placement or instead of it."""
    for verdict in said:
        if verdict.path_id is None and (one.placed_at is None or verdict.at <= one.placed_at):
            yield _given(1, verdict, names)


def _awaited(session: Session, one: CallOff, now: datetime) -> tuple[Signed, ...]:
    if one.state not in WAITS:
        return ()
    member = session.get_one(Member, one.member_id)
    able = (decider.label for decider, _ in who_decides(session, member, one, now))
    return (Signed(1, Signature.DUE, tuple(dict.fromkeys(able))),)


def _by_path(
    session: Session,
    one: CallOff,
    path: Path,
    said: Iterable[Approval],
    names: dict[int, str],
    now: datetime,
) -> tuple[Signed, ...]:
    by_step = {verdict.step_id: verdict for verdict in said}
    due = {step.id for step in path.to_sign} if one.state in WAITS else set()

    def signed(step: StepSeen) -> Signed:
        if step.id in by_step:
            return _given(step.stage, by_step[step.id], names)
        if step.id in due:
            return Signed(step.stage, Signature.DUE, _able(session, one, path, step, now))
        named = () if step.person_id is None else (names[step.person_id],)
        return Signed(step.stage, Signature.OPEN, named)

    return tuple(signed(step) for step in path.steps)


def _able(
    session: Session, one: CallOff, path: Path, step: StepSeen, now: datetime
) -> tuple[str, ...]:
    on = legal_day(now)
    able = (
        decider.label
        for decider in who_may_sign(session, path, step, on)
        if sees_unit(session, decider.person_id, one.member_id, one.unit_id, on)
    )
    return tuple(dict.fromkeys(able))


def _given(stage: int, verdict: Approval, names: dict[int, str]) -> Signed:
    approved = verdict.verdict is Verdict.APPROVED
    state = Signature.APPROVED if approved else Signature.REJECTED
    return Signed(stage, state, (), names.get(verdict.decided_by), verdict)
