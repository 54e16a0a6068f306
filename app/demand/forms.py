"""What browsers send about needs and rounds: syntax only."""

import re
from collections.abc import Mapping
from typing import Final

from app.demand.answer_round import Wanted
from app.demand.approve_quantities import Approved
from app.demand.decide_needs import Decision
from app.demand.open_round import RoundWish
from app.demand.report_need import NeedWish
from app.demand.rules import (
    DECIDED,
    LONGEST_TEXT,
    LONGEST_WHAT,
    MOST_MINUTES,
    MOST_PIECES,
    BoughtBy,
    NeedMove,
    RoundMove,
)
from app.frameworks.amending.forms import Sheet
from app.kernel.errors import FieldError

APPROVED: Final = re.compile(r"^approved-([0-9]{1,9})$")


def read_need(sent: Mapping[str, str]) -> NeedWish:
    """Raises Malformed with every wrong field."""
    sheet = Sheet(sent)
    wish = NeedWish(
        what=sheet.text("what", LONGEST_WHAT),
        quantity=sheet.needed_whole("quantity", MOST_PIECES, 1),
        needed_by=sheet.day("needed_by"),
        reason=sheet.text("reason", LONGEST_TEXT),
        bought_by=sheet.one_of("bought_by", BoughtBy),
        minutes_lost=sheet.whole("minutes_lost", MOST_MINUTES),
        estimated_net=sheet.possible_amount("estimated_net"),
        category=sheet.text("category", 80),
    )
    if not wish.what:
        sheet.errors.insert(0, FieldError("what", "missing", "Bitte nennen Sie, was Sie brauchen."))
    if not wish.reason:
        text = "Bitte sagen Sie in einem Satz, wofür."
        sheet.errors.append(FieldError("reason", "missing", text))
    sheet.done()
    return wish


def read_decision(sent: Mapping[str, str]) -> Decision:
    """Raises Malformed for a word that is no decision."""
    sheet = Sheet(sent)
    move = sheet.one_of("move", NeedMove)
    if move not in DECIDED and not sheet.errors:
        text = "Bitte wählen Sie, was aus dem Bedarf wird."
        sheet.errors.append(FieldError("move", "unknown", text))
    decision = Decision(
        move=move,
        reason=sheet.text("reason", LONGEST_TEXT),
        round_id=sheet.whole("round", 999_999_999, 1) if move is NeedMove.PLAN else None,
        sku=sheet.text("sku", 64) if move is NeedMove.OFFER else "",
    )
    sheet.done()
    return decision


def read_round(sent: Mapping[str, str]) -> tuple[RoundWish, list[FieldError]]:
    """With what cannot be read, so that all that is wrong with the form is named at once."""
    sheet = Sheet(sent)
    wish = RoundWish(
        title=sheet.text("title"),
        purpose=sheet.text("purpose", 200),
        period_from=sheet.day("period_from"),
        period_to=sheet.day("period_to"),
        deadline=sheet.day("deadline"),
        note=sheet.text("note", LONGEST_TEXT),
        category=sheet.text("category", 80),
    )
    return wish, sheet.errors


def read_answer(sent: Mapping[str, str]) -> Wanted:
    """Raises Malformed for what is no quantity."""
    sheet = Sheet(sent)
    wanted = Wanted(
        requested=sheet.needed_whole("requested", MOST_PIECES),
        note=sheet.text("note", LONGEST_TEXT),
    )
    sheet.done()
    return wanted


def read_approvals(sent: Mapping[str, str]) -> dict[int, Approved]:
    """By answer; an empty field leaves that answer undecided."""
    sheet = Sheet(sent)
    found = {}
    for name in sent:
        if named := APPROVED.match(name):
            quantity = sheet.whole(name, MOST_PIECES)
            if quantity is not None:
                reason = sheet.text(f"reason-{named[1]}", LONGEST_TEXT)
                found[int(named[1])] = Approved(quantity, reason)
    sheet.done()
    return found


def read_round_move(sent: Mapping[str, str]) -> tuple[RoundMove, str]:
    """The move and the reason that some need."""
    sheet = Sheet(sent)
    move = sheet.one_of("move", RoundMove)
    reason = sheet.text("reason", LONGEST_TEXT)
    sheet.done()
    return move, reason
