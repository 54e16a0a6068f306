"""What a failed statement says about the machine rather than about the program."""

from sqlite3 import SQLITE_BUSY, SQLITE_ERROR, SQLITE_FULL, SQLITE_LOCKED
from typing import Final

from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

DISK_FULL: Final = "53100"  # SQLSTATE
# Serialisation, deadlock, too many connections, a lock or a statement that took too long.
BUSY: Final = frozenset({"40001", "40P01", "53300", "55P03", "57014"})
UNUSABLE: Final = (OperationalError, DatabaseError)


def is_disk_full(error: Exception) -> bool:
    """SQLite says it by its code, PostgreSQL by its SQLSTATE."""
    return _sqlite_code(error) == SQLITE_FULL or _state(error) == DISK_FULL


def is_unusable(error: Exception) -> bool:
    """Away, busy, full or damaged; other kinds are mistakes of the program.

    SQLite calls a wrong statement operational as well: a column that is not there.
    """
    return type(error) in UNUSABLE and _sqlite_code(error) != SQLITE_ERROR


def is_busy(error: Exception) -> bool:
    """It answers, but others were in the way for too long."""
    code = _sqlite_code(error)
    waited = code is not None and code & 0xFF in {SQLITE_BUSY, SQLITE_LOCKED}
    return waited or isinstance(error, PoolTimeout) or _state(error) in BUSY


def is_cut_off(error: Exception) -> bool:
    """The connection broke under a statement: of a commit nobody knows whether it happened."""
    return bool(getattr(error, "connection_invalidated", False))


def reason_of(error: Exception) -> str:
    """For the log: the database's own name of what happened, without any content."""
    name: str | None = getattr(_cause(error), "sqlite_errorname", None) or _state(error)
    return name or type(error).__name__


def refusal_of(error: Exception) -> str:
    """What the server or the network answered to an attempt to connect; empty in other cases.

    PostgreSQL names the database or the person that it does not know, never the password.
    """
    if _cause(error) is None or _sqlite_code(error) is not None or _state(error) is not None:
        return ""
    first = str(_cause(error)).partition("\n")[0]
    return first.rpartition("failed: ")[2].removeprefix("FATAL:").strip()


def _cause(error: Exception) -> BaseException | None:
    return getattr(error, "orig", None)


def _sqlite_code(error: Exception) -> int | None:
    return getattr(_cause(error), "sqlite_errorcode", None)


def _state(error: Exception) -> str | None:
    return getattr(_cause(error), "sqlstate", None)
