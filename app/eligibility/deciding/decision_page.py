"""A decision for readers: every rule with the facts and documents that it used."""

from dataclasses import dataclass

from app.eligibility.evidence.vocabulary import EVIDENCE_TYPES, fact_label, value_text
from app.eligibility.judging.case import Case
from app.eligibility.judging.facts import Document, Fact
from app.eligibility.queries import Stored
from app.eligibility.rules import Assessment, RuleResult


@dataclass(frozen=True, slots=True)
class FactLine:
    """A fact in words, with the number of its document."""

    label: str
    value: str
    fact: Fact


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A document in words."""

    kind: str
    document: Document


@dataclass(frozen=True, slots=True)
class RuleLines:
    """One rule with everything that it rests on."""

    rule: RuleResult
    facts: tuple[FactLine, ...]
    documents: tuple[DocumentLine, ...]


def decision_page(stored: Stored) -> tuple[RuleLines, ...]:
    """Rules in the order in which they were judged."""
    return rule_lines(stored.case, stored.assessment)


def rule_lines(case: Case, assessment: Assessment) -> tuple[RuleLines, ...]:
    facts = {fact.number: fact for fact in case.evidence.facts}
    documents = {document.number: document for document in case.evidence.documents}
    return tuple(
        RuleLines(
            rule,
            tuple(fact_line(facts[number]) for number in rule.facts if number in facts),
            tuple(
                document_line(documents[number]) for number in rule.documents if number in documents
            ),
        )
        for rule in assessment.rules
    )


def fact_line(fact: Fact) -> FactLine:
    label = fact_label(fact.scope.partition(":")[0], fact.key)
    return FactLine(label, value_text(fact.value), fact)


def document_line(document: Document) -> DocumentLine:
    return DocumentLine(EVIDENCE_TYPES.get(document.kind, document.kind), document)
