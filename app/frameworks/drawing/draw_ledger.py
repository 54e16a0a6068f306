"""What is drawn on a lot, why, and writing it into the ledger."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.database.together import write
from app.frameworks.drawing.draw_statements import BOOK, LOCK_LOTS, WRITE_DOWN
from app.frameworks.drawing.draw_steps import Step
from app.kernel.money import Money


@dataclass(frozen=True, slots=True)
class Draw:
    """What an order of a member takes from one lot: net value and pieces, also by article."""

    lot_id: int
    value: Money
    quantity: int
    member_id: int | None = None
    by_article: tuple[tuple[str, int], ...] = ()

    def and_also(self, other: "Draw") -> "Draw":
        """Both draws on the same lot as one."""
        return Draw(
            self.lot_id,
            self.value + other.value,
            self.quantity + other.quantity,
            self.member_id,
            (*self.by_article, *other.by_article),
        )


@dataclass(frozen=True, slots=True)
class Because:
    """Why a lot was moved: the number of the order, or who says so and for what reason."""

    subject: str
    person_id: int | None = None
    reason: str = ""


def write_down(
    session: Session, draws: Sequence[Draw], step: Step, because: Because, now: datetime
) -> None:
    write(session, WRITE_DOWN, *(_row(one, step, because, now) for one in draws))


def book(
    session: Session, draws: Sequence[Draw], step: Step, because: Because, now: datetime
) -> list[int]:
    """The entries' ids in the order of `draws`; the lots are locked, so ids grow per lot."""
    connection = session.connection()
    connection.execute(LOCK_LOTS, {"lots": [one.lot_id for one in draws]})
    rows = (_row(one, step, because, now) for one in draws)
    return [connection.execute(BOOK, row).scalar_one() for row in rows]


def _row(draw: Draw, step: Step, because: Because, now: datetime) -> dict[str, object]:
    return {
        "lot_id": draw.lot_id,
        "move": step.move,
        "subject": because.subject,
        "reserved_value": draw.value * step.reserved,
        "called_off_value": draw.value * step.called_off,
        "reserved_quantity": draw.quantity * step.reserved,
        "called_off_quantity": draw.quantity * step.called_off,
        "member_id": draw.member_id,
        "person_id": because.person_id,
        "reason": because.reason,
        "at": now,
    }
