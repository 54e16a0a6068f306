"""What the papers say: every page looked at as text, hostile input comes out as plain words."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
from docx import Document
from pypdf import PdfReader

from app.documents.delivery_note_pdf import delivery_note_pdf
from app.documents.invoice.cii_invoice import cii_xml
from app.documents.invoice.einvoice import Invoice
from app.documents.invoice.invoice_pdf import invoice_pdf
from app.documents.invoice.ubl_invoice import ubl_xml
from app.documents.memo.facts import MemoFacts
from app.documents.memo.memo_docx import COPY, memo_docx
from app.documents.memo.memo_pdf import HEADINGS, memo_pdf
from app.documents.savings.savings_report_pdf import savings_report_pdf
from app.kernel.german import euro
from tests.support import invoices, papers, reports

FURNITURE = {"Seite", "von", "freiwillig", "geführt", "kein", "Vergabevermerk"}  # of each sheet
HOSTILE = (
    "<b>offen",
    '<img src="/etc/passwd"/>',
    '<a href="javascript:alert(1)">Klick</a>',
    "</para><para>",
    "&lt;kein Umbruch&gt; & mehr",
    "=HYPERLINK(1)",
    "]]>",
)


def text_of(pdf: bytes) -> str:
    with pdfplumber.open(BytesIO(pdf)) as file:
        pages = [page.extract_text() or "" for page in file.pages]
    return "\n".join(pages).replace("\u00a0", " ")


def one_line(pdf: bytes) -> str:
    return " ".join(text_of(pdf).split())


@pytest.mark.parametrize(
    "build", [invoices.invoice, invoices.cancellation, invoices.correction, invoices.long_invoice]
)
def test_the_paper_says_the_amounts_of_the_xml(build: Callable[[], Invoice]) -> None:
    invoice = build()
    totals = invoice.totals

    text = text_of(invoice_pdf(invoice))

    for amount in (totals.net, totals.vat, totals.gross):
        assert euro(amount).replace("\u00a0", " ") in text
        assert f">{amount.text}<".encode() in ubl_xml(invoice)
        assert f">{amount.text}<".encode() in cii_xml(invoice)
    for line in invoice.lines:
        assert line.sku in text
        assert euro(line.net).replace("\u00a0", " ") in text
    assert invoice.number in text


def test_sixty_lines_repeat_their_head_and_count_their_pages() -> None:
    with pdfplumber.open(BytesIO(invoice_pdf(invoices.long_invoice()))) as file:
        pages = [page.extract_text() for page in file.pages]

    assert len(pages) > 3
    assert all(f"Seite {number} von {len(pages)}" in page for number, page in enumerate(pages, 1))
    assert all("Pos. Artikel Menge Einheit Einzelpreis" in page for page in pages[:-1])


def test_a_cancellation_is_never_called_gutschrift() -> None:
    text = text_of(invoice_pdf(invoices.cancellation()))

    assert "Stornorechnung KID-2026-000002" in text
    assert "storniert die Rechnung KID-2026-000001 vom 20.11.2026" in text
    assert "Gutschrift" not in text


def test_an_invoice_names_all_that_the_tax_law_demands() -> None:
    text = text_of(invoice_pdf(invoices.invoice()))

    for content in (
        "KID Magdeburg GmbH",
        "Alter Markt 15",
        "Stadt Dessau-Roßlau",
        "Zerbster Straße 4",
        "DE123456788",
        "20.11.2026",
        "KID-2026-000001",
        "geliefert am 17.11.2026",
        "Umsatzsteuer 19 % auf 9.749,12 €",
        "abzüglich Mengenrabatt Rahmenvertrag",
    ):
        assert content in text


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_texts_arrive_as_plain_words(hostile: str) -> None:
    line = replace(invoices.notebooks(), name=hostile, description=hostile, note=hostile)
    invoice = replace(invoices.invoice(), lines=(line,), notes=(hostile,))
    memo = replace(papers.full_memo(), purpose=hostile, supplier=hostile)
    note = replace(papers.delivery_note(), remark=hostile, room=hostile)
    report = replace(reports.savings_report(), headline=hostile, scope=hostile)

    for pdf in (
        invoice_pdf(invoice),
        memo_pdf(memo),
        delivery_note_pdf(note),
        savings_report_pdf(report),
    ):
        assert hostile in one_line(pdf)
        for page in PdfReader(BytesIO(pdf)).pages:
            assert "/Annots" not in page
            assert not page.images
        assert b"/JS" not in pdf
        assert b"/URI" not in pdf


def test_control_and_direction_signs_are_dropped_everywhere() -> None:
    line = replace(invoices.notebooks(), name="Note\x00book\u202e \x1b[31m14")
    invoice = replace(invoices.invoice(), lines=(line,))

    assert "Notebook [31m14" in text_of(invoice_pdf(invoice))
    assert b"Notebook [31m14" in ubl_xml(invoice)
    assert b"Notebook [31m14" in cii_xml(invoice)


def test_long_names_and_a_thousand_serial_numbers_find_room() -> None:
    serials = tuple(f"5CG4{number:06}" for number in range(1000))
    first = papers.delivery_note().lines[0]
    long = replace(first, name="Verbindungskabel" * 20, serial_numbers=serials)
    note = replace(papers.delivery_note(), lines=(long,), member_name="Verband " * 40)

    text = one_line(delivery_note_pdf(note))

    assert serials[0] in text
    assert serials[-1] in text


def test_the_memo_has_twenty_numbered_headings_in_order() -> None:
    text = text_of(memo_pdf(papers.full_memo()))

    places = [text.index(f"\n{place}. {title}") for place, (title, _) in enumerate(HEADINGS, 1)]
    assert len(places) == 20
    assert places == sorted(places)


@pytest.mark.parametrize("memo", [papers.full_memo(), papers.bare_memo()], ids=["full", "bare"])
def test_the_copy_to_go_on_writing_in_says_every_word_of_the_memo(memo: MemoFacts) -> None:
    file = Document(BytesIO(memo_docx(memo)))

    said = [one.text for one in (*file.paragraphs, *file.sections[0].footer.paragraphs)]
    said += [cell.text for grid in file.tables for row in grid.rows for cell in row.cells]
    printed = {word for word in text_of(memo_pdf(memo)).split() if word.isalpha()}
    assert printed - set(" ".join(said).split()) <= FURNITURE
    assert said[0] == COPY
    heads = [one.text for one in file.paragraphs if one.style and one.style.name == "Heading 1"]
    assert heads == [f"{number}. {title}" for number, (title, _) in enumerate(HEADINGS, 1)]
    assert file.core_properties.language == "de-DE"


def test_the_memo_says_that_it_is_voluntary_and_what_is_not_known() -> None:
    text = one_line(memo_pdf(papers.bare_memo()))

    assert "Er ist kein Vergabevermerk" in text
    assert "freiwillig" in text
    assert "Produktkonto nicht erfasst" in text
    assert "Zeit außerhalb des Portals nicht erfasst" in text
    assert "Vier-Augen-Prinzip nicht erfasst" in text


def test_the_first_page_of_the_report_stands_alone() -> None:
    with pdfplumber.open(BytesIO(savings_report_pdf(reports.savings_report()))) as file:
        first, second = (file.pages[number].extract_text() for number in (0, 1))

    assert "netto 20,8 Stunden" in first
    assert "Ausschuss für Finanzen" in first
    assert "Ziel 20,8 Stunden" in first
    assert "a) Anlass und Zweck" in second


def test_the_report_shows_negative_money_and_the_bound_apart() -> None:
    text = one_line(savings_report_pdf(reports.savings_report()))

    assert "Kassenwirksames Ergebnis (2 − 3 + 4) −241,20 €" in text
    assert "Obergrenze, externe Zeit nicht erfasst 5,0 Std." in text
    assert "nicht kassenwirksam" in text


def test_a_month_without_enough_cases_shows_no_hours() -> None:
    text = one_line(savings_report_pdf(reports.silent_report()))

    assert "keine belastbare Aussage" in text
    assert "gemessene Zeitersparnis keine Angabe" in text
    assert "Für keinen Monat liegt ein Wert vor." in text


@pytest.mark.parametrize(
    "pdf",
    [
        invoice_pdf(invoices.invoice()),
        memo_pdf(papers.full_memo()),
        delivery_note_pdf(papers.delivery_note()),
        savings_report_pdf(reports.savings_report()),
    ],
    ids=["invoice", "memo", "delivery note", "report"],
)
def test_every_file_carries_its_fonts_its_language_and_its_title(pdf: bytes) -> None:
    file: Any = PdfReader(BytesIO(pdf))  # the library types its objects too loosely

    fonts = {
        font.get_object()["/BaseFont"].partition("+")[2]
        for page in file.pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert fonts == {"DejaVuSansCondensed", "DejaVuSansCondensed-Bold"}
    assert file.trailer["/Root"]["/Lang"] == "de-DE"
    assert file.metadata is not None
    assert file.metadata.title
    assert file.trailer["/Root"]["/ViewerPreferences"]["/DisplayDocTitle"]


def test_the_same_value_gives_the_same_bytes() -> None:
    assert invoice_pdf(invoices.invoice()) == invoice_pdf(invoices.invoice())
    assert savings_report_pdf(reports.savings_report()) == savings_report_pdf(
        reports.savings_report()
    )


def test_no_other_module_makes_paragraphs() -> None:
    folder = Path(__file__).parents[2] / "app"

    makers = [
        path.name
        for path in sorted(folder.rglob("*.py"))
        if "Paragraph(" in path.read_text() or " Words(" in path.read_text()
    ]

    assert makers == ["text.py", "words.py"]  # the only place that makes one, and its class
