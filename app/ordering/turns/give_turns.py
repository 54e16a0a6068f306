"""Holding the suppliers of a new order to what its page showed, and putting them on record."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.catalog.supplied import NO_TURNS, Turns
from app.frameworks.awarding.award_supplier import award_supplier
from app.kernel.errors import Conflict
from app.ordering.price_lines import PricedLine, draws_of, price_lines, suppliers_of


class TurnMoved(Conflict):
    """Somebody else's order came in between: now it is another supplier's turn."""

    code = "price_not_valid"

    def __init__(self) -> None:
        super().__init__(
            "Während Sie bestellten, ging ein anderer Abruf ein; nach der Auswahlregel liefert nun "
            "ein anderer Auftragnehmer. Bitte prüfen Sie seine Preise und senden Sie noch einmal "
            "ab."
        )


def check_turns(
    session: Session, lines: Sequence[PricedLine], on: date, turns: Turns = NO_TURNS
) -> None:
    """Asked again once the lots are locked. Raises TurnMoved; a single supplier costs nothing."""
    several = [line for line in lines if line.supplied is not None]
    if not several:
        return
    wanted = {line.article.sku: line.quantity for line in several}
    terms = {line.article.sku: line.article.term for line in several if line.article.term}
    again = price_lines(session, wanted, on, terms, visible=None, turns=turns)
    if _names(again) != _names(several):
        raise TurnMoved


def give_turns(
    session: Session, lines: tuple[PricedLine, ...], member_id: int, number: str, now: datetime
) -> None:
    """From here on each lot's part counts as given to its supplier."""
    chosen = {one.lot_id: one.choice for one in suppliers_of(lines)}
    if not chosen:
        return
    framework_id = lines[0].article.framework_id
    awarded = [
        (draw, chosen[draw.lot_id]) for draw in draws_of(lines, member_id) if draw.lot_id in chosen
    ]
    award_supplier(session, framework_id, awarded, number, now)


def _names(lines: Sequence[PricedLine]) -> dict[int, int]:
    return {one.lot_id: one.choice.supplier.id for one in suppliers_of(lines)}
