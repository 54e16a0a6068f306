"""What sending an order would bring about, said before it is sent: the budget, the approvals."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Effect:
    """One box beside the order; `kind` is ok, warn, bad or info.

    Who knows effects (budgets, the table of approvals) is wired as `checkout_parts` in `main`.
    """

    kind: str
    title: str
    text: str
