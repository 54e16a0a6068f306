"""A supplier's monthly return as it is uploaded: one line differs, one order is missing."""

from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from app.cockpit.upload_return import SheetWish, upload_return
from app.frameworks.queries import framework
from app.frameworks.returns.compare_returns import called_off_by_order
from app.kernel.legal_day import legal_day
from app.kernel.money import Money
from app.kernel.month import Month

FRAMEWORK: Final = "RV-APT-01"
HEAD: Final = "Abrufnummer;Netto"
LESS: Final = Money.euros("25")
NOTE: Final = "Tabelle des Auftragnehmers (Demonstrationsdaten)"


def show_returns(session: Session, person_id: int, at: datetime) -> int:
    """How many orders the uploaded table names."""
    month = Month.of(legal_day(at)).previous()
    found = framework(session, FRAMEWORK).framework
    orders = sorted(called_off_by_order(session, found.id, month).items())
    said = [
        (number, net - LESS if place == 0 else net) for place, (number, net) in enumerate(orders)
    ]
    told = said[:-1] if len(said) > 1 else said
    lines = [f"{number};{net.text.replace('.', ',')}" for number, net in told]
    content = "\n".join([HEAD, *lines]).encode()
    name = f"meldung-{month.text}.csv"
    upload_return(session, person_id, FRAMEWORK, SheetWish(month, name, content, NOTE), at)
    return len(told)
