"""What the queue shows: segments, wishes and rows."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final
from urllib.parse import urlencode

from app.kernel.money import Money
from app.ordering.rules import ON_RECORD, State


class View(StrEnum):
    """The segments over the table."""

    OPEN = "offen"
    NEW = "neu"
    CONFIRMED = "bestaetigt"
    PARTIAL = "teilgeliefert"
    DELIVERED = "geliefert"
    DONE = "abgerechnet"
    ALL = "alle"


VIEW_STATES: Final[dict[View, tuple[State, ...]]] = {
    View.OPEN: (State.PLACED, State.CONFIRMED, State.PARTIALLY_DELIVERED, State.DELIVERED),
    View.NEW: (State.PLACED,),
    View.CONFIRMED: (State.CONFIRMED,),
    View.PARTIAL: (State.PARTIALLY_DELIVERED,),
    View.DELIVERED: (State.DELIVERED,),
    View.DONE: (State.INVOICED, State.COMPLETED),
    View.ALL: ON_RECORD,
}


@dataclass(frozen=True, slots=True)
class Wish:
    """What the desk wants to see. `sort` is a key of ORDERS, with `-` in front for descending."""

    view: View = View.OPEN
    text: str = ""
    overdue: bool = False
    blocked: bool = False
    changes: bool = False
    answers: bool = False
    framework: str = ""
    sort: str = "dringend"
    page: int = 1

    @property
    def params(self) -> dict[str, str]:
        """As they stand in an address, but for the page."""
        return {
            "stand": self.view.value,
            "q": self.text,
            "rahmenvertrag": self.framework,
            "ueberfaellig": "1" if self.overdue else "",
            "nachweis": "1" if self.blocked else "",
            "aenderung": "1" if self.changes else "",
            "antwort": "1" if self.answers else "",
            "sort": self.sort,
        }

    @property
    def query(self) -> str:
        """Behind the address of a call-off, so that the desk keeps its list; often nothing."""
        if self.params == Wish().params:
            return ""
        return urlencode({name: word for name, word in self.params.items() if word})

    def at(self, path: str, **further: str) -> str:
        """The address of a page that keeps the list, and says something of its own."""
        query = "&".join(part for part in (self.query, urlencode(further)) if part)
        return f"{path}?{query}" if query else path


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One call-off as the desk sees it in the list."""

    number: str
    version: int
    state: State
    member_name: str
    framework_number: str
    supplier: str
    first_name: str
    first_quantity: int
    line_count: int
    ordered: int
    delivered: int
    net: Money
    submitted_on: date
    promised_date: date | None
    requested_date: date | None
    outcome: str
    short_receipt: bool
    change_asked: bool
    answer_open: bool
    overdue: bool

    @property
    def content(self) -> str:
        others = self.line_count - 1
        first = f"{self.first_quantity} × {self.first_name}"
        return first if not others else f"{first} + {others} weitere"

    @property
    def may_be_confirmed(self) -> bool:
        return self.state is State.PLACED


@dataclass(frozen=True, slots=True)
class Queue:
    """One page of the queue and the figures around it."""

    rows: tuple[QueueRow, ...]
    total: int
    counts: dict[View, int]
    overdue_count: int
    blocked_count: int
    change_count: int
    answer_count: int
    oldest_new: date | None
