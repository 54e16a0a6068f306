"""The report as one HTML file that needs nothing else: for the council's information system."""

from app.documents.savings_report import SavingsReport
from app.savings.report_page import page_of
from app.web.pages import environment


def report_html(report: SavingsReport, product_name: str) -> bytes:
    """The same template as the page, in a document of its own."""
    jinja = environment(product_name=product_name, demo=report.demonstration)
    text = jinja.get_template("savings/report_file.html").render(page_of(report))
    return text.encode()
