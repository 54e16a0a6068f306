"""The form for a call-off on paper: numbered, one per page, with room for a pen."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from reportlab.lib.units import mm
from reportlab.platypus import PageBreak, Spacer, Table, TableStyle

from app.documents.sheet.letterhead import WIDTH, Letterhead, Sheet, render
from app.documents.sheet.tagging import LayoutTags, TableTags
from app.documents.sheet.text import (
    BODY,
    CELL,
    CELL_STRONG,
    COLUMN,
    FLUSH_LEFT,
    HEADED,
    LINED,
    SMALL,
    TITLE,
    P,
)
from app.kernel.german import moment

ROWS: Final = 10
FIELD_HEIGHT: Final = 10 * mm
SIGNATURE_HEIGHT: Final = 14 * mm
ROW_HEIGHT: Final = 9.5 * mm
LABEL: Final = 42 * mm
WIDTHS: Final = (10 * mm, 42 * mm, WIDTH - 92 * mm, 18 * mm, 22 * mm)
WHAT: Final = (
    "Nur für den Fall, dass das Portal nicht erreichbar ist. Tragen Sie den Abruf innerhalb von "
    "14 Tagen im Portal unter „Ausfall“ nach: Er behält Tag und Uhrzeit von hier, geprüft wird mit "
    "den Tatsachen und Regeln dieses Zeitpunkts. Jede Nummer gilt einmal. Verbindlich wird der "
    "Abruf mit der Genehmigung im Portal."
)


@dataclass(frozen=True, slots=True)
class OutageForms:
    """What is printed on each page besides the empty fields."""

    numbers: tuple[str, ...]
    member_name: str
    member_address: tuple[str, ...]
    accounts: tuple[str, ...]
    printed_at: datetime
    demonstration: bool = False


def outage_form_pdf(forms: OutageForms) -> bytes:
    """One A4 page per number; the same input gives the same bytes."""
    title = f"Abrufformulare für den Ausfall {forms.numbers[0]} bis {forms.numbers[-1]}"
    sheet = Sheet(
        letterhead=Letterhead(
            name=forms.member_name,
            address_line=" · ".join((forms.member_name, *forms.member_address)),
            footer=(
                (forms.member_name, *forms.member_address),
                ("Abruf bei Ausfall des Portals",),
                (f"Gedruckt am {moment(forms.printed_at)}",),
            ),
        ),
        title=title,
        subject=title,
        demonstration=forms.demonstration,
    )
    story: list[Any] = []
    for at, number in enumerate(forms.numbers):
        if at:
            story.append(PageBreak())
        story += _page(forms, number)
    return render(sheet, story)


def _page(forms: OutageForms, number: str) -> list[Any]:
    known = f"Produktkonten: {' · '.join(forms.accounts)}" if forms.accounts else ""
    return [
        P(f"Abruf bei Ausfall {number}", TITLE),
        P(WHAT, SMALL),
        Spacer(0, 2 * mm),
        _fields(
            ("Tag und Uhrzeit", "Bestellt durch (Funktion)"),
            ("Rahmenvertrag", "Produktkonto"),
            ("Beschaffungszweck", "Kostenstelle"),
            ("Lieferadresse, Raum", "Wunschtermin"),
        ),
        *([P(known, SMALL)] if known else []),
        Spacer(0, 3 * mm),
        _lines(),
        Spacer(0, 3 * mm),
        P("Bestellung und Genehmigung sind zwei verschiedene Personen.", BODY),
        _fields(
            ("Bestellt: Datum, Unterschrift", "Genehmigt: Datum, Unterschrift"),
            ("Nachgetragen am, durch", "Abrufnummer im Portal"),
            height=SIGNATURE_HEIGHT,
        ),
    ]


def _fields(*rows: tuple[str, str], height: float = FIELD_HEIGHT) -> Any:
    """Two fields a row: the label, and room to write."""
    room = WIDTH / 2 - LABEL
    return Table(
        [[P(left, CELL_STRONG), "", P(right, CELL_STRONG), ""] for left, right in rows],
        colWidths=[LABEL, room, LABEL, room],
        rowHeights=[height] * len(rows),
        style=TableStyle([*LINED, FLUSH_LEFT]),
        renderCB=LayoutTags(),
    )


def _lines() -> Any:
    head = ("Pos.", "Artikelnummer", "Artikel", "Menge", "Preis netto")
    rows = [[P(str(at), CELL), "", "", "", ""] for at in range(1, ROWS + 1)]
    return Table(
        [[P(text, COLUMN) for text in head], *rows],
        colWidths=WIDTHS,
        rowHeights=[None, *([ROW_HEIGHT] * ROWS)],
        style=TableStyle([*LINED, *HEADED]),
        renderCB=TableTags(head_row=True),
    )
