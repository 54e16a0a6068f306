"""The tables of the export and how their rows are read: streamed, in the order of time."""

from typing import Any, Final

from sqlalchemy import Select, select

from app.audit.append import member_stream
from app.audit.records import AuditEvent
from app.frameworks.records import Framework
from app.invoicing.records import Invoice, InvoiceLine
from app.journal.gobd.change_tables import CHANGE_EXPORTS
from app.journal.gobd.export import Export, Period, coded_column, ordered_in, text_columns
from app.journal.gobd.layout import Column, Kind, Reference, Table
from app.journal.rules_words import action_word
from app.members.records import Member
from app.ordering.changing.seen import SIDE_WORDS
from app.ordering.quoting.records import FreePosition
from app.ordering.records import CallOff, CallOffLine
from app.ordering.rules import STATE_WORDS, Move
from app.ordering.trail_records import CallOffMove


def _orders(period: Period) -> Select[*tuple[Any, ...]]:
    return (
        select(
            CallOff.number,
            Member.key,
            Member.name,
            Framework.number,
            CallOff.submitted_at,
            CallOff.placed_at,
            CallOff.state,
            CallOff.product_account,
            CallOff.cost_centre,
            CallOff.net,
            CallOff.vat,
            CallOff.gross,
        )
        .join(Member, Member.id == CallOff.member_id)
        .join(Framework, Framework.id == CallOff.framework_id)
        .where(*ordered_in(period))
        .order_by(CallOff.submitted_at, CallOff.id)
    )


def _order_lines(period: Period) -> Select[*tuple[Any, ...]]:
    return (
        select(
            CallOffLine.id,
            CallOff.number,
            CallOffLine.position,
            CallOffLine.sku,
            CallOffLine.name,
            CallOffLine.quantity,
            CallOffLine.unit_price,
            CallOffLine.net,
            CallOffLine.delivered,
            CallOffLine.cancelled,
            FreePosition.quote_number,
            FreePosition.file_sha256,
        )
        .join(CallOff, CallOff.id == CallOffLine.call_off_id)
        .outerjoin(FreePosition, FreePosition.id == CallOffLine.free_position_id)
        .where(*ordered_in(period))
        .order_by(CallOff.submitted_at, CallOff.id, CallOffLine.position)
    )


def _moves(period: Period) -> Select[*tuple[Any, ...]]:
    return (
        select(
            CallOffMove.id,
            CallOff.number,
            CallOffMove.at,
            CallOffMove.move,
            CallOffMove.left,
            CallOffMove.reached,
            CallOffMove.side,
            CallOffMove.reason,
        )
        .join(CallOff, CallOff.id == CallOffMove.call_off_id)
        .where(*ordered_in(period))
        .order_by(CallOffMove.id)
    )


def _invoices(period: Period) -> Select[*tuple[Any, ...]]:
    cancelled = Invoice.__table__.alias("cancelled")
    return (
        select(
            Invoice.number,
            CallOff.number,
            Member.key,
            Invoice.type_code,
            Invoice.issued_on,
            Invoice.due_on,
            Invoice.net,
            Invoice.vat_percent,
            Invoice.vat,
            Invoice.gross,
            cancelled.c.number,
            Invoice.reason,
            Invoice.ubl_sha256,
        )
        .join(CallOff, CallOff.id == Invoice.call_off_id)
        .join(Member, Member.id == Invoice.member_id)
        .outerjoin(cancelled, cancelled.c.id == Invoice.cancels_id)
        .where(*_issued_in(period))
        .order_by(Invoice.issued_on, Invoice.id)
    )


def _issued_in(period: Period) -> tuple[Any, ...]:
    return (
        period.tenant.owns(Invoice.member_id),
        Invoice.issued_on >= period.first,
        Invoice.issued_on <= period.last,
    )


def _invoice_lines(period: Period) -> Select[*tuple[Any, ...]]:
    return (
        select(
            InvoiceLine.id,
            Invoice.number,
            InvoiceLine.position,
            InvoiceLine.sku,
            InvoiceLine.name,
            InvoiceLine.quantity,
            InvoiceLine.unit_price,
            InvoiceLine.net,
        )
        .join(Invoice, Invoice.id == InvoiceLine.invoice_id)
        .where(*_issued_in(period))
        .order_by(Invoice.issued_on, Invoice.id, InvoiceLine.position)
    )


def _journal(period: Period) -> Select[*tuple[Any, ...]]:
    """One member's chain; for all members every chain."""
    whose = (
        AuditEvent.stream == member_stream(period.member_key)
        if period.member_key
        else AuditEvent.stream.is_not(None)
    )
    return (
        select(
            AuditEvent.id,
            AuditEvent.stream,
            AuditEvent.position,
            AuditEvent.at,
            AuditEvent.actor,
            AuditEvent.action,
            AuditEvent.subject,
            AuditEvent.payload,
            AuditEvent.previous_sha256,
            AuditEvent.sha256,
        )
        .where(whose, AuditEvent.at >= period.begins, AuditEvent.at < period.ends)
        .order_by(AuditEvent.id)
    )


EXPORTS: Final = (
    Export(
        Table(
            "Abrufe",
            "Abrufe, die im Zeitraum eingereicht wurden",
            (
                *text_columns("Abruf", "Mitglied", "Mitgliedsname", "Rahmenvertrag"),
                Column("Eingereicht", about="Zeit in Deutschland"),
                Column("Beauftragt"),
                coded_column("Stand", STATE_WORDS),
                *text_columns("Produktkonto", "Kostenstelle"),
                *(Column(name, Kind.EURO) for name in ("Netto", "Umsatzsteuer", "Brutto")),
            ),
        ),
        _orders,
    ),
    Export(
        Table(
            "Abrufpositionen",
            "Bestellte Artikel der Abrufe",
            (
                Column("Positionskennung", Kind.WHOLE),
                Column("Abruf"),
                Column("Position", Kind.WHOLE),
                *text_columns("Artikel", "Bezeichnung"),
                Column("Menge", Kind.WHOLE),
                Column("Einzelpreis", Kind.PRICE),
                Column("Netto", Kind.EURO),
                Column("Geliefert", Kind.WHOLE),
                Column("Storniert", Kind.WHOLE),
                *text_columns("Angebot", "Angebotsprüfsumme"),
            ),
            (Reference("Abruf", "Abrufe"),),
        ),
        _order_lines,
    ),
    Export(
        Table(
            "Schritte",
            "Jeder Zustandswechsel der Abrufe; nichts davon wird geändert",
            (
                Column("Schrittkennung", Kind.WHOLE),
                *text_columns("Abruf", "Zeit"),
                coded_column("Schritt", {move: action_word(f"call_off.{move}") for move in Move}),
                coded_column("Vorher", STATE_WORDS),
                coded_column("Nachher", STATE_WORDS),
                coded_column("Seite", SIDE_WORDS),
                Column("Grund"),
            ),
            (Reference("Abruf", "Abrufe"),),
        ),
        _moves,
    ),
    *CHANGE_EXPORTS,
    Export(
        Table(
            "Rechnungen",
            "Rechnungen und Stornorechnungen, die im Zeitraum gestellt wurden",
            (
                *text_columns("Rechnung", "Abruf", "Mitglied"),
                Column("Art", about="380 Rechnung, 381 Stornorechnung (UNTDID 1001)"),
                Column("Rechnungsdatum", Kind.DAY),
                Column("Faellig", Kind.DAY),
                Column("Netto", Kind.EURO, "positiv; die Art trägt das Vorzeichen"),
                Column("Steuersatz", Kind.WHOLE, "Prozent"),
                Column("Umsatzsteuer", Kind.EURO),
                Column("Brutto", Kind.EURO),
                *text_columns("Storniert", "Stornogrund"),
                Column("Pruefsumme", about="SHA-256 der XRechnung (UBL)"),
            ),
        ),
        _invoices,
    ),
    Export(
        Table(
            "Rechnungspositionen",
            "Positionen der Rechnungen",
            (
                Column("Positionskennung", Kind.WHOLE),
                Column("Rechnung"),
                Column("Position", Kind.WHOLE),
                *text_columns("Artikel", "Bezeichnung"),
                Column("Menge", Kind.WHOLE),
                Column("Einzelpreis", Kind.PRICE),
                Column("Netto", Kind.EURO),
            ),
            (Reference("Rechnung", "Rechnungen"),),
        ),
        _invoice_lines,
    ),
    Export(
        Table(
            "Journal",
            "Prüfkette: was geschah; jede Zeile enthält die Prüfsumme der vorigen",
            (
                Column("Eintrag", Kind.WHOLE),
                Column("Kette"),
                Column("Position", Kind.WHOLE),
                *text_columns(
                    "Zeit", "Person", "Vorgang", "Bezug", "Inhalt", "Vorgaenger", "Pruefsumme"
                ),
            ),
        ),
        _journal,
    ),
)
