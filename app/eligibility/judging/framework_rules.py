"""Rules F-01 to F-07: the agreement was tendered, runs, has room and sets the price."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from app.eligibility.judging.case import FrameworkFacts, Line, MemberFacts, Order
from app.eligibility.judging.ceiling_rule import ceiling
from app.eligibility.judging.forecast_rule import forecast
from app.eligibility.judging.inquiry import (
    CONTRACTS_ROLE,
    Inquiry,
    Wording,
    decided,
    found,
    judged,
)
from app.eligibility.judging.order_rules import order_rules
from app.eligibility.judging.order_terms import excluded_lots, order_terms
from app.eligibility.rules import AFTERWARDS, Result, RuleClass, RuleResult
from app.frameworks.rules import longest_end
from app.kernel import german

ALTERNATIVES: Final = (
    f"Wählen Sie einen anderen Rahmenvertrag oder melden Sie den Bedarf; es hilft {CONTRACTS_ROLE}."
)


def agreement_rules(inquiry: Inquiry, framework: FrameworkFacts) -> list[RuleResult]:
    """F-01 to F-03: the agreement itself, whatever is ordered; placed orders outlive its term."""
    if inquiry.case.phase in AFTERWARDS:
        return [tendered(inquiry, framework), term(inquiry, framework)]
    return [
        tendered(inquiry, framework),
        running(framework, inquiry.day),
        term(inquiry, framework),
    ]


def call_off_rules(inquiry: Inquiry, framework: FrameworkFacts) -> list[RuleResult]:
    """F-04 on, and the O rules; those on lots and lines only where an order is given.

    Nothing of it is asked again once the order is placed.
    """
    if inquiry.case.phase in AFTERWARDS:
        return []
    order = inquiry.case.order
    results = [party(framework, inquiry.case.member, order)]
    if order is not None:
        results.extend(
            (
                ceiling(order, ALTERNATIVES),
                articles(framework, order),
                prices(order, inquiry.day),
                *order_terms(framework, order, ALTERNATIVES),
            )
        )
    if inquiry.judges("F-09"):
        results.append(forecast(framework, order))
    if order is not None:
        results.extend(order_rules(inquiry, order))
    return results


def tendered(inquiry: Inquiry, framework: FrameworkFacts) -> RuleResult:
    """F-01: procedure, notice and award before the day, with the award decision as evidence."""
    if not framework.procedure_type or not framework.notice_id or framework.award_date is None:
        return judged(
            "F-01",
            Result.UNKNOWN,
            "Verfahrensart, Bekanntmachung oder Zuschlagstag sind nicht festgehalten.",
            f"Die Angaben ergänzt {CONTRACTS_ROLE}.",
        )
    if framework.award_date > inquiry.day:
        words = f"Der Zuschlag wird erst am {german.day(framework.award_date)} wirksam."
        return decided("F-01", False, Wording("", words, ALTERNATIVES))
    decision = inquiry.facts.claim(
        framework.scope, "award_decision", "Zuschlagsentscheidung", {"award_decision"}
    )
    return found(
        "F-01",
        (decision,),
        Wording(
            met=f"{framework.procedure_type}, Bekanntmachung {framework.notice_id}, "
            f"Zuschlag am {german.day(framework.award_date)}.",
            failed="Der Rahmenvertrag ist aus keinem wirksamen Vergabeverfahren hervorgegangen.",
            help=ALTERNATIVES,
        ),
    )


def running(framework: FrameworkFacts, day: date) -> RuleResult:
    """F-02: first and last day count; delivery may follow later."""
    begins, ends = german.day(framework.valid_from), german.day(framework.valid_to)
    return decided(
        "F-02",
        framework.valid_from <= day <= framework.valid_to,
        Wording(
            met=f"Der Rahmenvertrag läuft vom {begins} bis {ends}.",
            failed=f"Der Rahmenvertrag läuft nicht: Laufzeit {begins} bis {ends}.",
            help=_successor(framework) + ALTERNATIVES,
            code="framework_not_running",
        ),
    )


def _successor(framework: FrameworkFacts) -> str:
    return f"Nachfolger ist {framework.successor}. " if framework.successor else ""


def term(inquiry: Inquiry, framework: FrameworkFacts) -> RuleResult:
    """F-03: four years at most, else a documented special case."""
    if framework.valid_to <= longest_end(framework.valid_from):
        return decided("F-03", True, Wording("Die Laufzeit beträgt höchstens vier Jahre.", ""))
    if not (framework.term_exception_reason or "").strip():
        words = "Die Laufzeit übersteigt vier Jahre ohne begründeten Sonderfall."
        return decided("F-03", False, Wording("", words, ALTERNATIVES))
    return found(
        "F-03",
        (
            inquiry.facts.claim(
                framework.scope, "term_exception", "Begründung der längeren Laufzeit"
            ),
        ),
        Wording(
            met=f"Längere Laufzeit begründet: {framework.term_exception_reason}",
            failed="Die Begründung der längeren Laufzeit trägt nicht.",
            help=ALTERNATIVES,
        ),
    )


def party(framework: FrameworkFacts, member: MemberFacts, order: Order | None = None) -> RuleResult:
    """F-04 is hard where the member itself calls off, and where the agreement lists its parties.

    Otherwise the contracting authority is the intermediary and the rule only informs. A lot may
    be open to a class of members only.
    """
    if order is not None and (closed := excluded_lots(member, order)):
        numbers = ", ".join(map(str, closed))
        words = f"Los {numbers} von {framework.number} steht {member.name} nicht offen."
        return decided("F-04", False, Wording("", words, ALTERNATIVES, "not_a_party"))
    everybody = framework.party_rule == "all_members"
    strict = framework.award_model == "direct_call_off" or not everybody
    return decided(
        "F-04",
        everybody or framework.listed,
        Wording(
            met="Abrufberechtigt sind alle Mitglieder."
            if everybody
            else f"{member.name} ist im Rahmenvertrag benannt.",
            failed=f"{member.name} ist im Rahmenvertrag {framework.number} nicht benannt.",
            help="Die Liste der Berechtigten steht beim Rahmenvertrag. " + ALTERNATIVES,
            code="not_a_party",
        ),
        RuleClass.HARD if strict else RuleClass.INFO,
    )


def articles(framework: FrameworkFacts, order: Order) -> RuleResult:
    """F-06: every line is in a released price list of its lot, or at a quote in an open one."""
    strange = [line.sku for line in order.lines if line.price_list_version is None]
    free = [line for line in order.lines if line.sku in strange and _is_open(line)]
    strange = [sku for sku in strange if sku not in {line.sku for line in free}]
    return decided(
        "F-06",
        bool(order.lines) and not strange,
        Wording(
            met=" ".join(_open_words(free, framework))
            or f"Alle Positionen stehen in einer freigegebenen Preisliste von {framework.number}.",
            failed="Nicht in einer freigegebenen Preisliste: "
            f"{', '.join(strange) or 'keine Position'}.",
            help="Freie Positionen wären eine wesentliche Änderung. Nehmen Sie den Artikel heraus. "
            + ALTERNATIVES,
            code="article_not_orderable",
        ),
    )


def _is_open(line: Line) -> bool:
    return line.quote is not None and line.quote.open_percent is not None


def _open_words(free: list[Line], framework: FrameworkFacts) -> Iterator[str]:
    """What the decision says about free positions; nothing where there are none."""
    for line in free:
        if line.quote is not None:
            yield (
                f"{line.sku} steht in keiner Preisliste, sondern im offenen Sortiment von "
                f"{framework.number} Los {line.lot} ({line.quote.open_percent} % der übrigen "
                f"Lose) nach Angebot {line.quote.number} von {line.quote.supplier} vom "
                f"{german.day(line.quote.dated)}."
            )


def prices(order: Order, day: date) -> RuleResult:
    """F-07: the price of the list valid at submission, multiplied without rounding tricks."""
    wrong = [*_ended_quotes(order.lines, day), *_wrong_prices(order.lines)]
    return decided(
        "F-07",
        not wrong,
        Wording(
            met="Alle Preise entsprechen der bei Einreichung gültigen Preisliste.",
            failed=f"Preis nicht nach Vertrag: {'; '.join(wrong)}.",
            help="Legen Sie den Artikel neu in den Warenkorb; der gültige Preis wird übernommen. "
            f"Fehlt ein Preis, hilft {CONTRACTS_ROLE}.",
            code="price_not_valid",
        ),
    )


def _ended_quotes(lines: tuple[Line, ...], day: date) -> Iterator[str]:
    for line in lines:
        until = line.quote.valid_until if line.quote is not None else None
        if until is not None and until < day:
            yield f"{line.sku}: Das Angebot galt bis {german.day(until)}, holen Sie ein neues ein"


def _wrong_prices(lines: tuple[Line, ...]) -> Iterator[str]:
    for line in lines:
        if line.list_price is None:
            yield f"{line.sku} hat keinen gültigen Preis"
        elif line.list_price != line.unit_price:
            listed = german.unit_price(line.list_price)
            yield f"{line.sku} kostet {listed}, nicht {german.unit_price(line.unit_price)}"
        elif line.unit_price.times(line.quantity) != line.net:
            yield f"{line.sku}: Menge mal Preis ergibt nicht {german.euro(line.net)}"
