"""The Abrufvermerk on paper: twenty numbered points, none left out where nothing is known."""

from collections.abc import Sequence
from typing import Any, Final

from reportlab.lib.units import mm
from reportlab.platypus import Spacer

from app.documents import memo_parts as parts
from app.documents.letterhead import Letterhead, Sheet, render
from app.documents.memo import MemoFacts
from app.documents.text import BODY, LEAD, SMALL, TITLE, P, heading
from app.kernel.german import moment

VOLUNTARY: Final = (
    "Dieser Vermerk wird freiwillig geführt, in Anlehnung an § 8 Abs. 2 VgV und § 6 UVgO. "
    "Er ist kein Vergabevermerk: Der Abruf ist kein Vergabeverfahren. "
    "Das Portal dokumentiert, es ersetzt keine rechtliche Prüfung."
)

HEADINGS: Final = (
    ("Abruf und Besteller", parts.order),
    ("Gegenstand und Wert", parts.value),
    ("Bedarf", parts.need),
    ("Auftraggeber und Ausführung", parts.parties),
    ("Rechtsgrundlage und Ergebnis der Inhouse-Prüfung", parts.legal_basis),
    ("Tatsachen und Nachweise", parts.documents),
    ("Auflagen und Abweichungen", parts.conditions),
    ("Rahmenvertrag und Los", parts.lots),
    ("Lieferant und Auswahlregel", parts.supplier),
    ("Preise", parts.prices),
    ("Marktpreisvergleich", parts.market_price),
    ("Verfahren ohne Rahmenvertrag", parts.counterfactual),
    ("Haushalt", parts.budget),
    ("Genehmigungen", parts.approvals),
    ("Interessenkonflikte", parts.conflicts),
    ("Lieferung und Abnahme", parts.deliveries),
    ("Rechnungen", parts.invoices),
    ("Änderungen und Stornierungen", parts.changes),
    ("Zeitaufwand", parts.time),
    ("Prüfsumme und Nachprüfung", parts.proof),
)


def memo_pdf(facts: MemoFacts) -> bytes:
    """The file note of one call-off as it stood when it was written."""
    title = f"Abrufvermerk {facts.number}"
    sheet = Sheet(
        letterhead=Letterhead(
            name=facts.member_name,
            address_line=" · ".join((facts.member_name, *facts.member_address)),
            footer=(
                (facts.member_name, *facts.member_address),
                ("Abrufvermerk, freiwillig geführt", "kein Vergabevermerk"),
                (facts.number, _prefix("Prüfsumme", facts.sha256)),
            ),
        ),
        title=title,
        subject=f"Freiwilliger Vermerk zum Abruf {facts.number}",
        demonstration=facts.demonstration,
    )
    return render(sheet, _story(facts, title))


def _story(facts: MemoFacts, title: str) -> Sequence[Any]:
    story = [P(title, TITLE), P(f"Ergebnis der Inhouse-Prüfung: {facts.outcome}", LEAD)]
    if facts.written_at:
        story.append(P(f"Stand: {moment(facts.written_at)}", SMALL))
    story += [Spacer(0, 1.5 * mm), P(VOLUNTARY, BODY)]
    for number, (title_of_point, content) in enumerate(HEADINGS, start=1):
        story.extend(heading(f"{number}. {title_of_point}"))
        story.extend(content(facts))
    return story


def _prefix(label: str, sha256: str) -> str:
    return f"{label} {sha256[:16]}" if sha256 else ""
