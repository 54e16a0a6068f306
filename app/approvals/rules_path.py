"""The steps of one order and how far they are."""

from dataclasses import dataclass
from datetime import datetime

from app.approvals.rules import Verdict
from app.kernel.money import Money


@dataclass(frozen=True, slots=True)
class StepSeen:
    """One signature: who shall give it, who gave it, and since when somebody else may."""

    id: int
    position: int
    stage: int
    person_id: int | None
    verdict: Verdict | None = None
    decided_by: int | None = None
    decided_at: datetime | None = None
    escalated_at: datetime | None = None
    escalated_to: int | None = None

    @property
    def open(self) -> bool:
        return self.verdict is None


@dataclass(frozen=True, slots=True)
class Path:
    """The present round of a subject."""

    id: int
    member_id: int
    subject: str
    round: int
    sha256: str
    rule_id: int | None
    rule_title: str
    requested_by: int
    value: Money
    counted: Money
    opened_at: datetime
    steps: tuple[StepSeen, ...]

    @property
    def signed_by(self) -> frozenset[int]:
        return frozenset(one.decided_by for one in self.steps if one.decided_by is not None)

    @property
    def to_sign(self) -> tuple[StepSeen, ...]:
        """The open steps of the earliest stage that is not complete."""
        waiting = [one for one in self.steps if one.open]
        stage = min((one.stage for one in waiting), default=0)
        return tuple(one for one in waiting if one.stage == stage)

    @property
    def is_complete(self) -> bool:
        return all(one.verdict is Verdict.APPROVED for one in self.steps)

    def waits_since(self, step: StepSeen) -> datetime:
        """Since the opening, or since the stage before was complete."""
        before = [
            one.decided_at
            for one in self.steps
            if one.stage < step.stage and one.decided_at is not None
        ]
        return max(before, default=self.opened_at)

    def is_last(self, step_id: int) -> bool:
        """Whether nothing else is open: this signature places the order."""
        return all(not one.open for one in self.steps if one.id != step_id)

    @property
    def progress(self) -> str:
        """`1 von 2 Genehmigungen liegt vor`."""
        done = sum(1 for one in self.steps if not one.open)
        return (
            f"{done} von {len(self.steps)} Genehmigungen {'liegt' if done == 1 else 'liegen'} vor"
        )

    def words(self, step_id: int | None) -> str:
        """`Stufe 1 von 2`; empty for what is no step of this path."""
        found = next((one for one in self.steps if one.id == step_id), None)
        if found is None or len(self.steps) == 1:
            return ""
        return f"Stufe {found.stage} von {max(one.stage for one in self.steps)}"
