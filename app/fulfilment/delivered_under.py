"""Which articles were delivered under a serial number."""

from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.database.tenant import Tenant
from app.fulfilment.records import Delivery, DeliveryLine, SerialNumber
from app.ordering.queries import of_orders

MOST: Final = 5


def delivered_under(session: Session, serial: str, tenant: Tenant) -> tuple[str, ...]:
    """Article numbers, of this member's deliveries only; capitals do not matter."""
    return tuple(
        session.scalars(
            select(SerialNumber.sku)
            .join(DeliveryLine, DeliveryLine.id == SerialNumber.delivery_line_id)
            .join(Delivery, Delivery.id == DeliveryLine.delivery_id)
            .where(
                func.upper(SerialNumber.serial) == serial.upper(),
                of_orders(Delivery.member_id, Delivery.call_off_id, tenant),
            )
            .distinct()
            .order_by(SerialNumber.sku)
            .limit(MOST)
        )
    )
