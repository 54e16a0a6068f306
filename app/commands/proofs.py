"""`kitu eligibility`, `kitu decision`, `kitu invoice`, `kitu report`: judging and reporting."""

from argparse import Namespace
from datetime import UTC, datetime
from pathlib import Path

from app.commands.command import (
    DONE,
    FOUND_WRONG,
    Groups,
    add,
    answer,
    file_content,
    group,
    now,
    patience,
    say,
    transaction,
    warn,
    with_json,
)
from app.eligibility.check_member import check_member
from app.eligibility.judging.verify_decision import verify_decision
from app.eligibility.rules import OUTCOME_WORDS, RESULT_WORDS
from app.invoicing.check_invoice import check_invoice
from app.kernel.errors import FieldError, Malformed
from app.kernel.legal_day import BERLIN
from app.savings.files.write_report import KINDS, write_report
from app.settings import load_settings


def add_commands(groups: Groups) -> None:
    eligibility = group(groups, "eligibility", "Inhouse-Prüfung")
    check = add(
        eligibility,
        "check",
        run_eligibility,
        "alle Regeln für ein Mitglied (Ende 0: abrufberechtigt, 1: nicht)",
        "kitu eligibility check --member 15001000 --framework RV-2026-01",
    )
    check.add_argument("--member", metavar="KEY", required=True)
    check.add_argument("--at", metavar="ZEITPUNKT", help="zum Beispiel 2026-11-21T10:00")
    check.add_argument("--framework", metavar="NUMBER")
    with_json(check)

    decision = group(groups, "decision", "ausgegebene Entscheidungen")
    verify = add(
        decision,
        "verify",
        run_decision,
        "Entscheidung ohne Datenbank nachrechnen",
        "kitu decision verify decision.json",
    )
    verify.add_argument("file", metavar="FILE.json")
    with_json(verify)

    invoice = group(groups, "invoice", "E-Rechnungen")
    official = add(
        invoice,
        "check",
        run_invoice,
        "amtliche Regeln über UBL, CII oder hybrides PDF (Zusatz official-rules)",
        "kitu invoice check rechnung.xml",
    )
    official.add_argument("file", metavar="FILE")
    with_json(official)

    report = group(groups, "report", "Auswertungen")
    savings = add(
        report,
        "savings",
        run_report,
        "Bericht für den Rat",
        "kitu report savings --month 2026-10 --member 15001000 --out bericht.pdf",
    )
    savings.add_argument("--month", metavar="2026-10", required=True)
    savings.add_argument("--member", metavar="KEY", default="", help="ohne Angabe: alle Mitglieder")
    savings.add_argument("--out", metavar="FILE", required=True, help="|".join(KINDS))


def run_eligibility(arguments: Namespace) -> int:
    at = _instant(arguments.at) if arguments.at else now()
    with transaction(writes=False) as session:
        assessment = check_member(session, arguments.member, at, arguments.framework).assessment
    rules = [
        {
            "id": rule.id,
            "result": rule.result.value,
            "legal_basis": rule.legal_basis,
            "text": rule.text,
        }
        for rule in assessment.rules
    ]
    answer(
        arguments,
        {"outcome": assessment.outcome.value, "rules": rules},
        f"Ergebnis: {OUTCOME_WORDS[assessment.outcome]}",
        *(
            f"  {rule.id:<6} {RESULT_WORDS[rule.result]:<18} {rule.text} ({rule.legal_basis})"
            for rule in assessment.rules
        ),
    )
    return DONE if assessment.may_place else FOUND_WRONG


def run_decision(arguments: Namespace) -> int:
    verification = verify_decision(file_content(arguments.file))
    answer(
        arguments,
        {
            "sound": verification.sound,
            "decision_id": verification.decision_id,
            "outcome": verification.outcome,
            "sha256": verification.sha256,
            "differences": list(verification.differences),
        },
        *(
            (f"Bestätigt: {verification.decision_id}, {verification.outcome}",)
            if verification.sound
            else ()
        ),
    )
    for difference in verification.differences:
        warn(difference)
    return DONE if verification.sound else FOUND_WRONG


def run_invoice(arguments: Namespace) -> int:
    with patience("Prüfung nach den amtlichen Regeln"):
        verdict = check_invoice(file_content(arguments.file))
    findings = [
        {
            "layer": one.layer,
            "rule": one.rule,
            "severity": one.severity.value,
            "text": one.text,
            "place": one.place,
        }
        for one in verdict.findings
    ]
    answer(
        arguments,
        {
            "valid": verdict.valid,
            "syntax": verdict.syntax.value if verdict.syntax else None,
            "specification": verdict.specification,
            "layers": list(verdict.layers),
            "findings": findings,
        },
        ("Gültig" if verdict.valid else "Nicht gültig")
        + f": {verdict.specification or 'ohne Kennung'} ({', '.join(verdict.layers)})",
    )
    for one in verdict.findings:
        warn(f"{one.rule} ({one.severity}): {one.text}")
    return DONE if verdict.valid else FOUND_WRONG


def run_report(arguments: Namespace) -> int:
    target = Path(arguments.out)
    kind = target.suffix.removeprefix(".").lower()
    if kind not in KINDS:
        text = f"Die Datei soll auf {', '.join('.' + one for one in KINDS)} enden."
        raise Malformed(FieldError("out", "unknown_kind", text))
    name = load_settings().product_name
    with transaction(writes=False) as session, patience("Bericht"):
        content = write_report(
            session, arguments.month, arguments.member, kind, now(), product_name=name
        )
    target.write_bytes(content)
    say(f"{target} geschrieben.")
    return DONE


def _instant(text: str) -> datetime:
    """Without an offset it is the time on a clock in Germany."""
    try:
        said = datetime.fromisoformat(text)
        return (said if said.tzinfo else said.replace(tzinfo=BERLIN)).astimezone(UTC)
    except (ValueError, OverflowError):
        reason = f"{text!r} ist kein Zeitpunkt, zum Beispiel 2026-11-21T10:00."
        raise Malformed(FieldError("at", "not_an_instant", reason)) from None
