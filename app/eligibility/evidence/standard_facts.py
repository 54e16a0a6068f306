"""A complete, labelled set of demonstration evidence, dated relative to a start day."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from app.eligibility.evidence.given import Bundle, GivenDocument, GivenFact, GivenTurnover, together
from app.eligibility.evidence.vocabulary import EVIDENCE_TYPES
from app.eligibility.judging.case import COOPERATIVE, OPERATING_COMPANY, OPERATING_LINK
from app.eligibility.judging.facts import FactValue
from app.kernel.money import Money
from app.kernel.month import months_after

LABEL: Final = "Demonstrationsnachweis"
# Two generations of everything that ages: the first covers the history, the second the present.
GENERATIONS: Final = (-14, -2)
OLD_MONTHS: Final = -72
YEARS: Final = 5


@dataclass(frozen=True, slots=True)
class Names:
    """Names of the bodies, which are data and never code."""

    cooperative: str
    operating_company: str
    operating_company_key: str


def standard_facts(start: date, names: Names) -> Bundle:
    """Cooperative, operating company and the link between them, so that orders run."""
    old = months_after(start, OLD_MONTHS)
    return together(
        [
            _statutes(old, names),
            *(_opinions(months_after(start, months), names) for months in GENERATIONS),
            _turnover(start.year, names),
        ]
    )


def standard_member(
    key: str, name: str, resolved_on: date, effective_from: date, expired_on: date | None = None
) -> Bundle:
    """Resolution and accession declaration of one member; `expired_on` ends the declaration.

    Ended or future memberships, and companies of a member, need no facts of their own: their
    dates lie in the membership, their legal form in the unit.
    """
    resolution = _document(
        f"{key}-resolution", "council_resolution", resolved_on, f"Beschluss Beitritt {name}", key
    )
    declaration = _document(
        f"{key}-accession",
        "accession_declaration",
        effective_from,
        f"Beitrittserklärung {name}",
        key,
        valid_to=expired_on,
    )
    scope = ("member", key)
    return Bundle(
        documents=(resolution, declaration),
        facts=(
            _fact(scope, "council_resolution", True, resolution),
            _fact(scope, "accession_declaration", True, declaration),
            _fact(scope, "members_at_accession", 100, declaration),
        ),
    )


def standard_framework(number: str, award_date: date, exception: bool = False) -> Bundle:
    """The award decision of an agreement, and the reason of a term over four years."""
    decision = _document(
        f"{number}-award", "award_decision", award_date, f"Zuschlagsentscheidung {number}"
    )
    facts = [_fact(("framework", number), "award_decision", True, decision)]
    if exception:
        facts.append(_fact(("framework", number), "term_exception", True, decision))
    return Bundle((decision,), tuple(facts))


def standard_network(key: str, name: str, start: date, *, opinion: bool = False) -> Bundle:
    """A partner network: the membership is proved, a current legal opinion only on request."""
    joined = months_after(start, OLD_MONTHS)
    declaration = _document(
        f"{key}-accession", "accession_declaration", joined, f"Beteiligung an {name}"
    )
    scope = ("chain_link", key)
    network = Bundle(
        (declaration,),
        (
            _fact(scope, "name", f"Partnernetzwerk {name}", declaration),
            _fact(scope, "active", True, declaration),
        ),
    )
    if not opinion:
        return network
    dated = months_after(start, GENERATIONS[-1])
    paper = _document(
        f"{key}-opinion",
        "legal_opinion",
        dated,
        f"Rechtliche Stellungnahme zu {name}",
        review_due=months_after(dated, 24),
    )
    confirmed = Bundle((paper,), (_fact(scope, "control_opinion", True, paper),))
    return together([network, confirmed])


def _statutes(old: date, names: Names) -> Bundle:
    statutes = _document("statutes", "statutes", old, f"Satzung {names.cooperative}")
    fees = _document("fees", "fee_schedule", old, f"Beitragsordnung {names.cooperative}")
    contract = _document(
        "contract", "statutes", old, f"Gesellschaftsvertrag {names.operating_company}"
    )
    cooperative, company = (COOPERATIVE, ""), (OPERATING_COMPANY, "")
    link = ("chain_link", OPERATING_LINK)
    return Bundle(
        (statutes, fees, contract),
        (
            _fact(cooperative, "name", names.cooperative, statutes),
            _fact(company, "name", names.operating_company, contract),
            _fact(company, "member_key", names.operating_company_key, contract),
            _fact(link, "name", f"{names.cooperative} → {names.operating_company}", statutes),
            _fact(link, "active", True, statutes),
            _fact(cooperative, "is_legal_person", True, statutes),
            _fact(cooperative, "object_clause_covers_procurement", True, statutes),
            _fact(
                cooperative,
                "statutes_reserve_strategic_decisions",
                "Zustimmungsvorbehalte der Generalversammlung",
                statutes,
            ),
            _fact(cooperative, "fee_schedule", True, fees),
        ),
    )


def _opinions(dated: date, names: Names) -> Bundle:
    """What has to be looked at again and again: control, organs, register, shareholders."""
    suffix = dated.isoformat()
    opinion = _document(
        f"opinion-{suffix}",
        "legal_opinion",
        dated,
        f"Rechtliche Stellungnahme {names.cooperative}",
        review_due=months_after(dated, 24),
    )
    memorandum = _document(
        f"memorandum-{suffix}",
        "legal_memorandum",
        dated,
        "Memorandum Leistungsbeziehung und Ausschreibungspflicht",
        review_due=months_after(dated, 24),
    )
    register = _document(
        f"register-{suffix}", "member_register", dated, f"Mitgliederübersicht {names.cooperative}"
    )
    cooperative = (COOPERATIVE, "")
    return Bundle(
        (opinion, memorandum, register),
        (
            _fact(cooperative, "joint_decisive_influence", True, opinion),
            _fact(cooperative, "organs_represent_all_members", True, opinion),
            _fact(cooperative, "independent_organ_members", 0, opinion),
            _fact(cooperative, "no_contrary_interests", True, opinion),
            _fact(cooperative, "member_register", True, register),
            _fact((OPERATING_COMPANY, ""), "no_direct_private_capital", True, memorandum),
            _fact(("chain_link", OPERATING_LINK), "l2_legal_basis", "c", memorandum),
        ),
    )


def _turnover(start_year: int, names: Names) -> Bundle:
    """Five closed years of both bodies, well above and somewhat above the 80 %."""
    documents, years = [], []
    for back in range(YEARS, 0, -1):
        year = start_year - back
        for body, name, members, others in (
            (COOPERATIVE, names.cooperative, 9_000_000, 700_000),
            (OPERATING_COMPANY, names.operating_company, 21_000_000, 3_500_000),
        ):
            statement = _document(
                f"{body}-{year}",
                "annual_statement",
                date(year + 1, 1, 1) - timedelta(days=1),
                f"Jahresabschluss {year} {name}",
            )
            growth = 100 + 4 * (YEARS - back)
            documents.append(statement)
            years.append(
                GivenTurnover(
                    body,
                    year,
                    members=Money(members * growth),
                    nonmembers_public=Money(others * growth * 3 // 4),
                    private=Money(others * growth // 4),
                    ref=statement.ref,
                )
            )
    return Bundle(documents=tuple(documents), turnover=tuple(years))


def _document(  # noqa: PLR0913 - the parts of one document
    ref: str,
    kind: str,
    dated: date,
    title: str,
    member_key: str | None = None,
    *,
    valid_to: date | None = None,
    review_due: date | None = None,
) -> GivenDocument:
    text = (
        f"{LABEL}\n\n{title}\n{EVIDENCE_TYPES[kind]} vom {dated:%d.%m.%Y}\n\n"
        "Dieses Schriftstück dient nur der Vorführung und beweist nichts.\n"
    )
    return GivenDocument(
        ref=ref,
        kind=kind,
        title=f"{title} ({LABEL})",
        dated=dated,
        valid_from=dated,
        content=text.encode(),
        media_type="text/plain",
        file_name=f"{ref}.txt",
        valid_to=valid_to,
        review_due=review_due,
        member_key=member_key,
        demonstration=True,
    )


def _fact(scope: tuple[str, str], key: str, value: FactValue, document: GivenDocument) -> GivenFact:
    return GivenFact(scope[0], scope[1], key, value, document.valid_from, ref=document.ref)
