"""What a change that is to be decided does to ceilings and budgets, in words."""

from sqlalchemy.orm import Session

from app.budgets.queries import BudgetEffect
from app.budgets.rules import Limit
from app.kernel.german import euro
from app.kernel.money import NOTHING, Money
from app.ordering.changing.grow_share import grown_shares
from app.ordering.changing.growth import growth_draws
from app.ordering.changing.new_lines import new_lines
from app.ordering.changing.records import CallOffChange
from app.ordering.changing.totals import pieces_after
from app.ordering.charging.effects_of import order_budgets
from app.ordering.charging.move_charges import charges_of
from app.ordering.effects import Effect
from app.ordering.queries import lots_of
from app.ordering.records import CallOff


def effects_of_change(
    session: Session, found: CallOff, change: CallOffChange
) -> tuple[Effect, ...]:
    """Reads only. Room in the lots is reserved already; budgets are charged with the decision."""
    drawn = {one.lot_id for one in growth_draws(found, change)}
    lots = [
        Effect(
            "info",
            "Höchstwert",
            f"Los {lot.number} {lot.title}: Mit dieser Änderung sind noch "
            f"{euro(lot.remaining_value)} von {euro(lot.maximum_value)} frei.",
        )
        for lot in (lots_of(session, drawn) if drawn else ())
    ]
    return (*lots, *_budgets(session, found, change))


def _budgets(session: Session, found: CallOff, change: CallOffChange) -> tuple[Effect, ...]:
    held = order_budgets(session, found)
    if not held:
        return ()
    grown = grown_shares(session, found, change)
    pieces = pieces_after(found, change)
    amounts = charges_of(session, found, pieces, grown, new_lines(found, change))
    changed = [(one, amounts.get(one.account, NOTHING) - one.amount) for one in held]
    return tuple(_budget(one, more) for one, more in changed if more != NOTHING)


def _budget(one: BudgetEffect, more: Money) -> Effect:
    after = one.now.remaining - more
    account = f"Konto {one.account.text}"
    if more < NOTHING:
        text = f"{account}: {euro(-more)} gehen zurück, danach sind {euro(after)} frei."
        return Effect("ok", "Budget", text)
    if after >= NOTHING:
        text = f"{account}: {euro(more)} mehr, danach sind {euro(after)} frei."
        return Effect("ok", "Budget", text)
    over = f"{account}: {euro(more)} mehr; das sind {euro(-after)} über dem Ansatz."
    if one.limit is Limit.HARD:
        return Effect("bad", "Nicht genug Mittel", over)
    return Effect("warn", "Das Budget wird überschritten", over)
