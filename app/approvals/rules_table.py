"""The rule table: which rule fits an order, and which steps follow from it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from app.kernel.money import Money

MOST_STEPS: Final = 5
BY_LIMIT: Final = "nach Wertgrenze"
LIMIT_RULE: Final = "Wertgrenze"


@dataclass(frozen=True, slots=True)
class RuleStep:
    """One signature; steps of the same stage are asked at the same time."""

    stage: int
    person_id: int | None = None
    """None: anybody whose value limit covers the order."""


@dataclass(frozen=True, slots=True)
class TableRule:
    """One row of the table; what is empty fits every order."""

    id: int
    position: int
    title: str
    above: Money
    up_to: Money | None
    account: str
    category_id: int | None
    unit_id: int | None
    escalate_after_days: int | None
    escalate_to: int | None
    steps: tuple[RuleStep, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the table asks about an order.

    `categories` and `units` hold the groups above too. `counted` is the value together with what
    the same person ordered on the same account shortly before: who splits reaches the same rule.
    """

    value: Money
    counted: Money
    accounts: frozenset[str]
    categories: frozenset[int] = frozenset()
    units: frozenset[int] = frozenset()


def fits(rule: TableRule, asked: Asked) -> bool:
    """An order with several accounts or groups of goods fits by any of them."""
    return (
        asked.counted > rule.above
        and (rule.up_to is None or asked.counted <= rule.up_to)
        and _account_fits(rule.account, asked.accounts)
        and (rule.category_id is None or rule.category_id in asked.categories)
        and (rule.unit_id is None or rule.unit_id in asked.units)
    )


def _account_fits(pattern: str, accounts: Iterable[str]) -> bool:
    """`1.1.1*` is every account that begins so; without a star it is the very account."""
    if not pattern:
        return True
    if pattern.endswith("*"):
        return any(one.startswith(pattern[:-1]) for one in accounts)
    return pattern in accounts


def first_fitting(rules: Sequence[TableRule], asked: Asked) -> TableRule | None:
    """From the top; None means: the value limit decides, as without a table."""
    return next((rule for rule in rules if fits(rule, asked)), None)


def steps_for(
    rule: TableRule, asked: Asked, limits: Mapping[int, Money | None], orderer: int
) -> tuple[RuleStep, ...]:
    """The signatures that an order needs; `limits` are those of today's approvers.

    Nobody signs the own order: that step falls away. Who approves no longer is replaced by the
    value limit. Where nobody named covers the value, somebody who does signs last.
    """
    kept = [
        step
        if step.person_id is None or step.person_id in limits
        else replace(step, person_id=None)
        for step in rule.steps
        if step.person_id != orderer
    ]
    covered = any(
        step.person_id is None or _covers(limits[step.person_id], asked.counted) for step in kept
    )
    if not covered:
        last = max((step.stage for step in kept), default=0)
        kept = [*kept[: MOST_STEPS - 1], RuleStep(last + 1)]
    return tuple(sorted(kept, key=lambda step: step.stage))


def _covers(limit: Money | None, value: Money) -> bool:
    return limit is None or value <= limit


def numbered(steps: Sequence[RuleStep]) -> tuple[RuleStep, ...]:
    """Stages counted from 1 without gaps, in their order."""
    places = {stage: at for at, stage in enumerate(sorted({one.stage for one in steps}), 1)}
    ordered = sorted(steps, key=lambda step: step.stage)
    return tuple(replace(step, stage=places[step.stage]) for step in ordered)
