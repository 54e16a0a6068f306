"""Conditions of an in-house check that whoever approves has to take note of."""

from collections.abc import Collection

from app.eligibility.rules import Assessment, Outcome
from app.kernel.errors import Conflict


class ConditionNotAcknowledged(Conflict):
    """The check passes with a condition that the approver has to take note of."""

    code = "condition_not_acknowledged"

    def __init__(self, assessment: Assessment) -> None:
        super().__init__(
            "Die Inhouse-Prüfung ist mit Auflage bestanden. Bitte bestätigen Sie die Auflage: "
            + " ".join(assessment.conditions)
        )
        self.rules = assessment.condition_rules


def check_acknowledged(assessment: Assessment, acknowledged: Collection[str]) -> None:
    """Raises ConditionNotAcknowledged unless every condition of the check was taken note of."""
    if assessment.outcome is not Outcome.ELIGIBLE_WITH_CONDITION:
        return
    if not set(assessment.condition_rules) <= set(acknowledged):
        raise ConditionNotAcknowledged(assessment)
