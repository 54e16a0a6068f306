"""The two verdicts of an approver."""

from enum import StrEnum


class Verdict(StrEnum):
    APPROVED = "approved"
    REJECTED = "rejected"
