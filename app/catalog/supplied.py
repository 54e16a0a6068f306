"""Where several suppliers deliver a lot: whose turn it is for an order, and at which prices."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from sqlalchemy.orm import Session

from app.catalog.queries import NO_TERMS, TOO_DEAR, OrderableArticle, orderable_articles
from app.catalog.rules_charge import HIGHEST, counted_for_scale, over_term
from app.catalog.supplier_offers.offers import offers_of
from app.catalog.supplier_offers.rules_offers import CATALOG_PRICES, Offer, with_successors
from app.frameworks.awarding.suppliers import candidates_of
from app.frameworks.supplier_choice import (
    CallOffMode,
    Candidate,
    Choice,
    NoSupplier,
    choose_supplier,
)
from app.kernel.unit_price import UnitPrice

BY_RULE: Final = frozenset({CallOffMode.CASCADE, CallOffMode.ROTATION})


@dataclass(frozen=True, slots=True)
class Turns:
    """What earlier steps of a call-off decided, by lot: who is out of it, and who has it.

    `standing_on`: the day on which a supplier must stand, where it is not that of the prices.
    """

    passed_over: Mapping[int, Collection[int]] = field(default_factory=dict)
    held: Mapping[int, int] = field(default_factory=dict)
    standing_on: date | None = None


NO_TURNS: Final = Turns()


@dataclass(frozen=True, slots=True)
class Supplied:
    """Who delivers a lot's part of an order; `choice.reason` names the rule and the prices."""

    lot_id: int
    lot_number: int
    choice: Choice

    @property
    def reason(self) -> str:
        """The rule and the prices."""
        return self.choice.reason

    @property
    def words(self) -> str:
        """As page, memo and decision say it."""
        return f"Los {self.lot_number}: {self.choice.supplier.name}. {self.reason}"


def supplied_articles(
    session: Session,
    quantities: Mapping[str, int],
    on: date,
    terms: Mapping[str, int] = NO_TERMS,
) -> dict[str, OrderableArticle]:
    """By number, at the prices that one order of all of them would cost; unknown ones are absent.

    What nobody delivers together is refused with the reason.
    """
    known = orderable_articles(session, quantities, on, terms)
    articles, chosen = supplied_by(session, known, quantities, on)
    for sku, article in articles.items():
        nobody = chosen.get(article.lot_id)
        if isinstance(nobody, NoSupplier) and article.refusal is None:
            articles[sku] = replace(
                article, unit_price=None, refusal="article_not_orderable", reason=nobody.reason
            )
    return articles


def supplied_by(
    session: Session,
    known: Mapping[str, OrderableArticle],
    quantities: Mapping[str, int],
    on: date,
    turns: Turns = NO_TURNS,
) -> tuple[dict[str, OrderableArticle], dict[int, Supplied | NoSupplier]]:
    """The articles at the prices of whoever delivers them, and who that is or why nobody, by lot.

    Without any lot of several suppliers this costs no statement and changes nothing.
    """
    articles, found = dict(known), dict[int, Supplied | NoSupplier]()
    by_framework: dict[int, list[OrderableArticle]] = {}
    for article in known.values():
        if article.call_off_mode in BY_RULE and article.refusal is None:
            by_framework.setdefault(article.framework_id, []).append(article)
    for framework_id, asked in by_framework.items():
        ids = [one.article_id for one in asked if one.article_id is not None]
        listed = offers_of(session, framework_id, ids, on)
        for lot_id in sorted({one.lot_id for one in asked}):
            part = [one for one in asked if one.lot_id == lot_id]
            candidates = candidates_of(session, framework_id, lot_id)
            offers = with_successors(listed, candidates)
            choice = _choice(part, quantities, candidates, offers, on, turns)
            if isinstance(choice, NoSupplier):
                found[lot_id] = choice
                continue
            found[lot_id] = Supplied(lot_id, part[0].lot_number, choice)
            offer = offers.get(choice.supplier.id, CATALOG_PRICES)
            for one in part:
                articles[one.sku] = _at_price(one, price_at(one, quantities[one.sku], offer, on))
    return articles, found


def _choice(
    part: Sequence[OrderableArticle],
    quantities: Mapping[str, int],
    candidates: Iterable[Candidate],
    offers: Mapping[int, Offer],
    on: date,
    turns: Turns,
) -> Choice | NoSupplier:
    """Who has it already keeps it; otherwise by the published rule."""
    lot_id, known = part[0].lot_id, tuple(candidates)
    lacking = {
        supplier: tuple(
            one.sku for one in part if price_at(one, quantities[one.sku], offer, on) is None
        )
        for supplier, offer in offers.items()
    }
    held = next((one for one in known if one.id == turns.held.get(lot_id)), None)
    if held is not None:
        chosen: Choice | NoSupplier = Choice(held, "")
    else:
        passed, day = turns.passed_over.get(lot_id, ()), turns.standing_on or on
        chosen = choose_supplier(part[0].call_off_mode, known, day, passed, lacking)
    if isinstance(chosen, NoSupplier):
        return chosen
    if lacking.get(chosen.supplier.id):
        skus = ", ".join(lacking[chosen.supplier.id])
        return NoSupplier("no_supplier", f"{chosen.supplier.name} führt {skus} nicht mehr.")
    words = offers.get(chosen.supplier.id, CATALOG_PRICES).words if offers else ""
    return Choice(chosen.supplier, f"{chosen.reason} {words}".strip())


def price_at(article: OrderableArticle, quantity: int, offer: Offer, on: date) -> UnitPrice | None:
    """Of one piece, month or page; the catalog's where the supplier has no list."""
    if offer.price_list is None or article.article_id is None:
        return article.unit_price if article.rate is None else article.rate
    counted = counted_for_scale(article.charging.charge, quantity, article.term)
    return offer.price(article.article_id, counted, on)


def _at_price(article: OrderableArticle, price: UnitPrice | None) -> OrderableArticle:
    """A term that cannot be agreed has no sum, at nobody's price."""
    if price is None or article.term_fault is not None:
        return article
    costs = over_term(price, article.term)
    if costs > HIGHEST:
        return replace(article, unit_price=None, refusal="article_not_orderable", reason=TOO_DEAR)
    rate = price if article.charging.charge.recurring else None
    return replace(article, unit_price=costs, rate=rate)
