"""What `/api/v1/call-offs/{number}/changes` takes and gives; unknown fields are refused."""

from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from app.ordering.changing.enter_change import ChangeWish
from app.ordering.changing.make_step import STEP_NAMES
from app.ordering.changing.records import CallOffChange
from app.ordering.changing.rules import Answer, ChangeState, Said
from app.ordering.shares.rules_shares import MOST_SHARES
from app.ordering.wanted import LARGEST_QUANTITY, MOST_LINES
from app.web.sent_body import SentBody

Reason = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000)]
Sku = Annotated[str, StringConstraints(strip_whitespace=True, max_length=64)]
Pieces = Annotated[int, Field(strict=True, ge=0, le=LARGEST_QUANTITY)]


class LineChange(SentBody):
    sku: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=64)]
    quantity: Annotated[Pieces, Field(description="so viele insgesamt; 0 storniert die Position")]
    part: Annotated[
        int | None,
        Field(
            strict=True, ge=1, le=MOST_SHARES, description="welcher Teil einer Aufteilung wächst"
        ),
    ] = None
    by_successor: Annotated[
        bool,
        Field(
            strict=True,
            description="nur als Vorschlag: Was noch aussteht, kommt als freigegebener Nachfolger",
        ),
    ] = False


class ChangeWanted(SentBody):
    """Other quantities, or another day for everything that is still to come."""

    lines: Annotated[list[LineChange], Field(max_length=MOST_LINES)] = Field(default_factory=list)
    requested_date: date | None = None
    reason: Reason
    version: Annotated[int | None, Field(description="die Version, die Sie gesehen haben")] = None

    def wish(self) -> ChangeWish:
        pieces = {line.sku: line.quantity for line in self.lines}
        parts = {line.sku: line.part for line in self.lines if line.part is not None}
        successors = frozenset(line.sku for line in self.lines if line.by_successor)
        return ChangeWish(pieces, self.reason, self.requested_date, self.version, parts, successors)


class AnswerWanted(SentBody):
    sku: Annotated[Sku, Field(description="leer für den Liefertermin")] = ""
    answer: Answer
    quantity: Pieces | None = None
    date_offered: date | None = None
    reason: Reason = ""

    def said(self) -> Said:
        return Said(self.answer, self.quantity, self.date_offered, self.reason)


class ChangeStepWanted(SentBody):
    """`answers` belong to `answer`, one for every line of the wish."""

    move: Annotated[str, Field(json_schema_extra={"enum": [*STEP_NAMES]})]
    reason: Reason = ""
    acknowledged: Annotated[
        list[Annotated[str, StringConstraints(max_length=60)]], Field(max_length=50)
    ] = Field(default_factory=list)
    answers: Annotated[list[AnswerWanted], Field(max_length=MOST_LINES)] = Field(
        default_factory=list
    )


class ChangedLineGiven(BaseModel):
    sku: str
    quantity_before: int | None
    quantity_wanted: int | None
    part: int | None
    replaces: Annotated[str | None, Field(description="wessen Nachfolger diese Position ist")]
    unit_price_net: Annotated[str | None, Field(description="eines Nachfolgers, je Stück")]
    date_before: date | None
    date_wanted: date | None
    answer: Answer | None
    quantity_offered: int | None
    date_offered: date | None
    reason: str


class ChangeGiven(BaseModel):
    """One wish; `sku` of a line is empty where the whole order's day is meant."""

    position: int
    proposed_by_desk: bool
    state: ChangeState
    reason: str
    asked_at: datetime
    closed_at: datetime | None
    lines: list[ChangedLineGiven]


class ChangeList(BaseModel):
    items: list[ChangeGiven]
    total: int
    next: str | None


def change_given(change: CallOffChange) -> ChangeGiven:
    return ChangeGiven(
        position=change.position,
        proposed_by_desk=change.is_proposed,
        state=change.state,
        reason=change.reason,
        asked_at=change.asked_at,
        closed_at=change.closed_at,
        lines=[
            ChangedLineGiven(
                sku=item.sku,
                quantity_before=item.before,
                quantity_wanted=item.wanted,
                part=item.part,
                replaces=None if item.successor is None else item.successor.replaces_sku,
                unit_price_net=None if item.successor is None else item.successor.unit_price.text,
                date_before=item.day_before,
                date_wanted=item.wanted_day,
                answer=None if item.answer is None else item.answer.answer,
                quantity_offered=None if item.answer is None else item.answer.quantity,
                date_offered=None if item.answer is None else item.answer.day,
                reason="" if item.answer is None else item.answer.reason,
            )
            for item in change.items
        ],
    )
