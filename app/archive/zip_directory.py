"""How large the directory of a ZIP archive is, told by its end before it fills the memory."""

import io
import struct
from typing import BinaryIO, Final
from zipfile import BadZipFile

HUGE: Final = 1 << 32
END_SIGNATURE: Final = b"PK\x05\x06"
END_SIZE: Final = 22
LONGEST_COMMENT: Final = 65_535
DIRECTORY_SIZE_AT: Final = 12
ZIP64_SIGNATURE: Final = b"PK\x06\x07"
ZIP64_SIZE: Final = 20


def directory_size(stream: BinaryIO) -> int:
    """In bytes, some 110 for each file of the archive; ZIP64 counts as huge. BadZipFile."""
    size = stream.seek(0, io.SEEK_END)
    stream.seek(max(0, size - END_SIZE - LONGEST_COMMENT - ZIP64_SIZE))
    tail = stream.read()
    stream.seek(0)
    end = tail.rfind(END_SIGNATURE)
    if end < 0 or len(tail) - end < END_SIZE:
        raise BadZipFile("no end of the directory")
    if tail[max(0, end - ZIP64_SIZE) : end].startswith(ZIP64_SIGNATURE):
        return HUGE
    return int(struct.unpack_from("<L", tail, end + DIRECTORY_SIZE_AT)[0])
