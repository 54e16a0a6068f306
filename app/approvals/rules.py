"""Who may decide over an order: four eyes always, the value limit chooses the person."""

from dataclasses import dataclass
from enum import StrEnum

from app.kernel.money import Money


class Verdict(StrEnum):
    APPROVED = "approved"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Decider:
    """An approver of a member with the highest value that he decides over (None: any)."""

    person_id: int
    label: str
    limit: Money | None
    on_behalf_of: int | None = None

    def may_decide_over(self, value: Money) -> bool:
        return self.limit is None or value <= self.limit


@dataclass(frozen=True, slots=True)
class SelfApproval:
    """A member's own documented exception: up to `limit`, proved by a document."""

    limit: Money
    evidence_id: int | None

    def covers(self, value: Money) -> bool:
        return self.evidence_id is not None and value <= self.limit


def chosen(
    deciders: tuple[Decider, ...], requested_by: int, value: Money, own: SelfApproval
) -> tuple[Decider, ...]:
    """Those who may decide over `value`; the one who asked only by the documented exception.

    Somebody who acts as deputy of the one who asked counts as a second person; somebody who
    asked and is deputy of an approver does not.
    """
    return tuple(
        decider
        for decider in deciders
        if decider.may_decide_over(value)
        and (decider.person_id != requested_by or own.covers(value))
    )
