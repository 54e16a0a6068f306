"""What stands below each heading of the Abrufvermerk; unknown facts read 'nicht erfasst'."""

from datetime import date
from typing import Any, Final

from reportlab.lib.units import mm
from reportlab.platypus import KeepTogether, Spacer

from app.documents.letterhead import WIDTH
from app.documents.memo import MemoComparison, MemoFacts, MemoLine, MemoLot
from app.documents.text import (
    BODY,
    CELL,
    CELL_MUTED,
    CELL_SMALL,
    COLUMN,
    FIGURE,
    FIGURE_COLUMN,
    UNKNOWN,
    P,
    known,
    pairs,
    table,
)
from app.kernel.german import day, euro, moment, number, unit_price
from app.kernel.money import Money

LABEL: Final = 52 * mm
HASH_PREFIX: Final = 16


def order(facts: MemoFacts) -> list[Any]:
    return [
        _pairs(
            ("Abrufnummer", facts.number),
            ("Zeitpunkt", moment(facts.placed_at)),
            ("Mitglied", "\n".join((facts.member_name, *facts.member_address))),
            ("Bestellende Stelle", facts.ordering_unit),
            ("Amtlicher Gemeindeschlüssel", facts.ags),
        )
    ]


def value(facts: MemoFacts) -> list[Any]:
    articles = "\n".join(f"{number(line.quantity)} × {line.name}" for line in facts.lines)
    return [
        _pairs(
            ("Gegenstand", articles),
            ("Wert netto", euro(facts.net)),
            ("Umsatzsteuer", euro(facts.vat)),
            ("Wert brutto", euro(facts.gross)),
        )
    ]


def need(facts: MemoFacts) -> list[Any]:
    return [P(known(facts.purpose), BODY)]


def parties(facts: MemoFacts) -> list[Any]:
    return [
        _pairs(
            ("Öffentlicher Auftraggeber", facts.contracting_entity),
            ("Ausführung durch", facts.fulfilled_by),
        )
    ]


def legal_basis(facts: MemoFacts) -> list[Any]:
    found: list[Any] = [_pairs(("Rechtsgrundlage", facts.legal_basis), ("Ergebnis", facts.outcome))]
    if facts.rules:
        head = [P(text, COLUMN) for text in ("Regel", "Ergebnis", "Grundlage", "Feststellung")]
        rows = [
            [
                P(rule.rule, CELL_SMALL),
                P(rule.result, CELL_SMALL),
                P(rule.legal_basis, CELL_SMALL),
                P(rule.text, CELL_SMALL),
            ]
            for rule in facts.rules
        ]
        found.append(Spacer(0, 2 * mm))
        found.append(table(head, rows, (15 * mm, 24 * mm, 42 * mm, WIDTH - 81 * mm)))
    return found


def documents(facts: MemoFacts) -> list[Any]:
    if not facts.documents:
        return _unknown()
    head = [P(text, COLUMN) for text in ("Art", "Dokument", "vom", "gültig bis", "Prüfsumme")]
    rows = [
        [
            P(paper.kind, CELL),
            P(paper.title, CELL),
            P(_day(paper.issued), CELL),
            P(_day(paper.valid_to, "unbefristet"), CELL),
            P(paper.sha256[:HASH_PREFIX], CELL_MUTED),
        ]
        for paper in facts.documents
    ]
    return [table(head, rows, (38 * mm, WIDTH - 112 * mm, 21 * mm, 22 * mm, 31 * mm))]


def conditions(facts: MemoFacts) -> list[Any]:
    rows = [("Auflage", text) for text in facts.conditions]
    rows += [("Abweichung", text) for text in facts.overrides]
    return [_pairs(*rows)] if rows else [P("keine", BODY)]


def lots(facts: MemoFacts) -> list[Any]:
    found: list[Any] = []
    for lot in facts.lots:
        found += [KeepTogether(_lot(lot)), Spacer(0, 3 * mm)]
    return found[:-1] or _unknown()


def _lot(lot: MemoLot) -> Any:
    return _pairs(
        ("Rahmenvertrag", f"{lot.number}, {lot.title}"),
        ("Los", lot.lot),
        ("Verfahren", lot.procedure),
        ("Bekanntmachung", lot.notice_id),
        ("Zuschlag am", _day(lot.awarded_on)),
        ("Laufzeit", f"{day(lot.runs_from)} bis {day(lot.runs_until)}"),
        ("Höchstwert", _euro(lot.maximum)),
        ("Abgerufen vor diesem Abruf", _euro(lot.called_off_before)),
        ("Abgerufen nach diesem Abruf", _euro(lot.called_off_after)),
        ("Verbleibend nach diesem Abruf", _euro(lot.remaining_after)),
    )


def supplier(facts: MemoFacts) -> list[Any]:
    return [_pairs(("Lieferant", facts.supplier), ("Auswahlregel", facts.selection_rule))]


def prices(facts: MemoFacts) -> list[Any]:
    if not facts.lines:
        return _unknown()
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
            P(known(line.price_list_version), CELL_SMALL),
            P(number(line.quantity), FIGURE),
            P(unit_price(line.unit_price), FIGURE),
            P(euro(line.net), FIGURE),
        ]
        for line in facts.lines
    ]
    return [table(head, rows, (WIDTH - 96 * mm, 30 * mm, 16 * mm, 24 * mm, 26 * mm))]


def _price_words(line: MemoLine) -> str:
    return " · ".join(filter(None, (line.sku, "Preis gemäß Rahmenvertrag", line.term)))


def market_price(facts: MemoFacts) -> list[Any]:
    reason = known(facts.market_price_omitted_because)
    said = facts.market_price or f"nicht durchgeführt; Grund: {reason}"
    return [P(said, BODY), *(part for one in facts.comparisons for part in _comparison(one))]


def _comparison(seen: MemoComparison) -> list[Any]:
    """What the choice rests on, as large as the page is wide."""
    head = [P("Merkmal", COLUMN), *(P(name, COLUMN) for _, name in seen.articles)]
    numbers = ("Artikelnummer", *(sku for sku, _ in seen.articles))
    rows = [[P(value, CELL_SMALL) for value in row] for row in (numbers, *seen.rows)]
    first = 34 * mm
    each = (WIDTH - first) / len(seen.articles)
    title = f"Artikel im Katalog verglichen am {day(seen.on)}"
    widths = (first, *(each for _ in seen.articles))
    return [Spacer(0, 2 * mm), P(title, BODY), table(head, rows, widths)]


def counterfactual(facts: MemoFacts) -> list[Any]:
    return [P(known(facts.counterfactual), BODY)]


def budget(facts: MemoFacts) -> list[Any]:
    funds = facts.budget
    return [
        _pairs(
            ("Haushaltsjahr", "" if funds.year is None else str(funds.year)),
            ("Produktkonto", funds.product_account),
            ("Investitionsnummer", funds.investment_number),
            ("Kostenstelle", funds.cost_centre),
            ("Betrag", _euro(funds.amount)),
            ("Mittel bestätigt", _yes_or_no(funds.funds_confirmed)),
        )
    ]


def approvals(facts: MemoFacts) -> list[Any]:
    found: list[Any] = []
    if facts.approvals:
        head = [P(text, COLUMN) for text in ("Rolle", "Zeitpunkt", "Entscheidung", "Bemerkung")]
        rows = [
            [
                P(step.role, CELL),
                P(moment(step.at), CELL),
                P(step.outcome, CELL),
                P(step.note or "–", CELL),
            ]
            for step in facts.approvals
        ]
        found.append(table(head, rows, (40 * mm, 42 * mm, 38 * mm, WIDTH - 120 * mm)))
    return [*(found or _unknown()), _pairs(("Vier-Augen-Prinzip", _four_eyes(facts)))]


def _four_eyes(facts: MemoFacts) -> str:
    if facts.four_eyes_exception:
        return f"Ausnahme: {facts.four_eyes_exception}"
    return "eingehalten, zwei verschiedene Personen" if facts.approvals else ""


def conflicts(facts: MemoFacts) -> list[Any]:
    if not facts.conflicts:
        return _unknown()
    return [
        _pairs(
            *(
                (
                    role,
                    "kein Interessenkonflikt erklärt" if free else "Interessenkonflikt angezeigt",
                )
                for role, free in facts.conflicts
            )
        )
    ]


def deliveries(facts: MemoFacts) -> list[Any]:
    rows = [(f"Lieferschein {note}", day(on)) for note, on in facts.deliveries]
    return [_pairs(*rows, ("Abgenommen am", _day(facts.accepted_on)))]


def invoices(facts: MemoFacts) -> list[Any]:
    return [P(", ".join(facts.invoices) or UNKNOWN, BODY)]


def changes(facts: MemoFacts) -> list[Any]:
    if not facts.changes:
        return [P("keine", BODY)]
    rows = []
    for event in facts.changes:
        reason = f", Grund: {event.reason}" if event.reason else ""
        rows.append((moment(event.at), f"{event.text}{reason}"))
    return [_pairs(*rows)]


def time(facts: MemoFacts) -> list[Any]:
    spent = facts.time
    return [
        _pairs(
            ("Zeit im Portal", _minutes(spent.portal_minutes)),
            ("Zeit außerhalb des Portals", _minutes(spent.offline_minutes)),
            ("Vergleichswert früher", _minutes(spent.baseline_minutes)),
            ("Art der Angabe", spent.label),
        )
    ]


def proof(facts: MemoFacts) -> list[Any]:
    return [
        _pairs(
            ("Prüfsumme dieses Vermerks", facts.sha256),
            ("Vorhergehende Prüfsumme", facts.previous_sha256),
            ("Prüfsumme der Entscheidung", facts.decision_sha256),
            ("Nachprüfen unter", facts.verify_url),
        )
    ]


def _pairs(*rows: tuple[str, str]) -> Any:
    return pairs(rows, WIDTH, LABEL)


def _unknown() -> list[Any]:
    return [P(UNKNOWN, BODY)]


def _day(on: date | None, otherwise: str = UNKNOWN) -> str:
    return day(on) if on else otherwise


def _euro(amount: Money | None) -> str:
    return "" if amount is None else euro(amount)


def _minutes(spent: int | None) -> str:
    return "" if spent is None else f"{number(spent)} Minuten"


def _yes_or_no(fact: bool | None) -> str:
    if fact is None:
        return ""
    return "ja" if fact else "nein"
