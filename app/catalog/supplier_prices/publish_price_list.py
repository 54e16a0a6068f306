"""Putting a supplier's price list in force: the second person of two."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.audit.append import COOPERATIVE, Happening, append
from app.catalog.supplier_offers.records import SupplierPriceList
from app.catalog.supplier_prices.compare_list import compare_list
from app.catalog.supplier_prices.queries import price_list
from app.kernel.errors import Conflict
from app.kernel.german import number


def publish_price_list(
    session: Session, list_id: int, person_id: int, now: datetime, *, looked: bool = False
) -> SupplierPriceList:
    """`looked`: unusual prices were checked. Raises NotFound, and Conflict with what to do."""
    seen = price_list(session, list_id, lock=True)
    one = seen.price_list
    if not one.is_draft:
        raise Conflict("Über diese Preisliste ist schon entschieden.", "already_decided")
    if one.sent_by == person_id:
        text = "Sie haben diese Preisliste eingelesen. Veröffentlichen muss sie eine zweite Person."
        raise Conflict(text, "four_eyes")
    compared = compare_list(session, seen)
    if compared.forbidden:
        text = (
            f"Die Preisregel des Vertrags verbietet {number(len(compared.forbidden))} Preise. "
            "Bitte verwerfen Sie die Liste und verlangen Sie eine vertragsgemäße."
        )
        raise Conflict(text, "rise_forbidden")
    if compared.unusual and not looked:
        text = "Bitte bestätigen Sie, dass die ungewöhnlichen Preise geprüft sind."
        raise Conflict(text, "outside_corridor")
    one.published_by, one.published_at = person_id, now
    session.flush()
    payload: dict[str, object] = {
        "number": one.number,
        "from": one.valid_from.isoformat(),
        "unusual": len(compared.unusual),
        "gone": list(compared.gone[:100]),
    }
    subject, by = f"supplier:{one.supplier_id}", f"person:{person_id}"
    append(session, COOPERATIVE, now, Happening("price_list.published", subject, by, payload))
    return one
