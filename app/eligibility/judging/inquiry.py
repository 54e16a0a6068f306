"""A case on its legal day, and how findings become the result of a rule."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.eligibility.judging.case import Case
from app.eligibility.judging.facts import FactBook, Finding
from app.eligibility.judging.rule_table import ENGINE_VERSION, LATER, RULES
from app.eligibility.rules import Result, RuleClass, RuleResult, worst_result
from app.kernel import german

LEGAL_ROLE = "die Rolle „Nachweise“ der Genossenschaft"
CONTRACTS_ROLE = "die Rolle „Rahmenverträge und Katalog“"


@dataclass(frozen=True, slots=True)
class Inquiry:
    """The case with its day in Germany, the facts that hold on it, and the engine that judges."""

    case: Case
    day: date
    facts: FactBook
    engine: str = ENGINE_VERSION

    def judges(self, rule_id: str) -> bool:
        """Whether this engine already had the rule."""
        return rule_id not in LATER[self.engine]

    def since(self, engine: str) -> bool:
        """Whether what that engine brought to an older rule counts here."""
        return int(self.engine) >= int(engine)


@dataclass(frozen=True, slots=True)
class Wording:
    """What a rule says where it passed and where it failed; the rest follows from the findings."""

    met: str
    failed: str
    help: str = ""
    code: str | None = None


def judged(rule_id: str, result: Result, text: str, help_text: str = "") -> RuleResult:
    """The result of a rule that needs no facts beside the records."""
    rule = RULES[rule_id]
    return RuleResult(
        rule.id, rule.rule_class, result, rule.title, rule.legal_basis, text, help_text
    )


def decided(
    rule_id: str, met: bool, wording: Wording, rule_class: RuleClass | None = None
) -> RuleResult:
    """Pass or fail by a condition on records."""
    if met:
        verdict = judged(rule_id, Result.PASS, wording.met)
    else:
        verdict = replace(
            judged(rule_id, Result.FAIL, wording.failed, wording.help), code=wording.code
        )
    return verdict if rule_class is None else replace(verdict, rule_class=rule_class)


def found(rule_id: str, findings: Sequence[Finding], wording: Wording) -> RuleResult:
    """The worst finding decides; missing and expired evidence is named."""
    result = worst_result(finding.result for finding in findings)
    facts = [finding.fact for finding in findings if finding.fact is not None]
    documents = {finding.document.number for finding in findings if finding.document is not None}
    verdict = judged(rule_id, result, *_words(result, findings, wording))
    return replace(
        excused(verdict, findings),
        code=wording.code if result is Result.FAIL else None,
        facts=tuple(sorted(fact.number for fact in facts)),
        documents=tuple(sorted(documents)),
    )


def excused(verdict: RuleResult, findings: Sequence[Finding]) -> RuleResult:
    """A rule that passes only by an exception says so, and the approver takes note of it."""
    said = [words_of(finding) for finding in findings if finding.excuse is not None]
    if verdict.result is not Result.PASS or not said or verdict.rule_class is RuleClass.INFO:
        return verdict
    return replace(verdict, text=" ".join((verdict.text, *said)), conditional=True)


def words_of(finding: Finding) -> str:
    """The exception behind a finding, as page, decision and memo name it."""
    excuse = finding.excuse
    if excuse is None:
        return ""
    return (
        f"Ausnahme Nr. {excuse.number} bis {german.day(excuse.last_day)}, von zwei Personen "
        f"entschieden: „{finding.label}“ ist abgelaufen. Grund: {excuse.reason}"
    )


def _words(result: Result, findings: Sequence[Finding], wording: Wording) -> tuple[str, str]:
    if result is Result.PASS:
        return wording.met, ""
    if result is Result.FAIL:
        return wording.failed, wording.help
    labels = ", ".join(finding.label for finding in findings if finding.result is result)
    if result is Result.EXPIRED:
        return (
            f"Der Nachweis ist abgelaufen oder seine Überprüfung überfällig: {labels}.",
            f"Ein aktueller Nachweis wird gebraucht; es hilft {LEGAL_ROLE}.",
        )
    return (
        f"Dazu ist kein Nachweis hinterlegt: {labels}.",
        f"Der Nachweis muss hinterlegt werden; es hilft {LEGAL_ROLE}.",
    )
