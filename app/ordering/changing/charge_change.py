"""Moving what an order holds of its budgets to what it costs once a wish is met."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.budgets.funds import Because, budgets_of
from app.budgets.move_commitment import move_commitment
from app.budgets.rules import NoFunds
from app.ordering.changing.grow_share import grown_shares
from app.ordering.changing.lock_lots import lock_lots
from app.ordering.changing.new_lines import new_lines
from app.ordering.changing.records import CallOffChange
from app.ordering.changing.totals import pieces_after
from app.ordering.charging.move_charges import charges_of
from app.ordering.records import CallOff


def charge_change(
    session: Session, found: CallOff, change: CallOffChange, person_id: int, now: datetime
) -> NoFunds | None:
    """Up needs room, down gives back. Call it before the lines change."""
    if not budgets_of(session, found.member_id):
        return None
    # The order of locks: lots by id, then budgets; carrying the wish out draws on these lots.
    lock_lots(session, found)
    grown = grown_shares(session, found, change)
    pieces = pieces_after(found, change)
    amounts = charges_of(session, found, pieces, grown, new_lines(found, change))
    because = Because(found.number, person_id, reason=f"Änderung {change.position}")
    moved = move_commitment(session, found.member_id, found.number, amounts, because, now)
    return moved if isinstance(moved, NoFunds) else None
