"""One order of what is in no price list: at a supplier's quote, waiting for approval."""

from datetime import datetime, timedelta
from typing import Final

from app.demonstration.acts import Entry, Stage, submitted
from app.demonstration.demonstration_paper import demonstration_paper
from app.demonstration.plan import Buyer, Need
from app.kernel.legal_day import legal_day
from app.kernel.unit_price import UnitPrice
from app.ordering.basket.contents import Owner
from app.ordering.enter_free_position import enter_free_position
from app.ordering.quoting.queries import open_lots_of
from app.ordering.quoting.rules_quotes import FreeWish

PIECES: Final = 4
PRICE: Final = UnitPrice.euros("189.90")
NAME: Final = "Wandhalterung für Monitore bis 75 Zoll, neigbar"
REASON: Final = (
    "Zubehör zu den Monitoren des Vertrags; die Preisliste führt nur Tischständer "
    "(Demonstrationsdaten)."
)


def show_free_positions(stage: Stage, start: datetime) -> int:
    """In the first lot with an open assortment that the city may order from; how many."""
    member_id, today = stage.cast.member.id, legal_day(start)
    lots = open_lots_of(stage.session, member_id, today)
    if not lots:
        return 0
    orderer = stage.cast.buyers[Buyer.IT]
    dated = today - timedelta(days=6)
    wish = FreeWish(
        lot_id=lots[0].id,
        name=NAME,
        manufacturer="",
        quantity=PIECES,
        unit_price=PRICE,
        tax_percent=19,
        reason=REASON,
        supplier=lots[0].suppliers[0],
        quote_number=f"AN-{dated.year}-0815",
        quote_date=dated,
        quote_valid_until=today + timedelta(days=40),
    )
    owner = Owner(member_id, orderer.actor.person_id)
    paper = ("angebot.pdf", demonstration_paper(f"Angebot {wish.quote_number}", dated))
    position = enter_free_position(stage.session, owner, wish, paper, start)
    entry = Entry(orderer, next(iter(Need)), 1, quantities={position.number: PIECES})
    submitted(stage, entry, start)
    return 1
