"""The order to a supplier on paper: the sum of each article, then every address."""

from typing import Any, Final

from reportlab.lib.units import mm
from reportlab.platypus import KeepTogether, Spacer

from app.documents.sheet.letterhead import WIDTH, Sheet, render
from app.documents.sheet.opening import opening
from app.documents.sheet.text import (
    BODY,
    CELL,
    CELL_MUTED,
    COLUMN,
    FIGURE_COLUMN,
    FIGURE_STRONG,
    SMALL,
    TITLE,
    P,
    heading,
    table,
)
from app.documents.supplier_order import Consignment, SupplierOrderFacts, WantedArticle
from app.kernel.german import day, number

WIDTHS: Final = (WIDTH - (42 + 20 + 20) * mm, 42 * mm, 20 * mm, 20 * mm)


def supplier_order_pdf(facts: SupplierOrderFacts) -> bytes:
    """A4 pages without prices: those of the framework agreement hold."""
    title = f"Lieferantenbestellung {facts.number}"
    sheet = Sheet(
        letterhead=facts.letterhead,
        title=title,
        subject=f"{title} aus Rahmenvertrag {facts.framework}",
        demonstration=facts.demonstration,
    )
    story = [
        opening((facts.supplier,), _facts(facts)),
        Spacer(0, 8 * mm),
        P(title, TITLE),
        P("Es gelten die Preise und Bedingungen des Rahmenvertrags.", BODY),
        *heading("Artikel insgesamt"),
        _articles(facts.totals),
        *heading("Lieferanschriften"),
        *[KeepTogether(_consignment(one)) for one in facts.consignments],
        Spacer(0, 3 * mm),
        P("Bitte geben Sie auf jedem Lieferschein die Abrufnummer an.", SMALL),
    ]
    return render(sheet, story)


def _facts(facts: SupplierOrderFacts) -> tuple[tuple[str, str], ...]:
    return (
        ("Nummer", facts.number),
        ("Datum", day(facts.day)),
        ("Rahmenvertrag", facts.framework),
        ("Abrufe", number(len(facts.consignments))),
        ("Stück", number(facts.pieces)),
    )


def _articles(articles: tuple[WantedArticle, ...]) -> Any:
    head = [
        P("Artikel", COLUMN),
        P("Hersteller", COLUMN),
        P("Menge", FIGURE_COLUMN),
        P("Einheit", COLUMN),
    ]
    return table(head, [_row(article) for article in articles], WIDTHS)


def _row(article: WantedArticle) -> list[Any]:
    return [
        [P(article.name, CELL), P(f"Artikelnummer {article.sku}", CELL_MUTED)],
        P(article.manufacturer, CELL),
        P(number(article.quantity), FIGURE_STRONG),
        P(article.unit, CELL),
    ]


def _consignment(one: Consignment) -> list[Any]:
    days = [
        f"Wunschtermin {day(one.wanted_by)}" if one.wanted_by else "",
        f"zugesagt bis {day(one.promised)}" if one.promised else "",
    ]
    return [
        Spacer(0, 2 * mm),
        P(f"Abruf {one.call_off_number} für {one.member_name}", COLUMN),
        P(", ".join(line for line in one.ship_to if line), CELL),
        *([P(", ".join(filter(None, days)), CELL_MUTED)] if any(days) else []),
        Spacer(0, 1 * mm),
        _articles(one.articles),
    ]
