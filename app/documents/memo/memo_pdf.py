"""The Abrufvermerk on paper: twenty numbered points, none left out where nothing is known."""

from collections.abc import Sequence
from typing import Any, Final

from reportlab.lib.units import mm
from reportlab.platypus import Spacer

from app.documents.memo import parts, price_parts
from app.documents.memo.facts import MemoFacts
from app.documents.sheet.archival import Attachment
from app.documents.sheet.letterhead import Letterhead, Sheet, render
from app.documents.sheet.text import BODY, LEAD, SMALL, TITLE, P, heading
from app.kernel.german import moment

VOLUNTARY: Final = (
    "Dieser Vermerk wird freiwillig geführt, in Anlehnung an § 8 Abs. 2 VgV und § 6 UVgO. "
    "Er ist kein Vergabevermerk: Der Abruf ist kein Vergabeverfahren. "
    "Das Portal dokumentiert, es ersetzt keine rechtliche Prüfung."
)

CONTINUED: Final = (
    "Ergänzt sind Lieferung, Rechnungen, Änderungen und Zeit; alles andere steht wie bei der "
    "Beauftragung. Maßgeblich bleibt der Vermerk der Beauftragung."
)
PUBLIC: Final = (
    "Diese Fassung nennt keine Personen, keine Preise anderer Anbieter und keine vertraulichen "
    "Nachweise."
)

HEADINGS: Final = (
    ("Abruf und Besteller", parts.order),
    ("Gegenstand und Wert", parts.value),
    ("Bedarf", parts.need),
    ("Auftraggeber und Ausführung", parts.parties),
    ("Rechtsgrundlage und Ergebnis der Inhouse-Prüfung", parts.legal_basis),
    ("Tatsachen und Nachweise", parts.documents),
    ("Auflagen und Abweichungen", parts.conditions),
    ("Rahmenvertrag und Los", price_parts.lots),
    ("Lieferant und Auswahlregel", price_parts.supplier),
    ("Preise", price_parts.prices),
    ("Marktpreisvergleich", price_parts.market_price),
    ("Verfahren ohne Rahmenvertrag", price_parts.counterfactual),
    ("Haushalt", price_parts.budget),
    ("Genehmigungen", parts.approvals),
    ("Interessenkonflikte", parts.conflicts),
    ("Lieferung und Abnahme", parts.deliveries),
    ("Rechnungen", parts.invoices),
    ("Änderungen und Stornierungen", parts.changes),
    ("Zeitaufwand", parts.time),
    ("Prüfsumme und Nachprüfung", parts.proof),
)


def memo_pdf(facts: MemoFacts, attachments: Sequence[Attachment] = ()) -> bytes:
    """The file note of one call-off as it stood when it was written; `attachments` inside it."""
    return render(*memo_paper(facts), attachments)


def memo_paper(facts: MemoFacts) -> tuple[Sheet, Sequence[Any]]:
    """What stands on every page, and the content in its order."""
    title = f"Abrufvermerk {facts.number}{_copy(facts)}"
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
        made=facts.continued_at or facts.written_at,
    )
    return sheet, _story(facts, title)


def _copy(facts: MemoFacts) -> str:
    """Which of the copies it is; the one of placement has no addition."""
    if facts.public:
        return " – öffentliche Fassung"
    return " – Fortschreibung" if facts.continued_at else ""


def _story(facts: MemoFacts, title: str) -> Sequence[Any]:
    story = [P(title, TITLE), P(f"Ergebnis der Inhouse-Prüfung: {facts.outcome}", LEAD)]
    if facts.written_at:
        story.append(P(f"Stand: {moment(facts.written_at)}", SMALL))
    if facts.continued_at:
        later = f"Fortgeschrieben bis {moment(facts.continued_at)}. {CONTINUED}"
        story.append(P(later, SMALL))
    if facts.public:
        story.append(P(PUBLIC, SMALL))
    story += [Spacer(0, 1.5 * mm), P(VOLUNTARY, BODY)]
    for number, (title_of_point, content) in enumerate(HEADINGS, start=1):
        story.extend(heading(f"{number}. {title_of_point}"))
        story.extend(content(facts))
    return story


def _prefix(label: str, sha256: str) -> str:
    return f"{label} {sha256[:16]}" if sha256 else ""
