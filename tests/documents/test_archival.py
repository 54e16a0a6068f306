"""Papers as PDF/A-3a and PDF/UA-1: tagged, self-contained, readable aloud, with files inside."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pdfplumber
import pytest

from app.documents.delivery_note_pdf import delivery_note_pdf
from app.documents.invoice.invoice_pdf import invoice_pdf
from app.documents.memo.facts import MemoFacts
from app.documents.memo.memo_pdf import HEADINGS, VOLUNTARY, memo_pdf
from app.documents.memo.public_copy import public_memo
from app.documents.savings.savings_report_pdf import savings_report_pdf
from app.documents.sheet.archival import Attachment
from tests.support import invoices, papers, reports
from tests.support.archival_pdf import attached, elements_of, faults


def one_line(pdf: bytes) -> str:
    with pdfplumber.open(BytesIO(pdf)) as file:
        text = " ".join(page.extract_text() or "" for page in file.pages)
    return " ".join(text.replace("\u00a0", " ").split())


PAPERS: dict[str, Callable[[], bytes]] = {
    "memo": lambda: memo_pdf(papers.full_memo()),
    "bare memo": lambda: memo_pdf(papers.bare_memo()),
    "long invoice": lambda: invoice_pdf(invoices.long_invoice()),
    "delivery note": lambda: delivery_note_pdf(papers.delivery_note()),
    "council report": lambda: savings_report_pdf(reports.savings_report()),
}


@pytest.mark.parametrize("paper", PAPERS)
def test_every_paper_is_tagged_and_self_contained(paper: str) -> None:
    assert faults(PAPERS[paper]()) == []


def test_a_memo_has_one_title_and_a_heading_for_each_point() -> None:
    kinds = [kind for kind, _, _ in elements_of(memo_pdf(papers.full_memo()))]

    assert kinds.count("/H1") == 1
    assert kinds.count("/H2") == len(HEADINGS)


def test_a_table_over_several_pages_is_one_table_with_one_head() -> None:
    elements = elements_of(invoice_pdf(invoices.long_invoice()))

    columns = [scope for kind, scope, _ in elements if kind == "/TH" and scope == "/Column"]
    assert len(columns) == 6
    assert [kind for kind, _, _ in elements].count("/Table") == 3


def test_the_chart_of_the_council_report_is_told_in_words() -> None:
    elements = elements_of(savings_report_pdf(reports.savings_report()))

    (words,) = [alt for kind, _, alt in elements if kind == "/Figure"]
    assert words.startswith("Stunden je Monat: November 2025 18,0;")


def test_a_paragraph_over_two_pages_stays_one_paragraph() -> None:
    short = papers.bare_memo()
    long = replace(short, purpose="Ersatz für Notebooks der Schulen. " * 400)

    kinds = [[kind for kind, _, _ in elements_of(memo_pdf(one))] for one in (short, long)]

    assert faults(memo_pdf(long)) == []
    assert kinds[0].count("/P") == kinds[1].count("/P")


def test_files_travel_inside_the_memo_unchanged() -> None:
    content = '{"format": "in-house-decision/1", "text": "§ 108 GWB – geprüft"}'.encode()
    files = [
        Attachment("Entscheidung.json", content, "application/json", "nachrechenbar"),
        Attachment("Angaben.json", b"{}", "application/json", "Angaben", "Alternative"),
    ]

    pdf = memo_pdf(papers.full_memo(), files)

    assert faults(pdf) == []
    assert attached(pdf) == {"Entscheidung.json": content, "Angaben.json": b"{}"}


def test_the_public_copy_names_no_people_no_prices_of_others_and_no_confidential_paper() -> None:
    internal, public = papers.full_memo(), public_memo(papers.full_memo())
    secrets = (
        "Fachbereich IT",
        "Fachbereich Finanzen",
        "Auflage bestätigt",
        "Umzug der Schule",
        "Versandhaus Beispiel",
        "671,00",
        "Liefert erst in acht Wochen",
        "Ausschreibungspflicht",
        "9f86d081884c7d65",
        "1.099,00",
    )

    inside, outside = one_line(memo_pdf(internal)), one_line(memo_pdf(public))

    assert [secret for secret in secrets if secret not in inside] == []
    assert [secret for secret in secrets if secret in outside] == []
    assert "öffentliche Fassung" in outside
    assert "Satzung der Genossenschaft" in outside
    assert faults(memo_pdf(public)) == []


@pytest.mark.parametrize("memo", [papers.full_memo(), papers.bare_memo()], ids=["full", "bare"])
def test_a_memo_never_calls_itself_a_duty(memo: MemoFacts) -> None:
    for copy in (memo, public_memo(memo)):
        words = one_line(memo_pdf(copy))

        assert VOLUNTARY in words
        for claim in (
            "verpflicht",
            "vorgeschrieben",
            "Pflichtvermerk",
            "muss geführt",
            "Dokumentationspflicht",
        ):
            assert claim not in words
        assert words.count("Vergabevermerk") == words.count("kein Vergabevermerk")
