"""Rules M-01 to M-08: is the one who orders a member, and may this unit order for it?"""

from datetime import date
from typing import Final

from app.eligibility.judging.case import MemberFacts, MembershipFacts, UnitFacts
from app.eligibility.judging.inquiry import LEGAL_ROLE, Inquiry, Wording, decided, found, judged
from app.eligibility.rules import AFTERWARDS, Result, RuleResult
from app.kernel import german
from app.members.rules import BodyKind

NO_AUTHORITY: Final = frozenset({"none", "keine", "-"})
NOTIFIABLE_SHARE: Final = 20
COMPANIES: Final = frozenset({BodyKind.EIGENGESELLSCHAFT, BodyKind.BETEILIGUNGSGESELLSCHAFT})


def member_rules(inquiry: Inquiry) -> list[RuleResult]:
    """M-01 to M-04: the member and the unit that orders for it."""
    return [
        contracting_authority(inquiry.case.member),
        membership(inquiry.case.member, inquiry.day),
        accession(inquiry),
        ordering_unit(inquiry, inquiry.case.member, inquiry.case.unit),
    ]


def order_of_member_rules(inquiry: Inquiry) -> list[RuleResult]:
    """M-05 and M-06: what only an order can be asked."""
    results: list[RuleResult] = []
    if inquiry.case.member.membership is not None and inquiry.case.order is not None:
        results.append(notice(inquiry, inquiry.case.member.membership))
        asked = inquiry.case.phase not in AFTERWARDS
        if asked and inquiry.case.order.product_account is not None:
            results.append(budget(inquiry))
    return results


def standing_notes(inquiry: Inquiry) -> list[RuleResult]:
    """M-07 and M-08: what only explains."""
    return [utility(inquiry.case.member), supervisory_notice(inquiry)]


def is_private_body(basis: str | None) -> bool:
    """Whether it was recorded that the body is no contracting authority at all."""
    return basis is not None and basis.strip().lower() in NO_AUTHORITY


def contracting_authority(member: MemberFacts) -> RuleResult:
    """M-01: only contracting authorities may rely on § 108 GWB."""
    if not (member.basis or "").strip():
        return judged(
            "M-01",
            Result.UNKNOWN,
            f"Für {member.name} ist nicht festgehalten, welche Nummer des § 99 GWB zutrifft.",
            f"Die Einordnung muss ergänzt werden; es hilft {LEGAL_ROLE}.",
        )
    return decided(
        "M-01",
        not is_private_body(member.basis),
        Wording(
            met=f"{member.name} ist öffentlicher Auftraggeber ({member.basis}).",
            failed=f"{member.name} ist kein öffentlicher Auftraggeber. "
            "Eine private Stelle kann sich nicht auf ein Inhouse-Geschäft berufen.",
            help=f"Trifft die Einordnung nicht zu, berichtigt sie {LEGAL_ROLE}.",
        ),
    )


def membership(member: MemberFacts, day: date) -> RuleResult:
    """M-02: effective on the day, share paid, at least one vote (first and last day count)."""
    held = member.membership
    join = "Voraussetzung ist eine eigene, wirksame Mitgliedschaft."
    if held is None:
        words = f"{member.name} ist nicht Mitglied der Genossenschaft."
        return decided("M-02", False, Wording("", words, join))
    if held.effective_from > day:
        words = f"Die Mitgliedschaft beginnt erst am {german.day(held.effective_from)}."
        return decided("M-02", False, Wording("", words, "Vorher kann nicht abgerufen werden."))
    if held.effective_to is not None and held.effective_to < day:
        words = f"Die Mitgliedschaft endete mit Ablauf des {german.day(held.effective_to)}."
        return decided("M-02", False, Wording("", words, join, "membership_ended"))
    return _share_and_vote(held, day)


def _share_and_vote(held: MembershipFacts, day: date) -> RuleResult:
    if held.share_paid_on is None:
        return judged(
            "M-02",
            Result.UNKNOWN,
            "Es ist nicht festgehalten, wann der Geschäftsanteil gezahlt wurde.",
            f"Der Zahlungstag muss ergänzt werden; es hilft {LEGAL_ROLE}.",
        )
    return decided(
        "M-02",
        held.share_paid_on <= day and held.votes >= 1,
        Wording(
            met=f"Mitglied seit {german.day(held.effective_from)}, Geschäftsanteil gezahlt, "
            f"Stimmen in der Generalversammlung: {held.votes}.",
            failed="Der Geschäftsanteil ist noch nicht gezahlt oder es besteht kein Stimmrecht. "
            "Eine nur förmliche Mitgliedschaft genügt nicht.",
            help=f"Zahlung und Stimmrecht klärt {LEGAL_ROLE}.",
        ),
    )


def accession(inquiry: Inquiry) -> RuleResult:
    """M-03: the resolution of the competent organ and the admission, each with its document."""
    scope = inquiry.case.member.scope
    return found(
        "M-03",
        (
            inquiry.facts.claim(
                scope,
                "council_resolution",
                "Beschluss des zuständigen Organs über den Beitritt",
                {"council_resolution"},
            ),
            inquiry.facts.claim(
                scope, "accession_declaration", "Beitrittserklärung", {"accession_declaration"}
            ),
        ),
        Wording(
            met="Beschluss über den Beitritt und Beitrittserklärung liegen vor.",
            failed="Der Beitritt wurde nicht wirksam beschlossen oder nicht zugelassen.",
            help="Ein neuer Beschluss und die Zulassung müssen nachgewiesen werden; "
            f"es hilft {LEGAL_ROLE}.",
        ),
    )


def ordering_unit(inquiry: Inquiry, member: MemberFacts, unit: UnitFacts | None) -> RuleResult:
    """M-04: an own legal person needs its own membership, all else orders through its parent.

    A company is a legal person even where somebody entered it as none.
    """
    if unit is None:
        return decided("M-04", True, Wording(f"{member.name} bestellt selbst.", ""))
    company = unit.kind in COMPANIES and inquiry.since("3")
    if unit.own_legal_person or company:
        return decided(
            "M-04",
            False,
            Wording(
                "",
                f"{unit.name} ist eine eigene juristische Person. "
                f"Die Mitgliedschaft von {member.name} gilt für sie nicht.",
                "Die Gesellschaft kann selbst Mitglied werden.",
            ),
        )
    return decided(
        "M-04",
        unit.member_id == member.id,
        Wording(
            met=f"{unit.name} hat keine eigene Rechtspersönlichkeit und bestellt über "
            f"{member.name}.",
            failed=f"{unit.name} gehört nicht zu {member.name}.",
            help="Bestellen Sie mit dem Mitglied, zu dem die Einheit gehört.",
        ),
    )


def notice(inquiry: Inquiry, held: MembershipFacts) -> RuleResult:
    """M-05 fails where notice was given and delivery is expected after the last day."""
    order = inquiry.case.order
    expected = (order.expected_delivery if order is not None else None) or inquiry.day
    late = (
        held.notice_received_on is not None
        and held.effective_to is not None
        and expected > held.effective_to
    )
    last = "" if held.effective_to is None else german.day(held.effective_to)
    return decided(
        "M-05",
        not late,
        Wording(
            met="Die Lieferung liegt innerhalb der Mitgliedschaft.",
            failed=f"Die Mitgliedschaft ist gekündigt und endet am {last}; "
            f"die Lieferung wird für den {german.day(expected)} erwartet.",
            help="Vereinbaren Sie mit der Abwicklung eine frühere Lieferung.",
        ),
    )


def budget(inquiry: Inquiry) -> RuleResult:
    """M-06: a product account and the open budget year are named."""
    order = inquiry.case.order
    account = (order.product_account or "").strip() if order is not None else ""
    year = order.budget_year if order is not None else None
    return decided(
        "M-06",
        bool(account) and year in {None, inquiry.day.year},
        Wording(
            met=f"Produktkonto {account}, Haushaltsjahr {year or inquiry.day.year}.",
            failed=f"Das Produktkonto fehlt oder das Haushaltsjahr {year} ist nicht das laufende.",
            help="Das klärt Ihre Kämmerei.",
        ),
    )


def utility(member: MemberFacts) -> RuleResult:
    """M-07 prints its note where the member is a utility (§ 100 GWB)."""
    applies = member.kind == BodyKind.SEKTORENAUFTRAGGEBER
    return decided(
        "M-07",
        not applies,
        Wording(
            met="Kein Sektorenauftraggeber.",
            failed="Sektorenauftraggeber: § 108 GWB gilt entsprechend, "
            "mit eigenem Schwellenwert nach § 106 Abs. 2 Nr. 2 GWB.",
        ),
    )


def supervisory_notice(inquiry: Inquiry) -> RuleResult:
    """M-08: below one twentieth the holding need not be laid before the supervisory authority."""
    finding = inquiry.facts.find(
        inquiry.case.member.scope,
        "members_at_accession",
        "Zahl der Mitglieder beim Beitritt",
        lambda value: isinstance(value, int) and value > NOTIFIABLE_SHARE,
    )
    return found(
        "M-08",
        (finding,),
        Wording(
            met=f"Beteiligung von 1/{finding.value} liegt unter einem Zwanzigstel: "
            "keine Vorlage bei der Kommunalaufsicht.",
            failed="Die Beteiligung erreichte ein Zwanzigstel: eine Vorlage bei der "
            "Kommunalaufsicht wäre nötig gewesen.",
        ),
    )
