"""What stands below the headings about people, law and course of the Abrufvermerk."""

from typing import Any, Final

from reportlab.lib.units import mm
from reportlab.platypus import Spacer

from app.documents.memo.cells import known_day, known_minutes, label_rows, nothing_known
from app.documents.memo.facts import MemoDocument, MemoFacts
from app.documents.sheet.letterhead import WIDTH
from app.documents.sheet.text import (
    BODY,
    CELL,
    CELL_MUTED,
    CELL_SMALL,
    COLUMN,
    P,
    known,
    table,
)
from app.kernel.german import day, euro, moment, number

HASH_PREFIX: Final = 16


def order(facts: MemoFacts) -> list[Any]:
    return [
        label_rows(
            ("Abrufnummer", facts.number),
            ("Zeitpunkt", moment(facts.placed_at)),
            ("Mitglied", "\n".join((facts.member_name, *facts.member_address))),
            ("Bestellende Stelle", facts.ordering_unit or facts.member_name),
            *([("Bestellt durch", facts.ordered_by)] if facts.ordered_by else []),
            *([("Bei Ausfall bestellt", facts.on_paper)] if facts.on_paper else []),
            ("Amtlicher Gemeindeschlüssel", facts.ags),
        )
    ]


def value(facts: MemoFacts) -> list[Any]:
    articles = "\n".join(f"{number(line.quantity)} × {line.name}" for line in facts.lines)
    return [
        label_rows(
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
        label_rows(
            ("Öffentlicher Auftraggeber", facts.contracting_entity),
            ("Ausführung durch", facts.fulfilled_by),
        )
    ]


def legal_basis(facts: MemoFacts) -> list[Any]:
    found: list[Any] = [
        label_rows(("Rechtsgrundlage", facts.legal_basis), ("Ergebnis", facts.outcome))
    ]
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
        return nothing_known()
    head = [P(text, COLUMN) for text in ("Art", "Dokument", "vom", "gilt bis", "Prüfsumme")]
    rows = [
        [
            P(paper.kind, CELL),
            P(paper.title, CELL),
            P(known_day(paper.issued), CELL),
            P(_counts_until(paper), CELL),
            P(paper.sha256[:HASH_PREFIX], CELL_MUTED),
        ]
        for paper in facts.documents
    ]
    return [table(head, rows, (38 * mm, WIDTH - 112 * mm, 21 * mm, 22 * mm, 31 * mm))]


def _counts_until(paper: MemoDocument) -> str:
    """Its last day, or until when it has to be reviewed, if that comes first."""
    due, last = paper.review_due, paper.valid_to
    if due is not None and (last is None or due < last):
        return f"Prüfung bis {day(due)}"
    return known_day(last, "unbefristet")


def conditions(facts: MemoFacts) -> list[Any]:
    rows = [("Auflage", text) for text in facts.conditions]
    rows += [("Abweichung", text) for text in facts.overrides]
    return [label_rows(*rows)] if rows else [P("keine", BODY)]


def approvals(facts: MemoFacts) -> list[Any]:
    found: list[Any] = []
    if facts.approvals:
        head = [P(text, COLUMN) for text in ("Rolle", "Zeitpunkt", "Entscheidung", "Bemerkung")]
        rows = [
            [
                P(f"{step.role}: {step.person}" if step.person else step.role, CELL),
                P(moment(step.at), CELL),
                P(step.outcome, CELL),
                P(step.note or "–", CELL),
            ]
            for step in facts.approvals
        ]
        found.append(table(head, rows, (40 * mm, 42 * mm, 38 * mm, WIDTH - 120 * mm)))
    return [*(found or nothing_known()), label_rows(("Vier-Augen-Prinzip", _four_eyes(facts)))]


def _four_eyes(facts: MemoFacts) -> str:
    if facts.four_eyes_exception:
        return f"Ausnahme: {facts.four_eyes_exception}"
    return "eingehalten, zwei verschiedene Personen" if facts.approvals else ""


def conflicts(facts: MemoFacts) -> list[Any]:
    if not facts.conflicts:
        return nothing_known()
    return [
        label_rows(
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
    if not facts.deliveries:
        return [P("noch keine Lieferung", BODY)]
    rows = [(f"Lieferschein {note}", day(on)) for note, on in facts.deliveries]
    return [label_rows(*rows, ("Abgenommen am", known_day(facts.accepted_on)))]


def invoices(facts: MemoFacts) -> list[Any]:
    return [P(", ".join(facts.invoices) or "noch keine Rechnung", BODY)]


def changes(facts: MemoFacts) -> list[Any]:
    if not facts.changes:
        return [P("keine", BODY)]
    rows = []
    for event in facts.changes:
        reason = f", Grund: {event.reason}" if event.reason else ""
        rows.append((moment(event.at), f"{event.text}{reason}"))
    return [label_rows(*rows)]


def time(facts: MemoFacts) -> list[Any]:
    spent = facts.time
    return [
        label_rows(
            ("Zeit im Portal", known_minutes(spent.portal_minutes)),
            ("Zeit außerhalb des Portals", known_minutes(spent.offline_minutes)),
            ("Vergleichswert früher", known_minutes(spent.baseline_minutes)),
            ("Art der Angabe", spent.label),
        )
    ]


def proof(facts: MemoFacts) -> list[Any]:
    return [
        label_rows(
            ("Prüfsumme dieses Vermerks", facts.sha256),
            ("Vorhergehende Prüfsumme", facts.previous_sha256),
            ("Prüfsumme der Entscheidung", facts.decision_sha256),
            ("Nachprüfen unter", facts.verify_url),
        )
    ]
