"""For whom an open wish waits, since when and how long it may: pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from app.kernel.german import day
from app.kernel.working_days import after_working_days
from app.ordering.changing.rules import ChangeState
from app.ordering.rules import Side

REMIND_AFTER: Final = 3
"""Working days that pass before somebody is asked again."""
REMIND_BEFORE: Final = timedelta(days=3)
"""From so long before it lapses everybody who could answer is asked."""

AWAITED: Final = {
    ChangeState.ASKED: Side.DESK,
    ChangeState.OFFERED: Side.ORDERER,
    ChangeState.AGREED: Side.APPROVER,
}
WORDS: Final = {
    Side.DESK: "die Antwort der Abwicklung",
    Side.ORDERER: "die Antwort des Mitglieds",
    Side.APPROVER: "eine Genehmigung",
}
OWN_WORDS: Final = {
    Side.DESK: "Ihre Antwort",
    Side.ORDERER: "Ihre Antwort",
    Side.APPROVER: "Ihre Entscheidung",
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """An open wish: since when it waits for `awaited`, and its last day."""

    awaited: Side
    since: date
    last: date

    def words(self, today: date, *, own: bool) -> str:
        """`own`: it waits for the one who reads it."""
        what = (OWN_WORDS if own else WORDS)[self.awaited]
        return (
            f"Wartet seit {day(self.since)}{_days((today - self.since).days)} auf {what}. "
            f"Ohne sie verfällt die Änderung nach dem {day(self.last)}, "
            "und der Abruf bleibt, wie er ist."
        )

    def is_to_remind(self, today: date) -> bool:
        """Once after some working days, and from then on until it lapses."""
        return after_working_days(self.since, REMIND_AFTER) <= today <= self.last

    def is_nearly_over(self, today: date) -> bool:
        """Time to ask the colleagues as well."""
        return self.last - REMIND_BEFORE <= today <= self.last


def _days(many: int) -> str:
    if many <= 0:
        return ""
    return " (1 Tag)" if many == 1 else f" ({many} Tage)"
