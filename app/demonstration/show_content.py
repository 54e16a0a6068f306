"""A label with its certificate, a picture and a data sheet, added as the catalog's editor would."""

from datetime import datetime, timedelta
from io import BytesIO
from typing import Final

from PIL import Image, ImageDraw
from sqlalchemy.orm import Session

from app.catalog.content.add_label import LabelWish, add_label
from app.catalog.content.add_media import add_media
from app.catalog.content.keep_media import HandedIn
from app.catalog.rules_labels import Label
from app.demonstration.show_relations import LETTER
from app.kernel.legal_day import legal_day

RENTED: Final = "MI-A3-45"
A_YEAR: Final = timedelta(days=365)
NAVY, GREY, PALE, BLUE = "#2b3152", "#9aa1bd", "#dbe6ff", "#8fb0f5"


def show_content(session: Session, editor_id: int, now: datetime) -> None:
    """Everything here is invented and says so."""
    day = legal_day(now)
    certificate = LabelWish(
        label=Label.TCO_CERTIFIED.value,
        grade="9.0",
        valid_from=day - A_YEAR,
        valid_until=day + A_YEAR,
        proof_url="",
        proof=LETTER,
    )
    add_label(session, RENTED, certificate, editor_id, now)
    for name, title, content in (
        ("vorn.png", "Multifunktionsgerät von vorn (Demonstrationsbild)", _device(open_tray=False)),
        ("fach.png", "Geöffnetes Papierfach (Demonstrationsbild)", _device(open_tray=True)),
        ("datenblatt.pdf", "Datenblatt (Demonstration)", LETTER),
    ):
        add_media(session, RENTED, HandedIn(name, title, content, person_id=editor_id), now)


def _device(*, open_tray: bool) -> bytes:
    """A drawing of a copier, so that no photo with foreign rights is shipped."""
    image = Image.new("RGB", (800, 600), "#f4f6fb")
    pen = ImageDraw.Draw(image)
    pen.rounded_rectangle((200, 90, 600, 190), 24, fill=GREY)
    pen.rounded_rectangle((180, 170, 620, 400), 24, fill=NAVY)
    pen.rounded_rectangle((430, 200, 580, 270), 10, fill=PALE)
    pen.rectangle((450, 220, 530, 228), fill=BLUE)
    pen.rectangle((220, 300, 400, 330), fill=PALE)
    shift = 60 if open_tray else 0
    for top in (415, 480):
        pen.rounded_rectangle((190 - shift, top, 610 - shift, top + 55), 10, fill="#6d7596")
        pen.rounded_rectangle((370 - shift, top + 20, 430 - shift, top + 32), 6, fill=PALE)
        shift = 0
    written = BytesIO()
    image.save(written, "PNG")
    return written.getvalue()
