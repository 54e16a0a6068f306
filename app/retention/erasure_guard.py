"""No content goes before its period, without two people, or past a hold, on both databases.

The register says what went; the stored file itself can only be emptied along with it. Both ask the
same again: the files' own uses, the schedule and the holds, by the database's own day. So neither
a wrong clock nor plain SQL erases anything early. A shorter period than the law's is refused too.
"""

from typing import Final

from sqlalchemy import Table

from app.database.guards import refuse_when
from app.retention.rules import STANDARD
from app.retention.rules_files import ERASED_REFUSAL, wrong_content, wrong_erasure

TOO_SHORT: Final = "a period is never shorter than the law allows"


def guard_erasure(stored: Table, register: Table, schedule: Table) -> None:
    """For the stored files, the register of erased ones, and the changes of the schedule."""
    entries = {"sqlite": wrong_erasure("sqlite"), "postgresql": wrong_erasure("postgresql")}
    refuse_when(register, "in_time", "INSERT", "true", entries, ERASED_REFUSAL)
    contents = {"sqlite": wrong_content("sqlite"), "postgresql": wrong_content("postgresql")}
    refuse_when(stored, "in_time", "UPDATE OF content", "true", contents, ERASED_REFUSAL)
    least = " ".join(f"WHEN '{rule.kind}' THEN {rule.least}" for rule in STANDARD if rule.least)
    shorter = f"NEW.amount < CASE NEW.kind {least} ELSE 1 END"
    refuse_when(schedule, "least", "INSERT", shorter, "true", TOO_SHORT)
