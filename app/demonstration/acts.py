"""What people do in the demonstration, each act by the use case that the pages call too."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from app.database.tenant import EVERY_MEMBER
from app.demonstration.cast import Cast, Orderer
from app.demonstration.plan import Need, Spent
from app.demonstration.shelf import Shelf
from app.documents.invoice.einvoice import Issuer
from app.fulfilment.receive_goods import receive_goods
from app.fulfilment.record_delivery import record_delivery
from app.fulfilment.rules import DeliveredLine
from app.invoicing.issue_invoice import issue_invoice
from app.ordering.comment_on_call_off import comment_on_call_off
from app.ordering.note_time import note_time
from app.ordering.placing.submit_call_off import submit_call_off
from app.ordering.queries import lock_call_off
from app.ordering.records import CallOff, CallOffLine
from app.ordering.rules import Side
from app.ordering.signing.conditions import ConditionNotAcknowledged
from app.ordering.steps.approve_call_off import (
    Blocked,
    Placed,
    StepApproved,
    approve_call_off,
)
from app.ordering.steps.cancel_call_off import cancel_call_off
from app.ordering.steps.complete_call_off import complete_call_off
from app.ordering.steps.confirm_call_off import confirm_call_off
from app.ordering.steps.reject_call_off import reject_call_off
from app.ordering.submission import Refused, Submitted
from app.ordering.wanted import Wanted

ORDER, APPROVAL, RECEIPT, INVOICE = "order", "approval", "receipt", "invoice"
CHANGED: Final = "Der Bedarf hat sich geändert (Demonstrationsdaten)."
NO_FUNDS: Final = "Die Mittel sind in diesem Monat schon verplant (Demonstrationsdaten)."


QUESTION: Final = "Wann kommt das fehlende Stück? (Demonstrationsdaten)"
ANSWER: Final = "Es ist für die nächste Woche zugesagt. (Demonstrationsdaten)"


@dataclass(frozen=True, slots=True)
class Stage:
    """Session, people, shelves and words: everything the acts have in common."""

    session: Session
    cast: Cast
    shelves: dict[Need, Shelf]
    purposes: dict[str, tuple[str, ...]]
    categories: dict[str, str]
    issuer: Issuer


@dataclass(frozen=True, slots=True)
class Entry:
    """One order about to be submitted."""

    orderer: Orderer
    need: Need
    pick: int
    outside_minutes: int | None = None
    quantities: dict[str, int] | None = None


def submit(stage: Stage, entry: Entry, at: datetime) -> Submitted | Refused:
    """A refusal is an outcome too: it stays on record."""
    quantities = entry.quantities or stage.shelves[entry.need].basket(entry.pick)
    wanted = Wanted(
        quantities=quantities,
        purpose=purpose_of(stage, next(iter(quantities)), entry.pick),
        product_account=entry.orderer.account,
        deliver_to=entry.orderer.deliver_to,
        unit_id=entry.orderer.unit_id,
        offline_minutes=entry.outside_minutes,
    )
    member_id = entry.orderer.actor.member_id or 0
    return submit_call_off(stage.session, entry.orderer.actor, member_id, wanted, at)


def purpose_of(stage: Stage, sku: str, pick: int) -> str:
    """Words that fit the main article, the same for the same pick."""
    purposes = stage.purposes.get(stage.categories.get(sku, "")) or stage.purposes["other"]
    return purposes[pick % len(purposes)]


def submitted(stage: Stage, entry: Entry, at: datetime) -> str:
    """The number of an order that must be taken; anything else is a fault of the data."""
    match submit(stage, entry, at):
        case Submitted(number=number):
            return number
        case Refused(code=code, assessment=assessment):
            reasons = " ".join(rule.text for rule in assessment.failed)
            raise LookupError(f"the demonstration's own order was refused: {code} {reasons}")


def spend(stage: Stage, number: str, stage_name: str, seconds: int, at: datetime) -> None:
    """Measured time of one stage, labelled as demonstration by the order itself."""
    note_time(stage.session, _locked(stage, number).id, stage_name, seconds, at)


def approve(stage: Stage, number: str, spent: Spent, at: datetime) -> None:
    """An order of the past is placed at once; anything else is a fault of the data."""
    spend(stage, number, APPROVAL, spent.approval, at)
    try:
        outcome = _decide(stage, number, at)
    except ConditionNotAcknowledged as asked:
        outcome = _decide(stage, number, at, asked.rules)
    match outcome:
        case Blocked(code=code):
            raise LookupError(f"the demonstration's own order was blocked: {code}")
        case Placed() | StepApproved():
            return


def _decide(
    stage: Stage, number: str, at: datetime, acknowledged: tuple[str, ...] = ()
) -> Placed | Blocked | StepApproved:
    cast = stage.cast
    return approve_call_off(
        stage.session, cast.approver, number, cast.tenant, at, acknowledged=acknowledged
    )


def reject(stage: Stage, number: str, spent: Spent, at: datetime) -> None:
    spend(stage, number, APPROVAL, spent.approval, at)
    reject_call_off(
        stage.session, stage.cast.approver, number, stage.cast.tenant, at, reason=NO_FUNDS
    )


def cancel(stage: Stage, number: str, orderer: Orderer, at: datetime) -> None:
    cancel_call_off(
        stage.session,
        orderer.actor,
        number,
        stage.cast.tenant,
        at,
        side=Side.ORDERER,
        reason=CHANGED,
    )


def confirm(stage: Stage, number: str, at: datetime) -> None:
    confirm_call_off(stage.session, stage.cast.desk, number, EVERY_MEMBER, at)


def deliver(stage: Stage, number: str, at: datetime, *, partly: bool = False) -> None:
    """Everything, or (`partly`) one piece less than is open on the first line."""
    found = _locked(stage, number)
    lines = tuple(
        _delivered(found, line, partly=partly and position == 0)
        for position, line in enumerate(found.lines)
    )
    wanted = tuple(line for line in lines if line.quantity)
    record_delivery(stage.session, found, wanted, stage.cast.desk, at)


def receive(stage: Stage, number: str, orderer: Orderer, spent: Spent, at: datetime) -> None:
    receive_goods(stage.session, _locked(stage, number), None, orderer.actor, at)
    spend(stage, number, RECEIPT, spent.receipt, at)


def ask(stage: Stage, number: str, orderer: Orderer, at: datetime) -> None:
    """The member asks after the rest, the desk answers."""
    comment_on_call_off(
        stage.session,
        orderer.actor,
        number,
        stage.cast.tenant,
        at,
        side=Side.ORDERER,
        text=QUESTION,
    )
    comment_on_call_off(
        stage.session,
        stage.cast.desk,
        number,
        EVERY_MEMBER,
        at + timedelta(minutes=40),
        side=Side.DESK,
        text=ANSWER,
    )


def invoice(stage: Stage, number: str, at: datetime) -> None:
    issue_invoice(stage.session, stage.cast.desk, number, EVERY_MEMBER, stage.issuer, at)


def complete(stage: Stage, number: str, orderer: Orderer, spent: Spent, at: datetime) -> None:
    spend(stage, number, INVOICE, spent.invoice, at)
    complete_call_off(stage.session, orderer.actor, number, stage.cast.tenant, at)


def _locked(stage: Stage, number: str) -> CallOff:
    return lock_call_off(stage.session, number, EVERY_MEMBER)


def _delivered(found: CallOff, line: CallOffLine, *, partly: bool) -> DeliveredLine:
    quantity = line.outstanding - 1 if partly else line.outstanding
    serials: tuple[str, ...] = ()
    if line.serial_numbers:
        first = line.delivered + 1
        serials = tuple(
            f"DEMO{found.id:05}{line.position:02}{piece:03}"
            for piece in range(first, first + quantity)
        )
    return DeliveredLine(line.sku, quantity, serials)
