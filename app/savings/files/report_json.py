"""The report as JSON: the same figures for programs."""

from app.documents.plain import plain
from app.documents.savings.savings_report import SavingsReport
from app.kernel.canonical import canonical_json

UNITS = {"time": "seconds", "money": "EUR"}


def report_object(report: SavingsReport) -> dict[str, object]:
    """All fields of the report; times in whole seconds, amounts `1234.56`, hidden ones null."""
    content = plain(report)
    if not isinstance(content, dict):
        raise TypeError("a report is an object")
    return {"units": UNITS, **content}


def report_json(report: SavingsReport) -> bytes:
    return canonical_json(report_object(report)).encode() + b"\n"
