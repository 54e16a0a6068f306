"""The resolution paper as a PDF on the sheet of the house."""

from typing import Any

from reportlab.platypus import Spacer

from app.documents.council.council_paper import (
    Block,
    CouncilPaper,
    Facts,
    Grid,
    Heading,
    Text,
    blocks,
)
from app.documents.sheet.letterhead import WIDTH, Letterhead, Sheet, render
from app.documents.sheet.text import (
    CELL,
    CELL_STRONG,
    COLUMN,
    HEADING,
    ITEM,
    SUBHEADING,
    TITLE,
    P,
    heading,
    pairs,
    table,
)

LABEL_SHARE = 0.34
ROOM = 20  # points to write in
BLANK = "_" * 40


def council_paper_pdf(paper: CouncilPaper) -> bytes:
    """A4; the same paper gives the same bytes."""
    sheet = Sheet(
        letterhead=Letterhead(
            name=paper.body,
            address_line=f"Beschlussvorlage · {paper.number or 'Drucksachen-Nr. offen'}",
            footer=((paper.body,), ("Beschlussvorlage, Entwurf",), (paper.responsible,)),
        ),
        title=paper.title,
        subject=f"{paper.body}: Beschlussvorlage",
        demonstration=paper.demonstration,
    )
    story: list[Any] = [P("Beschlussvorlage", TITLE)]
    for block in blocks(paper):
        story += _drawn(block)
    return render(sheet, story)


def _drawn(block: Block) -> list[Any]:
    match block:
        case Heading(text, level):
            return heading(text, HEADING if level == 1 else SUBHEADING)
        case Text(text):
            return [P(text, ITEM)] if text else [Spacer(0, ROOM)]
        case Facts(rows):
            room = [(label, value or BLANK) for label, value in rows]
            return [pairs(room, WIDTH, WIDTH * LABEL_SHARE)]
        case Grid(_, head, rows, shares):
            widths = [WIDTH * share / sum(shares) for share in shares]
            body = [
                [P(cell, CELL_STRONG if at == 0 else CELL) for at, cell in enumerate(row)]
                for row in rows
            ]
            return [table([P(cell, COLUMN) for cell in head], body, widths)]
