"""Agreeing on another price rule: dated, reasoned, with its basis in § 132 GWB."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy.orm import Session

from app.frameworks.agreement_records import AgreedPriceRule
from app.frameworks.amending.lock_framework import lock_framework
from app.frameworks.amending.log_change import Entry, log_change
from app.frameworks.amending.resolution import Resolution, resolution_errors
from app.frameworks.amendment_limits import AmendmentBasis, AmendmentKind
from app.frameworks.find_price_rule import index_values, price_rule_on
from app.frameworks.price_rule import PriceRule, PriceRuleKind, rule_words
from app.kernel.errors import FieldError, Malformed
from app.kernel.legal_day import legal_day

CARRIES: Final = (AmendmentBasis.REVIEW_CLAUSE, AmendmentBasis.INSUBSTANTIAL)


@dataclass(frozen=True, slots=True)
class PriceRuleWish:
    """The rule without its index values; they are recorded by themselves."""

    rule: PriceRule
    basis: AmendmentBasis


def amend_price_rule(  # noqa: PLR0913 - who changes what, by whose decision
    session: Session,
    person_id: int,
    number: str,
    wish: PriceRuleWish,
    by: Resolution,
    now: datetime,
    *,
    seen: int | None = None,
) -> None:
    """From `by.effective_on` on. Raises Malformed with every wrong field."""
    framework = lock_framework(session, number, seen).framework
    today = legal_day(now)
    before = price_rule_on(session, framework.id, by.effective_on)
    errors = [
        *_errors(session, wish, before, by.effective_on),
        *resolution_errors(by, today),
    ]
    if errors:
        raise Malformed(*errors)
    rule = wish.rule
    session.add(
        AgreedPriceRule(
            framework_id=framework.id,
            kind=rule.kind,
            valid_from=by.effective_on,
            fixed_until=rule.fixed_until,
            index_name=rule.index_name,
            base_month=None if rule.base_month is None else rule.base_month.text,
            threshold_points=rule.threshold_points,
            cap_points=rule.cap_points,
            discount_points=rule.discount_points,
            announcement_days=rule.announcement_days,
            at=now,
        )
    )
    what = f"Preisregel: {rule_words(before)} → {rule_words(rule)}"
    entry = Entry(AmendmentKind.PRICE_RULE, (what,), wish.basis)
    log_change(session, framework, entry, by, person_id, now)


def _errors(
    session: Session, wish: PriceRuleWish, before: PriceRule, effective_on: date
) -> Iterator[FieldError]:
    rule = wish.rule
    if wish.basis not in CARRIES:
        text = "Eine Preisregel ändert sich nur nach Klausel oder nicht wesentlich (§ 132 GWB)."
        yield FieldError("basis", "basis_unfit", text)
    if before.fixed_until is not None and effective_on <= before.fixed_until:
        shorter = rule.fixed_until is None or rule.fixed_until < before.fixed_until
        if shorter and wish.basis is not AmendmentBasis.REVIEW_CLAUSE:
            text = "Die Preisbindung zu verkürzen wäre wesentlich (§ 132 Abs. 1 Satz 3 Nr. 2 GWB)."
            yield FieldError("fixed_until", "shorter", text)
    if rule.kind is PriceRuleKind.INDEX:
        yield from _index_errors(session, rule)
    if rule.kind is PriceRuleKind.LIST_DISCOUNT and not rule.discount_points:
        yield FieldError("discount", "missing", "Bitte geben Sie den vereinbarten Rabatt an.")


def _index_errors(session: Session, rule: PriceRule) -> Iterator[FieldError]:
    if not rule.index_name:
        yield FieldError("index_name", "missing", "Bitte nennen Sie den Preisindex.")
    elif rule.base_month is None:
        yield FieldError("base_month", "missing", "Bitte geben Sie den Basismonat an.")
    elif rule.base_month not in dict(index_values(session, rule.index_name)):
        text = f"Für {rule.base_month.german} ist kein Wert dieses Index erfasst."
        yield FieldError("base_month", "no_value", text)
