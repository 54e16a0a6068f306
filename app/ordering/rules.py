"""The states of a call-off and the moves between them: one table decides everywhere."""

from datetime import date, timedelta
from enum import StrEnum
from itertools import product
from typing import Final

from app.kernel.errors import Conflict


class State(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    IN_APPROVAL = "in_approval"
    APPROVED = "approved"
    BLOCKED_EVIDENCE = "blocked_evidence"
    PLACED = "placed"
    CONFIRMED = "confirmed"
    PARTIALLY_DELIVERED = "partially_delivered"
    DELIVERED = "delivered"
    INVOICED = "invoiced"
    COMPLETED = "completed"
    REJECTED = "rejected"
    CANCELLED = "cancelled"


# German words for exports; pages show the same through templates/ui/tag.html.
STATE_WORDS: Final[dict[State, str]] = {
    State.DRAFT: "Entwurf",
    State.SUBMITTED: "eingereicht",
    State.IN_APPROVAL: "in Genehmigung",
    State.APPROVED: "genehmigt",
    State.BLOCKED_EVIDENCE: "Nachweis fehlt",
    State.PLACED: "beauftragt",
    State.CONFIRMED: "bestätigt",
    State.PARTIALLY_DELIVERED: "teilgeliefert",
    State.DELIVERED: "geliefert",
    State.INVOICED: "abgerechnet",
    State.COMPLETED: "abgeschlossen",
    State.REJECTED: "abgelehnt",
    State.CANCELLED: "storniert",
}


class Move(StrEnum):
    SUBMIT = "submit"
    APPROVE = "approve"
    PLACE = "place"
    BLOCK = "block"
    REJECT = "reject"
    CONFIRM = "confirm"
    CANCEL = "cancel"
    DELIVER_PART = "deliver_part"
    DELIVER_ALL = "deliver_all"
    INVOICE = "invoice"
    REOPEN_INVOICE = "reopen_invoice"
    COMPLETE = "complete"
    CHANGE = "change"


class Side(StrEnum):
    """Who makes a move: the member's orderer or approver, the desk, or the portal itself."""

    ORDERER = "orderer"
    APPROVER = "approver"
    DESK = "desk"
    PORTAL = "portal"


MOVES: Final[dict[tuple[State, Move], State]] = {
    (State.DRAFT, Move.SUBMIT): State.IN_APPROVAL,
    (State.DRAFT, Move.BLOCK): State.BLOCKED_EVIDENCE,
    (State.BLOCKED_EVIDENCE, Move.SUBMIT): State.IN_APPROVAL,
    (State.BLOCKED_EVIDENCE, Move.CANCEL): State.CANCELLED,
    (State.IN_APPROVAL, Move.PLACE): State.PLACED,
    (State.IN_APPROVAL, Move.APPROVE): State.APPROVED,
    (State.IN_APPROVAL, Move.REJECT): State.REJECTED,
    (State.IN_APPROVAL, Move.CANCEL): State.CANCELLED,
    (State.APPROVED, Move.PLACE): State.PLACED,
    (State.APPROVED, Move.CANCEL): State.CANCELLED,
    (State.PLACED, Move.CONFIRM): State.CONFIRMED,
    (State.PLACED, Move.CANCEL): State.CANCELLED,
    (State.PLACED, Move.CHANGE): State.PLACED,
    (State.CONFIRMED, Move.CHANGE): State.CONFIRMED,
    (State.PARTIALLY_DELIVERED, Move.CHANGE): State.PARTIALLY_DELIVERED,
    (State.CONFIRMED, Move.DELIVER_PART): State.PARTIALLY_DELIVERED,
    (State.CONFIRMED, Move.DELIVER_ALL): State.DELIVERED,
    (State.CONFIRMED, Move.CANCEL): State.CANCELLED,
    (State.PARTIALLY_DELIVERED, Move.DELIVER_PART): State.PARTIALLY_DELIVERED,
    (State.PARTIALLY_DELIVERED, Move.DELIVER_ALL): State.DELIVERED,
    (State.PARTIALLY_DELIVERED, Move.CANCEL): State.DELIVERED,
    (State.DELIVERED, Move.INVOICE): State.INVOICED,
    (State.INVOICED, Move.REOPEN_INVOICE): State.DELIVERED,
    (State.INVOICED, Move.COMPLETE): State.COMPLETED,
    (State.COMPLETED, Move.REOPEN_INVOICE): State.DELIVERED,
}

# Who may make which move from which state; what the portal does by itself stands last.
SIDES: Final[dict[tuple[State, Move], frozenset[Side]]] = {
    (State.BLOCKED_EVIDENCE, Move.SUBMIT): frozenset({Side.ORDERER}),
    (State.BLOCKED_EVIDENCE, Move.CANCEL): frozenset({Side.ORDERER}),
    (State.IN_APPROVAL, Move.PLACE): frozenset({Side.APPROVER}),
    (State.IN_APPROVAL, Move.REJECT): frozenset({Side.APPROVER}),
    (State.IN_APPROVAL, Move.CANCEL): frozenset({Side.ORDERER, Side.PORTAL}),
    (State.APPROVED, Move.PLACE): frozenset({Side.APPROVER}),
    (State.APPROVED, Move.CANCEL): frozenset({Side.ORDERER, Side.PORTAL}),
    (State.PLACED, Move.CONFIRM): frozenset({Side.DESK}),
    (State.PLACED, Move.CANCEL): frozenset({Side.ORDERER, Side.DESK}),
    (State.CONFIRMED, Move.CANCEL): frozenset({Side.DESK}),
    (State.PARTIALLY_DELIVERED, Move.CANCEL): frozenset({Side.DESK}),
    (State.INVOICED, Move.COMPLETE): frozenset({Side.ORDERER}),
}

# The contract calls the approver's move `approve`, although it places in the same breath.
PUBLIC_NAMES: Final[dict[Move, str]] = {Move.PLACE: "approve"}

FINAL: Final = frozenset({State.COMPLETED, State.REJECTED, State.CANCELLED})
RUNNING: Final = tuple(state for state in State if state not in FINAL and state is not State.DRAFT)
ON_RECORD: Final = tuple(state for state in State if state is not State.DRAFT)
HOLDS_RESERVATION: Final = frozenset({State.IN_APPROVAL, State.APPROVED})
HOLDS_CALL_OFF: Final = frozenset({State.PLACED, State.CONFIRMED, State.PARTIALLY_DELIVERED})


class IllegalMove(Conflict):
    """The table of moves knows no such move from this state."""

    code = "illegal_move"

    def __init__(self, state: State, move: Move) -> None:
        super().__init__("Das ist beim jetzigen Stand dieses Abrufs nicht mehr möglich.")
        self.state = state
        self.move = move


def after(state: State, move: Move) -> State:
    """The state that `move` leads to."""
    try:
        return MOVES[state, move]
    except KeyError:
        raise IllegalMove(state, move) from None


def open_moves(state: State, sides: frozenset[Side]) -> tuple[Move, ...]:
    """What somebody on these sides may do now: the same table shows buttons and checks moves."""
    return tuple(
        move
        for known, move in product([state], Move)
        if SIDES.get((known, move), frozenset()) & sides
    )


def held_until(submitted_on: date, reservation_days: int) -> date:
    """The last day on which an order that nobody has decided on keeps its reservation."""
    return submitted_on + timedelta(days=reservation_days)


def public_name(move: Move) -> str:
    return PUBLIC_NAMES.get(move, move.value)
