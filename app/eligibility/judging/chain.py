"""Rules L2-01 to L2-03 and N-01: the links from the cooperative down to the supplier."""

from dataclasses import replace
from typing import Final

from app.eligibility.judging.case import OPERATING_LINK
from app.eligibility.judging.facts import FactValue, Finding
from app.eligibility.judging.inquiry import LEGAL_ROLE, Inquiry, Wording, found
from app.eligibility.judging.rule_sets import law_of
from app.eligibility.rules import Result, RuleResult

BASES: Final = {
    "a": "Kontrolle der Genossenschaft über die Betriebsgesellschaft (§ 108 Abs. 1, 2 GWB)",
    "b": "gemeinsame Kontrolle mit anderen Auftraggebern (§ 108 Abs. 4 GWB)",
    "c": "umgekehrtes Inhouse-Geschäft unter gemeinsamer Kontrolle (§ 108 Abs. 3, 4 GWB)",
    "d": "Schwestervergabe (§ 108 Abs. 3 GWB)",
    "e": "Erfüllungsgehilfin der Genossenschaft, kein eigener Auftrag",
}
SISTER: Final = "d"
OPINION: Final = frozenset({"legal_opinion", "legal_memorandum"})


def link_scope(key: str) -> str:
    return f"chain_link:{key}"


def chain_rules(inquiry: Inquiry) -> list[RuleResult]:
    """All rules about the links that this call-off runs over."""
    basis = _basis(inquiry)
    sister = same_mother(inquiry, basis)
    results = [commission(inquiry, basis, sister), links_exist(inquiry), sister]
    key = _network(inquiry)
    if key is not None:
        results.append(network_opinion(inquiry, key))
    return results


def _basis(inquiry: Inquiry) -> Finding:
    return inquiry.facts.find(
        link_scope(OPERATING_LINK),
        "l2_legal_basis",
        "Memorandum zur Leistungsbeziehung mit der Betriebsgesellschaft",
        lambda value: value in BASES,
        OPINION,
    )


def _network(inquiry: Inquiry) -> str | None:
    framework = inquiry.case.framework
    return None if framework is None else framework.chain_link


def commission(inquiry: Inquiry, basis: Finding, sister: RuleResult) -> RuleResult:
    """L2-01: the basis that the memorandum names; a sister award stands or falls with L2-03."""
    allowed = law_of(inquiry.case.rule_set).sister_allowed
    forbidden = basis.value == SISTER and not allowed
    if forbidden and basis.result is Result.PASS and not sister.met:
        basis = replace(basis, result=sister.result)
    return found(
        "L2-01",
        (basis,),
        Wording(
            met=f"Grundlage laut Memorandum: {BASES.get(str(basis.value), '')}.",
            failed="Die Beauftragung der Betriebsgesellschaft hat keine tragfähige Grundlage.",
            help=f"Das betrifft alle Mitglieder; es hilft {LEGAL_ROLE}.",
        ),
    )


def links_exist(inquiry: Inquiry) -> RuleResult:
    """L2-02: the conditions must hold on the day, not only when the chain was built."""
    keys = [OPERATING_LINK]
    network = _network(inquiry)
    if network is not None:
        keys.append(network)
    findings = [_link(inquiry, key) for key in keys]
    return found(
        "L2-02",
        findings,
        Wording(
            met="Jedes Glied der Kette besteht: "
            + ", ".join(finding.label for finding in findings)
            + ".",
            failed="Ein Glied der Kette besteht nicht mehr: "
            + ", ".join(item.label for item in findings if item.result is Result.FAIL)
            + ".",
            help=f"Das klärt {LEGAL_ROLE}.",
        ),
    )


def _link(inquiry: Inquiry, key: str) -> Finding:
    """A link whose own last day has passed has ended: that is no question of old paper."""
    scope = link_scope(key)
    finding = inquiry.facts.claim(scope, "active", inquiry.facts.text(scope, "name", key))
    ended = finding.fact is not None and inquiry.facts.late(finding.fact.valid_to)
    return replace(finding, result=Result.FAIL) if ended else finding


def same_mother(inquiry: Inquiry, basis: Finding) -> RuleResult:
    """L2-03: sisters have the same and only one controller; half-sisters do not count."""
    if basis.value != SISTER:
        return found(
            "L2-03", (), Wording(met="Keine Schwestervergabe, daher nicht berührt.", failed="")
        )
    scope = link_scope(OPERATING_LINK)
    giver = inquiry.facts.find(
        scope, "controllers_of_giver", "Kontrollierende der Genossenschaft", _named
    )
    receiver = inquiry.facts.find(
        scope, "controllers_of_receiver", "Kontrollierende der Betriebsgesellschaft", _named
    )
    if Result.UNKNOWN not in {giver.result, receiver.result} and not _one_and_same(
        giver.value, receiver.value
    ):
        giver = replace(giver, result=Result.FAIL)
    verdict = found(
        "L2-03",
        (giver, receiver),
        Wording(
            met="Beide haben dieselbe und nur eine kontrollierende Stelle.",
            failed="Die beiden haben nicht ein und dieselbe Mutter: Halbschwestern "
            "erfüllen § 108 Abs. 3 GWB nicht.",
            help=f"Eine andere Grundlage muss nachgewiesen werden; es hilft {LEGAL_ROLE}.",
        ),
    )
    return replace(verdict, rule_class=law_of(inquiry.case.rule_set).class_of("L2-03"))


def _named(value: FactValue) -> bool:
    return isinstance(value, tuple) and bool(value)


def _one_and_same(giver: FactValue | None, receiver: FactValue | None) -> bool:
    return (
        isinstance(giver, tuple)
        and isinstance(receiver, tuple)
        and set(giver) == set(receiver)
        and len(set(giver)) == 1
    )


def network_opinion(inquiry: Inquiry, key: str) -> RuleResult:
    """N-01: until a current opinion on the partner's link exists, the approver acknowledges it.

    A member does not control a partner network by itself; control has to run through the links.
    """
    scope = link_scope(key)
    name = inquiry.facts.text(scope, "name", key)
    finding = inquiry.facts.claim(scope, "control_opinion", f"Stellungnahme zu {name}", OPINION)
    verdict = found(
        "N-01",
        (finding,),
        Wording(
            met=f"Für {name} liegt eine aktuelle rechtliche Stellungnahme vor.",
            failed=f"Nach der Stellungnahme zu {name} ist die Kontrolle nicht gesichert.",
        ),
    )
    if verdict.met:
        return verdict
    text = f"Auflage: Für {name} fehlt eine aktuelle rechtliche Stellungnahme zum Kettenglied."
    return replace(verdict, text=text, help=f"Die Stellungnahme beschafft {LEGAL_ROLE}.")
