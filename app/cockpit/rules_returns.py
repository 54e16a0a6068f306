"""What a supplier's return says, line by line, beside what the portal called off."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from app.kernel.german import euro
from app.kernel.money import NOTHING, Money

AMOUNT: Final = re.compile(r"-?(?:\d{1,3}(?:\.\d{3})+|\d{1,9})(?:,\d{1,2})?|-?\d{1,9}\.\d{1,2}")


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A line of the table as it was written."""

    line: int
    order: str
    net: str


@dataclass(frozen=True, slots=True)
class Remark:
    """About one line, or with line 0 about an order that no line names."""

    line: int
    order: str
    text: str
    counted: bool = True


@dataclass(frozen=True, slots=True)
class Judged:
    """The declared amount over the counted lines, and every remark."""

    declared: Money
    rows: int
    remarks: tuple[Remark, ...]


def judge_return(
    rows: Iterable[SheetRow], called_off: Mapping[str, Money], known: frozenset[str]
) -> Judged:
    """`called_off`: net of the month by order; `known`: all orders of the agreement.

    Every readable amount is declared and counts; remarks say where it differs from the orders.
    """
    said: dict[str, Money] = {}
    lines: dict[str, int] = {}
    remarks: list[Remark] = []
    declared, counted = NOTHING, 0
    for row in rows:
        net = amount_in(row.net)
        if net is None:
            text = f"„{row.net[:40]}“ ist kein Betrag in Euro. Die Zeile zählt nicht."
            remarks.append(Remark(row.line, row.order, text, counted=False))
            continue
        declared, counted = declared + net, counted + 1
        said[row.order] = said.get(row.order, NOTHING) + net
        lines.setdefault(row.order, row.line)
    remarks += _compared(said, lines, called_off, known)
    return Judged(
        declared, counted, tuple(sorted(remarks, key=lambda one: (not one.line, one.line)))
    )


def amount_in(text: str) -> Money | None:
    """`1.234,50`, `1234,5` or `1234.50`, with or without the sign of the euro."""
    written = text.replace("€", "").replace("\N{NO-BREAK SPACE}", "").strip().replace("−", "-")
    if not AMOUNT.fullmatch(written):
        return None
    if "," in written or re.fullmatch(r"-?\d{1,3}(?:\.\d{3})+", written):
        written = written.replace(".", "").replace(",", ".")
    whole, _, cents = written.partition(".")
    sign = -1 if whole.startswith("-") else 1
    return Money(sign * (int(whole.lstrip("-")) * 100 + int(cents.ljust(2, "0") or 0)))


def _compared(
    said: Mapping[str, Money],
    lines: Mapping[str, int],
    called_off: Mapping[str, Money],
    known: frozenset[str],
) -> Iterator[Remark]:
    for order, net in said.items():
        if not order:
            yield Remark(lines[order], order, "Ohne Abrufnummer: nicht zuzuordnen.")
        elif order not in known:
            yield Remark(lines[order], order, "Diesen Abruf gibt es in diesem Vertrag nicht.")
        elif order not in called_off:
            yield Remark(
                lines[order], order, "In diesem Monat wurde dieser Abruf nicht beauftragt."
            )
        elif called_off[order] != net:
            text = f"Gemeldet sind {euro(net)}, {_called_off(called_off[order])}."
            yield Remark(lines[order], order, text)
    for order, net in called_off.items():
        if order not in said:
            text = f"Fehlt in der Meldung: {_called_off(net)}."
            yield Remark(0, order, text, counted=False)


def _called_off(net: Money) -> str:
    """Below zero is what an earlier month's order gave back."""
    if net < NOTHING:
        return f"storniert wurden {euro(-net)} netto aus einem früheren Monat"
    return f"abgerufen wurden {euro(net)} netto"
