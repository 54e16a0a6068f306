"""The sheet that all official documents share: sender, page numbers, language, same bytes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any, Final

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import BaseDocTemplate, Frame, NextPageTemplate, PageTemplate

from app.documents.sheet.archival import About, Attachment, make_archival
from app.documents.sheet.tagging import ARTIFACT, END, TaggedCanvas, write_tags
from app.documents.sheet.text import ACCENT, BOLD, INK, MUTED, REGULAR, RULE, WARNING
from app.kernel.german import clean

PAGE_WIDTH, PAGE_HEIGHT = A4
LEFT: Final = 25 * mm
RIGHT: Final = 20 * mm
WIDTH: Final = PAGE_WIDTH - LEFT - RIGHT
TOP: Final = 32 * mm
BOTTOM: Final = 32 * mm
FOOT_COLUMNS: Final = 3
FOOT_LINES: Final = 4
PDF_VERSION: Final = (1, 7)
MARK: Final = "Demonstrationsdaten – kein Beleg des Rechtsverkehrs"


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who sends: name, one address line, and up to three columns of small print at the foot."""

    name: str
    address_line: str
    footer: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on every page besides the content; `title` is also the file's title."""

    letterhead: Letterhead
    title: str
    subject: str
    demonstration: bool = False
    made: datetime | None = None  # None where the bytes must not depend on a moment


def render(sheet: Sheet, story: Sequence[Any], attachments: Sequence[Attachment] = ()) -> bytes:
    """The PDF/A-3a of `story`; the same input gives the same bytes (no clock, no random id)."""
    target = BytesIO()
    template = BaseDocTemplate(
        target,
        pagesize=A4,
        title=clean(sheet.title),
        author=clean(sheet.letterhead.name),
        subject=clean(sheet.subject),
        creator=clean(sheet.letterhead.name),
        lang="de-DE",
        invariant=1,
        initialFontName=REGULAR,
        displayDocTitle=1,
    )
    frame = {"leftPadding": 0, "rightPadding": 0, "topPadding": 0, "bottomPadding": 0}
    height = PAGE_HEIGHT - TOP - BOTTOM
    template.addPageTemplates(
        [
            PageTemplate("first", [Frame(LEFT, BOTTOM, WIDTH, height, **frame)]),
            PageTemplate("later", [Frame(LEFT, BOTTOM, WIDTH, height, **frame)]),
        ]
    )
    maker = _numbered(sheet, attachments)
    template.build([NextPageTemplate("later"), *story], canvasmaker=maker)
    return target.getvalue()


def _numbered(sheet: Sheet, attachments: Sequence[Attachment]) -> type[Any]:
    """A canvas that knows the number of pages before it writes the first one, and their tags."""
    about = About(
        clean(sheet.title), clean(sheet.letterhead.name), clean(sheet.subject), sheet.made
    )

    class Numbered(TaggedCanvas):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs | {"pdfVersion": PDF_VERSION})
            self._kept: list[dict[str, Any]] = []

        def showPage(self) -> None:  # noqa: N802 - ReportLab's name
            self._kept.append(dict(self.__dict__))
            self.tags.turn_page()
            self._startPage()

        def save(self) -> None:
            for number, page in enumerate(self._kept, start=1):
                self.__dict__.update(page)
                _surround(self, sheet, number, len(self._kept))
                super().showPage()
            write_tags(self.tags, self._doc)
            make_archival(self._doc, about, attachments)
            super().save()

    return Numbered


def _surround(canvas: Any, sheet: Sheet, number: int, pages: int) -> None:
    canvas.saveState()
    canvas.put(ARTIFACT)
    _head(canvas, sheet, first=number == 1)
    _foot(canvas, sheet, f"Seite {number} von {pages}")
    canvas.put(END)
    canvas.restoreState()


def _head(canvas: Any, sheet: Sheet, *, first: bool) -> None:
    top = PAGE_HEIGHT - 17 * mm
    canvas.setFillColor(ACCENT)
    canvas.rect(0, PAGE_HEIGHT - 4 * mm, PAGE_WIDTH, 4 * mm, stroke=0, fill=1)
    canvas.setFont(BOLD, 12 if first else 9)
    canvas.drawString(LEFT, top, _fitted(sheet.letterhead.name, BOLD, 12, WIDTH * 0.95))
    canvas.setFillColor(MUTED)
    canvas.setFont(REGULAR, 8)
    line = sheet.letterhead.address_line if first else sheet.title
    canvas.drawString(LEFT, top - 4.5 * mm, _fitted(line, REGULAR, 8, WIDTH))
    canvas.setStrokeColor(RULE)
    canvas.setLineWidth(0.5)
    canvas.line(LEFT, top - 7.5 * mm, PAGE_WIDTH - RIGHT, top - 7.5 * mm)


def _foot(canvas: Any, sheet: Sheet, page: str) -> None:
    canvas.setStrokeColor(RULE)
    canvas.setLineWidth(0.5)
    canvas.line(LEFT, 27 * mm, PAGE_WIDTH - RIGHT, 27 * mm)
    canvas.setFillColor(MUTED)
    canvas.setFont(REGULAR, 7)
    width = WIDTH / FOOT_COLUMNS
    for column, lines in enumerate(sheet.letterhead.footer[:FOOT_COLUMNS]):
        for row, line in enumerate(lines[:FOOT_LINES]):
            canvas.drawString(
                LEFT + column * width, (23.5 - 3.3 * row) * mm, _fitted(line, REGULAR, 7, width - 6)
            )
    canvas.setFont(REGULAR, 8)
    canvas.setFillColor(INK)
    canvas.drawRightString(PAGE_WIDTH - RIGHT, 8 * mm, page)
    if sheet.demonstration:
        canvas.setFillColor(WARNING)
        canvas.setFont(BOLD, 8)
        canvas.drawString(LEFT, 8 * mm, MARK)


def _fitted(text: str, font: str, size: float, width: float) -> str:
    """Head and foot have one line each: what does not fit ends in an ellipsis."""
    line = clean(text).replace("\n", " ")
    if stringWidth(line, font, size) <= width:
        return line
    while line and stringWidth(f"{line}…", font, size) > width:
        line = line[:-1]
    return f"{line.rstrip()}…"
