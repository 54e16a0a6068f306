"""The one file that a form of evidence hands over."""

from typing import Annotated

from fastapi import Depends, File, Request, UploadFile

from app.archive.check_upload import Scanner, no_scan
from app.archive.media_type import LARGEST_FILE


def handed_file(datei: Annotated[UploadFile | None, File()] = None) -> tuple[str, bytes]:
    """Name and content of the one file; a byte beyond the limit is enough to refuse it."""
    if datei is None:
        return "", b""
    return datei.filename or "", datei.file.read(LARGEST_FILE + 1)


Handed = Annotated[tuple[str, bytes], Depends(handed_file)]


async def configured_scanner(request: Request) -> Scanner:
    """The virus scanner of this installation, if there is one."""
    found: Scanner = getattr(request.app.state, "scan", no_scan)
    return found


Scanning = Annotated[Scanner, Depends(configured_scanner)]
