"""An open assortment, and free positions with a quote, made by the real use cases."""

from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from app.frameworks.amending.add_lot import LotWish, add_lot
from app.frameworks.records import Lot
from app.kernel.money import Money
from app.kernel.unit_price import UnitPrice
from app.ordering.basket.contents import Owner
from app.ordering.enter_free_position import enter_free_position
from app.ordering.quoting.records import FreePosition
from app.ordering.quoting.rules_quotes import FreeWish
from tests.support.clock import NOON, TODAY
from tests.support.world import World

QUOTE = b"%PDF-1.7\nAngebot 4711\n%%EOF"
SCOPE = "Passt zu den Monitoren des Loses; in der Preisliste fehlt die Größe."


def open_lot(session: Session, world: World) -> Lot:
    """Lot 3 of the agreement: 5 % of the other lots, 100.000 Euro."""
    wish = LotWish("Zubehör außerhalb der Liste", Money(0), open_percent=5)
    return add_lot(session, world.contracts.id, world.framework.number, wish, "Ziffer 7", NOON)


def wish_for(lot_id: int, **changes: object) -> FreeWish:
    """Twelve wall mounts at 249,00 Euro, offered until the end of the year."""
    plain: dict[str, object] = {
        "lot_id": lot_id,
        "name": "Wandhalterung für Monitore bis 75 Zoll",
        "manufacturer": "Vogel’s",
        "quantity": 12,
        "unit_price": UnitPrice.euros("249.00"),
        "tax_percent": 19,
        "reason": SCOPE,
        "supplier": "",
        "quote_number": "AN-4711",
        "quote_date": TODAY - timedelta(days=3),
        "quote_valid_until": date(2026, 12, 31),
    }
    return FreeWish(**{**plain, **changes})  # type: ignore[arg-type]


def free_position(
    session: Session, world: World, lot: Lot, now: datetime = NOON, **changes: object
) -> FreePosition:
    """Of Dessau-Roßlau, entered by its IT department."""
    wish = wish_for(lot.id, supplier=world.framework.supplier_name, **changes)
    owner = Owner(world.dessau.id, world.it.id)
    return enter_free_position(session, owner, wish, ("Angebot.pdf", QUOTE), now)
