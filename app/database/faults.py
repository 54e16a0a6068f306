"""What a failed statement says about the machine rather than about the program."""

from sqlite3 import SQLITE_FULL
from typing import Final

from sqlalchemy.exc import DatabaseError, OperationalError

DISK_FULL: Final = "53100"  # SQLSTATE
UNUSABLE: Final = (OperationalError, DatabaseError)


def is_disk_full(error: DatabaseError) -> bool:
    """SQLite says it by its code, PostgreSQL by its SQLSTATE."""
    code = getattr(error.orig, "sqlite_errorcode", None)
    return code == SQLITE_FULL or getattr(error.orig, "sqlstate", None) == DISK_FULL


def is_unusable(error: DatabaseError) -> bool:
    """Away, busy, full or damaged; its other kinds are mistakes of the program."""
    return type(error) in UNUSABLE
