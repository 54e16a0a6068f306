"""How an order is paid for, beyond its account: circle, kind of financing, years, closing day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from app.kernel.errors import FieldError
from app.kernel.german import day

LONGEST_CIRCLE: Final = 60
LONGEST_NOTE: Final = 500
NOTE_MISSING: Final = (
    "Über- und außerplanmäßige Ausgaben brauchen einen Vermerk: Wer hat sie wann bewilligt, "
    "und womit werden sie gedeckt?"
)


class Financing(StrEnum):
    """Whether the budget plan knows the expense (RULEBOOK 5.3, financing_type)."""

    PLANNED = "planned"
    ABOVE_PLAN = "above_plan"
    OUTSIDE_PLAN = "outside_plan"


FINANCING_WORDS: Final = {
    Financing.PLANNED: "planmäßig",
    Financing.ABOVE_PLAN: "überplanmäßig",
    Financing.OUTSIDE_PLAN: "außerplanmäßig",
}


@dataclass(frozen=True, slots=True)
class Funding:
    """What the orderer says of it; nothing is needed unless the plan does not know the expense."""

    coverage_circle: str = ""
    financing: Financing | None = None
    note: str = ""

    @property
    def financing_words(self) -> str:
        """`außerplanmäßig: Beschluss vom …`; empty where nothing was said."""
        if self.financing is None:
            return ""
        words = FINANCING_WORDS[self.financing]
        return f"{words}: {self.note}" if self.note else words

    @property
    def text(self) -> str:
        """Both in one line; empty where nothing was said."""
        circle = f"Deckungskreis {self.coverage_circle}" if self.coverage_circle else ""
        return ", ".join(filter(None, (circle, self.financing_words)))


NO_FUNDING: Final = Funding()


def funding_faults(funding: Funding) -> Iterator[FieldError]:
    """What is missing or too long, at the names of the API's fields."""
    if funding.financing not in {None, Financing.PLANNED} and not funding.note:
        yield FieldError("financing_note", "missing", NOTE_MISSING)
    if len(funding.note) > LONGEST_NOTE:
        yield FieldError("financing_note", "too_long", f"Bitte höchstens {LONGEST_NOTE} Zeichen.")
    if len(funding.coverage_circle) > LONGEST_CIRCLE:
        text = f"Bitte höchstens {LONGEST_CIRCLE} Zeichen."
        yield FieldError("coverage_circle", "too_long", text)


def year_fault(budget_year: int | None, today: date) -> str:
    """An order is charged to last year at the earliest; empty where it may be."""
    if budget_year is None or budget_year >= today.year - 1:
        return ""
    return f"Das Haushaltsjahr {budget_year} ist abgeschlossen. Möglich ist es ab {today.year - 1}."


def closed_words(order_stop: date | None, budget_year: int | None, ordered_on: date) -> str:
    """The warning after the member's closing day of the books; empty before, and for other years.

    It only warns: whether the order is still to be charged to the old year is the member's matter.
    """
    if order_stop is None or ordered_on <= order_stop:
        return ""
    if (budget_year or ordered_on.year) != order_stop.year:
        return ""
    return (
        f"Nach dem Kassenschluss vom {day(order_stop)}: Klären Sie mit der Kämmerei, ob das "
        f"Haushaltsjahr {order_stop.year} noch belastet werden darf, oder wählen Sie "
        f"{order_stop.year + 1}."
    )
