"""Moving what an order holds of its budgets, from what is on record of the order."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from app.budgets.funds import Because, book_held, budgets_of, hold_funds
from app.budgets.move_commitment import NOTHING_LEFT, move_commitment
from app.budgets.rules import Account, Charge, NoFunds
from app.budgets.warn_of_scarce import warn_of_scarce
from app.kernel.legal_day import legal_day
from app.kernel.money import Money
from app.ordering.charging.charges import charges_left
from app.ordering.records import CallOff, CallOffLine
from app.ordering.shares.rules_shares import CodedLine, Share
from app.ordering.shares.write_shares import shares_of


def hold_again(session: Session, found: CallOff, now: datetime) -> tuple[Charge, ...] | NoFunds:
    """An order that waited for evidence held nothing until now."""
    if not budgets_of(session, found.member_id):
        return ()
    held = hold_funds(session, found.member_id, _whole(session, found))
    if not isinstance(held, NoFunds) and held:
        book_held(session, found.member_id, held, Because(found.number, found.ordered_by), now)
        warn_of_scarce(session, found.member_id, found.number, held, now)
    return held


def release_charges(
    session: Session, found: CallOff, person_id: int | None, reason: str, now: datetime
) -> None:
    """All that the order still holds; what invoices took stays taken."""
    because = Because(found.number, person_id, reason=reason)
    move_commitment(session, found.member_id, found.number, NOTHING_LEFT, because, now)


def hold_only_the_rest(
    session: Session, found: CallOff, person_id: int, reason: str, now: datetime
) -> None:
    """After pieces were cancelled: what is left of the order, which is never more."""
    if not budgets_of(session, found.member_id):
        return
    kept = {line.sku: line.quantity - line.cancelled for line in found.lines}
    because = Because(found.number, person_id, reason=reason)
    left = charges_of(session, found, kept)
    move_commitment(session, found.member_id, found.number, left, because, now)


def charges_of(
    session: Session,
    found: CallOff,
    pieces: Mapping[str, int],
    grown: Sequence[Share] = (),
    new: Sequence[CallOffLine] = (),
) -> dict[Account, Money]:
    """What so many pieces of each line of the order cost by account, gross.

    `grown` are further parts that split lines are about to get, `new` lines that the order is.
    """
    more: dict[str, int] = {}
    for share in grown:
        more[share.sku] = more.get(share.sku, 0) + share.quantity
    lines = [_with_more(line, more.get(line.sku, 0)) for line in found.lines if line.sku in pieces]
    lines += [_coded(line, pieces[line.sku]) for line in new]
    shares = (*shares_of(session, found.id), *grown) if found.is_split else ()
    tax = (found.vat_percent, legal_day(found.submitted_at).year)
    return charges_left(lines, [pieces[line.sku] for line in lines], shares, found.coding, tax)


def _with_more(line: CallOffLine, more: int) -> CodedLine:
    """`more` pieces at the order's own price."""
    if more or line.replaced:
        return _coded(line, line.quantity + more)
    return CodedLine(line.sku, line.quantity, line.unit_price, line.net)


def _coded(line: CallOffLine, quantity: int) -> CodedLine:
    return CodedLine(line.sku, quantity, line.unit_price, line.unit_price.times(quantity))


def _whole(session: Session, found: CallOff) -> dict[Account, Money]:
    return charges_of(session, found, {line.sku: line.quantity for line in found.lines})
