"""Rule F-05: every ceiling that the order draws on has room, by value and by quantity."""

from collections.abc import Iterator
from typing import Final

from app.eligibility.judging.case import Ceiling, LotRoom, Order
from app.eligibility.judging.inquiry import Wording, decided
from app.eligibility.rules import RuleResult
from app.kernel import german
from app.kernel.money import Money


def ceiling(order: Order, alternatives: str) -> RuleResult:
    """Per lot, over all lots and per member's quota. The order's own reservation counts once."""
    found = tuple(_shortages(order))
    only_quota = {of_quota for _, of_quota in found} == {True}
    reason = (
        "Kontingent Ihrer Organisation erreicht: "
        if only_quota
        else "Höchstmenge erreicht – Rahmenvereinbarung insoweit ohne Wirkung: "
    )
    help_text = ASK_FOR_QUOTA if only_quota else f"Verringern Sie die Menge. {alternatives}"
    return decided(
        "F-05",
        not found,
        Wording(
            met=f"Höchstwert und Höchstmenge reichen ({'; '.join(_left(order))}).",
            failed=reason + "; ".join(text for text, _ in found) + ".",
            help=help_text,
            code="ceiling_reached",
        ),
    )


ASK_FOR_QUOTA: Final = (
    "Verringern Sie die Menge oder bitten Sie die Vertragsbetreuung um ein größeres Kontingent."
)


def _shortages(order: Order) -> Iterator[tuple[str, bool]]:
    """Each shortage in words, and whether it is one of the member's own quota."""
    for lot in order.lots:
        value, quantity = _wanted(order, lot)
        own = Ceiling(
            lot.maximum_value,
            lot.maximum_quantity,
            lot.reserved_value + lot.called_off_value,
            lot.reserved_quantity + lot.called_off_quantity,
        )
        if text := _shortage(f"Los {lot.number}", own, value, quantity):
            yield text, False
        if lot.quota and (text := _shortage(_quota_name(lot), lot.quota, value, quantity)):
            yield text, True
        yield from ((text, False) for text in _short_articles(order, lot))
    if order.total is not None and not order.reserved:
        quantity = sum(line.counted for line in order.lines)
        if text := _shortage("der Rahmenvertrag insgesamt", order.total, order.net, quantity):
            yield text, False
    known = {lot.lot_id for lot in order.lots}
    for line in order.lines:
        if line.lot_id not in known:
            yield f"Zum Los {line.lot} ist keine Höchstmenge bekannt", False


def _wanted(order: Order, lot: LotRoom) -> tuple[Money, int]:
    lines = [line for line in order.lines if line.lot_id == lot.lot_id and not order.reserved]
    return Money.total(line.net for line in lines), sum(line.counted for line in lines)


def _short_articles(order: Order, lot: LotRoom) -> Iterator[str]:
    for cap in lot.articles:
        wanted = sum(
            line.counted for line in order.lines if line.sku == cap.sku and not order.reserved
        )
        if wanted > cap.free:
            yield (
                f"Artikel {cap.sku} in Los {lot.number} hat noch {cap.free} Stück, "
                f"gebraucht werden {wanted}"
            )


def _shortage(name: str, room: Ceiling, value: Money, quantity: int) -> str:
    if room.free_value is not None and value > room.free_value:
        free, needed = german.euro(room.free_value), german.euro(value)
        return f"{name} hat noch {free}, gebraucht werden {needed}"
    if room.free_quantity is not None and quantity > room.free_quantity:
        return f"{name} hat noch {room.free_quantity} Stück, gebraucht werden {quantity}"
    return ""


def _left(order: Order) -> Iterator[str]:
    for lot in order.lots:
        free = lot.maximum_value - lot.called_off_value - lot.reserved_value
        yield f"Los {lot.number} noch {german.euro(free)}"
        if lot.quota and (words := _free(lot.quota)):
            yield f"{_quota_name(lot)} noch {words}"
    if order.total and (words := _free(order.total)):
        yield f"insgesamt noch {words}"


def _quota_name(lot: LotRoom) -> str:
    return f"Ihr Kontingent in Los {lot.number}"


def _free(room: Ceiling) -> str:
    if room.free_value is not None:
        return german.euro(room.free_value)
    return "" if room.free_quantity is None else f"{room.free_quantity} Stück"
