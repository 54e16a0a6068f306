"""The copy of an Abrufvermerk that may be published."""

from dataclasses import replace
from typing import Final

from app.documents.memo.facts import MemoComparison, MemoDocument, MemoFacts, MemoLine

CONFIDENTIAL: Final = "vertraulicher Nachweis, liegt der Prüfung vor"
PRICE_ROWS: Final = ("Preis", "Einzelpreis", "Bruttopreis", "Nettopreis")


def public_memo(facts: MemoFacts) -> MemoFacts:
    """Without persons and what they wrote, prices of others, confidential documents.

    The hashes stay: whoever holds the internal copy can show that both belong together.
    """
    return replace(
        facts,
        public=True,
        ordered_by="",
        budget=replace(facts.budget, shares=(), confirmed_by="", confirmed_with=()),
        lines=tuple(_line(line) for line in facts.lines),
        approvals=tuple(replace(step, person="", note="") for step in facts.approvals),
        changes=tuple(replace(event, reason="") for event in facts.changes),
        documents=tuple(_document(paper) for paper in facts.documents),
        overrides=tuple("Ausnahme für einen abgelaufenen Nachweis" for _ in facts.overrides),
        four_eyes_exception="nach hinterlegter Regelung" if facts.four_eyes_exception else "",
        market_price="durchgeführt; die Quellen liegen der Prüfung vor"
        if facts.market_price
        else "",
        market_checks=tuple(replace(check, sources=(), reason="") for check in facts.market_checks),
        comparisons=tuple(_comparison(seen) for seen in facts.comparisons),
    )


def _line(line: MemoLine) -> MemoLine:
    """What somebody wrote about a free position stays inside."""
    return line if line.quote is None else replace(line, quote=replace(line.quote, reason=""))


def _document(paper: MemoDocument) -> MemoDocument:
    if not paper.confidential:
        return paper
    return replace(paper, title=CONFIDENTIAL, sha256="")


def _comparison(seen: MemoComparison) -> MemoComparison:
    rows = tuple(row for row in seen.rows if not row[0].startswith(PRICE_ROWS))
    return replace(seen, rows=rows)
