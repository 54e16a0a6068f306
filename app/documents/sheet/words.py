"""The text of a paper: broken into lines, tagged, and written into the page in one piece.

A paper has one style for each paragraph. ReportLab's own paragraph, made for mark-up and many
scripts, breaks the lines the same way but took more than half of the time of a page.
"""

from functools import lru_cache
from string import printable
from typing import Any, Final

from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.rl_accel import escapePDF, fp_str
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.platypus import Flowable

from app.documents.sheet.tagging import END, Element, Tags

BROKEN_KEPT: Final = 4096  # labels, headings and rules stand in every memo
USUAL: Final = printable.strip() + "ÄÖÜäöüß§€·×–—„“”’…≥≤²³é"  # so papers share one subset
Line = tuple[str, float]  # the words, and how wide they are in points


class Words(Flowable):  # type: ignore[misc] # ReportLab brings no types
    """A paragraph that carries its tag; a part on the next page belongs to the same element."""

    def __init__(self, texts: tuple[str, ...], style: ParagraphStyle) -> None:
        """`texts` begin a line each; words stand one space apart, lines may be empty."""
        super().__init__()
        self.texts, self.style = texts, style
        self.lines: list[Line] = []
        self.width: float = 0.0
        self.element: Element | None = None

    def wrap(self, availWidth: float, availHeight: float) -> Any:  # noqa: ARG002,N803 - ReportLab's names
        """Tables ask about four times; the lines stay the same while the width does."""
        if self.width != availWidth or not self.lines:
            style = self.style
            self.width = availWidth
            self.lines = [
                line
                for text in self.texts
                for line in _broken(text, style.fontName, style.fontSize, availWidth)
            ]
            self.height = len(self.lines) * style.leading
        return availWidth, self.height

    def wrapOn(self, _canvas: Any, width: float, height: float) -> Any:  # noqa: N802 - ReportLab's name
        return self.wrap(width, height)

    def getSpaceBefore(self) -> Any:  # noqa: N802 - ReportLab's name
        return self.style.spaceBefore

    def getSpaceAfter(self) -> Any:  # noqa: N802 - ReportLab's name
        return self.style.spaceAfter

    def split(self, availWidth: float, availHeight: float) -> list[Any]:  # noqa: N803 - ReportLab's names
        """What fits and the rest; never a single line at the foot of a page."""
        self.wrap(availWidth, availHeight)
        room = int(availHeight / self.style.leading)
        if room <= 1:
            return []
        if len(self.lines) <= room:
            return [self]
        self.element = self.element or Element(self._kind)
        parts = [
            Words(tuple(text for text, _ in lines), self.style)
            for lines in (self.lines[:room], self.lines[room:])
        ]
        for part in parts:
            part.element = self.element
        return parts

    def drawOn(self, canvas: Any, x: float, y: float, _sW: float = 0) -> None:  # noqa: N802,N803 - ReportLab's names
        """Straight into the page: nothing of the canvas' own state changes."""
        if not self.lines:
            return
        tags: Tags = canvas.tags
        if tags.in_artifact:
            canvas.put(self._operators(canvas, x, y))
            return
        tags.mark(canvas, self._element(tags))
        canvas.put(self._operators(canvas, x, y))
        canvas.put(END)

    def _operators(self, canvas: Any, x: float, y: float) -> str:
        """Lines are shown one by one: read aloud, the last word of one must not join the next."""
        style = self.style
        letters = letters_of(canvas, style.fontName)
        top = y + self.height - style.fontSize
        last = len(self.lines) - 1
        shown = [
            letters.shown(text if at == last else f"{text} ", style.fontSize)
            for at, (text, _) in enumerate(self.lines)
        ]
        if style.alignment == TA_RIGHT:
            places = [
                fp_str(x + self.width - wide, top - at * style.leading)
                for at, (_, wide) in enumerate(self.lines)
            ]
            body = " ".join(
                f"1 0 0 1 {place} Tm {text}" for place, text in zip(places, shown, strict=True)
            )
        else:
            body = f"1 0 0 1 {fp_str(x, top)} Tm {' T* '.join(shown)}"
        return (
            f"q {_colour(style.textColor)} BT {letters.name} "
            f"{fp_str(style.fontSize)} Tf {fp_str(style.leading)} TL {body} ET Q"
        )

    @property
    def _kind(self) -> str:
        return getattr(self.style, "tag", "P")

    def _element(self, tags: Tags) -> Element:
        if tags.cell_is_one_text:
            return tags.inside[-1]
        self.element = self.element or Element(self._kind)
        if not self.element.kids:
            tags.inside[-1].kids.append(self.element)
        return self.element


class Letters:
    """One font in one document: which of its codes stands for which sign."""

    def __init__(self, font: Any, document: Any) -> None:
        self.font, self.document = font, document
        self.name = font.getSubsetInternalName(0, document)
        self.known: set[str] = set()
        self.codes: dict[int, int] = {}
        self.one_subset = True
        self._learn(USUAL)

    def shown(self, text: str, size: float) -> str:
        """The operators that show `text`; signs beyond 256 come from a further part of the font."""
        if not self.known.issuperset(text):
            self._learn(text)
        if self.one_subset:
            return f"({escapePDF(text.translate(self.codes).encode('latin-1'))}) Tj"
        return " ".join(
            f"{self.font.getSubsetInternalName(part, self.document)} {fp_str(size)} Tf "
            f"({escapePDF(codes)}) Tj"
            for part, codes in self.font.splitString(text, self.document)
        )

    def _learn(self, text: str) -> None:
        """In the order of the text: the same text must give the same file."""
        signs = "".join(dict.fromkeys(text))
        parts = self.font.splitString(signs, self.document)
        codes = [code for _, of_part in parts for code in of_part]
        self.codes.update(zip(map(ord, signs), codes, strict=True))
        self.one_subset = self.one_subset and all(part == 0 for part, _ in parts)
        self.known.update(signs)


def letters_of(canvas: Any, font_name: str) -> Letters:
    """The font as the document of `canvas` uses it."""
    kept: dict[str, Letters] = canvas.letters
    if font_name not in kept:
        kept[font_name] = Letters(pdfmetrics.getFont(font_name), canvas._doc)  # noqa: SLF001 - has no public name
    return kept[font_name]


@lru_cache
def _colour(colour: Any) -> str:
    return f"{fp_str(colour.red, colour.green, colour.blue)} rg"


@lru_cache(BROKEN_KEPT)
def _broken(text: str, font_name: str, size: float, room: float) -> tuple[Line, ...]:
    """As many words to a line as fit; a word wider than a line is cut."""
    measure = pdfmetrics.getFont(font_name).stringWidth
    space = measure(" ", size)
    lines: list[Line] = []
    line: list[str] = []
    wide = -space
    for word in text.split(" "):
        width = measure(word, size)
        if width > room:
            *full, (word, width) = _cut(word, room, measure, size, begin=wide + space)  # noqa: PLW2901 - goes on with its last piece
            for piece, _ in full:
                text_of_line = " ".join([*line, piece] if piece else line)
                lines.append((text_of_line, measure(text_of_line, size)))
                line, wide = [], -space
        if line and wide + space + width > room:
            lines.append((" ".join(line), wide))
            line, wide = [], -space
        line.append(word)
        wide += space + width
    return (*lines, (" ".join(line), wide))


def _cut(word: str, room: float, measure: Any, size: float, *, begin: float) -> list[Line]:
    """The first piece fills the line that is `begin` points full; it may be empty."""
    pieces: list[Line] = []
    piece, wide = "", begin
    for sign in word:
        width = measure(sign, size)
        if wide + width > room and (piece or width <= room):
            pieces.append((piece, wide))
            piece, wide = "", 0.0
        piece += sign
        wide += width
    return [*pieces, (piece, wide if pieces else wide - begin)]
