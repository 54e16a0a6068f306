"""The Abrufvermerk as DOCX: the same words as on paper, for whoever has to go on writing."""

from typing import Any, Final

from reportlab.platypus import LongTable

from app.documents.memo.facts import MemoFacts
from app.documents.memo.memo_pdf import memo_paper
from app.documents.sheet.letterhead import MARK
from app.documents.sheet.word_file import About, add_grid, as_bytes, new_document
from app.documents.sheet.words import Words

LEVELS: Final = {"H1": 0, "H2": 1, "H3": 2}
COPY: Final = (
    "Abschrift zum Weiterschreiben. Maßgeblich ist der Abrufvermerk als PDF mit der Prüfsumme in "
    "Punkt 20; was hier geändert wird, ändert ihn nicht."
)


def memo_docx(facts: MemoFacts) -> bytes:
    """All that the PDF of the same facts says, in its order, with its headings and tables."""
    sheet, story = memo_paper(facts)
    about = About(
        title=sheet.title,
        author=facts.member_name,
        header=facts.member_name,
        footer=f"{sheet.title}, Abschrift{f' · {MARK}' if sheet.demonstration else ''}",
        made=facts.continued_at or facts.written_at or facts.placed_at,
    )
    document = new_document(about)
    document.add_paragraph(COPY)
    for part in story:
        _write(document, part)
    return as_bytes(document)


def _write(document: Any, part: Any) -> None:
    """Room between parts and breaks of pages are the reader's program's business."""
    if isinstance(part, LongTable):
        rows = [[_text(cell) for cell in row] for row in part._cellvalues]  # noqa: SLF001 - no other way
        add_grid(document, rows, part._colWidths, head=bool(part.repeatRows))  # noqa: SLF001 - no other way
    elif isinstance(part, Words):
        level = LEVELS.get(getattr(part.style, "tag", ""))
        if level is None:
            document.add_paragraph(_text(part))
        else:
            document.add_heading(_text(part), level)


def _text(cell: Any) -> str:
    """What a cell says: one paragraph, or several below each other."""
    if isinstance(cell, Words):
        return "\n".join(cell.texts)
    return "\n".join(_text(one) for one in cell)
