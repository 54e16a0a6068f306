"""Changes of placed orders in the export: what was wished or proposed, answered and done."""

from typing import Any, Final

from sqlalchemy import ColumnElement, Select, String, cast, select

from app.journal.gobd.export import Export, Period, coded_column, ordered_in, text_columns
from app.journal.gobd.layout import Column, Kind, Reference, Table
from app.ordering.changing.records import (
    CallOffChange,
    CallOffChangeAnswer,
    CallOffChangeItem,
    CallOffChangeStep,
    CallOffChangeSuccessor,
)
from app.ordering.changing.rules import STATE_WORDS, STEP_WORDS
from app.ordering.changing.seen import SIDE_WORDS
from app.ordering.records import CallOff


def _key() -> ColumnElement[str]:
    """Number of the order and position of the change, as verdicts name it."""
    return CallOff.number.concat("/").concat(cast(CallOffChange.position, String))


def _changes(period: Period) -> Select[*tuple[Any, ...]]:
    return (
        select(
            _key(),
            CallOff.number,
            CallOffChange.position,
            CallOffChange.asked_at,
            CallOffChange.closed_at,
            CallOffChange.state,
            CallOffChange.reason,
        )
        .join(CallOff, CallOff.id == CallOffChange.call_off_id)
        .where(*ordered_in(period))
        .order_by(CallOffChange.id)
    )


def _items(period: Period) -> Select[*tuple[Any, ...]]:
    item, answer, successor = CallOffChangeItem, CallOffChangeAnswer, CallOffChangeSuccessor
    return (
        select(
            item.id,
            _key(),
            item.sku,
            item.before,
            item.wanted,
            item.day_before,
            item.wanted_day,
            item.part,
            successor.replaces_sku,
            successor.unit_price,
            answer.answer,
            answer.quantity,
            answer.day,
            answer.reason,
        )
        .join(CallOffChange, CallOffChange.id == item.change_id)
        .join(CallOff, CallOff.id == CallOffChange.call_off_id)
        .outerjoin(answer, answer.item_id == item.id)
        .outerjoin(successor, successor.item_id == item.id)
        .where(*ordered_in(period))
        .order_by(item.id)
    )


def _steps(period: Period) -> Select[*tuple[Any, ...]]:
    step = CallOffChangeStep
    return (
        select(
            step.id,
            _key(),
            step.at,
            step.step,
            step.left,
            step.reached,
            step.side,
            step.reason,
        )
        .join(CallOffChange, CallOffChange.id == step.change_id)
        .join(CallOff, CallOff.id == CallOffChange.call_off_id)
        .where(*ordered_in(period))
        .order_by(step.id)
    )


CHANGE_EXPORTS: Final = (
    Export(
        Table(
            "Aenderungen",
            "Änderungen beauftragter Abrufe, vom Mitglied gewünscht oder von der Abwicklung "
            "vorgeschlagen",
            (
                *text_columns("Aenderung", "Abruf"),
                Column("Position", Kind.WHOLE),
                *text_columns("Angefragt", "Abgeschlossen"),
                coded_column("Stand", STATE_WORDS),
                Column("Grund"),
            ),
            (Reference("Abruf", "Abrufe"),),
        ),
        _changes,
    ),
    Export(
        Table(
            "Aenderungspositionen",
            "Was je Position geändert werden soll und was die Abwicklung antwortet",
            (
                Column("Positionskennung", Kind.WHOLE),
                Column("Aenderung"),
                Column("Artikel", about="leer: der Liefertermin des Abrufs"),
                Column("Menge_bisher", Kind.WHOLE),
                Column("Menge_gewuenscht", Kind.WHOLE),
                Column("Termin_bisher", Kind.DAY),
                Column("Termin_gewuenscht", Kind.DAY),
                Column("Teil", Kind.WHOLE, "welcher Teil einer aufgeteilten Position wächst"),
                Column("Nachfolger_von", about="Artikel, dessen Platz dieser einnimmt"),
                Column("Nachfolgerpreis", Kind.PRICE),
                Column("Antwort", about="accepted wie gewünscht, otherwise anders, rejected nicht"),
                Column("Menge_angeboten", Kind.WHOLE),
                Column("Termin_angeboten", Kind.DAY),
                Column("Grund"),
            ),
            (Reference("Aenderung", "Aenderungen"),),
        ),
        _items,
    ),
    Export(
        Table(
            "Aenderungsschritte",
            "Jeder Schritt einer Änderung; nichts davon wird geändert",
            (
                Column("Schrittkennung", Kind.WHOLE),
                *text_columns("Aenderung", "Zeit"),
                coded_column("Schritt", STEP_WORDS),
                coded_column("Vorher", STATE_WORDS),
                coded_column("Nachher", STATE_WORDS),
                coded_column("Seite", SIDE_WORDS),
                Column("Grund"),
            ),
            (Reference("Aenderung", "Aenderungen"),),
        ),
        _steps,
    ),
)
