"""Which drawing stands for an article without a picture: one per kind of goods."""

from typing import Final

NEUTRAL: Final = "box"
DRAWINGS: Final = (
    ("notebook", "laptop"),
    ("monitor", "monitor"),
    ("desktop", "pc"),
    ("thin", "pc"),
    ("dock", "dock"),
    ("tastatur", "keyboard"),
    ("maeuse", "mouse"),
    ("maus", "mouse"),
    ("headset", "headset"),
    ("webcam", "webcam"),
    ("netzteil", "power"),
    ("tasche", "bag"),
    ("diebstahl", "lock"),
    ("kartenleser", "card"),
    ("drucker", "printer"),
    ("druckseiten", "printer"),
    ("multifunktion", "printer"),
    ("toner", "toner"),
    ("trommel", "drum"),
    ("usv", "battery"),
    ("externe", "drive"),
)


def picture_of(category_slug: str) -> str:
    """The name of a drawing in `pictures.svg`; a neutral one for groups nobody drew yet."""
    return next((kind for start, kind in DRAWINGS if category_slug.startswith(start)), NEUTRAL)
