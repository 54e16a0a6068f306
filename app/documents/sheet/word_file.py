"""Papers as DOCX: real headings, repeated heads of tables, the language named."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any, Final

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from app.kernel.german import clean

DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FONT: Final = "Arial"
INK: Final = RGBColor(0x17, 0x45, 0x7F)
WIDTH_CM: Final = 16.5
GRID: Final = "Table Grid"
SIZES: Final = (("Normal", 10), ("Title", 18), ("Heading 1", 12), ("Heading 2", 10.5))


@dataclass(frozen=True, slots=True)
class About:
    """What the file says of itself, and what stands on every page."""

    title: str
    author: str
    header: str
    footer: str
    made: datetime


def new_document(about: About) -> Any:
    """A4 in one sans-serif, in German, without content."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(2.5), Cm(2)
    section.top_margin = section.bottom_margin = Cm(2)
    section.header.paragraphs[0].text = clean(about.header)
    section.footer.paragraphs[0].text = clean(about.footer)
    for name, size in SIZES:
        style = document.styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
            fonts.set(qn(kind), FONT)
        for kind in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(kind), None)
        if name != "Normal":
            style.font.color.rgb = INK
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "de-DE")
    document.styles["Normal"].element.get_or_add_rPr().append(language)
    known = document.core_properties
    known.title, known.author, known.language = clean(about.title), clean(about.author), "de-DE"
    known.created = known.modified = about.made
    return document


def add_grid(
    document: Any, rows: Sequence[Sequence[str]], shares: Sequence[float], *, head: bool
) -> None:
    """A table as wide as the page; `head` says that the first row repeats on every page.

    The labels in the first column and the head are strong, as they are when read out.
    """
    sized = tuple(WIDTH_CM * share / sum(shares) for share in shares)
    grid = document.add_table(0, len(sized), GRID)
    for at, texts in enumerate(rows):
        row = grid.add_row()
        is_head = head and at == 0
        _fill(row.cells, texts, sized, strong=len(sized) if is_head else 1)
        if is_head:
            mark = OxmlElement("w:tblHeader")
            mark.set(qn("w:val"), "true")
            row._tr.get_or_add_trPr().append(mark)  # noqa: SLF001 - python-docx offers no other way in
    document.add_paragraph()


def as_bytes(document: Any) -> bytes:
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def _fill(cells: Any, texts: Sequence[str], widths: tuple[float, ...], *, strong: int) -> None:
    for at, (cell, text) in enumerate(zip(cells, texts, strict=True)):
        cell.width = Cm(widths[at])
        run = cell.paragraphs[0].add_run(clean(text))
        run.bold = at < strong
        run.font.size = Pt(9)
