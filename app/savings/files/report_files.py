"""One report as a file: every kind is made from the same value."""

from enum import StrEnum
from typing import Final

from app.documents.limiter import ONE_AT_A_TIME
from app.documents.savings.savings_report import SavingsReport
from app.documents.savings.savings_report_pdf import savings_report_pdf
from app.documents.savings.savings_workbook import savings_workbook
from app.savings.files.report_csv import report_csv
from app.savings.files.report_json import report_json


class FileKind(StrEnum):
    PDF = "pdf"
    XLSX = "xlsx"
    CSV = "csv"
    JSON = "json"


MEDIA_TYPES: Final = {
    FileKind.PDF: "application/pdf",
    FileKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileKind.CSV: "text/csv; charset=utf-8",
    FileKind.JSON: "application/json",
}
WRITERS: Final = {
    FileKind.PDF: savings_report_pdf,
    FileKind.XLSX: savings_workbook,
    FileKind.CSV: report_csv,
    FileKind.JSON: report_json,
}


def file_content(report: SavingsReport, kind: FileKind) -> bytes:
    """Heavy kinds wait for each other: one document at a time in this process."""
    with ONE_AT_A_TIME:
        return WRITERS[kind](report)


def file_name(report: SavingsReport, kind: FileKind) -> str:
    """`einsparbericht-15001000-2026-10.pdf`."""
    scope = report.member_key or "alle"
    return f"einsparbericht-{scope}-{report.month.text}.{kind.value}"
