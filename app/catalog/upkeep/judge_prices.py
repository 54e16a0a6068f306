"""Comparing new prices with the published ones: what is stopped before anybody publishes it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.catalog.import_records import ImportTerms
from app.catalog.price_stops import Corridor, PriceStep, Stopped, price_lost, stop_of
from app.catalog.prices import price_rows
from app.catalog.rules import PriceRow, price_for
from app.catalog.upkeep.contents import first_price, prices_in
from app.kernel.unit_price import UnitPrice


@dataclass(frozen=True, slots=True)
class Changed:
    """A published article and what a file now says; `remark` is what was wrong with its prices."""

    article_id: int
    content: Mapping[str, Any]
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    old: UnitPrice | None
    new: UnitPrice | None
    stopped: Stopped | None


def corridor_of(session: Session, framework_id: int) -> Corridor:
    terms = session.get(ImportTerms, framework_id)
    return Corridor() if terms is None else Corridor(terms.largest_rise, terms.largest_fall)


def judge_prices(
    session: Session, framework_id: int, changed: Mapping[str, Changed], today: date
) -> dict[str, Judged]:
    """By article number; two statements for all of them."""
    corridor = corridor_of(session, framework_id)
    stored = price_rows(session, [one.article_id for one in changed.values()])
    return {
        sku: _judged(one, stored.get(one.article_id, []), corridor, today)
        for sku, one in changed.items()
    }


def _judged(one: Changed, stored: list[PriceRow], corridor: Corridor, today: date) -> Judged:
    quantity = one.content["quantity_min"]
    offered = prices_in(one.content, today)
    before, after = first_price(stored, quantity, today), first_price(offered, quantity, today)
    old, new = before and before.unit_price, after and after.unit_price
    if before is None:
        return Judged(old, new, None)
    if after is None:
        return Judged(old, new, price_lost(before.unit_price, one.remark))
    steps = []
    for row in offered:
        paid = price_for(stored, row.lower_bound, today)
        if paid is not None:
            steps.append(
                PriceStep(row.lower_bound, paid.unit_price, row.unit_price, row.valid_from)
            )
    return Judged(old, new, stop_of(steps, corridor, lambda _step: None))
