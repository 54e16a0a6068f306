"""Say how far prices of a framework may move before somebody has to look at them."""

from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.append import COOPERATIVE, Happening, append
from app.catalog.import_records import USUAL_STOCK_DAYS, ImportTerms
from app.catalog.price_stops import Corridor
from app.catalog.upkeep.judge_prices import corridor_of
from app.frameworks.records import Framework
from app.kernel.errors import FieldError, Malformed, NotFound

LARGEST_RISE: Final = 1000
LARGEST_FALL: Final = 100
MOST_STOCK_DAYS: Final = 30


def framework_and_corridor(session: Session, number: str) -> tuple[Framework, Corridor]:
    framework = session.scalar(select(Framework).where(Framework.number == number))
    if framework is None:
        raise NotFound("Diesen Rahmenvertrag gibt es nicht.", "framework_unknown")
    return framework, corridor_of(session, framework.id)


def set_corridor(
    session: Session, number: str, sent: dict[str, str], person_id: int, now: datetime
) -> Corridor:
    """`sent`: rise and fall in whole percent, how many days a stock figure is believed, as typed.

    Malformed names the wrong field.
    """
    framework, _ = framework_and_corridor(session, number)
    rise, fall = sent.get("rise", "").strip(), sent.get("fall", "").strip()
    days = sent.get("stock_days", str(USUAL_STOCK_DAYS)).strip()
    errors = [
        FieldError(name, "out_of_range", f"Bitte eine ganze Zahl von 0 bis {limit} angeben.")
        for name, text, limit in (("rise", rise, LARGEST_RISE), ("fall", fall, LARGEST_FALL))
        if not _fits(text, limit)
    ]
    if not _fits(days, MOST_STOCK_DAYS) or not int(days):
        text = f"Bitte eine ganze Zahl von 1 bis {MOST_STOCK_DAYS} angeben."
        errors.append(FieldError("stock_days", "out_of_range", text))
    if errors:
        raise Malformed(*errors)
    terms = session.get(ImportTerms, framework.id)
    if terms is None:
        terms = ImportTerms(framework_id=framework.id)
        session.add(terms)
    terms.largest_rise, terms.largest_fall, terms.stock_days = int(rise), int(fall), int(days)
    session.flush()
    subject, actor = f"framework:{framework.number}", f"person:{person_id}"
    said: dict[str, object] = {
        "largest_rise": int(rise),
        "largest_fall": int(fall),
        "stock_days": int(days),
    }
    append(session, COOPERATIVE, now, Happening("price_corridor_set", subject, actor, said))
    return Corridor(terms.largest_rise, terms.largest_fall)


def _fits(text: str, limit: int) -> bool:
    return (
        text.isascii()
        and text.isdecimal()
        and len(text) < len(str(limit)) + 1
        and int(text) <= limit
    )
