"""Pictures from outside, drawn anew: nothing of the file handed in reaches a browser."""

from dataclasses import dataclass
from io import BytesIO
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError

from app.documents.limiter import ONE_AT_A_TIME
from app.kernel.errors import DomainError

FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF")
MOST_PIXELS: Final = 40_000_000
LARGE: Final = 1200
SMALL: Final = 192
SMALLEST: Final = 16
QUALITY: Final = 82
MEDIA_TYPE: Final = "image/webp"
UNREADABLE: Final = (
    UnidentifiedImageError,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    MemoryError,
)


class PictureRefused(DomainError):
    """The bytes are no picture that is shown here."""

    code = "picture_refused"


@dataclass(frozen=True, slots=True)
class Picture:
    """Two WebP files without any metadata, and the size of the large one."""

    large: bytes
    thumbnail: bytes
    width: int
    height: int


def drawn(content: bytes) -> Picture:
    """Raises PictureRefused for what is damaged, too large or no JPEG, PNG, WebP or GIF.

    The size is known before anything is unpacked; of an animation the first picture counts. One
    picture is drawn at a time, because it keeps a core and memory busy.
    """
    try:
        with ONE_AT_A_TIME, Image.open(BytesIO(content), formats=FORMATS) as opened:
            width, height = opened.size
            if width * height > MOST_PIXELS:
                raise PictureRefused("Das Bild hat mehr als 40 Millionen Bildpunkte.")
            if min(width, height) < SMALLEST:
                raise PictureRefused("Das Bild ist kleiner als 16 Bildpunkte.")
            opened.draft("RGB", (LARGE, LARGE))
            upright = ImageOps.exif_transpose(opened)
            return _picture(_on_white(upright))
    except UNREADABLE as fault:
        text = "Die Datei ist kein lesbares Bild (JPEG, PNG, WebP oder GIF)."
        raise PictureRefused(text) from fault


def _on_white(image: Image.Image) -> Image.Image:
    """Without transparency, so that it looks the same on dark pages."""
    if image.mode == "RGB":
        return image
    coloured = image.convert("RGBA")
    white = Image.new("RGBA", coloured.size, "white")
    return Image.alpha_composite(white, coloured).convert("RGB")


def _picture(image: Image.Image) -> Picture:
    image.thumbnail((LARGE, LARGE))
    small = image.copy()
    small.thumbnail((SMALL, SMALL))
    return Picture(_webp(image), _webp(small), image.width, image.height)


def _webp(image: Image.Image) -> bytes:
    written = BytesIO()
    image.save(written, "WEBP", quality=QUALITY, method=4)
    return written.getvalue()
