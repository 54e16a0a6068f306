"""Rules F-08 and F-10, and F-04 for lots: what the agreement asks of a single order."""

from collections.abc import Iterator

from app.eligibility.judging.case import FrameworkFacts, LotRoom, MemberFacts, Order
from app.eligibility.judging.inquiry import Wording, decided
from app.eligibility.rules import RuleClass, RuleResult
from app.frameworks.parties import PartyClass, PartyMember, district_of
from app.frameworks.supplier_choice import (
    MODE_BASIS,
    MODE_WORDS,
    NO_MINI_COMPETITION,
    CallOffMode,
)
from app.kernel.german import euro
from app.kernel.money import Money


def order_terms(framework: FrameworkFacts, order: Order, alternatives: str) -> list[RuleResult]:
    """Only what the agreement states: a single supplier and no limits need no rule."""
    results = []
    if framework.call_off_mode != CallOffMode.DIRECT:
        results.append(selection(framework, order, alternatives))
    if any(_limits(framework, order)):
        results.append(order_value(framework, order))
    return results


def selection(framework: FrameworkFacts, order: Order, alternatives: str) -> RuleResult:
    """F-08: several suppliers by the published rule; a new competition is not held here."""
    mode = CallOffMode(framework.call_off_mode)
    chosen = "".join(f" {one}" for one in order.suppliers)
    return decided(
        "F-08",
        mode is not CallOffMode.MINI_COMPETITION and order.no_supplier is None,
        Wording(
            met=f"Der Auftragnehmer ergibt sich aus der Regel des Rahmenvertrags: "
            f"{MODE_WORDS[mode]} ({MODE_BASIS[mode]}).{chosen}",
            failed=order.no_supplier or NO_MINI_COMPETITION,
            help=alternatives,
            code="article_not_orderable",
        ),
        RuleClass.HARD if mode is CallOffMode.MINI_COMPETITION or order.no_supplier else None,
    )


def order_value(framework: FrameworkFacts, order: Order) -> RuleResult:
    """F-10: the smallest and largest order that the tender documents allow, net."""
    missed = list(_missed(framework, order))
    return decided(
        "F-10",
        not missed,
        Wording(
            met="Der Bestellwert liegt in den Grenzen des Rahmenvertrags.",
            failed="; ".join(missed) + ".",
            help="Passen Sie die Menge an oder fassen Sie Ihren Bedarf in einem Abruf zusammen.",
            code="article_not_orderable",
        ),
    )


def excluded_lots(member: MemberFacts, order: Order) -> tuple[int, ...]:
    """Numbers of the order's lots that are not open to this member (F-04)."""
    asked = party_member(member)
    return tuple(lot.number for lot in order.lots if not _class_of(lot).holds(asked))


def party_member(member: MemberFacts) -> PartyMember:
    """The member as classes of parties see it."""
    since = None if member.membership is None else member.membership.effective_from
    return PartyMember(member.id, member.kind, district_of(member.ags, member.ars), since)


def _class_of(lot: LotRoom) -> PartyClass:
    return PartyClass(frozenset(lot.only_kinds), frozenset(lot.only_districts))


def _limits(framework: FrameworkFacts, order: Order) -> Iterator[Money | None]:
    yield from (framework.minimum_order, framework.maximum_order)
    for lot in order.lots:
        yield from (lot.minimum_order, lot.maximum_order)


def _missed(framework: FrameworkFacts, order: Order) -> Iterator[str]:
    yield from _outside("des Rahmenvertrags", framework, order.net)
    for lot in order.lots:
        value = Money.total(line.net for line in order.lines if line.lot_id == lot.lot_id)
        yield from _outside(f"von Los {lot.number}", lot, value)


def _outside(name: str, limits: FrameworkFacts | LotRoom, value: Money) -> Iterator[str]:
    if limits.minimum_order is not None and value < limits.minimum_order:
        yield (
            f"Der Mindestbestellwert {name} ist {euro(limits.minimum_order)} netto, "
            f"dieser Abruf hat {euro(value)}"
        )
    if limits.maximum_order is not None and value > limits.maximum_order:
        yield (
            f"Der höchste Bestellwert {name} ist {euro(limits.maximum_order)} netto, "
            f"dieser Abruf hat {euro(value)}"
        )
