"""The report as one HTML file that needs nothing else: for the council's information system."""

from base64 import b64encode
from typing import Final

from app.documents.savings.savings_report import SavingsReport
from app.savings.report_page import page_of
from app.web.pages import STATIC, environment

STYLE: Final = STATIC / "report-file.css"


def report_html(report: SavingsReport, product_name: str) -> bytes:
    """The same template as the page; its style travels inside the file."""
    jinja = environment(product_name=product_name, demo=report.demonstration)
    style = b64encode(STYLE.read_bytes()).decode("ascii")
    context = page_of(report) | {"stylesheet": f"data:text/css;base64,{style}"}
    return jinja.get_template("savings/report_file.html").render(context).encode()
