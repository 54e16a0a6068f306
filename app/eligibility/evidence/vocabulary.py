"""German words for evidence types and facts, and which kind of value each fact holds."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.eligibility.judging.chain import BASES

EVIDENCE_TYPES: Final = {
    "fee_schedule": "Beitragsordnung",
    "statutes": "Satzung, Gesellschaftsvertrag",
    "accession_declaration": "Beitrittserklärung",
    "member_register": "Mitgliederübersicht, Gesellschafterliste",
    "legal_opinion": "Rechtliche Stellungnahme",
    "legal_memorandum": "Memorandum zur Leistungsbeziehung",
    "council_resolution": "Beschluss des zuständigen Organs",
    "supervisory_approval": "Genehmigung der Kommunalaufsicht",
    "audit_report": "Prüfbericht",
    "annual_statement": "Jahresabschluss",
    "award_decision": "Zuschlagsentscheidung",
    "works_agreement": "Dienstvereinbarung",
}


class ValueKind(StrEnum):
    """How a fact is entered and shown."""

    CLAIM = "claim"
    COUNT = "count"
    TEXT = "text"
    BASIS = "basis"
    NAMES = "names"


@dataclass(frozen=True, slots=True)
class FactName:
    """A statement that can be entered: about what, in which words, with which value."""

    key: str
    scope_type: str
    label: str
    value: ValueKind = ValueKind.CLAIM


FACT_NAMES: Final = {
    (name.scope_type, name.key): name
    for name in (
        FactName("council_resolution", "member", "Der Beitritt wurde beschlossen"),
        FactName("accession_declaration", "member", "Der Beitritt wurde erklärt und zugelassen"),
        FactName(
            "members_at_accession", "member", "Zahl der Mitglieder beim Beitritt", ValueKind.COUNT
        ),
        FactName(
            "no_private_shareholders_or_members",
            "member",
            "Keine privaten Anteilseigner oder Mitglieder",
        ),
        FactName("is_private", "member", "Das Mitglied ist eine private Stelle"),
        FactName("name", "cooperative", "Name der Genossenschaft", ValueKind.TEXT),
        FactName("is_legal_person", "cooperative", "Die Genossenschaft ist juristische Person"),
        FactName(
            "object_clause_covers_procurement",
            "cooperative",
            "Der Unternehmensgegenstand umfasst die Beschaffung",
        ),
        FactName(
            "joint_decisive_influence",
            "cooperative",
            "Die Mitglieder haben gemeinsam ausschlaggebenden Einfluss",
        ),
        FactName(
            "statutes_reserve_strategic_decisions",
            "cooperative",
            "Satzungsvorbehalt strategischer Entscheidungen (Fundstelle)",
            ValueKind.TEXT,
        ),
        FactName(
            "organs_represent_all_members",
            "cooperative",
            "Die Organe setzen sich aus Vertretern aller Mitglieder zusammen",
        ),
        FactName(
            "independent_organ_members",
            "cooperative",
            "Zahl unabhängiger Organmitglieder",
            ValueKind.COUNT,
        ),
        FactName(
            "independent_organ_members_harmless",
            "cooperative",
            "Unabhängige Organmitglieder sind nach der Stellungnahme unschädlich",
        ),
        FactName("no_contrary_interests", "cooperative", "Keine gegenläufigen Interessen"),
        FactName("member_register", "cooperative", "Die Mitgliederübersicht ist aktuell"),
        FactName("fee_schedule", "cooperative", "Die Beitragsordnung gilt"),
        FactName(
            "projection_share",
            "cooperative",
            "Prognose des Anteils in Hundertstel Prozent (8450 = 84,5 %)",
            ValueKind.COUNT,
        ),
        FactName("name", "operating_company", "Name der Betriebsgesellschaft", ValueKind.TEXT),
        FactName("member_key", "operating_company", "Schlüssel als Mitglied", ValueKind.TEXT),
        FactName(
            "no_direct_private_capital",
            "operating_company",
            "Kein privates Kapital unmittelbar beteiligt",
        ),
        FactName(
            "projection_share",
            "operating_company",
            "Prognose des Anteils in Hundertstel Prozent (8450 = 84,5 %)",
            ValueKind.COUNT,
        ),
        FactName("name", "chain_link", "Bezeichnung des Kettenglieds", ValueKind.TEXT),
        FactName("active", "chain_link", "Das Kettenglied besteht"),
        FactName("l2_legal_basis", "chain_link", "Grundlage laut Memorandum", ValueKind.BASIS),
        FactName(
            "controllers_of_giver",
            "chain_link",
            "Kontrollierende des Auftraggebers",
            ValueKind.NAMES,
        ),
        FactName(
            "controllers_of_receiver",
            "chain_link",
            "Kontrollierende des Auftragnehmers",
            ValueKind.NAMES,
        ),
        FactName(
            "control_opinion",
            "chain_link",
            "Die Stellungnahme bestätigt die Kontrolle über das Kettenglied",
        ),
        FactName("award_decision", "framework", "Der Zuschlag wurde erteilt"),
        FactName("term_exception", "framework", "Die längere Laufzeit ist begründet"),
    )
}

SCOPE_WORDS: Final = {
    "member": "Mitglied",
    "cooperative": "Genossenschaft",
    "operating_company": "Betriebsgesellschaft",
    "chain_link": "Kettenglied",
    "framework": "Rahmenvertrag",
}


def fact_label(scope_type: str, key: str) -> str:
    name = FACT_NAMES.get((scope_type, key))
    return key if name is None else name.label


def value_text(value: object) -> str:
    """A fact's value as people read it."""
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, tuple):
        return ", ".join(str(item) for item in value)
    return BASES.get(str(value), str(value))
