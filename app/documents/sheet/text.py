"""Fonts, type sizes and the only way by which text enters a PDF."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from reportlab import rl_config
from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import CondPageBreak, LongTable, TableStyle

from app.documents.sheet.tagging import TableTags
from app.documents.sheet.words import Words
from app.kernel.german import clean

FONTS: Final = Path(__file__).parents[1] / "fonts"
REGULAR: Final = "KituRegular"
BOLD: Final = "KituBold"
WIDTHS_KEPT: Final = 8192
SUBSETS_KEPT: Final = 16  # about 35 KB each
# Streams as they are: the text form of old mail systems would only cost time and a quarter more.
rl_config.useA85 = 0
rl_config.invariant = 1


def _register(name: str, file: str) -> None:
    """Tables measure every word about four times, and most papers show the same signs."""
    font = TTFont(name, FONTS / file)
    font.stringWidth = lru_cache(WIDTHS_KEPT)(font.stringWidth)
    subset = lru_cache(SUBSETS_KEPT)(font.face.makeSubset)
    font.face.makeSubset = lambda signs: subset(tuple(signs))
    pdfmetrics.registerFont(font)


_register(REGULAR, "DejaVuSansCondensed.ttf")
_register(BOLD, "DejaVuSansCondensed-Bold.ttf")

INK: Final = HexColor(0x1A1D29)
MUTED: Final = HexColor(0x4A5162)
RULE: Final = HexColor(0xC3C9D6)
SHADE: Final = HexColor(0xF1F4F9)
ACCENT: Final = HexColor(0x17457F)
WARNING: Final = HexColor(0x8A3B00)

BODY: Final = ParagraphStyle(
    "body", fontName=REGULAR, fontSize=9.5, leading=13, textColor=INK, splitLongWords=1
)
ITEM: Final = ParagraphStyle("item", parent=BODY, spaceAfter=4)
SMALL: Final = ParagraphStyle("small", parent=BODY, fontSize=8, leading=10.5, textColor=MUTED)
LEAD: Final = ParagraphStyle("lead", parent=BODY, fontName=BOLD, fontSize=11, leading=15)
TITLE: Final = ParagraphStyle(
    "title",
    parent=BODY,
    fontName=BOLD,
    fontSize=15,
    leading=19,
    spaceAfter=4,
    textColor=ACCENT,
    tag="H1",
)
HEADING: Final = ParagraphStyle(
    "heading",
    parent=BODY,
    fontName=BOLD,
    fontSize=10.5,
    leading=14,
    spaceBefore=9,
    spaceAfter=3,
    textColor=ACCENT,
    tag="H2",
)
SUBHEADING: Final = ParagraphStyle(
    "subheading", parent=HEADING, fontSize=9, leading=12, spaceBefore=6, textColor=INK, tag="H3"
)
CELL: Final = ParagraphStyle("cell", parent=BODY, fontSize=8.5, leading=11)
CELL_SMALL: Final = ParagraphStyle("cell small", parent=CELL, fontSize=7.5, leading=9.5)
CELL_MUTED: Final = ParagraphStyle("cell muted", parent=CELL_SMALL, textColor=MUTED)
CELL_STRONG: Final = ParagraphStyle("cell strong", parent=CELL, fontName=BOLD)
FIGURE: Final = ParagraphStyle("figure", parent=CELL, alignment=TA_RIGHT)
FIGURE_STRONG: Final = ParagraphStyle("figure strong", parent=FIGURE, fontName=BOLD)
FIGURE_SMALL: Final = ParagraphStyle("figure small", parent=CELL_SMALL, alignment=TA_RIGHT)
COLUMN: Final = ParagraphStyle("column", parent=CELL, fontName=BOLD, fontSize=8, textColor=ACCENT)
FIGURE_COLUMN: Final = ParagraphStyle("figure column", parent=COLUMN, alignment=TA_RIGHT)

ROOM_BELOW_HEADING: Final = 72  # points: heading, head of a table and a row
UNKNOWN: Final = "nicht erfasst"


def P(text: str, style: ParagraphStyle = BODY) -> Any:  # noqa: N802 - the house's name for it
    """A paragraph that shows `text` and nothing else: ReportLab would obey mark-up inside it.

    Its parser never sees the text: an `<img>` would embed local files, a link become an action
    of the PDF, an open tag stop the document. Line feeds stay, control and direction signs go.
    """
    typed = clean(text)
    lines = tuple(" ".join(line.split()) for line in typed.split("\n")) if typed else ()
    return Words(lines, style)


def heading(text: str, style: ParagraphStyle = HEADING) -> list[Any]:
    """A heading that never stands last on a page; tables below it may still break."""
    return [CondPageBreak(ROOM_BELOW_HEADING), P(text, style)]


def known(text: str) -> str:
    return text if clean(text) else UNKNOWN


def address(lines: Iterable[str], style: ParagraphStyle = BODY) -> list[Any]:
    return [P(line, style) for line in lines if clean(line)]


# Without it a table mentions Helvetica, a font that the file then does not carry.
OWN_FONT: Final = ("FONTNAME", (0, 0), (-1, -1), REGULAR)
BARE: Final = (
    OWN_FONT,
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 0),
    ("TOPPADDING", (0, 0), (-1, -1), 0),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 1.5),
)
PADDED: Final = (
    OWN_FONT,
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), 4),
    ("RIGHTPADDING", (0, 0), (-1, -1), 4),
    ("TOPPADDING", (0, 0), (-1, -1), 2.5),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
)
LINES: Final = (("LINEBELOW", (0, 0), (-1, -1), 0.4, RULE),)
LINED: Final = (*PADDED, *LINES)
FLUSH_LEFT: Final = ("LEFTPADDING", (0, 0), (0, -1), 0)
HEADED: Final = (
    ("BACKGROUND", (0, 0), (-1, 0), SHADE),
    ("LINEBELOW", (0, 0), (-1, 0), 0.9, ACCENT),
)


def _cell_style(*commands: Any) -> Any:
    """One for all cells that look alike: commands would make and fill one for each of them."""
    return LongTable([[""]], style=TableStyle(commands))._cellStyles[0][0]  # noqa: SLF001 - made nowhere else


CELLS: Final = _cell_style(*PADDED)
CELLS_FLUSH_LEFT: Final = _cell_style(*PADDED, FLUSH_LEFT)


def table(
    head: Sequence[Any], rows: Sequence[Sequence[Any]], widths: Sequence[float], *lines: Any
) -> Any:
    """Rows of paragraphs below a head that every page repeats; `widths` in points."""
    cells = [list(head), *(list(row) for row in rows)]
    return LongTable(
        cells,
        colWidths=list(widths),
        repeatRows=1,
        splitInRow=1,  # hundreds of serial numbers make a row taller than a page
        hAlign="LEFT",
        cellStyles=[[CELLS] * len(row) for row in cells],
        style=TableStyle([*LINES, *HEADED, *lines]),
        renderCB=TableTags(head_row=True),
    )


def pairs(rows: Sequence[tuple[str, str]], width: float, label_width: float) -> Any:
    """Label and value side by side; an empty value reads 'nicht erfasst'."""
    return LongTable(
        [[P(label, CELL_STRONG), P(known(value), CELL)] for label, value in rows],
        colWidths=[label_width, width - label_width],
        splitInRow=1,
        hAlign="LEFT",
        cellStyles=[[CELLS_FLUSH_LEFT, CELLS] for _ in rows],
        style=TableStyle(LINES),
        renderCB=TableTags(head_column=True),
    )
