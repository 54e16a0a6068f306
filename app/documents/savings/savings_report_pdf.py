"""The monthly council report on paper: one page for the council, then the reasons, then annexes."""

from typing import Any, Final

from reportlab.lib.units import mm
from reportlab.platypus import PageBreak, Spacer, Table, TableStyle

from app.documents.savings import savings_report_tables as tables
from app.documents.savings.savings_chart import hours, savings_chart
from app.documents.savings.savings_report import Reliability, SavingsReport, Section
from app.documents.sheet.letterhead import WIDTH, Letterhead, Sheet, render
from app.documents.sheet.tagging import Figure, LayoutTags, TableTags
from app.documents.sheet.text import (
    ACCENT,
    BODY,
    CELL,
    CELL_MUTED,
    CELL_STRONG,
    COLUMN,
    FLUSH_LEFT,
    HEADING,
    ITEM,
    LEAD,
    LINED,
    OWN_FONT,
    RULE,
    SHADE,
    SMALL,
    SUBHEADING,
    TITLE,
    P,
    heading,
    table,
)
from app.kernel.german import day, euro, moment

HASH_PREFIX: Final = 16
NO_STATEMENT: Final = "keine Angabe"
TICKS: Final = (
    ("Steuerrelevanz", "☐ steuerrelevant   ☐ nicht steuerrelevant   ☐ Abstimmung mit der Kämmerei"),
    (
        "Leitbild",
        "☐ leitbildrelevant, Handlungsfeld und Ziel: __________   ☐ nicht leitbildrelevant",
    ),
)


def savings_report_pdf(report: SavingsReport) -> bytes:
    """The first page stands alone for readers who have one minute."""
    sheet = Sheet(
        letterhead=Letterhead(
            name=report.scope,
            address_line=f"Informationsvorlage · {report.month.german}",
            footer=(
                (report.scope, f"Berichtsmonat {report.month.german}"),
                ("Datenstand", moment(report.as_of)),
                ("Prüfsumme der Daten", report.sha256[:HASH_PREFIX]),
            ),
        ),
        title=report.head.title,
        subject=f"{report.scope}: {report.head.title}",
        demonstration=report.demonstration,
    )
    story = [*_first_page(report), PageBreak()]
    for section in report.sections:
        story += _section(report, section)
    story += [PageBreak(), *_annexes(report)]
    return render(sheet, story)


def _first_page(report: SavingsReport) -> list[Any]:
    head = report.head
    return [
        P(head.title, TITLE),
        _blanks(
            ("Drucksachen-Nr.", head.council_paper_number),
            ("Einreicher", head.submitted_by),
            ("Verantwortlich", head.responsible_unit),
            ("Beschlussgrundlage", head.resolution),
        ),
        P("Beratungsfolge", HEADING),
        _consultation(report),
        P("Kenntnisnahme", HEADING),
        P(head.proposal, BODY),
        P("Das Wichtigste", HEADING),
        P(report.headline, LEAD),
        Spacer(0, 3 * mm),
        _key_figures(report),
        P("Gemessene Zeitersparnis je Monat", HEADING),
        Figure(savings_chart(report.months, report.time.target), _chart_text(report)),
        P(_chart_text(report), SMALL),
        Spacer(0, 3 * mm),
        _blanks(*TICKS),
    ]


def _blanks(*rows: tuple[str, str]) -> Any:
    """Fields of the paper; what nobody entered stays empty to be filled in by hand."""
    return Table(
        [[P(label, CELL_STRONG), P(value, CELL)] for label, value in rows],
        colWidths=[42 * mm, WIDTH - 42 * mm],
        style=TableStyle([*LINED, FLUSH_LEFT]),
        renderCB=TableTags(head_column=True),
    )


def _consultation(report: SavingsReport) -> Any:
    titles = ("Gremium", "Status", "Termin", "Für", "Gegen", "Enthaltung")
    rows = [
        [
            P(step.body, CELL),
            P("öffentlich" if step.is_public else "nicht öffentlich", CELL),
            P(day(step.day) if step.day else "", CELL),
            "",
            "",
            "",
        ]
        for step in report.head.consultation
    ]
    widths = (WIDTH - 101 * mm, 27 * mm, 22 * mm, 14 * mm, 16 * mm, 22 * mm)
    grid = ("INNERGRID", (0, 0), (-1, -1), 0.4, RULE)
    return table([P(text, COLUMN) for text in titles], rows, widths, grid)


def _key_figures(report: SavingsReport) -> Any:
    """Four boxes; negative figures stand in the same size as positive ones."""
    figures = report.time
    measured = NO_STATEMENT if figures.net is None else f"{hours(figures.net)} Stunden"
    boxes = (
        ("Abgeschlossene Abrufe", str(figures.orders), f"in {figures.cases} Vorgängen"),
        ("Gemessene Zeitersparnis", measured, _certainty(report)),
        ("Messabdeckung", figures.coverage.german, f"{figures.full} von {figures.cases} Vorgängen"),
        ("Kassenwirksames Ergebnis", euro(report.money.cash_result), "einschließlich Beitrag"),
    )
    cells = [
        [P(label, CELL_MUTED), Spacer(0, 1 * mm), P(figure, LEAD), P(note, CELL_MUTED)]
        for label, figure, note in boxes
    ]
    return Table(
        [cells],
        colWidths=[WIDTH / len(boxes)] * len(boxes),
        style=TableStyle(
            [
                OWN_FONT,
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("BACKGROUND", (0, 0), (-1, -1), SHADE),
                ("LINEABOVE", (0, 0), (-1, 0), 1.2, ACCENT),
                ("INNERGRID", (0, 0), (-1, -1), 0.4, RULE),
                ("TOPPADDING", (0, 0), (-1, -1), 6),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 7),
            ]
        ),
        renderCB=LayoutTags(),
    )


def _certainty(report: SavingsReport) -> str:
    if report.time.reliability is Reliability.RELIABLE:
        return "nach Abzug von Aufwand"
    return "keine belastbare Aussage"


def _section(report: SavingsReport, section: Section) -> list[Any]:
    story = heading(f"{section.letter}) {section.heading}")
    story += [P(sentence, BODY) for sentence in section.sentences]
    content = CONTENT.get(section.letter)
    return [*story, *(content(report) if content else ())]


def _progress(report: SavingsReport) -> list[Any]:
    return [
        *_titled("Warengruppen", tables.named_table("Warengruppe", report.categories)),
        *_titled("Rahmenverträge und Restvolumen", tables.lot_table(report.lots)),
    ]


def _time(report: SavingsReport) -> list[Any]:
    return _titled("Zahlen", tables.time_table(report))


def _chart_text(report: SavingsReport) -> str:
    """The chart in words; the same figures stand in the annex as a table."""
    known = [
        f"{row.month.german} {hours(row.saved)}" for row in report.months if row.saved is not None
    ]
    missing = len(report.months) - len(known)
    told = (
        f"Stunden je Monat: {'; '.join(known)}."
        if known
        else "Für keinen Monat liegt ein Wert vor."
    )
    if known and missing:
        told += f" Monate ohne Angabe (k. A.): {missing}."
    return f"{told} Nicht gefüllte Säulen: keine belastbare Aussage."


def _money(report: SavingsReport) -> list[Any]:
    return [
        *_titled("Vier Zahlen, die für sich stehen", tables.money_table(report)),
        *_titled("Produktkonten", tables.named_table("Produktkonto", report.product_accounts)),
    ]


CONTENT: Final = {"b": _progress, "c": _time, "d": _money}


def _titled(title: str, content: Any) -> list[Any]:
    return [*heading(title, SUBHEADING), content] if content else []


def _annexes(report: SavingsReport) -> list[Any]:
    return [
        P("Anlage 1: Methode", LEAD),
        *(P(f"{place}. {text}", ITEM) for place, text in enumerate(report.method, start=1)),
        Spacer(0, 4 * mm),
        *heading("Anlage 2: Rechenweg", LEAD),
        tables.calculation_table(report),
        Spacer(0, 4 * mm),
        *heading("Anlage 3: Monate", LEAD),
        tables.month_table(report.months),
        Spacer(0, 4 * mm),
        *heading("Anlage 4: Vorgänge ohne Namen", LEAD),
        tables.case_table(report.cases) or P("Keine Angabe: zu wenige Vorgänge.", BODY),
        Spacer(0, 4 * mm),
        P(f"Datenstand {moment(report.as_of)}. Prüfsumme der Daten: {report.sha256}", SMALL),
    ]
