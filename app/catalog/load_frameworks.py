"""Create the framework agreements of a data folder and import their articles."""

import tomllib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalog.upkeep.import_catalog import ImportOrder, import_catalog
from app.frameworks.agreement_records import FrameworkSupplier
from app.frameworks.drawing.draw import Draw, open_with
from app.frameworks.records import (
    AwardModel,
    Framework,
    Lot,
    PartyRule,
)
from app.frameworks.supplier_choice import CallOffMode
from app.kernel.legal_day import legal_day
from app.kernel.money import Money

TEXTS = ("number", "title", "contracting_entity", "procedure_type", "notice_id", "note")
NUMBERS = ("delivery_days", "warranty_months", "payment_days")


@dataclass(frozen=True, slots=True)
class _Start:
    """The days of a data file count from `at`; the books were opened at `opened`."""

    at: datetime
    opened: datetime

    def day(self, entry: dict[str, Any], name: str) -> date | None:
        days = entry.get(f"{name}_days")
        return None if days is None else legal_day(self.at) + timedelta(days=days)


def load_frameworks(
    session: Session,
    folder: Path,
    now: datetime,
    person_id: int | None = None,
    opened: datetime | None = None,
) -> tuple[str, ...]:
    """Numbers of the agreements made now; those that exist are left as they are.

    `folder` holds `frameworks/*.toml` and `articles/*.xml`; the articles go through the import
    that suppliers' files go through, and are published. `opened` (default `now`) is when all this
    is said to have happened; the days of the files count from `now` all the same.
    """
    start = _Start(now, opened or now)
    made = []
    for path in sorted((folder / "frameworks").glob("*.toml")):
        entry = tomllib.loads(path.read_text(encoding="utf-8"))
        if session.scalar(select(Framework.id).where(Framework.number == entry["number"])):
            continue
        _create(session, entry, start)
        file = folder / "articles" / entry["articles"]
        order = ImportOrder(file.name, entry["number"], publish=True, person_id=person_id)
        with file.open("rb") as stream:
            import_catalog(session, stream, order, start.opened)
        made.append(entry["number"])
    return tuple(made)


def _create(session: Session, entry: dict[str, Any], start: _Start) -> None:
    framework = Framework(
        **{name: entry[name] for name in (*TEXTS, *NUMBERS)},
        award_model=AwardModel(entry["award_model"]),
        party_rule=PartyRule(entry["party_rule"]),
        supplier_name=entry["supplier"],
        supplier_vat_id=entry.get("supplier_vat_id"),
        chain_link=entry.get("chain_link"),
        award_date=start.day(entry, "award"),
        valid_from=start.day(entry, "valid_from"),
        valid_to=start.day(entry, "valid_to"),
        price_fixed_until=start.day(entry, "price_fixed_until"),
        maximum_value=_amount(entry, "maximum_value"),
        maximum_quantity=entry.get("maximum_quantity"),
        call_off_mode=CallOffMode(entry.get("call_off_mode", CallOffMode.DIRECT)),
        minimum_order_value=_amount(entry, "minimum_order_value"),
        fee_points=entry.get("fee_points", 0),
        party_kinds=" ".join(entry.get("party_kinds", ())),
        legal_basis=entry.get("legal_basis", ""),
        file_reference=entry.get("file_reference", ""),
    )
    session.add(framework)
    session.flush()
    for rank, supplier in enumerate(entry.get("suppliers", ()), 1):
        session.add(
            FrameworkSupplier(
                framework_id=framework.id,
                name=supplier["name"],
                vat_id=supplier.get("vat_id"),
                rank=rank,
                valid_from=framework.valid_from,
            )
        )
    for said in entry["lots"]:
        _create_lot(session, framework, said, start)
    session.flush()


def _amount(entry: dict[str, Any], name: str) -> Money | None:
    return Money.euros(entry[name]) if name in entry else None


def _create_lot(
    session: Session, framework: Framework, said: dict[str, Any], start: _Start
) -> None:
    """The opening stock is a movement like every other, so that the ledger adds up."""
    value = Money.euros(said.get("opening_value", "0"))
    quantity = said.get("opening_quantity", 0)
    lot = Lot(
        framework_id=framework.id,
        number=said["number"],
        title=said["title"],
        cpv=said["cpv"],
        estimated_value=Money.euros(said["estimated_value"]),
        maximum_value=Money.euros(said["maximum_value"]),
        maximum_quantity=said.get("maximum_quantity"),
        open_assortment_percent=said.get("open_assortment_percent"),
    )
    session.add(lot)
    session.flush()
    opening = Draw(lot.id, value, quantity)
    if open_with(session, [opening], "Anfangsbestand (Demonstrationsdaten)", start.opened):
        raise ValueError(f"lot {lot.number} of {framework.number} opens above its ceiling")
    session.expire(lot)  # the plain UPDATE went round the object
