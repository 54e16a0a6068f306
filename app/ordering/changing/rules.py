"""What becomes of a wish to change a placed order: one table of steps, and what may be wished."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from app.kernel.errors import Conflict
from app.kernel.german import day, number
from app.ordering.rules import Side
from app.ordering.wanted import LARGEST_QUANTITY


class ChangeState(StrEnum):
    """Where a wish stands."""

    ASKED = "asked"
    OFFERED = "offered"
    AGREED = "agreed"
    DONE = "done"
    REJECTED = "rejected"
    DECLINED = "declined"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


STATE_WORDS: Final[dict[ChangeState, str]] = {
    ChangeState.ASKED: "wartet auf die Abwicklung",
    ChangeState.OFFERED: "wartet auf das Mitglied",
    ChangeState.AGREED: "wartet auf Genehmigung",
    ChangeState.DONE: "durchgeführt",
    ChangeState.REJECTED: "von der Abwicklung abgelehnt",
    ChangeState.DECLINED: "vom Mitglied nicht angenommen",
    ChangeState.REFUSED: "nicht genehmigt",
    ChangeState.WITHDRAWN: "zurückgezogen",
    ChangeState.LAPSED: "gegenstandslos",
}


class ChangeStep(StrEnum):
    """What somebody does with it."""

    ASK = "ask"
    PROPOSE = "propose"
    ACCEPT = "accept"
    OFFER = "offer"
    REJECT = "reject"
    AGREE = "agree"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    SIGN = "sign"
    APPLY = "apply"
    REFUSE = "refuse"
    LAPSE = "lapse"


STEP_WORDS: Final[dict[ChangeStep, str]] = {
    ChangeStep.ASK: "Änderung gewünscht",
    ChangeStep.PROPOSE: "Änderung vorgeschlagen",
    ChangeStep.ACCEPT: "angenommen",
    ChangeStep.OFFER: "anders angeboten",
    ChangeStep.REJECT: "abgelehnt",
    ChangeStep.AGREE: "zugestimmt",
    ChangeStep.DECLINE: "nicht zugestimmt",
    ChangeStep.WITHDRAW: "zurückgezogen",
    ChangeStep.SIGN: "mitgezeichnet",
    ChangeStep.APPLY: "durchgeführt",
    ChangeStep.REFUSE: "nicht genehmigt",
    ChangeStep.LAPSE: "gegenstandslos geworden",
}

# From where (None: nothing yet) by which step to where.
STEPS: Final[dict[tuple[ChangeState | None, ChangeStep], ChangeState]] = {
    (None, ChangeStep.ASK): ChangeState.ASKED,
    (None, ChangeStep.PROPOSE): ChangeState.OFFERED,
    (ChangeState.ASKED, ChangeStep.ACCEPT): ChangeState.AGREED,
    (ChangeState.ASKED, ChangeStep.OFFER): ChangeState.OFFERED,
    (ChangeState.ASKED, ChangeStep.REJECT): ChangeState.REJECTED,
    (ChangeState.ASKED, ChangeStep.WITHDRAW): ChangeState.WITHDRAWN,
    (ChangeState.ASKED, ChangeStep.LAPSE): ChangeState.LAPSED,
    (ChangeState.OFFERED, ChangeStep.AGREE): ChangeState.AGREED,
    (ChangeState.OFFERED, ChangeStep.DECLINE): ChangeState.DECLINED,
    (ChangeState.OFFERED, ChangeStep.WITHDRAW): ChangeState.WITHDRAWN,
    (ChangeState.OFFERED, ChangeStep.LAPSE): ChangeState.LAPSED,
    (ChangeState.AGREED, ChangeStep.SIGN): ChangeState.AGREED,
    (ChangeState.AGREED, ChangeStep.APPLY): ChangeState.DONE,
    (ChangeState.AGREED, ChangeStep.REFUSE): ChangeState.REFUSED,
    (ChangeState.AGREED, ChangeStep.WITHDRAW): ChangeState.WITHDRAWN,
    (ChangeState.AGREED, ChangeStep.LAPSE): ChangeState.LAPSED,
}

# Who may do it; what the portal does by itself is not here. APPLY stands for SIGN too.
STEP_SIDES: Final[dict[tuple[ChangeState, ChangeStep], Side]] = {
    (ChangeState.ASKED, ChangeStep.ACCEPT): Side.DESK,
    (ChangeState.ASKED, ChangeStep.OFFER): Side.DESK,
    (ChangeState.ASKED, ChangeStep.REJECT): Side.DESK,
    (ChangeState.ASKED, ChangeStep.WITHDRAW): Side.ORDERER,
    (ChangeState.OFFERED, ChangeStep.AGREE): Side.ORDERER,
    (ChangeState.OFFERED, ChangeStep.DECLINE): Side.ORDERER,
    (ChangeState.OFFERED, ChangeStep.WITHDRAW): Side.DESK,  # only what it proposed itself
    (ChangeState.AGREED, ChangeStep.WITHDRAW): Side.ORDERER,
    (ChangeState.AGREED, ChangeStep.APPLY): Side.APPROVER,
    (ChangeState.AGREED, ChangeStep.REFUSE): Side.APPROVER,
}

OPEN: Final = (ChangeState.ASKED, ChangeState.OFFERED, ChangeState.AGREED)


class Answer(StrEnum):
    """What the desk says to one wish."""

    ACCEPTED = "accepted"
    OTHERWISE = "otherwise"
    REJECTED = "rejected"


ANSWER_WORDS: Final = {
    Answer.ACCEPTED: "wie gewünscht",
    Answer.OTHERWISE: "anders",
    Answer.REJECTED: "abgelehnt",
}


class IllegalStep(Conflict):
    """The wish stands where nobody can do that with it."""

    code = "illegal_move"

    def __init__(self) -> None:
        super().__init__("Das ist beim jetzigen Stand dieser Änderung nicht mehr möglich.")


@dataclass(frozen=True, slots=True)
class Wish:
    """Another quantity of one line, or (without `sku`) another day for what is still to come."""

    sku: str
    before: int | None
    wanted: int | None
    day_before: date | None = None
    wanted_day: date | None = None
    part: int | None = None
    """Which part of a split line gets what is more, from 1."""

    @property
    def is_day(self) -> bool:
        return not self.sku

    @property
    def grows(self) -> bool:
        return (self.wanted or 0) > (self.before or 0)


@dataclass(frozen=True, slots=True)
class Said:
    """The desk's answer to one wish; quantity and day only where it is OTHERWISE."""

    answer: Answer
    quantity: int | None = None
    day: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """A line as it stands: what is ordered and not cancelled, and what has been delivered."""

    kept: int
    delivered: int


def split_subject(subject: str) -> tuple[str, int | None]:
    """Number of the order, and which of its changes is meant (None: the order itself)."""
    number, _, position = subject.partition("/")
    return number, int(position) if position else None


def reached(state: ChangeState | None, step: ChangeStep) -> ChangeState:
    """Raises IllegalStep."""
    try:
        return STEPS[state, step]
    except KeyError:
        raise IllegalStep from None


def open_steps(
    state: ChangeState, sides: frozenset[Side], *, proposed: bool
) -> frozenset[ChangeStep]:
    """What somebody on these sides may do now: the same table shows buttons and checks steps.

    The desk takes back what it `proposed`, but not its answer to a wish of the member.
    """
    able = {step for (known, step), side in STEP_SIDES.items() if known is state and side in sides}
    if state is ChangeState.OFFERED and not proposed:
        able -= {ChangeStep.WITHDRAW}
    return frozenset(able)


def wish_fault(standing: Standing, wanted: int) -> str:
    """Why a line cannot have so many pieces, in German; empty where it can."""
    if wanted < standing.delivered:
        return (
            f"Davon sind schon {number(standing.delivered)} geliefert. "
            "Weniger geht nur bis zur gelieferten Menge."
        )
    if wanted > LARGEST_QUANTITY:
        return f"Die Menge muss zwischen 0 und {number(LARGEST_QUANTITY)} liegen."
    return ""


def part_fault(parts: int, cancelled: int, part: int | None) -> str:
    """Why a line split into so many parts cannot grow like that; empty where it can.

    Once pieces were cancelled nobody says which part they are missing from, so no part's account
    could be charged exactly.
    """
    if cancelled:
        return (
            "Diese Position ist aufgeteilt, und Stücke davon sind storniert. "
            "Mehr davon bestellen Sie bitte als neuen Abruf."
        )
    if part is None or not 1 <= part <= parts:
        return "Diese Position ist aufgeteilt. Bitte wählen Sie, welcher Teil mehr bekommt."
    return ""


def answer_fault(wish: Wish, said: Said, today: date) -> str:
    """What is wrong with an answer, in German; empty where nothing is."""
    if said.answer is not Answer.ACCEPTED and not said.reason:
        return "Bitte nennen Sie dem Mitglied den Grund."
    if said.answer is not Answer.OTHERWISE:
        return ""
    if wish.is_day:
        if said.day is None or said.day < today:
            return "Bitte nennen Sie den Tag, an dem geliefert werden kann, heute oder später."
        return ""
    least, most = sorted((wish.before or 0, wish.wanted or 0))
    if said.quantity is None or not least < said.quantity < most:
        return (
            f"Eine andere Menge liegt zwischen {number(least)} (wie bisher) und "
            f"{number(most)} (wie gewünscht). Sonst nehmen Sie an oder lehnen Sie ab."
            if most - least > 1
            else "Zwischen bisher und gewünscht liegt nichts. Nehmen Sie an oder lehnen Sie ab."
        )
    return ""


def step_of(answers: Sequence[Said]) -> ChangeStep:
    """What is not exactly what the member asked for needs its word."""
    kinds = {said.answer for said in answers}
    if kinds == {Answer.ACCEPTED}:
        return ChangeStep.ACCEPT
    return ChangeStep.REJECT if kinds == {Answer.REJECTED} else ChangeStep.OFFER


def quantity_after(wish: Wish, said: Said | None) -> int:
    """How many pieces the line has then; without an answer what is wished."""
    if said is None or said.answer is Answer.ACCEPTED:
        return wish.wanted or 0
    return (said.quantity if said.answer is Answer.OTHERWISE else wish.before) or 0


def day_after(wish: Wish, said: Said | None) -> date | None:
    """The same for the day."""
    if said is None or said.answer is Answer.ACCEPTED:
        return wish.wanted_day
    return said.day if said.answer is Answer.OTHERWISE else wish.day_before


def words_of(wish: Wish, name: str, said: Said | None) -> str:
    """`Notebook 14 Zoll: 10 → 12 Stück`; empty where nothing changes."""
    if wish.is_day:
        new = day_after(wish, said)
        if new is None or new == wish.day_before:
            return ""
        return f"Liefertermin: {_day(wish.day_before)} → {day(new)}"
    many = quantity_after(wish, said)
    return "" if many == wish.before else f"{name}: {wish.before} → {many} Stück"


def pieces_after(
    kept: Mapping[str, int], wishes: Sequence[tuple[Wish, Said | None]]
) -> dict[str, int]:
    """Every line's pieces once the wishes are met as answered."""
    changed = {wish.sku: quantity_after(wish, said) for wish, said in wishes if not wish.is_day}
    return {sku: changed.get(sku, many) for sku, many in kept.items()}


def _day(value: date | None) -> str:
    return "offen" if value is None else day(value)
