"""The invoice on paper: the same facts and sums as the XML, which is the original."""

from typing import Any, Final

from reportlab.lib.units import mm
from reportlab.platypus import KeepTogether, Spacer, Table, TableStyle

from app.documents.invoice.einvoice import UNITS, DocumentType, Invoice, InvoiceLine, grouped
from app.documents.sheet.letterhead import WIDTH, Sheet, render
from app.documents.sheet.opening import opening
from app.documents.sheet.tagging import TableTags
from app.documents.sheet.text import (
    ACCENT,
    BODY,
    CELL,
    CELL_MUTED,
    CELL_SMALL,
    CELL_STRONG,
    COLUMN,
    FIGURE,
    FIGURE_COLUMN,
    FIGURE_STRONG,
    OWN_FONT,
    RULE,
    SMALL,
    TITLE,
    P,
    table,
)
from app.kernel.german import day, euro, number, unit_price

WIDTHS: Final = (
    9 * mm,
    WIDTH - (9 + 17 + 14 + 23 + 25) * mm,
    17 * mm,
    14 * mm,
    23 * mm,
    25 * mm,
)
SUMS_WIDTH: Final = 98 * mm


def invoice_pdf(invoice: Invoice) -> bytes:
    """A4 pages in the form that German business letters have; amounts come from the totals."""
    title = f"{invoice.kind.german} {invoice.number}"
    sheet = Sheet(
        letterhead=invoice.issuer.letterhead,
        title=title,
        subject=f"{title} an {invoice.buyer.name}",
        demonstration=invoice.demonstration,
    )
    story = [
        opening(_recipient(invoice), _facts(invoice)),
        Spacer(0, 8 * mm),
        P(title, TITLE),
        *_introduction(invoice),
        Spacer(0, 3 * mm),
        _lines(invoice),
        Spacer(0, 3 * mm),
        KeepTogether([_sums(invoice), Spacer(0, 6 * mm), *_payment(invoice)]),
    ]
    return render(sheet, story)


def _recipient(invoice: Invoice) -> tuple[str, ...]:
    buyer = invoice.buyer
    return (buyer.name, buyer.unit, *buyer.address.lines)


def _facts(invoice: Invoice) -> tuple[tuple[str, str], ...]:
    points = invoice.references
    return (
        ("Nummer", invoice.number),
        ("Datum", day(invoice.issued_on)),
        ("Leistung", _supplied(invoice)),
        ("Ihr Abruf", points.order),
        ("Unser Auftrag", points.sales_order),
        ("Rahmenvertrag", " · ".join(filter(None, (points.contract, points.lot)))),
        ("Lieferschein", ", ".join(points.despatch)),
        ("Wareneingang", points.receipt),
        ("Leitweg-ID", invoice.buyer.reference),
        ("Produktkonto", points.account),
        ("Investitionsnr.", points.project),
    )


def _supplied(invoice: Invoice) -> str:
    if invoice.supplied_from == invoice.supplied_to:
        return f"geliefert am {day(invoice.supplied_to)}"
    return f"{day(invoice.supplied_from)} bis {day(invoice.supplied_to)}"


def _introduction(invoice: Invoice) -> list[Any]:
    texts = []
    if invoice.preceding:
        verb = "storniert" if invoice.kind is DocumentType.CANCELLATION else "berichtigt"
        texts.append(
            f"Dieses Dokument {verb} die Rechnung {invoice.preceding.number} "
            f"vom {day(invoice.preceding.issued_on)}."
        )
    texts.extend(invoice.notes)
    if invoice.ship_to:
        place = ", ".join((invoice.ship_to.name, *invoice.ship_to.address.lines))
        texts.append(f"Geliefert an: {place}")
    return [P(text, BODY) for text in texts]


def _lines(invoice: Invoice) -> Any:
    head = [
        P("Pos.", COLUMN),
        P("Artikel", COLUMN),
        P("Menge", FIGURE_COLUMN),
        P("Einheit", COLUMN),
        P("Einzelpreis", FIGURE_COLUMN),
        P("Betrag netto", FIGURE_COLUMN),
    ]
    return table(head, [_line(line) for line in invoice.lines], WIDTHS)


def _line(line: InvoiceLine) -> list[Any]:
    account = f" · Kontierung {line.account}" if line.account else ""
    article = [P(line.name, CELL), P(f"Artikelnummer {line.sku}{account}", CELL_MUTED)]
    article += [P(text, CELL_SMALL) for text in (line.description, line.note) if text]
    if line.allowance:
        reduction = f"abzüglich {line.allowance.reason} {euro(line.allowance.amount)}"
        article.append(P(reduction, CELL_SMALL))
    return [
        P(str(line.position), CELL),
        article,
        P(number(line.quantity), FIGURE),
        P(UNITS.get(line.unit, line.unit), CELL),
        P(unit_price(line.unit_price), FIGURE),
        P(euro(line.net), FIGURE),
    ]


def _sums(invoice: Invoice) -> Any:
    totals = invoice.totals
    rows = [("Summe der Positionen", euro(totals.lines))]
    if invoice.allowance:
        rows.append((f"abzüglich {invoice.allowance.reason}", f"−{euro(totals.allowances)}"))
    rows.append(("Summe netto", euro(totals.net)))
    for group in totals.vat_groups:
        label = f"Umsatzsteuer {group.percent} % auf {euro(group.base)}"
        rows.append((label, euro(group.tax)))
    total = (
        "Stornobetrag" if invoice.kind is DocumentType.CANCELLATION else "Rechnungsbetrag brutto"
    )
    content = [[P(label, CELL), P(amount, FIGURE)] for label, amount in rows]
    content.append([P(total, CELL_STRONG), P(euro(totals.gross), FIGURE_STRONG)])
    return Table(
        content,
        colWidths=[SUMS_WIDTH - 30 * mm, 30 * mm],
        hAlign="RIGHT",
        style=TableStyle(
            [
                OWN_FONT,
                ("RIGHTPADDING", (0, 0), (-1, -1), 4),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("TOPPADDING", (0, 0), (-1, -1), 2),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
                ("LINEABOVE", (0, 0), (-1, -2), 0.4, RULE),
                ("LINEABOVE", (0, -1), (-1, -1), 0.9, ACCENT),
                ("LINEBELOW", (0, -1), (-1, -1), 0.9, ACCENT),
                ("TOPPADDING", (0, -1), (-1, -1), 4),
                ("BOTTOMPADDING", (0, -1), (-1, -1), 5),
            ]
        ),
        renderCB=TableTags(head_column=True),
    )


def _payment(invoice: Invoice) -> list[Any]:
    issuer = invoice.issuer
    if invoice.kind is DocumentType.CANCELLATION:
        first = "Der Betrag wird mit der ursprünglichen Rechnung verrechnet oder erstattet."
        texts = [(first, BODY)]
    else:
        due = f" Fällig am {day(invoice.due_on)}." if invoice.due_on else ""
        bank = f"{issuer.bank}, IBAN {grouped(issuer.iban)}, BIC {issuer.bic}"
        texts = [
            (f"{invoice.payment_terms}{due}", BODY),
            (f"Bitte überweisen Sie auf: {bank}. Verwendungszweck: {invoice.number}", BODY),
        ]
    original = "Rechtlich maßgeblich ist die elektronische Rechnung (XRechnung) gleicher Nummer."
    return [P(text, style) for text, style in (*texts, (original, SMALL))]
