"""The pages of a list of the API: `limit` and `cursor`, answered with `total` and `next`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Final, TypeVar

from fastapi import Depends, Query
from pydantic import BeforeValidator

from app.kernel.errors import FieldError, Malformed

LONGEST_CURSOR: Final = 9  # digits
MOST: Final = 200
USUAL: Final = 50
FIRST: Final = "1"
Row = TypeVar("Row")


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

    def of(self, rows: Sequence[Row]) -> list[Row]:
        """The rows of the page, for a list so short that it is read whole."""
        return list(rows[self.skipped : self.skipped + self.size])


def _usual(sent: object) -> object:
    """`limit=` without a number asks for none in particular."""
    return sent or USUAL


async def paging(
    limit: Annotated[int, BeforeValidator(_usual), Query(ge=1, le=MOST)] = USUAL,
    cursor: Annotated[str, Query(description="`next` der Seite davor")] = FIRST,
) -> Paging:
    wanted = cursor or FIRST
    known = wanted.isascii() and wanted.isdecimal() and len(wanted) <= LONGEST_CURSOR
    if not known or int(wanted) < 1:
        raise Malformed(FieldError("cursor", "form", "Diese Fortsetzung gibt es nicht."))
    return Paging(int(wanted), limit)


Paged = Annotated[Paging, Depends(paging)]
