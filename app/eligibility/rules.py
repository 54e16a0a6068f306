"""The words of a judgement: results, classes, outcomes, and how one follows from the other."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final


class Result(StrEnum):
    """What one rule says about the facts; later in this list is worse."""

    PASS = "pass"  # noqa: S105 - a result, not a password
    EXPIRED = "expired"
    UNKNOWN = "unknown"
    FAIL = "fail"


class RuleClass(StrEnum):
    """What a result weighs: hard rules decide, soft ones condition, info only explains."""

    HARD = "hard"
    SOFT = "soft"
    INFO = "info"


class Outcome(StrEnum):
    """The judgement; later in this list is worse, and the worst rule decides."""

    ELIGIBLE = "eligible"
    ELIGIBLE_WITH_CONDITION = "eligible_with_condition"
    EVIDENCE_EXPIRED = "evidence_expired"
    UNDETERMINED = "undetermined"
    NOT_ELIGIBLE = "not_eligible"


class Phase(StrEnum):
    """What the judgement was asked for; previews are never stored."""

    PREVIEW = "preview"
    SUBMISSION = "submission"
    PLACEMENT = "placement"
    MANUAL = "manual"
    RUNNING = "running"
    DELIVERY = "delivery"
    INVOICE = "invoice"


PHASE_WORDS: Final = {
    Phase.PREVIEW: "Vorschau",
    Phase.SUBMISSION: "Einreichung",
    Phase.PLACEMENT: "Beauftragung",
    Phase.MANUAL: "Erneute Prüfung",
    Phase.RUNNING: "Erneute Prüfung des laufenden Abrufs",
    Phase.DELIVERY: "Lieferung",
    Phase.INVOICE: "Rechnung",
}


# The contract is made: the conditions of § 108 GWB have to hold on (CJEU C-719/20), while the
# agreement may have ended and its ceilings may be used up since.
AFTERWARDS: Final = frozenset({Phase.RUNNING, Phase.DELIVERY, Phase.INVOICE})

RESULT_RANK: Final = {result: rank for rank, result in enumerate(Result)}
OUTCOME_RANK: Final = {outcome: rank for rank, outcome in enumerate(Outcome)}

OUTCOME_OF: Final[dict[tuple[RuleClass, Result], Outcome]] = {
    (RuleClass.HARD, Result.PASS): Outcome.ELIGIBLE,
    (RuleClass.HARD, Result.EXPIRED): Outcome.EVIDENCE_EXPIRED,
    (RuleClass.HARD, Result.UNKNOWN): Outcome.UNDETERMINED,
    (RuleClass.HARD, Result.FAIL): Outcome.NOT_ELIGIBLE,
    (RuleClass.SOFT, Result.PASS): Outcome.ELIGIBLE,
    (RuleClass.SOFT, Result.EXPIRED): Outcome.ELIGIBLE_WITH_CONDITION,
    (RuleClass.SOFT, Result.UNKNOWN): Outcome.ELIGIBLE_WITH_CONDITION,
    (RuleClass.SOFT, Result.FAIL): Outcome.ELIGIBLE_WITH_CONDITION,
    (RuleClass.INFO, Result.PASS): Outcome.ELIGIBLE,
    (RuleClass.INFO, Result.EXPIRED): Outcome.ELIGIBLE,
    (RuleClass.INFO, Result.UNKNOWN): Outcome.ELIGIBLE,
    (RuleClass.INFO, Result.FAIL): Outcome.ELIGIBLE,
}

OUTCOME_WORDS: Final = {
    Outcome.ELIGIBLE: "zulässig",
    Outcome.ELIGIBLE_WITH_CONDITION: "zulässig mit Auflage",
    Outcome.EVIDENCE_EXPIRED: "Nachweis abgelaufen",
    Outcome.UNDETERMINED: "ungeklärt",
    Outcome.NOT_ELIGIBLE: "nicht zulässig",
}

RESULT_WORDS: Final = {
    Result.PASS: "erfüllt",
    Result.EXPIRED: "abgelaufen",
    Result.UNKNOWN: "nicht belegt",
    Result.FAIL: "nicht erfüllt",
}


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The version of the law that was applied, and the hash of its rules.

    One that people had to put in force names its place in the gazette and who approved it.
    """

    id: str
    law_version: str
    valid_from: date
    sha256: str
    reference: str | None = None
    approved_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleResult:
    """One rule judged: what it found, why in German, and which facts and documents it used."""

    id: str
    rule_class: RuleClass
    result: Result
    title: str
    legal_basis: str
    text: str
    help: str = ""
    code: str | None = None
    facts: tuple[int, ...] = ()
    documents: tuple[int, ...] = ()
    conditional: bool = False

    @property
    def outcome(self) -> Outcome:
        """What this rule alone would lead to; a passed rule may still carry a condition."""
        if self.conditional and self.result is Result.PASS:
            return Outcome.ELIGIBLE_WITH_CONDITION
        return OUTCOME_OF[self.rule_class, self.result]

    @property
    def met(self) -> bool:
        return self.result is Result.PASS

    @property
    def shown(self) -> str:
        """The mark in a list: pass, fail, unknown, expired, condition; notes are no faults."""
        return SHOWN[self.outcome]

    @property
    def is_note(self) -> bool:
        """An informing rule that has something to say."""
        return self.rule_class is RuleClass.INFO and not self.met


SHOWN: Final = {
    Outcome.ELIGIBLE: "pass",
    Outcome.ELIGIBLE_WITH_CONDITION: "condition",
    Outcome.EVIDENCE_EXPIRED: "expired",
    Outcome.UNDETERMINED: "unknown",
    Outcome.NOT_ELIGIBLE: "fail",
}

# A refusal has one code. What is wrong with the member is named before what is wrong with
# the agreement, because another article would not mend it.
CODES: Final = (
    "membership_ended",
    "not_eligible",
    "not_a_party",
    "framework_not_running",
    "article_not_orderable",
    "price_not_valid",
    "ceiling_reached",
)


@dataclass(frozen=True, slots=True)
class Assessment:
    """The whole judgement: its outcome is that of its worst rule."""

    outcome: Outcome
    rules: tuple[RuleResult, ...]

    @property
    def condition_rules(self) -> tuple[str, ...]:
        """Ids that the approver has to acknowledge before placement."""
        return tuple(
            rule.id for rule in self.rules if rule.outcome is Outcome.ELIGIBLE_WITH_CONDITION
        )

    @property
    def conditions(self) -> tuple[str, ...]:
        return tuple(
            rule.text for rule in self.rules if rule.outcome is Outcome.ELIGIBLE_WITH_CONDITION
        )

    @property
    def may_submit(self) -> bool:
        """Everything but a failed hard rule may at least wait at the desk for its evidence."""
        return self.outcome is not Outcome.NOT_ELIGIBLE

    @property
    def may_place(self) -> bool:
        return self.outcome in {Outcome.ELIGIBLE, Outcome.ELIGIBLE_WITH_CONDITION}

    @property
    def needs_evidence(self) -> bool:
        return self.outcome in {Outcome.EVIDENCE_EXPIRED, Outcome.UNDETERMINED}

    @property
    def deciding(self) -> tuple[RuleResult, ...]:
        """Every rule that keeps the outcome from being `eligible`, the worst first."""
        wrong = [rule for rule in self.rules if rule.outcome is not Outcome.ELIGIBLE]
        return tuple(sorted(wrong, key=lambda rule: -OUTCOME_RANK[rule.outcome]))

    @property
    def failed(self) -> tuple[RuleResult, ...]:
        """Hard rules that did not pass, the worst first."""
        return tuple(rule for rule in self.deciding if rule.rule_class is RuleClass.HARD)

    @property
    def decisive(self) -> tuple[RuleResult, ...]:
        """Hard and soft rules: what 'all n rules' counts."""
        return tuple(rule for rule in self.rules if rule.rule_class is not RuleClass.INFO)

    @property
    def notes(self) -> tuple[RuleResult, ...]:
        return tuple(rule for rule in self.rules if rule.is_note)

    @property
    def code(self) -> str | None:
        """The refusal code of the contract, None where the call-off may be placed."""
        if self.may_place:
            return None
        if self.needs_evidence:
            return "evidence_missing"
        found = {
            rule.code or "not_eligible"
            for rule in self.failed
            if rule.outcome is Outcome.NOT_ELIGIBLE
        }
        return next(code for code in CODES if code in found)


def worst_result(results: Iterable[Result]) -> Result:
    """The worst of several findings of one rule; nothing to find is a pass."""
    return max(results, key=RESULT_RANK.__getitem__, default=Result.PASS)


def worst_outcome(rules: Iterable[RuleResult]) -> Outcome:
    """Worst wins: not_eligible > undetermined > evidence_expired > with condition > eligible."""
    return max(
        (rule.outcome for rule in rules),
        key=OUTCOME_RANK.__getitem__,
        default=Outcome.UNDETERMINED,
    )
