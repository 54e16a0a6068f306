"""Rules K-01 to K-05 and K-07: joint control, and no private capital anywhere."""

from typing import Final

from app.eligibility.judging.case import COOPERATIVE, OPERATING_COMPANY, RegisterEntry
from app.eligibility.judging.facts import Finding
from app.eligibility.judging.inquiry import LEGAL_ROLE, Inquiry, Wording, found, judged
from app.eligibility.judging.member_rules import is_private_body
from app.eligibility.rules import Result, RuleResult
from app.kernel.month import months_after
from app.members.rules import BodyKind

OPINION: Final = frozenset({"legal_opinion", "legal_memorandum"})
ALL_AFFECTED: Final = "Das betrifft alle Mitglieder. Der Vorstand muss es klären; es hilft "
PURITY_MONTHS: Final = 12
PURITY_FACT: Final = "no_private_shareholders_or_members"
MIXED_FORMS: Final = frozenset(
    {
        BodyKind.VEREIN,
        BodyKind.STIFTUNG_PRIVAT,
        BodyKind.EIGENGESELLSCHAFT,
        BodyKind.BETEILIGUNGSGESELLSCHAFT,
    }
)


def leaves_room_for_private_capital(kind: str, name: str, basis: str | None) -> bool:
    """Whether K-05 asks for evidence about this member: by its kind, or a GmbH by its name."""
    return kind in MIXED_FORMS or "gmbh" in name.lower() or not basis or is_private_body(basis)


def cooperative_rules(inquiry: Inquiry) -> list[RuleResult]:
    """All rules about the cooperative except the activity test."""
    return [
        object_clause(inquiry),
        decisive_influence(inquiry),
        organs(inquiry),
        no_contrary_interests(inquiry),
        no_private_member(inquiry),
        no_private_capital_below(inquiry),
    ]


def object_clause(inquiry: Inquiry) -> RuleResult:
    """K-01: a legal person whose object covers procurement for its members."""
    claim = inquiry.facts.claim
    return found(
        "K-01",
        (
            claim(COOPERATIVE, "is_legal_person", "Eintragung als juristische Person"),
            claim(
                COOPERATIVE,
                "object_clause_covers_procurement",
                "Unternehmensgegenstand laut Satzung",
                {"statutes"},
            ),
        ),
        Wording(
            met="Die Genossenschaft ist juristische Person; ihr Gegenstand umfasst den "
            "gemeinsamen Einkauf.",
            failed="Der Unternehmensgegenstand deckt die Beschaffung nicht.",
            help=ALL_AFFECTED + LEGAL_ROLE + ".",
        ),
    )


def decisive_influence(inquiry: Inquiry) -> RuleResult:
    """K-02 rests on statutes and a legal opinion, never on the legal form (§ 27 Abs. 1 GenG)."""
    return found(
        "K-02",
        (
            inquiry.facts.claim(
                COOPERATIVE,
                "joint_decisive_influence",
                "Rechtliche Stellungnahme zur gemeinsamen Kontrolle",
                OPINION,
            ),
            inquiry.facts.find(
                COOPERATIVE,
                "statutes_reserve_strategic_decisions",
                "Satzung: Vorbehalt strategischer Entscheidungen",
                lambda value: value is True or (isinstance(value, str) and bool(value.strip())),
                {"statutes"},
            ),
        ),
        Wording(
            met="Nach Satzung und rechtlicher Stellungnahme bestimmen die Mitglieder gemeinsam "
            "über strategische Ziele und wesentliche Entscheidungen.",
            failed="Die Mitglieder haben gemeinsam keinen ausschlaggebenden Einfluss.",
            help=ALL_AFFECTED + LEGAL_ROLE + ".",
        ),
    )


def organs(inquiry: Inquiry) -> RuleResult:
    """K-03: organs of members' representatives; independent members only with an opinion."""
    findings = [
        inquiry.facts.claim(
            COOPERATIVE, "organs_represent_all_members", "Zusammensetzung der Organe"
        )
    ]
    independent = inquiry.facts.find(
        COOPERATIVE,
        "independent_organ_members",
        "Zahl unabhängiger Organmitglieder",
        lambda value: isinstance(value, int) and value == 0,
    )
    if independent.result is Result.FAIL:
        harmless = inquiry.facts.claim(
            COOPERATIVE,
            "independent_organ_members_harmless",
            "Stellungnahme zu unabhängigen Organmitgliedern",
            OPINION,
        )
        findings.append(independent if harmless.result is Result.UNKNOWN else harmless)
    else:
        findings.append(independent)
    return found(
        "K-03",
        findings,
        Wording(
            met="Die Organe setzen sich aus Vertretern aller Mitglieder zusammen.",
            failed="Die Organe sind nicht aus Vertretern aller Mitglieder zusammengesetzt.",
            help=ALL_AFFECTED + LEGAL_ROLE + ".",
        ),
    )


def no_contrary_interests(inquiry: Inquiry) -> RuleResult:
    """K-04: the cooperative pursues nothing against its members."""
    return found(
        "K-04",
        (
            inquiry.facts.claim(
                COOPERATIVE, "no_contrary_interests", "Keine gegenläufigen Interessen"
            ),
        ),
        Wording(
            met="Die Genossenschaft verfolgt keine Interessen, die denen der Mitglieder "
            "zuwiderlaufen.",
            failed="Die Genossenschaft verfolgt Interessen gegen ihre Mitglieder.",
            help=ALL_AFFECTED + LEGAL_ROLE + ".",
        ),
    )


def no_private_member(inquiry: Inquiry) -> RuleResult:
    """K-05 over every active membership: one private member breaks all orders of all members."""
    register = inquiry.case.register
    if register.count == 0:
        return judged(
            "K-05",
            Result.UNKNOWN,
            "Das Mitgliederverzeichnis ist leer.",
            f"Das Verzeichnis muss ergänzt werden; es hilft {LEGAL_ROLE}.",
        )
    findings = [_purity(inquiry, entry) for entry in register.doubtful]
    wrong = [finding.label for finding in findings if finding.result is Result.FAIL]
    return found(
        "K-05",
        findings,
        Wording(
            met=f"Keines der {register.count} Mitglieder ist privat oder hat private "
            "Anteilseigner.",
            failed=f"Privates Kapital bei einem Mitglied: {', '.join(wrong)}.",
            help=ALL_AFFECTED + LEGAL_ROLE + ".",
        ),
    )


def _purity(inquiry: Inquiry, entry: RegisterEntry) -> Finding:
    """A private body fails at once; the other forms need evidence of the last twelve months."""
    facts = inquiry.facts
    private = facts.find(entry.scope, "is_private", entry.name, lambda value: value is False)
    if is_private_body(entry.basis) or private.result is Result.FAIL:
        return Finding(Result.FAIL, entry.name, private.fact, private.document)
    finding = facts.claim(entry.scope, PURITY_FACT, entry.name)
    if entry.kind == BodyKind.BETEILIGUNGSGESELLSCHAFT and finding.result is Result.UNKNOWN:
        return Finding(Result.FAIL, entry.name)
    if finding.result is Result.PASS and finding.document is not None:
        if facts.late(months_after(finding.document.dated, PURITY_MONTHS)):
            finding = facts.expired(finding)
        if not entry.basis and finding.result is Result.PASS:
            return Finding(Result.UNKNOWN, entry.name, finding.fact, finding.document)
    return finding


def no_private_capital_below(inquiry: Inquiry) -> RuleResult:
    """K-07: no direct private capital in the operating company."""
    return found(
        "K-07",
        (
            inquiry.facts.claim(
                OPERATING_COMPANY,
                "no_direct_private_capital",
                "Gesellschafter der Betriebsgesellschaft",
            ),
        ),
        Wording(
            met="An der Betriebsgesellschaft ist kein privates Kapital unmittelbar beteiligt.",
            failed="An der Betriebsgesellschaft ist privates Kapital beteiligt.",
            help=ALL_AFFECTED + LEGAL_ROLE + ".",
        ),
    )
