"""The delivery note on paper: what arrived, what is still to come, and a place to sign."""

from typing import Any, Final

from reportlab.lib.units import mm
from reportlab.platypus import KeepTogether, Spacer, Table, TableStyle

from app.documents.delivery_note import DeliveredLine, DeliveryNoteFacts
from app.documents.sheet.letterhead import WIDTH, Sheet, render
from app.documents.sheet.opening import opening
from app.documents.sheet.tagging import LayoutTags
from app.documents.sheet.text import (
    BARE,
    BODY,
    CELL,
    CELL_MUTED,
    CELL_SMALL,
    COLUMN,
    FIGURE,
    FIGURE_COLUMN,
    FIGURE_STRONG,
    HEADING,
    INK,
    SMALL,
    TITLE,
    P,
    table,
)
from app.kernel.german import day, number

WIDTHS: Final = (
    9 * mm,
    WIDTH - (9 + 19 + 19 + 19 + 16) * mm,
    19 * mm,
    19 * mm,
    19 * mm,
    16 * mm,
)
SIGNATURE_GAP: Final = 8 * mm


def delivery_note_pdf(facts: DeliveryNoteFacts) -> bytes:
    """A4 pages without prices; the rows to tick and sign stay together on one page."""
    title = f"Lieferschein {facts.number}"
    sheet = Sheet(
        letterhead=facts.letterhead,
        title=title,
        subject=f"{title} zum Abruf {facts.call_off_number}",
        demonstration=facts.demonstration,
    )
    story = [
        opening((facts.member_name, facts.recipient, *facts.ship_to), _facts(facts)),
        Spacer(0, 8 * mm),
        P(title, TITLE),
        P(f"zum Abruf {facts.call_off_number}", BODY),
        Spacer(0, 3 * mm),
        _lines(facts),
        Spacer(0, 3 * mm),
        *([P(facts.remark, BODY), Spacer(0, 3 * mm)] if facts.remark else []),
        KeepTogether(_receipt()),
    ]
    return render(sheet, story)


def _facts(facts: DeliveryNoteFacts) -> tuple[tuple[str, str], ...]:
    return (
        ("Nummer", facts.number),
        ("Lieferdatum", day(facts.day)),
        ("Wunschtermin", day(facts.requested_day) if facts.requested_day else ""),
        ("Ihr Abruf", facts.call_off_number),
        ("Rahmenvertrag", facts.framework),
        ("Raum", facts.room),
        ("Kostenstelle", facts.cost_centre),
    )


def _lines(facts: DeliveryNoteFacts) -> Any:
    head = [
        P("Pos.", COLUMN),
        P("Artikel", COLUMN),
        P("geliefert", FIGURE_COLUMN),
        P("bestellt", FIGURE_COLUMN),
        P("noch offen", FIGURE_COLUMN),
        P("Einheit", COLUMN),
    ]
    return table(head, [_line(line) for line in facts.lines], WIDTHS)


def _line(line: DeliveredLine) -> list[Any]:
    article = [P(line.name, CELL), P(f"Artikelnummer {line.sku}", CELL_MUTED)]
    article += [P(f"Für {share}", CELL_SMALL) for share in line.shares]
    if line.serial_numbers:
        article.append(P(f"Seriennummern: {', '.join(line.serial_numbers)}", CELL_SMALL))
    return [
        P(str(line.position), CELL),
        article,
        P(number(line.quantity), FIGURE_STRONG),
        P(number(line.ordered), FIGURE),
        P(number(line.open_after), FIGURE),
        P(line.unit, CELL),
    ]


def _receipt() -> list[Any]:
    words = "☐ vollständig und unbeschädigt erhalten    ☐ mit Mängeln:"
    half = (WIDTH - SIGNATURE_GAP) / 2
    signatures = Table(
        [
            ["", "", ""],
            [P("Datum, Dienststelle", SMALL), "", P("Unterschrift der empfangenden Stelle", SMALL)],
        ],
        colWidths=[half, SIGNATURE_GAP, half],
        rowHeights=[12 * mm, None],
        style=TableStyle(
            [
                *BARE,
                ("TOPPADDING", (0, 1), (-1, 1), 2),
                ("LINEABOVE", (0, 1), (0, 1), 0.5, INK),
                ("LINEABOVE", (2, 1), (2, 1), 0.5, INK),
            ]
        ),
        renderCB=LayoutTags(),
    )
    portal = "Bitte bestätigen Sie den Wareneingang auch im Portal."
    return [P("Wareneingang", HEADING), P(words, BODY), signatures, P(portal, SMALL)]
