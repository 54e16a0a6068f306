"""Putting a kit into the basket: its parts as lines of their own, at their own prices."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.catalog.relations.kit_queries import KitLine, kit_seen
from app.catalog.visible import visible_lots
from app.kernel.errors import Conflict, FieldError, Malformed
from app.kernel.legal_day import legal_day
from app.ordering.basket.contents import Owner, put_in_basket
from app.ordering.basket_records import BasketKit
from app.ordering.wanted import LARGEST_QUANTITY


@dataclass(frozen=True, slots=True)
class KitAdded:
    """What lies in the basket now, and the parts that cannot be ordered today."""

    title: str
    lacking: tuple[KitLine, ...]


def put_kit_in_basket(
    session: Session, owner: Owner, number: str, count: int, now: datetime
) -> KitAdded:
    """The parts that can be ordered; the others are named. Raises NotFound, Malformed, Conflict."""
    if not 1 <= count <= LARGEST_QUANTITY // 100:
        text = f"Bitte geben Sie eine Anzahl von 1 bis {LARGEST_QUANTITY // 100} an."
        raise Malformed(FieldError("anzahl", "quantity", text))
    today = legal_day(now)
    visible = visible_lots(session, owner.member_id, today)
    seen = kit_seen(session, number, today, visible, count)
    if not seen.kit.active or not seen.orderable:
        raise Conflict("Dieses Paket kann heute nicht bestellt werden.", "kit_not_orderable")
    for line in seen.lines:
        if not line.obstacle:
            put_in_basket(session, owner, line.sku, line.quantity, now)
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    statement = dialect.insert(BasketKit).values(
        member_id=owner.member_id,
        person_id=owner.person_id,
        kit_id=seen.kit.id,
        quantity=count,
        added_at=now,
    )
    session.execute(
        statement.on_conflict_do_update(
            index_elements=["member_id", "person_id", "kit_id"],
            set_={"quantity": BasketKit.quantity + count},
        )
    )
    return KitAdded(seen.kit.title, seen.lacking)
