"""A way in which a stored file is used, and from when its lines of the schedule count. Pure."""

from dataclasses import dataclass

from app.retention.rules import Kept


@dataclass(frozen=True, slots=True)
class Begin:
    """From when one line counts for a use: a column with a day, or with an instant."""

    kind: Kept
    at: str
    is_instant: bool = False
    more_years: int = 0


@dataclass(frozen=True, slots=True)
class FileUse:
    """Rows of `u` that name a file; it stays as long as one of the lines keeps one of them.

    `kind` is the line that people read; None keeps for ever. `stays` keeps besides all lines.
    """

    table: str
    columns: tuple[str, ...]
    kind: Kept | None = None
    word: str = ""
    name: str = "''"
    begins: tuple[Begin, ...] = ()
    joined: str = ""
    member: str = "NULL"
    rows: str = "true"
    stays: str = "false"

    @property
    def source(self) -> str:
        return f"{self.table} u {self.joined}".strip()
