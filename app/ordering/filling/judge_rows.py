"""A verdict per row: which can go into the basket today, and what is wrong with the rest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from app.catalog.finding.find_numbers import find_numbers
from app.catalog.relations.successor_queries import Offer, offers
from app.catalog.visible import visible_lots
from app.kernel.errors import FieldError, Malformed
from app.kernel.legal_day import legal_day
from app.kernel.money import Money
from app.ordering.filling.rules_rows import FAULTS, MOST_ROWS, Row, RowFault
from app.ordering.price_lines import PricedLine, price_lines
from app.ordering.wanted import LARGEST_QUANTITY


class Verdict(StrEnum):
    GOOD = "good"
    UNREADABLE = "unreadable"
    UNKNOWN = "unknown"
    SEVERAL = "several"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class JudgedRow:
    """A row with its article where exactly one fits; `choices` are article numbers otherwise."""

    row: Row
    verdict: Verdict
    text: str
    line: PricedLine | None = None
    choices: tuple[str, ...] = ()
    offer: Offer | None = None

    @property
    def good(self) -> bool:
        return self.verdict is Verdict.GOOD


@dataclass(frozen=True, slots=True)
class Judged:
    """All rows in their order; the same article in two rows is one line of their sum."""

    rows: tuple[JudgedRow, ...]

    @property
    def good(self) -> dict[str, int]:
        """What may go into the basket: article numbers with quantities."""
        return {
            row.line.article.sku: row.line.quantity
            for row in self.rows
            if row.good and row.line is not None
        }

    @property
    def bad(self) -> tuple[JudgedRow, ...]:
        return tuple(row for row in self.rows if not row.good)

    @property
    def net(self) -> Money:
        lines = {
            row.line.article.sku: row.line.net
            for row in self.rows
            if row.good and row.line is not None
        }
        return Money.total(lines.values())


def judge_rows(session: Session, member_id: int, rows: Sequence[Row], now: datetime) -> Judged:
    """At the prices of today. Raises Malformed for more than MOST_ROWS rows; changes nothing."""
    if len(rows) > MOST_ROWS:
        text = f"Bitte höchstens {MOST_ROWS} Zeilen auf einmal."
        raise Malformed(FieldError("zeilen", "too_many", text))
    today = legal_day(now)
    visible = visible_lots(session, member_id, today)
    numbers = list(dict.fromkeys(row.number for row in rows if row.fault is None))
    found = find_numbers(session, numbers, visible) if numbers else {}
    wanted = _wanted(rows, found)
    fitting = {sku: min(many, LARGEST_QUANTITY) for sku, many in wanted.items()}
    priced = price_lines(session, fitting, today, visible=visible) if fitting else ()
    lines = {line.article.sku: line for line in priced}
    refused = [sku for sku, line in lines.items() if line.obstacle is not None]
    instead = offers(session, refused, today, visible) if refused else {}
    too_many = {sku for sku, many in wanted.items() if many > LARGEST_QUANTITY}
    return Judged(
        tuple(_judged(row, found.get(row.number, ()), lines, instead, too_many) for row in rows)
    )


def _wanted(rows: Sequence[Row], found: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    """Pieces per article, where a number means exactly one."""
    wanted: dict[str, int] = {}
    for row in rows:
        skus = found.get(row.number, ())
        if row.fault is None and len(skus) == 1:
            wanted[skus[0]] = wanted.get(skus[0], 0) + row.quantity
    return wanted


def _judged(
    row: Row,
    skus: tuple[str, ...],
    lines: Mapping[str, PricedLine],
    instead: Mapping[str, Offer],
    too_many: set[str],
) -> JudgedRow:
    if row.fault is not None:
        return JudgedRow(row, Verdict.UNREADABLE, FAULTS[row.fault])
    if not skus:
        text = f"Zu „{row.number}“ gibt es keinen Artikel. Prüfen Sie die Nummer."
        return JudgedRow(row, Verdict.UNKNOWN, text)
    if len(skus) > 1:
        text = "Diese Nummer haben mehrere Artikel. Wählen Sie die Artikelnummer."
        return JudgedRow(row, Verdict.SEVERAL, text, choices=skus)
    line = lines[skus[0]]
    if skus[0] in too_many:
        return JudgedRow(row, Verdict.REFUSED, FAULTS[RowFault.QUANTITY], line)
    if line.obstacle is not None:
        return JudgedRow(row, Verdict.REFUSED, line.obstacle, line, offer=instead.get(skus[0]))
    return JudgedRow(row, Verdict.GOOD, "", line)
