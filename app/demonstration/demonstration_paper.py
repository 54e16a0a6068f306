"""A one-page PDF that stands for a document and says that it is none."""

from datetime import date
from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from app.kernel.german import day


def demonstration_paper(title: str, dated: date) -> bytes:
    """The same bytes for the same title and day."""
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=True)
    canvas.setTitle(title)
    canvas.drawString(72, 760, title)
    canvas.drawString(
        72, 736, f"Demonstrationsdokument vom {day(dated)}, ohne rechtliche Bedeutung"
    )
    canvas.save()
    return buffer.getvalue()
