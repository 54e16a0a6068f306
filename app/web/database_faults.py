"""What people and programs are told when the database does not do its work."""

from dataclasses import dataclass
from typing import Final

from app.database.faults import is_busy, is_cut_off, is_disk_full

RETRY_AFTER: Final = "5"  # seconds; a database that restarts is back by then


@dataclass(frozen=True, slots=True)
class DatabaseFault:
    """`code` for programs and the log, `detail` for people."""

    code: str
    detail: str


DISK_FULL: Final = DatabaseFault(
    "disk_full",
    "Auf dem Server ist kein Speicherplatz mehr. Es wurde nichts gespeichert. "
    "Bitte verständigen Sie die Betreuung des Portals.",
)
BUSY: Final = DatabaseFault(
    "busy",
    "Die Datenbank war zu lange belegt. Es wurde nichts gespeichert. "
    "Bitte versuchen Sie es in wenigen Sekunden noch einmal.",
)
CUT_OFF: Final = DatabaseFault(
    "database_cut_off",
    "Die Verbindung zur Datenbank ist während Ihrer Anfrage abgebrochen. "
    "Sehen Sie bitte nach, was davon angekommen ist, bevor Sie sie wiederholen.",
)
UNREACHABLE: Final = DatabaseFault(
    "database_unreachable",
    "Die Datenbank ist gerade nicht erreichbar. Es wurde nichts gespeichert. "
    "Bitte versuchen Sie es in einer Minute noch einmal.",
)


def database_fault(error: Exception) -> DatabaseFault:
    if is_disk_full(error):
        return DISK_FULL
    if is_cut_off(error):
        return CUT_OFF
    return BUSY if is_busy(error) else UNREACHABLE
