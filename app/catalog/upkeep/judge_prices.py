"""Comparing new prices with the published ones: what is stopped before anybody publishes it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalog.import_records import ImportTerms
from app.catalog.price_stops import Corridor, PriceStep, Stopped, price_lost, stop_of
from app.catalog.prices import price_rows
from app.catalog.rules import PriceRow, price_for
from app.catalog.upkeep.contents import first_price, prices_in
from app.frameworks.find_price_rule import price_rule_on
from app.frameworks.price_rule import PriceRule, forbids
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


def all_corridors(session: Session) -> dict[int, Corridor]:
    """By framework, where somebody has set other limits than the usual ones."""
    terms = session.scalars(select(ImportTerms))
    return {one.framework_id: Corridor(one.largest_rise, one.largest_fall) for one in terms}


def judge_prices(
    session: Session, framework_id: int, changed: Mapping[str, Changed], today: date
) -> dict[str, Judged]:
    """By article number; a few statements for all of them."""
    stored = price_rows(session, [one.article_id for one in changed.values()])
    judge = _Judge(session, framework_id, today)
    return {sku: judge.judged(one, stored.get(one.article_id, [])) for sku, one in changed.items()}


class _Judge:
    """The corridor, and the agreement's rule for each day on which a price begins."""

    def __init__(self, session: Session, framework_id: int, today: date) -> None:
        self._session = session
        self._framework_id = framework_id
        self._today = today
        self._corridor = corridor_of(session, framework_id)
        self._rules: dict[date, PriceRule] = {}

    def judged(self, one: Changed, stored: list[PriceRow]) -> Judged:
        quantity = one.content["quantity_min"]
        offered = prices_in(one.content, self._today)
        before = first_price(stored, quantity, self._today)
        after = first_price(offered, quantity, self._today)
        old = before.unit_price if before else None
        new = after.unit_price if after else None
        if before is None:
            return Judged(old, new, None)
        if after is None:
            return Judged(old, new, price_lost(before.unit_price, one.remark))
        steps = []
        for row in offered:
            paid = price_for(stored, row.lower_bound, self._today)
            if paid is not None:
                day = row.valid_from
                steps.append(PriceStep(row.lower_bound, paid.unit_price, row.unit_price, day))

        def forbidden(step: PriceStep) -> str | None:
            return self._forbidden(step, stored)

        return Judged(old, new, stop_of(steps, self._corridor, forbidden))

    def _forbidden(self, step: PriceStep, stored: list[PriceRow]) -> str | None:
        """An index counts from the price of its base day, as far back as that is known."""
        rule = self._rule_on(step.day)
        base = rule.reference_day and price_for(stored, step.lower_bound, rule.reference_day)
        old = base.unit_price if base else step.old
        return forbids(rule, old, step.new, step.day, announced=self._today)

    def _rule_on(self, day: date) -> PriceRule:
        if day not in self._rules:
            self._rules[day] = price_rule_on(self._session, self._framework_id, day)
        return self._rules[day]
