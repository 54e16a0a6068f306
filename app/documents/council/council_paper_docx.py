"""The resolution paper as DOCX: what the administration goes on writing in."""

from datetime import UTC, datetime, time
from typing import Any, Final

from app.documents.council.council_paper import (
    Block,
    CouncilPaper,
    Facts,
    Grid,
    Heading,
    Text,
    blocks,
)
from app.documents.sheet.word_file import WIDTH_CM, About, add_grid, as_bytes, new_document
from app.kernel.german import clean

LABEL_CM: Final = 5.8


def council_paper_docx(paper: CouncilPaper) -> bytes:
    """A4 with real headings and repeated table heads, so that it can be read out and edited."""
    mark = " · Demonstrationsdaten" if paper.demonstration else ""
    about = About(
        title=paper.title,
        author=paper.body,
        header=paper.body,
        footer=f"Beschlussvorlage, Entwurf{mark}",
        made=datetime.combine(paper.drawn_up_on, time(12), UTC),
    )
    document = new_document(about)
    document.add_heading("Beschlussvorlage", 0)
    for block in blocks(paper):
        _write(document, block)
    return as_bytes(document)


def _write(document: Any, block: Block) -> None:
    match block:
        case Heading(text, level):
            document.add_heading(clean(text), level)
        case Text(text):
            document.add_paragraph(clean(text))
        case Facts(rows):
            add_grid(document, rows, (LABEL_CM, WIDTH_CM - LABEL_CM), head=False)
        case Grid(_, head, rows, shares):
            add_grid(document, (head, *rows), shares, head=True)
