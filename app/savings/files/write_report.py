"""The report for the command line: compiled and written in one step."""

from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from app.database.tenant import EVERY_MEMBER
from app.savings.choose_report import choose_report
from app.savings.compile_report import compile_report
from app.savings.files.report_files import FileKind, file_content
from app.savings.files.report_html import report_html

KINDS: Final = (*(kind.value for kind in FileKind), "html")


def write_report(
    session: Session, month: str, member_key: str, kind: str, now: datetime, product_name: str = ""
) -> bytes:
    """`month` "2026-10" or "" for last month, `member_key` "" for all members, `kind` of KINDS.

    NotFound for an unknown member, Malformed for a month that is none.
    """
    chosen = choose_report(session, EVERY_MEMBER, member_key, month, now)
    report = compile_report(session, chosen.member, chosen.month, now)
    if kind == "html":
        return report_html(report, product_name)
    return file_content(report, FileKind(kind))
