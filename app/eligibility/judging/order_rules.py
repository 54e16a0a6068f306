"""Rules O-01 to O-05: what a single order is asked, whatever the agreement says."""

from typing import Final

from app.eligibility.judging.case import FourEyes, Line, MarketCheck, Order
from app.eligibility.judging.inquiry import Inquiry, Wording, decided, judged
from app.eligibility.rules import Result, RuleResult
from app.frameworks.procedures import LandThresholds, without_framework
from app.kernel import german
from app.kernel.money import Money

REVERSE_CHARGE_FROM: Final = Money.euros(5_000)
NO_COMPARISON: Final = judged(
    "O-02",
    Result.PASS,
    "Kein günstigerer Marktpreis ist festgehalten; der Preis ist im Wettbewerb ermittelt.",
)
NO_REVERSE_CHARGE: Final = judged(
    "O-03", Result.PASS, "Keine Waren mit möglicher Steuerschuldnerschaft ab 5.000 Euro netto."
)


def order_rules(inquiry: Inquiry, order: Order) -> list[RuleResult]:
    """O-04 only where somebody decides: at submission nobody has approved yet."""
    case = inquiry.case
    results = []
    if inquiry.judges("O-01"):
        if case.land_thresholds is not None and case.eu_threshold is not None:
            results.append(procedure(order, case.land_thresholds, case.eu_threshold))
        results += [market_price(order), sphere(order)]
        if order.four_eyes is not None:
            results.append(four_eyes(order.four_eyes))
    if case.eu_threshold is not None:
        results.append(threshold(order, case.eu_threshold))
    return results


def procedure(order: Order, row: LandThresholds, european: Money) -> RuleResult:
    """O-01 always prints its note: the procedure that the value would have asked for."""
    return judged("O-01", Result.FAIL, without_framework(order.net, row, european))


def market_price(order: Order) -> RuleResult:
    """O-02: cheaper elsewhere needs a reason; whoever prefers to buy there is free to do so."""
    if order.market is None:
        return NO_COMPARISON
    return decided(
        "O-02", not _unexplained(order.market, order.net), _market_words(order.market, order.net)
    )


def _unexplained(market: MarketCheck, net: Money) -> bool:
    return market.lowest < net and not market.reason.strip()


def _market_words(market: MarketCheck, net: Money) -> Wording:
    found = f"niedrigster Marktpreis {german.euro(market.lowest)} netto ({_sources(market)})"
    if market.lowest >= net:
        return Wording(f"Der Rahmenvertrag ist nicht teurer: {found}.", "")
    gap = german.euro(net - market.lowest)
    return Wording(
        met=f"Anderswo {gap} günstiger ({found}). Begründung: {market.reason.strip()}",
        failed=f"Anderswo {gap} günstiger ({found}), und eine Begründung fehlt.",
        help="Begründen Sie den Abruf, oder beschaffen Sie anderswo: beides ist zulässig.",
    )


def _sources(market: MarketCheck) -> str:
    return "eine Quelle" if market.sources == 1 else f"{market.sources} Quellen"


def sphere(order: Order) -> RuleResult:
    """O-03: from 5.000 Euro net of such goods the recipient may owe the tax itself."""
    concerned = [line for line in order.lines if line.reverse_charge]
    if not concerned or _net(concerned) < REVERSE_CHARGE_FROM:
        return NO_REVERSE_CHARGE
    value, skus = german.euro(_net(concerned)), ", ".join(line.sku for line in concerned)
    return decided(
        "O-03",
        bool(order.sphere),
        Wording(
            met=f"Bereich {order.sphere}; Waren nach § 13b UStG für {value} netto: {skus}.",
            failed=f"Waren nach § 13b UStG für {value} netto ({skus}): es ist nicht festgehalten, "
            "ob sie für den hoheitlichen oder den unternehmerischen Bereich bestimmt sind.",
            help="Das klärt Ihre Kämmerei oder Steuerstelle.",
        ),
    )


def _net(lines: list[Line]) -> Money:
    return Money.total(line.net for line in lines)


def four_eyes(seen: FourEyes) -> RuleResult:
    """O-04: another person within its limit, or the member's own documented exception."""
    own = seen.approved_by == seen.ordered_by
    value = german.euro(seen.value)
    if own and seen.exception is not None:
        met = f"Eigene Genehmigung über {value} nach der hinterlegten Regelung des Mitglieds."
    else:
        met = f"Bestellung und Genehmigung durch zwei Personen; die Wertgrenze deckt {value}."
    return decided(
        "O-04",
        seen.entitled and (not own or seen.exception is not None),
        Wording(
            met=met,
            failed="Eine zweite Person muss genehmigen."
            if own
            else f"Die Wertgrenze der genehmigenden Person deckt {value} nicht.",
            help="Genehmigen darf, wer nicht selbst bestellt hat und dessen Wertgrenze reicht.",
        ),
    )


def threshold(order: Order, european: Money) -> RuleResult:
    """O-05 prints its hint from the EU threshold on."""
    return decided(
        "O-05",
        order.net < european,
        Wording(
            met=f"Der Auftragswert liegt unter dem EU-Schwellenwert {german.euro(european)}.",
            failed=f"Der Auftragswert erreicht den EU-Schwellenwert {german.euro(european)}. "
            "Eine freiwillige Ex-ante-Bekanntmachung verringert das Risiko nach § 135 GWB.",
        ),
    )
