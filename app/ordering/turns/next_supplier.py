"""Who delivers an order whose supplier is out: the next one, at the prices that were approved."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from app.catalog.queries import OrderableArticle, orderable_articles
from app.catalog.supplied import Supplied, Turns, supplied_by
from app.frameworks.awarding.award_supplier import award_supplier
from app.frameworks.awarding.end_award import end_award
from app.frameworks.awarding.suppliers import passed_over, standing_awards, stands
from app.frameworks.records import Framework
from app.frameworks.supplier_choice import (
    NOBODY_LEFT,
    AwardEvent,
    CallOffMode,
    Choice,
    NoSupplier,
)
from app.kernel.german import euro
from app.kernel.legal_day import legal_day
from app.kernel.money import Money
from app.ordering.act import draws
from app.ordering.records import CallOff, CallOffLine


def next_supplier(
    session: Session, found: CallOff, lot_id: int, now: datetime
) -> Choice | NoSupplier:
    """By the published rule, among those that stand today and cost what the order says.

    Nobody is given an order at a price that nobody approved: then it is NoSupplier, with what
    the next one would cost and what to do.
    """
    lines = [line for line in found.lines if line.lot_id == lot_id and line.kept]
    turns = Turns({lot_id: passed_over(session, found.number, lot_id)}, standing_on=legal_day(now))
    quantities = {line.sku: line.quantity for line in lines}
    known = _as_ordered(session, found, lines)
    ordered_on = legal_day(found.submitted_at)
    articles, chosen = supplied_by(session, known, quantities, ordered_on, turns)
    supplied = chosen.get(lot_id)
    if not isinstance(supplied, Supplied):
        return supplied or NoSupplier("no_supplier", NOBODY_LEFT)
    choice = supplied.choice
    costs = {sku: one.unit_price for sku, one in articles.items()}
    if all(costs[line.sku] == line.unit_price for line in lines):
        return choice
    price = Money.total(
        unit.times(line.kept) for line in lines if (unit := costs[line.sku]) is not None
    )
    return NoSupplier("price_not_valid", _other_price(choice, price, lines))


def keep_suppliers(session: Session, found: CallOff, now: datetime) -> NoSupplier | None:
    """Whoever was chosen at submission and still stands keeps the order; the others are replaced.

    None where every lot has somebody. Costs no statement where the agreement has one supplier.
    """
    framework = session.get_one(Framework, found.framework_id)
    if framework.call_off_mode is CallOffMode.DIRECT:
        return None
    standing = standing_awards(session, found.number)
    for draw in draws([line for line in found.lines if not line.is_free]):
        seen = standing.get(draw.lot_id)
        if seen is not None and stands(seen.supplier, legal_day(now)):
            continue
        # Two orders at once would count the same turn twice; this row puts them in line.
        session.refresh(framework, with_for_update=True)
        with session.begin_nested() as attempt:
            # First, so that whoever takes this place does not answer for this very order.
            if seen is not None:
                gone = f"{seen.supplier.name} ist nicht mehr Auftragnehmer."
                event = AwardEvent.RETURNED
                end_award(session, found.number, [draw], event, now, reason=gone, person_id=None)
            choice = next_supplier(session, found, draw.lot_id, now)
            if isinstance(choice, NoSupplier):
                attempt.rollback()
                return choice
        award_supplier(session, framework.id, [(draw, choice)], found.number, now)
    return None


def _as_ordered(
    session: Session, found: CallOff, lines: Sequence[CallOffLine]
) -> dict[str, OrderableArticle]:
    """The articles with the catalog's prices of that day, even if they left the catalog since."""
    quantities = {line.sku: line.quantity for line in lines}
    terms = {line.sku: line.term for line in lines if line.term is not None}
    known = orderable_articles(session, quantities, legal_day(found.submitted_at), terms)
    return {
        line.sku: article
        if article.refusal is None
        else replace(article, refusal=None, unit_price=line.unit_price, rate=line.rate)
        for line in lines
        if (article := known.get(line.sku)) is not None
    }


def _other_price(choice: Choice, price: Money, lines: Sequence[CallOffLine]) -> str:
    before = Money.total(line.unit_price.times(line.kept) for line in lines)
    return (
        f"Als Nächster ist {choice.supplier.name} an der Reihe, zu anderen Preisen: netto "
        f"{euro(price)} statt {euro(before)}. Dazu ist der Abruf nicht genehmigt: Bitte stornieren "
        f"und über „Erneut bestellen“ zu den Preisen von {choice.supplier.name} aufgeben."
    )
