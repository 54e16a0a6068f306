"""One submission and what became of it: taken, waiting for evidence, or refused on record."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from app.budgets.rules import Account, Charge, NoFunds
from app.catalog.supplied import NO_TURNS, Turns
from app.eligibility.assess_case import Assessed
from app.eligibility.deciding.record_decision import Recorded
from app.eligibility.rules import Assessment
from app.frameworks.drawing.find_room import NoRoom
from app.frameworks.rules_ceiling import Bound
from app.kernel.legal_day import legal_day
from app.kernel.money import Money
from app.members.records import Member
from app.ordering.charging.charges import charges
from app.ordering.judge import promised_day
from app.ordering.price_lines import PricedLine
from app.ordering.rules import Move, State
from app.ordering.wanted import Actor, Wanted

WITHOUT_EFFECT: Final = (
    "Darüber hinaus hat die Rahmenvereinbarung keine Wirkung (EuGH C-23/20; § 21 VgV, § 132 GWB)."
)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One submission: who wants what for whom, at which prices, and the decision on it."""

    actor: Actor
    member: Member
    wanted: Wanted
    lines: tuple[PricedLine, ...]
    assessed: Assessed
    recorded: Recorded
    net: Money
    vat: Money
    now: datetime
    turns: Turns = NO_TURNS

    @property
    def at(self) -> datetime:
        """When it was ordered: on paper that was earlier than it is entered."""
        return self.now if self.wanted.on_paper is None else self.wanted.on_paper.ordered_at

    @property
    def day(self) -> date:
        return legal_day(self.at)

    @property
    def refusal(self) -> str | None:
        """The contract's code; missing evidence is none, such an order waits."""
        assessment = self.assessed.assessment
        if not assessment.may_submit and not assessment.needs_evidence:
            return assessment.code
        return next((line.refusal for line in self.lines if line.refusal), None)

    @property
    def state(self) -> State:
        waits = self.assessed.assessment.needs_evidence
        return State.BLOCKED_EVIDENCE if waits else State.IN_APPROVAL

    @property
    def move(self) -> Move:
        return Move.BLOCK if self.state is State.BLOCKED_EVIDENCE else Move.SUBMIT

    @property
    def charges(self) -> dict[Account, Money]:
        """What it costs gross by account."""
        wanted = self.wanted
        return charges(
            [line.coded for line in self.lines],
            wanted.shares,
            wanted.coding,
            self.net + self.vat,
            self.day.year,
        )

    @property
    def promised(self) -> date:
        return promised_day(self.lines, legal_day(self.now))


@dataclass(frozen=True, slots=True)
class Submitted:
    """The order is on record and waits: for approval, or for evidence."""

    number: str
    state: State
    recorded: Recorded
    attempt: Attempt
    charges: tuple[Charge, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """Not an error: a refusal whose decision the caller's transaction must keep."""

    code: str
    recorded: Recorded
    assessed: Assessed
    no_room: NoRoom | None = None
    lines: tuple[PricedLine, ...] = ()
    no_funds: NoFunds | None = None

    @property
    def assessment(self) -> Assessment:
        return self.assessed.assessment

    @property
    def text(self) -> str:
        """Why, in German."""
        return reason_of(self)


def reason_of(refused: Refused) -> str:
    """Why it was refused, in German sentences."""
    if refused.no_room is not None:
        return no_room_text(refused.no_room)
    if refused.no_funds is not None:
        return refused.no_funds.text
    if failed := refused.assessment.failed:
        return " ".join(f"{rule.text} ({rule.legal_basis})" for rule in failed)
    return " ".join(
        f"{line.article.name}: {line.obstacle}"
        for line in refused.lines
        if line.obstacle is not None
    )


def no_room_text(no_room: NoRoom) -> str:
    """The lot cannot take it: how much it could take, and why this is final."""
    if not no_room.running:
        return "Der Rahmenvertrag läuft heute nicht. Ein Abruf ist nicht möglich."
    left = _left(no_room)
    lot = f"Los {no_room.lot_number} ({no_room.lot_title})"
    match no_room.bound:
        case Bound.LOT:
            return f"Höchstmenge erreicht: In {lot} sind noch {left} frei. {WITHOUT_EFFECT}"
        case Bound.TOTAL:
            return (
                f"Höchstmenge erreicht: Über alle Lose zusammen sind noch {left} frei. "
                f"{WITHOUT_EFFECT}"
            )
        case Bound.ARTICLE:
            return (
                f"Höchstmenge erreicht: Von Artikel {no_room.sku} sind in {lot} noch {left} frei. "
                f"{WITHOUT_EFFECT}"
            )
        case Bound.QUOTA:
            return (
                f"Kontingent erreicht: Von {lot} sind für Ihre Organisation noch {left} frei. "
                "Die Vertragsbetreuung kann Ihr Kontingent ändern, solange das Los reicht."
            )


def _left(no_room: NoRoom) -> str:
    value, quantity = no_room.remaining_value, no_room.remaining_quantity
    parts = [
        *([] if value is None else [f"{value.text.replace('.', ',')} Euro netto"]),
        *([] if quantity is None else [f"{quantity} Stück"]),
    ]
    return " und ".join(parts)
