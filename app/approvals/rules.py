"""The two verdicts of an approver, and what may be declared with them."""

from enum import StrEnum
from typing import Final

# What an approver may declare beside the conditions of the check; kept with the verdict.
FUNDS: Final = "funds"
NO_CONFLICT: Final = "no_conflict"


class Verdict(StrEnum):
    APPROVED = "approved"
    REJECTED = "rejected"
