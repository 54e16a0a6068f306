"""The canonical document of one decision: everything judged, every rule, hash and chain."""

from typing import Any, Final

from app.eligibility.case import Case
from app.eligibility.plain import plain
from app.eligibility.rule_table import ENGINE_VERSION
from app.eligibility.rules import OUTCOME_WORDS, Assessment
from app.kernel.canonical import canonical_json, sha256_hex

FORMAT: Final = "in-house-decision/1"
GENESIS: Final = "0" * 64


def document(
    case: Case, assessment: Assessment, decision_id: str, prev_sha256: str, refusal: str | None
) -> dict[str, Any]:
    """The document that is hashed; `refusal` is the code of a later step that refused."""
    return {
        "format": FORMAT,
        "engine_version": ENGINE_VERSION,
        "decision_id": decision_id,
        "prev_sha256": prev_sha256,
        "case": plain(case),
        "rules": [plain(rule) for rule in assessment.rules],
        "outcome": assessment.outcome.value,
        "refusal": refusal,
        "text": decision_text(case, assessment),
    }


def sealed(content: dict[str, Any]) -> tuple[str, str]:
    """The canonical text of a document and its SHA-256."""
    text = canonical_json(content)
    return text, sha256_hex(text)


def exported(text: str, sha256: str) -> str:
    """What leaves the portal as a file: the document with its hash as the first field."""
    return '{"sha256":"' + sha256 + '",' + text.removeprefix("{")


def decision_text(case: Case, assessment: Assessment) -> str:
    """The sentence of the decision as people read it on page and memo."""
    subject = "" if case.framework is None else f" aus Rahmenvertrag {case.framework.number}"
    words = OUTCOME_WORDS[assessment.outcome]
    said = f"Abruf von {case.member.name}{subject}: nach den hinterlegten Nachweisen {words}."
    if assessment.may_place:
        said += " Teil 4 GWB ist nicht anzuwenden (§ 108 Abs. 4 GWB)."
    return said
