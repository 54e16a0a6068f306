"""What stands below the headings about agreement, prices and budget of the Abrufvermerk."""

from typing import Any

from reportlab.lib.units import mm
from reportlab.platypus import Spacer

from app.documents.memo.cells import known_day, known_euro, label_rows, nothing_known, yes_or_no
from app.documents.memo.facts import (
    MemoComparison,
    MemoFacts,
    MemoLine,
    MemoLot,
    MemoMarketCheck,
    MemoMarketPrice,
)
from app.documents.sheet.letterhead import WIDTH
from app.documents.sheet.text import (
    BODY,
    CELL,
    CELL_MUTED,
    CELL_SMALL,
    COLUMN,
    FIGURE,
    FIGURE_COLUMN,
    FIGURE_SMALL,
    ITEM,
    P,
    known,
    table,
)
from app.kernel.german import day, euro, number, unit_price


def lots(facts: MemoFacts) -> list[Any]:
    found: list[Any] = []
    for lot in facts.lots:
        found += [_lot(lot), Spacer(0, 3 * mm)]
    return found[:-1] or nothing_known()


def _lot(lot: MemoLot) -> Any:
    return label_rows(
        ("Rahmenvertrag", f"{lot.number}, {lot.title}"),
        ("Los", lot.lot),
        ("Verfahren", lot.procedure),
        ("Bekanntmachung", lot.notice_id),
        ("Zuschlag am", known_day(lot.awarded_on)),
        ("Laufzeit", f"{day(lot.runs_from)} bis {day(lot.runs_until)}"),
        ("Höchstwert", known_euro(lot.maximum)),
        ("Abgerufen vor diesem Abruf", known_euro(lot.called_off_before)),
        ("Abgerufen nach diesem Abruf", known_euro(lot.called_off_after)),
        ("Verbleibend nach diesem Abruf", known_euro(lot.remaining_after)),
    )


def supplier(facts: MemoFacts) -> list[Any]:
    return [label_rows(("Lieferant", facts.supplier), ("Auswahlregel", facts.selection_rule))]


def prices(facts: MemoFacts) -> list[Any]:
    if not facts.lines:
        return nothing_known()
    head = [
        P("Artikel", COLUMN),
        P("Preisliste", COLUMN),
        P("Menge", FIGURE_COLUMN),
        P("Einzelpreis", FIGURE_COLUMN),
        P("Betrag netto", FIGURE_COLUMN),
    ]
    rows = [
        [
            [P(line.name, CELL), P(_price_words(line), CELL_MUTED)],
            P(known(line.price_list_version) if line.quote is None else "Angebot", CELL_SMALL),
            P(number(line.quantity), FIGURE),
            P(unit_price(line.unit_price), FIGURE),
            P(euro(line.net), FIGURE),
        ]
        for line in facts.lines
    ]
    return [table(head, rows, (WIDTH - 96 * mm, 30 * mm, 16 * mm, 24 * mm, 26 * mm))]


def _price_words(line: MemoLine) -> str:
    agreed = "Preis gemäß Rahmenvertrag" if line.quote is None else line.quote.words
    return " · ".join(filter(None, (line.sku, agreed, line.term, line.kit)))


def market_price(facts: MemoFacts) -> list[Any]:
    found: list[Any] = []
    if facts.market_price or not facts.market_checks:
        reason = known(facts.market_price_omitted_because)
        found.append(P(facts.market_price or f"nicht durchgeführt; Grund: {reason}", BODY))
    for check in facts.market_checks:
        found += _market_check(check, public=facts.public)
    return [*found, *(part for one in facts.comparisons for part in _comparison(one))]


def _market_check(check: MemoMarketCheck, *, public: bool) -> list[Any]:
    """Sources beside the contract's price; a public copy keeps what others would take to itself."""
    found: list[Any] = [P(f"Marktpreisprüfung vom {day(check.checked_on)}: {check.result}", BODY)]
    if check.reason:
        found.append(P(f"Grund der Bestellung: {check.reason}", BODY))
    if public:
        return found
    heads = [P(text, COLUMN) for text in ("Artikel", "Quelle", "Stand")]
    heads += [P(text, FIGURE_COLUMN) for text in ("Marktpreis", "Vertragspreis")]
    rows = [
        [
            P(one.article, CELL_SMALL),
            [P(one.source, CELL_SMALL), P(_evidence(one), CELL_MUTED)],
            P(day(one.seen_on), CELL_SMALL),
            P(unit_price(one.unit_price), FIGURE_SMALL),
            P(unit_price(one.contract_price), FIGURE_SMALL),
        ]
        for one in check.sources
    ]
    widths = (50 * mm, WIDTH - 119 * mm, 20 * mm, 24 * mm, 25 * mm)
    return [*found, Spacer(0, 1 * mm), table(heads, rows, widths), Spacer(0, 2 * mm)]


def _evidence(one: MemoMarketPrice) -> str:
    same = "gleiche Ausführung" if one.same_specification else "andere Ausführung"
    return f"{same} · Beleg {one.sha256[:16]}" if one.sha256 else f"{same} · ohne Beleg"


def _comparison(seen: MemoComparison) -> list[Any]:
    """What the choice rests on, as large as the page is wide."""
    head = [P("Merkmal", COLUMN), *(P(name, COLUMN) for _, name in seen.articles)]
    numbers = ("Artikelnummer", *(sku for sku, _ in seen.articles))
    rows = [[P(value, CELL_SMALL) for value in row] for row in (numbers, *seen.rows)]
    first = 34 * mm
    each = (WIDTH - first) / len(seen.articles)
    title = f"Artikel im Katalog verglichen am {day(seen.on)}:"
    widths = (first, *(each for _ in seen.articles))
    return [Spacer(0, 2 * mm), P(title, BODY), table(head, rows, widths)]


def counterfactual(facts: MemoFacts) -> list[Any]:
    texts = [known(facts.counterfactual), *filter(None, (facts.splitting,))]
    return [P(text, ITEM) for text in texts]


def budget(facts: MemoFacts) -> list[Any]:
    funds = facts.budget
    return [
        label_rows(
            ("Haushaltsjahr", "" if funds.year is None else str(funds.year)),
            ("Produktkonto", funds.product_account),
            ("Investitionsnummer", funds.investment_number),
            ("Kostenstelle", funds.cost_centre),
            ("Betrag", known_euro(funds.amount)),
            ("Mittel bestätigt", funds.confirmed_by or yes_or_no(funds.funds_confirmed)),
            *(("Beleg der Mittel", text) for text in funds.confirmed_with),
            *((("Deckungskreis", funds.coverage_circle),) if funds.coverage_circle else ()),
            *((("Finanzierung", funds.financing),) if funds.financing else ()),
            *((("Kassenschluss", funds.after_closing),) if funds.after_closing else ()),
            *((("Förderung", funds.funding_source),) if funds.funding_source else ()),
            *((("Zweckbindung bis", day(until)),) if (until := funds.earmarked_until) else ()),
            *(("Budget", text) for text in funds.charges),
            *(("Aufteilung", text) for text in funds.shares),
        )
    ]
