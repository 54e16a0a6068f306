"""Price rules of an agreement: whether a price may become another one on a day, and why not."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Final

from app.kernel import german
from app.kernel.month import Month
from app.kernel.unit_price import UnitPrice

WHOLE: Final = 10_000  # hundredths of a percent
AMEND: Final = "Nötig wäre eine Vertragsänderung nach § 132 GWB."


class PriceRuleKind(StrEnum):
    FIXED = "fixed"
    INDEX = "index"
    LIST_DISCOUNT = "list_discount"


KIND_WORDS: Final = {
    PriceRuleKind.FIXED: "Festpreis",
    PriceRuleKind.INDEX: "Preisgleitung nach Index",
    PriceRuleKind.LIST_DISCOUNT: "Rabatt auf den Listenpreis",
}


@dataclass(frozen=True, slots=True)
class PriceRule:
    """What the tender documents say; points are hundredths of a percent, values hundredths."""

    kind: PriceRuleKind = PriceRuleKind.FIXED
    fixed_until: date | None = None
    index_name: str = ""
    base_month: Month | None = None
    values: tuple[tuple[Month, int], ...] = ()
    threshold_points: int = 0
    cap_points: int | None = None
    discount_points: int = 0
    announcement_days: int = 0

    @property
    def reference_day(self) -> date | None:
        """The day whose price the index counts from; None where the last price counts."""
        if self.kind is not PriceRuleKind.INDEX or self.base_month is None:
            return None
        return self.base_month.first

    def value_of(self, month: Month) -> int | None:
        return dict(self.values).get(month)

    def latest_before(self, day: date) -> tuple[Month, int] | None:
        """The newest published value of a month that had ended by `day`."""
        ended = [one for one in self.values if one[0].last < day]
        return max(ended, default=None)


def forbids(
    rule: PriceRule,
    old: UnitPrice | None,
    new: UnitPrice,
    day: date,
    *,
    list_price: UnitPrice | None = None,
    announced: date | None = None,
) -> str | None:
    """Why `new` may not hold from `day` on, in German; None where it may.

    Lowering is always allowed. `old` is None for an article that had no price; `announced` is
    the day on which the supplier handed the price in.
    """
    if rule.kind is PriceRuleKind.LIST_DISCOUNT and list_price is not None:
        above = _above_discount(rule, new, list_price)
        if above is not None:
            return above
    if old is None or new <= old:
        return None
    return _held(rule, day, announced) or _by_kind(rule, old, new, day, list_price)


def _held(rule: PriceRule, day: date, announced: date | None) -> str | None:
    if rule.fixed_until is not None and day <= rule.fixed_until:
        return f"Der Preis ist bis {german.day(rule.fixed_until)} fest."
    if announced is None:
        return None
    earliest = announced + timedelta(days=rule.announcement_days)
    if day < earliest:
        return (
            f"Preiserhöhungen sind {rule.announcement_days} Tage vorher anzukündigen; "
            f"frühestens gilt der Preis ab {german.day(earliest)}."
        )
    return None


def _by_kind(
    rule: PriceRule, old: UnitPrice, new: UnitPrice, day: date, list_price: UnitPrice | None
) -> str | None:
    match rule.kind:
        case PriceRuleKind.FIXED:
            return f"Der Vertrag vereinbart Festpreise; eine Erhöhung sieht er nicht vor. {AMEND}"
        case PriceRuleKind.INDEX:
            return _above_index(rule, old, new, day)
        case PriceRuleKind.LIST_DISCOUNT:
            if list_price is None:
                return "Zur Erhöhung fehlt der Listenpreis, auf den der Rabatt zu rechnen ist."
            return None


def _above_discount(rule: PriceRule, new: UnitPrice, list_price: UnitPrice) -> str | None:
    allowed = UnitPrice(list_price.ten_thousandths * (WHOLE - rule.discount_points) // WHOLE)
    if new <= allowed:
        return None
    return (
        f"Vereinbart sind {_percent(rule.discount_points)} Rabatt auf den Listenpreis "
        f"{german.unit_price(list_price)}: höchstens {german.unit_price(allowed)}."
    )


def _above_index(rule: PriceRule, old: UnitPrice, new: UnitPrice, day: date) -> str | None:
    base = rule.value_of(rule.base_month) if rule.base_month is not None else None
    latest = rule.latest_before(day)
    if base is None or latest is None:
        return f"Für den Index {rule.index_name} fehlt der Wert, nach dem sich der Preis richtet."
    month, value = latest
    rise = Fraction(value - base, base) * WHOLE
    if rise <= 0:
        return f"Der Index {rule.index_name} ist bis {month.german} nicht gestiegen."
    if rise <= rule.threshold_points:
        return (
            f"Der Index {rule.index_name} ist bis {month.german} um {_percent(int(rise))} "
            f"gestiegen; angepasst wird erst über {_percent(rule.threshold_points)}."
        )
    capped = rise if rule.cap_points is None else min(rise, Fraction(rule.cap_points))
    allowed = UnitPrice(int(old.ten_thousandths * (WHOLE + capped) / WHOLE))
    if new <= allowed:
        return None
    cap = "" if capped == rise else f", gekappt auf {_percent(int(capped))}"
    return (
        f"Der Index {rule.index_name} erlaubt bis {month.german} {_percent(int(rise))}{cap}: "
        f"höchstens {german.unit_price(allowed)}."
    )


def _percent(points: int) -> str:
    return f"{german.number(Decimal(points) / 100, 2).rstrip('0').rstrip(',')} %"


def rule_words(rule: PriceRule) -> str:
    """The rule in one line, as page and change log print it."""
    words = [KIND_WORDS[rule.kind]]
    if rule.fixed_until is not None:
        words.append(f"fest bis {german.day(rule.fixed_until)}")
    if rule.kind is PriceRuleKind.INDEX:
        month = "" if rule.base_month is None else f", Basis {rule.base_month.german}"
        words.append(f"{rule.index_name}{month}, ab {_percent(rule.threshold_points)} Änderung")
        if rule.cap_points is not None:
            words.append(f"höchstens {_percent(rule.cap_points)}")
    if rule.kind is PriceRuleKind.LIST_DISCOUNT:
        words.append(f"{_percent(rule.discount_points)} unter Listenpreis")
    if rule.announcement_days:
        words.append(f"Ankündigung {rule.announcement_days} Tage vorher")
    return "; ".join(words)
