"""The steps of an order in words, for pages and papers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.approvals.records import Approval
from app.approvals.rules import Verdict
from app.approvals.rules_path import Path, StepSeen
from app.approvals.rules_table import BY_LIMIT, RuleStep
from app.kernel.german import moment
from app.ordering.queries import labels


@dataclass(frozen=True, slots=True)
class StepWords:
    """One line: `state` is done, now, open or bad, as the time line knows them."""

    stage: int
    who: str
    state: str
    text: str
    at: datetime | None = None


def path_words(session: Session, path: Path | None) -> tuple[StepWords, ...]:
    """In the order of the steps; nothing where the value limit decides alone."""
    if path is None:
        return ()
    people = {one.person_id for one in path.steps} | {one.decided_by for one in path.steps}
    names = labels(session, people)
    due = {one.id for one in path.to_sign}
    return tuple(_words(step, names, due) for step in path.steps)


def planned_words(session: Session, steps: Sequence[RuleStep]) -> tuple[StepWords, ...]:
    """Of steps that an order would need; the first stage comes first."""
    names = labels(session, {one.person_id for one in steps})
    return tuple(StepWords(one.stage, _name(one.person_id, names), "open", "") for one in steps)


def role_words(verdict: Approval, path: Path | None) -> str:
    """`Genehmigung, Stufe 1 von 2 (Vertretung)`: the role in which somebody decided."""
    step = "" if path is None else path.words(verdict.step_id)
    void = path is not None and verdict.path_id not in {None, path.id}
    parts = ["Genehmigung", *([step] if step else []), *(["frühere Fassung"] if void else [])]
    return ", ".join(parts) + (" (Vertretung)" if verdict.on_behalf_of else "")


def _words(step: StepSeen, names: dict[int, str], due: set[int]) -> StepWords:
    if step.verdict is not None:
        approved = step.verdict is Verdict.APPROVED
        word = "genehmigt" if approved else "abgelehnt"
        who = _name(step.decided_by, names)
        return StepWords(step.stage, who, "done" if approved else "bad", word, step.decided_at)
    state = "now" if step.id in due else "open"
    text = "wartet" if state == "now" else "folgt danach"
    if step.escalated_at is not None:
        further = _name(step.escalated_to, names)
        text += f"; weitergegeben am {moment(step.escalated_at)} an {further}"
    return StepWords(step.stage, _name(step.person_id, names), state, text)


def _name(person_id: int | None, names: dict[int, str]) -> str:
    return BY_LIMIT if person_id is None else names.get(person_id, f"Person {person_id}")
