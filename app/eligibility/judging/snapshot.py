"""The canonical document of one decision: everything judged, every rule, hash and chain."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from app.eligibility.judging.case import Case
from app.eligibility.judging.plain import plain
from app.eligibility.judging.rule_table import ENGINE_VERSION
from app.eligibility.rules import OUTCOME_WORDS, Assessment, RuleResult
from app.kernel.canonical import canonical_json, sha256_hex

FORMAT: Final = "in-house-decision/1"
GENESIS: Final = "0" * 64


@dataclass(frozen=True, slots=True)
class Recording:
    """What is known only when a decision is put on record.

    `actor` is a pseudonymous number (`person:17`); `refusal` is the code of a later step that
    refused although the check passed.
    """

    decision_id: str
    position: int
    prev_sha256: str
    decided_at: datetime
    actor: str = ""
    refusal: str | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """Parts of a document that many have in common, already canonical: of the case, its rules."""

    case: Mapping[str, str]
    rules: Mapping[str, tuple[RuleResult, str]]

    def of(self, rule: RuleResult) -> str:
        """The text of exactly this result, made now if it was not made before."""
        known = self.rules.get(rule.id)
        return known[1] if known is not None and known[0] is rule else _rule_text(rule)


NOTHING_WRITTEN: Final = Written({}, {})


def written(case: Case, rules: Iterable[RuleResult]) -> Written:
    """What stays the same in the documents of all orders that rest on the same register."""
    of_case = plain(replace(case, order=None))
    for changing in ("reference", "phase"):
        del of_case[changing]
    return Written(_texts(of_case), {rule.id: (rule, _text(rule)) for rule in rules})


def sealed(
    case: Case,
    assessment: Assessment,
    recording: Recording,
    common: Written = NOTHING_WRITTEN,
) -> tuple[str, str]:
    """The canonical text of a decision's document and its SHA-256.

    Money in cents, unit prices in ten-thousandths. Most of a document is the same for every order
    of a member, so it is put together from texts; `canonical_json` of what it says gives the same.
    """
    own = _texts(plain(case, without=common.case))
    text = _object(
        {
            "format": canonical_json(FORMAT),
            "engine_version": canonical_json(ENGINE_VERSION),
            "recording": _text(recording),
            "case": _object({**own, **common.case}),
            "rules": f"[{','.join(common.of(rule) for rule in assessment.rules)}]",
            "outcome": canonical_json(assessment.outcome.value),
            "text": canonical_json(decision_text(case, assessment)),
        }
    )
    return text, sha256_hex(text)


@lru_cache(maxsize=1_000)
def _rule_text(rule: RuleResult) -> str:
    """Most rules about the order itself say the same of one order as of the next."""
    return _text(rule)


def _text(value: object) -> str:
    return canonical_json(plain(value))


def _texts(fields: Mapping[str, Any]) -> dict[str, str]:
    return {name: canonical_json(value) for name, value in fields.items()}


def _object(texts: Mapping[str, str]) -> str:
    """One object of fields that are canonical already; their names need no escapes."""
    return "{" + ",".join(f'"{name}":{texts[name]}' for name in sorted(texts)) + "}"


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
