"""Tags of a PDF: what each drawing is (heading, paragraph, cell, figure), for screen readers.

Whatever is drawn belongs to an element of the structure tree or is an artifact (a line, a
background, the head and foot of a page). ISO 32000-1, 14.7 and 14.8; ISO 14289-1 (PDF/UA-1).
"""

from collections.abc import Iterator
from typing import Any, Final

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

ARTIFACT: Final = "/Artifact BMC"
END: Final = "EMC"


class Element:
    """A node of the structure tree; `kids` are elements, or marks as (page, number)."""

    __slots__ = ("alt", "kids", "kind", "scope")

    def __init__(self, kind: str, *, scope: str = "", alt: str = "") -> None:
        self.kind, self.scope, self.alt = kind, scope, alt
        self.kids: list[Element | tuple[int, int]] = []


class Tags:
    """The tree of one document while it is drawn; pages and marks count from 0."""

    def __init__(self) -> None:
        self.root = Element("Document")
        self.inside = [self.root]
        self.marks: list[list[Element]] = [[]]
        self.in_artifact = False
        self.cell_is_one_text = False

    def turn_page(self) -> None:
        self.marks.append([])

    def open(self, element: Element, *, again: bool = False) -> None:
        """What is drawn next belongs into `element`; `again` if an earlier page began it."""
        if not again:
            self.inside[-1].kids.append(element)
        self.inside.append(element)

    def close(self) -> None:
        self.inside.pop()

    def mark(self, canvas: Any, element: Element) -> None:
        """Begin a piece of `element` on this page; `canvas` gets END after it."""
        of_page = self.marks[-1]
        number = len(of_page)
        of_page.append(element)
        element.kids.append((len(self.marks) - 1, number))
        canvas.put(f"/{element.kind} <</MCID {number}>> BDC")


class TaggedCanvas(Canvas):  # type: ignore[misc] # ReportLab brings no types
    """A canvas that knows the tree of its document."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tags = Tags()
        self.letters: dict[str, Any] = {}  # fonts as this document uses them

    def put(self, operator: str) -> None:
        """One operator into the content of the page, as it is."""
        self._code.append(operator)


class Figure(Flowable):  # type: ignore[misc] # ReportLab brings no types
    """A drawing with the words that stand for it."""

    def __init__(self, drawing: Any, alt: str) -> None:
        super().__init__()
        self.drawing, self.alt = drawing, alt

    def wrap(self, availWidth: float, availHeight: float) -> Any:  # noqa: N803 - ReportLab's names
        return self.drawing.wrap(availWidth, availHeight)

    def draw(self) -> None:
        canvas = self.canv
        element = Element("Figure", alt=self.alt)
        canvas.tags.inside[-1].kids.append(element)
        canvas.tags.mark(canvas, element)
        self.drawing.drawOn(canvas, 0, 0)
        canvas.put(END)


class LayoutTags:
    """For tables that only arrange: their lines and backgrounds are artifacts, no more."""

    def __call__(self, table: Any, what: str, *args: Any) -> None:
        """ReportLab calls it before and after each part of a table that it draws."""
        step = getattr(self, f"on_{what}", None)
        if step is not None:
            step(table.canv, *args)

    def on_startBG(self, canvas: Any) -> None:  # noqa: N802 - ReportLab's name
        canvas.put(ARTIFACT)

    def on_endBG(self, canvas: Any) -> None:  # noqa: N802 - ReportLab's name
        canvas.put(END)

    on_startLines = on_startBG  # noqa: N815 - ReportLab's name
    on_endLines = on_endBG  # noqa: N815 - ReportLab's name


class TableTags(LayoutTags):
    """Rows and cells with their heads; a head that a page repeats is an artifact there."""

    def __init__(self, *, head_row: bool = False, head_column: bool = False) -> None:
        self.head_row, self.head_column = head_row, head_column
        self.element: Element | None = None
        self.repeated = False

    def on_startTable(self, canvas: Any) -> None:  # noqa: N802 - ReportLab's name
        again = self.element is not None
        self.repeated = again and self.head_row
        self.element = self.element or Element("Table")
        canvas.tags.open(self.element, again=again)

    def on_endTable(self, canvas: Any) -> None:  # noqa: N802 - ReportLab's name
        canvas.tags.close()

    def on_startRow(self, canvas: Any, row: int) -> None:  # noqa: N802 - ReportLab's name
        if self.repeated and row == 0:
            canvas.tags.in_artifact = True
            canvas.put(ARTIFACT)
        else:
            canvas.tags.open(Element("TR"))

    def on_endRow(self, canvas: Any) -> None:  # noqa: N802 - ReportLab's name
        if canvas.tags.in_artifact:
            canvas.tags.in_artifact = False
            canvas.put(END)
        else:
            canvas.tags.close()

    def on_startCell(  # noqa: N802 - ReportLab's name
        self, canvas: Any, row: int, column: int, content: Any, *_layout: Any
    ) -> None:
        tags = canvas.tags
        if tags.in_artifact:
            return
        if self.head_row and row == 0:
            cell = Element("TH", scope="Column")
        elif self.head_column and column == 0:
            cell = Element("TH", scope="Row")
        else:
            cell = Element("TD")
        tags.open(cell)
        tags.cell_is_one_text = not isinstance(content, list | tuple) or len(content) == 1

    def on_endCell(self, canvas: Any) -> None:  # noqa: N802 - ReportLab's name
        if not canvas.tags.in_artifact:
            canvas.tags.close()
            canvas.tags.cell_is_one_text = False


class _Ready(pdfdoc.PDFObject):  # type: ignore[misc] # ReportLab brings no types
    """An object whose text we write ourselves: thousands of small dictionaries cost too much."""

    __RefOnly__ = 1
    text = b""

    def format(self, _document: Any) -> bytes:
        return self.text


def write_tags(tags: Tags, document: Any) -> None:
    """Puts the tree into the file, once all its pages are there."""
    numbers = document.idToObjectNumberAndVersion
    pages = [numbers[page.__InternalName__][0] for page in document.Pages.pages]
    root, parents = _Ready(), _Ready()
    root_number, parents_number = _number(document, root), _number(document, parents)
    elements = [(element, parent, _Ready()) for element, parent in _walk(tags.root)]
    number_of = {element: _number(document, ready) for element, _, ready in elements}
    for element, parent, ready in elements:
        above = root_number if parent is None else number_of[parent]
        ready.text = _element_text(element, above, number_of, pages).encode("ascii")
    lists = " ".join(
        f"{at}[{' '.join(f'{number_of[element]} 0 R' for element in marks)}]"
        for at, marks in enumerate(tags.marks[: len(pages)])
    )
    parents.text = f"<</Nums[{lists}]>>".encode("ascii")
    root.text = (
        f"<</Type/StructTreeRoot/K {number_of[tags.root]} 0 R/ParentTree {parents_number} 0 R"
        f"/ParentTreeNextKey {len(pages)}>>"
    ).encode("ascii")
    document.Catalog.StructTreeRoot = root
    document.Catalog.MarkInfo = pdfdoc.PDFDictionary({"Marked": pdfdoc.PDFName("true")[1:]})
    for at, page in enumerate(document.Pages.pages):
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents, page.Tabs = at, pdfdoc.PDFName("S")


def _number(document: Any, ready: _Ready) -> int:
    reference = document.Reference(ready)
    number: int = document.idToObjectNumberAndVersion[reference.name][0]
    return number


def _walk(root: Element) -> Iterator[tuple[Element, Element | None]]:
    """Every element with the one above it, in the order of reading."""
    waiting: list[tuple[Element, Element | None]] = [(root, None)]
    while waiting:
        element, parent = waiting.pop()
        yield element, parent
        kids = reversed(element.kids)
        waiting.extend((kid, element) for kid in kids if isinstance(kid, Element))


def _element_text(
    element: Element, above: int, number_of: dict[Element, int], pages: list[int]
) -> str:
    """Short, because there are hundreds: marks of the first page are named by number alone."""
    marks = [kid for kid in element.kids if not isinstance(kid, Element)]
    page = f"/Pg {pages[marks[0][0]]} 0 R" if marks else ""
    kids = " ".join(
        f"{number_of[kid]} 0 R"
        if isinstance(kid, Element)
        else str(kid[1])
        if kid[0] == marks[0][0]
        else f"<</Type/MCR/Pg {pages[kid[0]]} 0 R/MCID {kid[1]}>>"
        for kid in element.kids
    )
    scope = f"/A<</O/Table/Scope/{element.scope}>>" if element.scope else ""
    alt = f"/Alt<FEFF{element.alt.encode('utf-16-be').hex()}>" if element.alt else ""
    return f"<</S/{element.kind}/P {above} 0 R{page}{scope}{alt}/K[{kids}]>>"
