"""The pages of a list of the API: `limit` and `cursor`, answered with `total` and `next`."""

from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import Depends, Query

from app.kernel.errors import FieldError, Malformed

LONGEST_CURSOR: Final = 9  # digits
MOST: Final = 200


@dataclass(frozen=True, slots=True)
class Paging:
    """Which page, from 1, and how many rows it has."""

    page: int
    size: int

    @property
    def skipped(self) -> int:
        return (self.page - 1) * self.size

    def next(self, total: int) -> str | None:
        """The cursor of the page behind this one, if it has a row."""
        return str(self.page + 1) if self.page * self.size < total else None


async def paging(
    limit: Annotated[int, Query(ge=1, le=MOST)] = 50,
    cursor: Annotated[str, Query(description="`next` der Seite davor")] = "1",
) -> Paging:
    known = cursor.isascii() and cursor.isdecimal() and len(cursor) <= LONGEST_CURSOR
    if not known or int(cursor) < 1:
        raise Malformed(FieldError("cursor", "form", "Diese Fortsetzung gibt es nicht."))
    return Paging(int(cursor), limit)


Paged = Annotated[Paging, Depends(paging)]
