"""What all moves of a call-off share: the version that was seen, who may, and the trace."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from app.audit.append import Happening, append, member_stream
from app.database.tenant import EVERY_MEMBER
from app.frameworks.drawing.draw import Draw
from app.kernel.errors import Conflict, FieldError, Malformed, NotAllowed
from app.members.queries import member_of
from app.ordering.records import CallOff, CallOffLine
from app.ordering.rules import SIDES, IllegalMove, Move, Side
from app.ordering.wanted import Actor

LONGEST_REASON = 1000


class StaleVersion(Conflict):
    """The page showed an older state than the one that holds now."""

    code = "stale_version"

    def __init__(self) -> None:
        super().__init__(
            "Jemand anderes hat diesen Abruf inzwischen geändert. "
            "Prüfen Sie den neuen Stand und entscheiden Sie dann."
        )


def check_version(found: CallOff, seen: int | None) -> None:
    """`seen` is the version on the page or in the request; None means: whatever holds now."""
    if seen is not None and seen != found.version:
        raise StaleVersion


def check_side(found: CallOff, move: Move, side: Side) -> None:
    """IllegalMove where the state forbids it, NotAllowed where only this side may not."""
    allowed = SIDES.get((found.state, move))
    if allowed is None:
        raise IllegalMove(found.state, move)
    if side not in allowed:
        raise NotAllowed("Dieser Schritt liegt beim jetzigen Stand nicht bei Ihnen.")


def needed_reason(reason: str, field: str = "reason") -> str:
    """The reason, trimmed. Malformed where there is none or it is too long."""
    text = reason.strip()
    if not text:
        raise Malformed(FieldError(field, "missing", "Bitte nennen Sie den Grund."))
    if len(text) > LONGEST_REASON:
        sentence = f"Der Grund darf höchstens {LONGEST_REASON} Zeichen haben."
        raise Malformed(FieldError(field, "too_long", sentence))
    return text


def record_move(  # noqa: PLR0913 - who did what when and why
    session: Session,
    found: CallOff,
    move: Move,
    actor: Actor,
    side: Side,
    now: datetime,
    *,
    reason: str = "",
    payload: dict[str, object] | None = None,
) -> None:
    """Make the move and put it on the member's chain; call it last in a use case."""
    left = found.state
    found.make(move, actor.person_id, side, now, reason)
    session.flush()
    happening = Happening(
        f"call_off.{move.value}",
        found.number,
        actor.name,
        {"from": left.value, "to": found.state.value, "reason": reason, **(payload or {})},
    )
    key = member_of(session, EVERY_MEMBER, found.member_id).key
    append(session, member_stream(key), now, happening)


def draws(lines: Sequence[CallOffLine]) -> tuple[Draw, ...]:
    """What the lines hold of each lot: whole lines."""
    return per_lot([line.draw(line.quantity, line.quantity) for line in lines])


def outstanding_draws(lines: Sequence[CallOffLine]) -> tuple[Draw, ...]:
    """What the undelivered part of the lines holds of each lot."""
    return per_lot([line.draw(line.outstanding, line.kept) for line in lines if line.outstanding])


def per_lot(parts: Iterable[Draw]) -> tuple[Draw, ...]:
    """One draw per lot, by lot id."""
    drawn: dict[int, Draw] = {}
    for part in parts:
        before = drawn.get(part.lot_id)
        drawn[part.lot_id] = part if before is None else before.and_also(part)
    return tuple(drawn[lot_id] for lot_id in sorted(drawn))
