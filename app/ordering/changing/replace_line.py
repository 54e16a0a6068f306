"""Putting the released successor in the place of what a placed order still waits for."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.catalog.relations.successor_queries import Offer, offers
from app.catalog.rules_charge import Charge
from app.catalog.visible import visible_lots
from app.frameworks.find_price_rule import price_rule_on
from app.frameworks.price_rule import forbids
from app.kernel.errors import FieldError, Malformed
from app.kernel.german import unit_price
from app.ordering.changing.price_change import priced_today
from app.ordering.changing.records import CallOffChangeItem, CallOffChangeSuccessor
from app.ordering.price_lines import PricedLine
from app.ordering.records import CallOff, CallOffLine

NO_SUCCESSOR = (
    "Für diesen Artikel ist kein Nachfolger freigegeben, den das Mitglied heute abrufen kann."
)
OTHER_LOT = "Der Nachfolger gehört zu einem anderen Los. Er braucht einen neuen Abruf."
NOT_BOUGHT = "Miete und Seitenpreise laufen weiter; ersetzen lassen sich nur gekaufte Artikel."
FREE = "Eine freie Position hat keinen Nachfolger."
THERE_ALREADY = "Der Nachfolger steht schon in diesem Abruf. Ändern Sie dort die Menge."
ALL_DELIVERED = "Hier steht nichts mehr aus, was ein Nachfolger ersetzen könnte."
BROKEN_SPLIT = (
    "Diese Position ist aufgeteilt und schon zum Teil geliefert oder storniert. Stornieren Sie den "
    "Rest, und lassen Sie den Nachfolger neu abrufen."
)


@dataclass(frozen=True, slots=True)
class Replaceable:
    """A line whose successor may be proposed: `fault` says why it may not; empty where it may."""

    name: str = ""
    price: str = ""
    fault: str = ""


def replaceable(session: Session, found: CallOff, today: date) -> dict[str, Replaceable]:
    """By article number, lines with a released successor only: what the desk is offered."""
    known = _offers(session, found, [line.sku for line in found.lines], today)
    seen = {}
    for line in found.lines:
        offer = known.get(line.sku)
        if offer is None:
            continue
        fault, priced = _judged(session, found, line, offer, line.outstanding, today)
        price = "" if priced is None else unit_price(priced.article.unit_price or line.unit_price)
        seen[line.sku] = Replaceable(offer.row.name, price, fault)
    return seen


def successor_items(
    session: Session, found: CallOff, wanted: Mapping[str, int], today: date
) -> dict[str, CallOffChangeItem]:
    """`wanted` are pieces of the successor by the old article's number; so is the answer.

    Equal or better in every feature was judged at the release, by two persons; the lot and the
    price are judged here, on today's. Raises Malformed with a sentence per line.
    """
    known = _offers(session, found, wanted, today)
    items, faults = {}, []
    for line in found.lines:
        if line.sku not in wanted:
            continue
        offer = known.get(line.sku)
        fault, priced = _judged(session, found, line, offer, wanted[line.sku], today)
        if fault or priced is None or offer is None:
            faults.append(FieldError(f"lines.{line.sku}.by_successor", "no_successor", fault))
            continue
        items[line.sku] = CallOffChangeItem(
            sku=offer.row.sku,
            before=0,
            wanted=wanted[line.sku],
            answer=None,
            successor=_successor(line, offer, priced),
        )
    if faults:
        raise Malformed(*faults)
    return items


def _offers(
    session: Session, found: CallOff, skus: Collection[str], today: date
) -> dict[str, Offer]:
    return offers(session, skus, today, visible_lots(session, found.member_id, today))


def _judged(
    session: Session,
    found: CallOff,
    line: CallOffLine,
    offer: Offer | None,
    pieces: int,
    today: date,
) -> tuple[str, PricedLine | None]:
    """Why it may not be, in German, or what the successor costs."""
    if text := _unfit(found, line, offer, pieces):
        return text, None
    if offer is None:
        return NO_SUCCESSOR, None
    others = {one.sku: one.kept for one in found.lines} | {line.sku: line.delivered}
    priced = priced_today(session, found, others | {offer.row.sku: pieces}, today)[offer.row.sku]
    price = priced.unit_price
    if priced.obstacle or price is None:
        return priced.obstacle or NO_SUCCESSOR, None
    if priced.article.lot_id != line.lot_id:
        return OTHER_LOT, None
    rule = price_rule_on(session, found.framework_id, today)
    if price > line.unit_price and (
        reason := forbids(rule, line.unit_price, price, today, announced=today)
    ):
        prices = f"{unit_price(price)} statt {unit_price(line.unit_price)}"
        return f"Der Nachfolger kostet {prices}. {reason}", None
    return "", priced


def _unfit(found: CallOff, line: CallOffLine, offer: Offer | None, pieces: int) -> str:
    """What the order itself says against it; empty where nothing does."""
    if line.is_free:
        return FREE
    if line.charge is not Charge.PURCHASE:
        return NOT_BOUGHT
    if not line.outstanding or pieces < 1:
        return ALL_DELIVERED
    if found.is_split and (line.outstanding < line.quantity or pieces != line.quantity):
        return BROKEN_SPLIT
    if offer is not None and offer.row.sku in {one.sku for one in found.lines}:
        return THERE_ALREADY
    return ""


def _successor(line: CallOffLine, offer: Offer, priced: PricedLine) -> CallOffChangeSuccessor:
    article = priced.article
    return CallOffChangeSuccessor(
        replaces_sku=line.sku,
        old_unit_price=line.unit_price,
        article_id=article.article_id,
        lot_id=article.lot_id,
        catalog_version_id=article.catalog_version_id,
        name=article.name,
        manufacturer=article.manufacturer,
        order_unit=article.order_unit,
        pieces_per_unit=article.pieces_per_unit,
        unit_price=priced.unit_price,
        serial_numbers=article.serial_numbers,
        reverse_charge=article.rc_category,
        delivery_days=article.delivery_days,
        released_on=offer.released_on,
        grounds=offer.grounds,
    )
