"""What an uploaded paper is: by its content, never by what its name or the browser says."""

from typing import Final

LARGEST_FILE: Final = 10_000_000
BEGINNINGS: Final = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
)


def media_type_of(content: bytes) -> str | None:
    """The type of a PDF, PNG or JPEG of at most 10 MB; None for everything else."""
    if len(content) > LARGEST_FILE:
        return None
    return next((kind for start, kind in BEGINNINGS if content.startswith(start)), None)
