"""Re-proving an exported decision without a database: hash, every rule, outcome."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from app.eligibility.judging.assess import assess
from app.eligibility.judging.case import Case
from app.eligibility.judging.plain import from_plain, plain
from app.eligibility.judging.rule_sets import fault_of
from app.eligibility.judging.rule_table import BROUGHT
from app.eligibility.judging.snapshot import FORMAT, GENESIS, Recording, decision_text
from app.eligibility.rules import Assessment
from app.kernel.canonical import canonical_json, sha256_hex
from app.kernel.legal_day import legal_day

SHA256: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Verification:
    """Whether the decision holds; `differences` say in German which part does not."""

    sound: bool
    differences: tuple[str, ...]
    outcome: str = ""
    decision_id: str = ""
    sha256: str = ""
    rules: int = 0


UNREADABLE: Final = "Die Datei ist kein lesbares JSON."
ARCHIVE: Final = (
    "Das ist ein Archiv. Eine Entscheidung darin heißt „Inhouse-Entscheidung-….json“ und lässt "
    "sich einzeln prüfen, die ganze Akte unter Prüfung → „Akte prüfen“ oder mit „kitu file verify“."
)


def verify_decision(content: str | bytes) -> Verification:
    """Recompute from the file alone; malformed input is a difference, never an exception."""
    try:
        stored = json.loads(content)
    except (ValueError, RecursionError):
        return Verification(False, (ARCHIVE if _is_archive(content) else UNREADABLE,))
    if not isinstance(stored, dict) or stored.get("format") != FORMAT:
        return Verification(False, (f"Die Datei ist keine Entscheidung im Format {FORMAT}.",))
    claimed = stored.pop("sha256", None)
    differences = [
        *_hash_differences(stored, claimed),
        *_recording_differences(stored.get("recording")),
        *_content_differences(stored),
    ]
    rules, recording = stored.get("rules"), stored.get("recording")
    return Verification(
        not differences,
        tuple(differences),
        outcome=str(stored.get("outcome")),
        decision_id=str(recording.get("decision_id")) if isinstance(recording, dict) else "",
        sha256=str(claimed),
        rules=len(rules) if isinstance(rules, list) else 0,
    )


def _hash_differences(stored: dict[str, Any], claimed: object) -> Iterator[str]:
    try:
        computed = sha256_hex(canonical_json(stored))
    except (TypeError, ValueError, RecursionError):
        yield "Der Inhalt enthält Werte, die in einer Entscheidung nicht vorkommen."
        return
    if claimed != computed:
        yield f"Prüfsumme: angegeben {claimed}, berechnet {computed}."


def _recording_differences(stored: object) -> Iterator[str]:
    """What was known only at recording cannot be computed, but it has to make sense."""
    try:
        recording: Recording = from_plain(Recording, stored)
    except (KeyError, TypeError, ValueError) as wrong:
        yield f"Aufzeichnung: nicht lesbar: {wrong}."
        return
    if recording.position < 1 or (recording.position == 1) != (recording.prev_sha256 == GENESIS):
        yield "Aufzeichnung: Nummer und Prüfsumme davor passen nicht zusammen."
    if not SHA256.fullmatch(recording.prev_sha256):
        yield "Aufzeichnung: die Prüfsumme davor ist keine."


def _content_differences(stored: dict[str, Any]) -> Iterator[str]:
    engine = str(stored.get("engine_version"))
    if engine not in BROUGHT:
        known = ", ".join(BROUGHT)
        yield f"Prüfprogramm: entschieden mit Fassung {engine}, bekannt sind {known}."
        return
    try:
        case: Case = from_plain(Case, stored.get("case"))
        assessment = assess(case, engine=engine)
    except (
        AttributeError,
        KeyError,
        TypeError,
        ValueError,
        OverflowError,
        RecursionError,
    ) as wrong:
        yield f"Der Sachverhalt ist nicht lesbar: {wrong}."
        return
    unknown_law = fault_of(case.rule_set, legal_day(case.reference), engine)
    if unknown_law is not None:
        yield f"Regelwerk: {unknown_law}."
    yield from _rule_differences(stored.get("rules"), assessment)
    if stored.get("outcome") != assessment.outcome.value:
        yield (
            f"Ergebnis: angegeben {stored.get('outcome')}, "
            f"nachgerechnet {assessment.outcome.value}."
        )
    if stored.get("text") != decision_text(case, assessment):
        yield "Der Entscheidungstext weicht vom nachgerechneten ab."


def _rule_differences(stored: object, assessment: Assessment) -> Iterator[str]:
    rules = [rule for rule in stored if isinstance(rule, dict)] if isinstance(stored, list) else []
    given = {str(rule.get("id")): rule for rule in rules}
    computed = {rule.id: plain(rule) for rule in assessment.rules}
    for rule_id in sorted(given.keys() - computed.keys()):
        yield f"Regel {rule_id} kommt in der Nachrechnung nicht vor."
    for rule_id, expected in computed.items():
        found = given.get(rule_id)
        if found is None:
            yield f"Regel {rule_id} fehlt."
        elif found != expected:
            fields = sorted(
                name
                for name in found.keys() | expected.keys()
                if found.get(name) != expected.get(name)
            )
            yield f"Regel {rule_id} weicht ab: {', '.join(fields)}."
    if len(rules) != len(given):
        yield "Eine Regel ist doppelt aufgeführt."


def _is_archive(content: str | bytes) -> bool:
    return isinstance(content, bytes) and content.startswith(b"PK")
