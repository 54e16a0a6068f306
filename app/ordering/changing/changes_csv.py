"""Wishes to change an order as a table: one row for every step, with what it was about."""

from collections.abc import Iterable

from app.documents.delimited import csv_bytes
from app.ordering.changing.records import CallOffChange, CallOffChangeItem
from app.ordering.changing.rules import ANSWER_WORDS, STEP_WORDS, day_after

HEAD = ("Änderung", "Zeitpunkt", "Schritt", "Seite", "Grund", "Positionen und Antworten")


def changes_csv(changes: Iterable[CallOffChange]) -> bytes:
    """By wish and step; people are named by the side they stood on."""
    return csv_bytes(
        HEAD,
        [
            (
                change.position,
                step.at.isoformat(),
                STEP_WORDS[step.step],
                step.side.value,
                step.reason,
                "; ".join(_words(item) for item in change.items),
            )
            for change in changes
            for step in change.steps
        ],
    )


def _words(item: CallOffChangeItem) -> str:
    said = item.said
    if item.sku:
        wish = f"{item.sku}: {item.before} → {item.wanted} Stück"
        then = f"{item.pieces} Stück"
        wish += f" ({item.successor.words})" if item.successor else ""
    else:
        wish = f"Liefertermin: {item.day_before or 'offen'} → {item.wanted_day}"
        then = str(day_after(item.wish, said))
    return wish if said is None else f"{wish}, {ANSWER_WORDS[said.answer]}: {then}"
