"""Papers: the Abrufvermerk as PDF/A-3a with all rules, its facts and its decision inside."""

from dataclasses import replace
from time import process_time
from typing import Final

from app.documents.memo.facts import MemoFacts
from app.documents.memo.memo_pdf import memo_pdf
from app.documents.plain import plain
from app.documents.sheet.archival import Attachment
from app.kernel.canonical import canonical_json
from tests.support.papers import full_memo

MEMO_GATES: Final = {"memo_pdf_per_second": (25.0, "≥")}
MEMOS: Final = 40
RULES: Final = 35
DECISION: Final = b'{"format": "in-house-decision/1"}' + b" " * 20_000


def memo_figures() -> dict[str, float]:
    """Memos written in a second of one core."""
    facts = whole_memo()
    text = canonical_json(plain(facts)).encode()
    inside = (
        Attachment("Abrufvermerk.json", text, "application/json", "Angaben", "Alternative"),
        Attachment("Entscheidung.json", DECISION, "application/json", "nachrechenbar"),
    )
    memo_pdf(facts, inside)
    others = [_another(facts, each) for each in range(MEMOS)]
    began = process_time()
    for other in others:
        memo_pdf(other, inside)
    return {"memo_pdf_per_second": round(MEMOS / (process_time() - began), 1)}


def whole_memo() -> MemoFacts:
    """As long as a real one: every rule of the engine and a dozen documents."""
    facts = full_memo()
    rules = (facts.rules * RULES)[:RULES]
    return replace(facts, rules=rules, documents=facts.documents * 6)


def _another(facts: MemoFacts, each: int) -> MemoFacts:
    """A memo of another order: its own number, need and hashes, so that no answer is kept."""
    sha256 = f"{each:064x}"
    return replace(
        facts,
        number=f"{facts.number}-{each}",
        purpose=f"{each}. {facts.purpose}",
        sha256=sha256,
        decision_sha256=sha256,
        documents=tuple(replace(paper, sha256=sha256) for paper in facts.documents),
        rules=tuple(replace(rule, text=f"{rule.text} ({each})") for rule in facts.rules),
    )
