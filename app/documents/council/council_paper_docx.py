"""The resolution paper as DOCX: what the administration goes on writing in."""

from datetime import UTC, datetime, time
from io import BytesIO
from typing import Any, Final

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from app.documents.council.council_paper import (
    Block,
    CouncilPaper,
    Facts,
    Grid,
    Heading,
    Text,
    blocks,
)
from app.kernel.german import clean

FONT: Final = "Arial"
INK: Final = RGBColor(0x17, 0x45, 0x7F)
WIDTH_CM: Final = 16.5
LABEL_CM: Final = 5.8
TABLE: Final = "Table Grid"


def council_paper_docx(paper: CouncilPaper) -> bytes:
    """A4 with real headings and repeated table heads, so that it can be read out and edited."""
    document = Document()
    _prepare(document, paper)
    document.add_heading("Beschlussvorlage", 0)
    for block in blocks(paper):
        _write(document, block)
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def _prepare(document: Any, paper: CouncilPaper) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(2.5), Cm(2)
    section.top_margin = section.bottom_margin = Cm(2)
    section.header.paragraphs[0].text = clean(paper.body)
    mark = " · Demonstrationsdaten" if paper.demonstration else ""
    section.footer.paragraphs[0].text = f"Beschlussvorlage, Entwurf{mark}"
    for name in ("Normal", "Title", "Heading 1", "Heading 2"):
        style = document.styles[name]
        style.font.name = FONT
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
            fonts.set(qn(kind), FONT)
        for kind in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(kind), None)
        if name != "Normal":
            style.font.color.rgb = INK
    for name, size in (("Normal", 10), ("Title", 18), ("Heading 1", 12), ("Heading 2", 10.5)):
        document.styles[name].font.size = Pt(size)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "de-DE")
    document.styles["Normal"].element.get_or_add_rPr().append(language)
    known = document.core_properties
    known.title, known.author, known.language = clean(paper.title), clean(paper.body), "de-DE"
    known.created = known.modified = datetime.combine(paper.drawn_up_on, time(12), UTC)


def _write(document: Any, block: Block) -> None:
    match block:
        case Heading(text, level):
            document.add_heading(clean(text), level)
        case Text(text):
            document.add_paragraph(clean(text))
        case Facts(rows):
            widths = (LABEL_CM, WIDTH_CM - LABEL_CM)
            grid = document.add_table(0, 2, TABLE)
            for label, value in rows:
                _fill(grid.add_row().cells, (label, value), widths, strong=1)
            document.add_paragraph()
        case Grid(_, head, rows, shares):
            sized = tuple(WIDTH_CM * share / sum(shares) for share in shares)
            grid = document.add_table(1, len(head), TABLE)
            _fill(grid.rows[0].cells, head, sized, strong=len(head))
            _repeat(grid.rows[0])
            for row in rows:
                _fill(grid.add_row().cells, row, sized, strong=1)
            document.add_paragraph()


def _fill(cells: Any, texts: tuple[str, ...], widths: tuple[float, ...], *, strong: int) -> None:
    for at, (cell, text) in enumerate(zip(cells, texts, strict=True)):
        cell.width = Cm(widths[at])
        paragraph = cell.paragraphs[0]
        run = paragraph.add_run(clean(text))
        run.bold = at < strong
        run.font.size = Pt(9)


def _repeat(row: Any) -> None:
    """The head of a table stands on every page and is read out as one."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)  # noqa: SLF001 - python-docx offers no other way in
