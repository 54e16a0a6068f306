"""Wishes as pages and programs show them to one person."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.eligibility.rules import Assessment
from app.frameworks.records import Framework
from app.kernel.german import day
from app.kernel.legal_day import legal_day
from app.kernel.money import Money
from app.members.records import Member
from app.ordering.changing.deciding import Deciding, judge_change
from app.ordering.changing.effects_of_change import effects_of_change
from app.ordering.changing.new_lines import lines_of
from app.ordering.changing.queries import changes_of, waiting_of
from app.ordering.changing.records import CallOffChange, CallOffChangeItem
from app.ordering.changing.rules import (
    ANSWER_WORDS,
    STATE_WORDS,
    STEP_WORDS,
    ChangeState,
    ChangeStep,
    day_after,
    open_steps,
)
from app.ordering.changing.rules_waiting import AWAITED
from app.ordering.changing.steps_of_change import mandate_of_change, value_after
from app.ordering.changing.totals import totals_after
from app.ordering.effects import Effect
from app.ordering.records import CallOff
from app.ordering.rules import Side

KINDS = {
    ChangeState.ASKED: "info",
    ChangeState.OFFERED: "warn",
    ChangeState.AGREED: "info",
    ChangeState.DONE: "ok",
    ChangeState.REJECTED: "bad",
    ChangeState.REFUSED: "bad",
}
SIDE_WORDS = {
    Side.ORDERER: "Mitglied",
    Side.APPROVER: "Genehmigung",
    Side.DESK: "Abwicklung",
    Side.PORTAL: "Portal",
}
APPROVAL = frozenset({ChangeStep.APPLY, ChangeStep.REFUSE})


@dataclass(frozen=True, slots=True)
class ItemSeen:
    """One wish in words: what, before, wished, what the desk says and why, whose successor."""

    item: CallOffChangeItem
    name: str
    before: str
    wanted: str
    answer: str
    reason: str
    successor: str = ""


@dataclass(frozen=True, slots=True)
class ChangeSeen:
    """`can` are the steps of the one who looks at it; `judged` what approving would rest on.

    `waits` says in a sentence for whom it waits, since when and until when; empty once it is over.
    """

    change: CallOffChange
    word: str
    kind: str
    items: tuple[ItemSeen, ...]
    can: frozenset[ChangeStep]
    judged: Assessment | None
    net_after: Money
    effects: tuple[Effect, ...] = ()
    waits: str = ""

    @property
    def history(self) -> list[tuple[datetime, str, str]]:
        """When, what by whom, and why."""
        return [
            (step.at, f"{STEP_WORDS[step.step]} ({SIDE_WORDS[step.side]})", step.reason)
            for step in self.change.steps
        ]

    @property
    def is_open(self) -> bool:
        return self.change.closed_at is None


@dataclass(frozen=True, slots=True)
class Looking:
    """Who looks: on which sides somebody stands, for which member, and when."""

    person_id: int
    standing: frozenset[Side]
    member: Member
    now: datetime


def changes_seen(session: Session, found: CallOff, by: Looking) -> tuple[ChangeSeen, ...]:
    """The newest first; an order that nobody wished to change costs one statement."""
    changes = changes_of(session, found.id)
    return tuple(change_seen(session, found, change, by) for change in reversed(changes))


def change_seen(session: Session, found: CallOff, change: CallOffChange, by: Looking) -> ChangeSeen:
    """One of them; who may decide sees the check and what it does to ceilings and budgets."""
    names = {line.sku: line.name for line in lines_of(found, change)}
    can = open_steps(change.state, by.standing, proposed=change.is_proposed)
    judged = None
    if can & APPROVAL:
        mandate = mandate_of_change(session, by.member, found, change, by.person_id, by.now)
        if mandate is None:
            can -= APPROVAL
        else:
            value = value_after(by.member, found, change)
            deciding = Deciding(found, change, by.member, mandate, value)
            judged = judge_change(session, deciding, by.now).assessment
    own = _is_awaited(change, by, can)
    return ChangeSeen(
        change=change,
        word="wartet auf Sie" if own else STATE_WORDS[change.state],
        kind=KINDS.get(change.state, ""),
        items=tuple(_item(item, names) for item in change.items),
        can=can,
        judged=judged,
        net_after=totals_after(found, None if change.closed_at else change).net,
        effects=() if judged is None else effects_of_change(session, found, change),
        waits="" if change.closed_at is not None else _waits(session, found, change, by.now, own),
    )


def _is_awaited(change: CallOffChange, by: Looking, can: frozenset[ChangeStep]) -> bool:
    """Whether it waits for the one who looks at it."""
    awaited = AWAITED.get(change.state)
    return awaited in by.standing and bool(can - {ChangeStep.WITHDRAW})


def _waits(
    session: Session, found: CallOff, change: CallOffChange, now: datetime, own: bool
) -> str:
    waits = waiting_of(change, session.get_one(Framework, found.framework_id))
    return waits.words(legal_day(now), own=own)


def _item(item: CallOffChangeItem, names: dict[str, str]) -> ItemSeen:
    said = item.said
    if item.sku:
        before, wanted = f"{item.before} Stück", f"{item.wanted} Stück"
        then = f"{item.pieces} Stück"
    else:
        before, wanted = _day(item.day_before), _day(item.wanted_day)
        then = _day(day_after(item.wish, said))
    answer = "" if said is None else f"{ANSWER_WORDS[said.answer]}: {then}"
    name = names.get(item.sku, "") or "Liefertermin"
    successor = "" if item.successor is None else item.successor.words
    reason = "" if said is None else said.reason
    return ItemSeen(item, name, before, wanted, answer, reason, successor)


def _day(value: date | None) -> str:
    return "offen" if value is None else day(value)
