"""The rule table as pure arithmetic: which rule fits, and which signatures follow."""

import pytest

from app.approvals.rules_table import Asked, RuleStep, TableRule, first_fitting, fits, steps_for
from app.kernel.money import Money

HEAD, OFFICE, MAYOR, CLERK = 1, 2, 3, 9
LIMITS = {HEAD: Money.euros(5_000), OFFICE: Money.euros(15_000), MAYOR: None}


def rule(*steps: RuleStep, **changes: object) -> TableRule:
    facts: dict[str, object] = {
        "id": 1,
        "position": 1,
        "title": "Geräte",
        "above": Money(0),
        "up_to": None,
        "account": "",
        "category_id": None,
        "unit_id": None,
        "escalate_after_days": None,
        "escalate_to": None,
        "steps": steps,
    }
    return TableRule(**(facts | changes))  # type: ignore[arg-type]


def asked(euros: str, **changes: object) -> Asked:
    value = Money.euros(euros)
    facts: dict[str, object] = {"value": value, "counted": value, "accounts": frozenset({"1.1.1"})}
    return Asked(**(facts | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "order", "expected"),
    [
        ({"above": Money.euros(5_000)}, asked("5000.00"), False),
        ({"above": Money.euros(5_000)}, asked("5000.01"), True),
        ({"up_to": Money.euros(5_000)}, asked("5000.00"), True),
        ({"up_to": Money.euros(5_000)}, asked("5000.01"), False),
        ({"account": "1.1.1"}, asked("1"), True),
        ({"account": "1.1"}, asked("1"), False),
        ({"account": "1.1*"}, asked("1"), True),
        ({"account": "2.2"}, asked("1", accounts=frozenset({"1.1.1", "2.2"})), True),
        ({"category_id": 7}, asked("1", categories=frozenset({7, 8})), True),
        ({"category_id": 7}, asked("1"), False),
        ({"unit_id": 4}, asked("1", units=frozenset({4, 5})), True),
        ({"unit_id": 4}, asked("1"), False),
    ],
    ids=[
        "not above",
        "just above",
        "up to",
        "over",
        "account",
        "only a beginning",
        "star",
        "one of several accounts",
        "group of goods",
        "other goods",
        "unit above",
        "no unit",
    ],
)
def test_a_rule_fits_by_amount_account_goods_and_unit(
    changes: dict[str, object], order: Asked, expected: bool
) -> None:
    assert fits(rule(**changes), order) is expected


def test_splitting_an_order_reaches_the_same_rule() -> None:
    large = rule(above=Money.euros(10_000))

    assert not fits(large, asked("6000"))
    assert fits(large, asked("6000", counted=Money.euros(12_000)))


def test_the_first_fitting_rule_decides() -> None:
    general, special = rule(id=1), rule(id=2, account="1.1.1")

    assert first_fitting([special, general], asked("1")) is special
    assert first_fitting([general, special], asked("1")) is general
    assert first_fitting([], asked("1")) is None


def test_where_nobody_named_covers_the_value_the_value_limit_signs_last() -> None:
    steps = steps_for(rule(RuleStep(1, HEAD), RuleStep(1, OFFICE)), asked("20000"), LIMITS, CLERK)

    assert steps == (RuleStep(1, HEAD), RuleStep(1, OFFICE), RuleStep(2))


def test_one_sufficient_limit_on_the_way_is_enough() -> None:
    way = (RuleStep(1, HEAD), RuleStep(2, OFFICE))

    assert steps_for(rule(*way), asked("12000"), LIMITS, CLERK) == way


def test_nobody_signs_the_own_order_even_if_the_table_says_so() -> None:
    assert steps_for(rule(RuleStep(1, MAYOR)), asked("100"), LIMITS, MAYOR) == (RuleStep(1),)
    two = rule(RuleStep(1, HEAD), RuleStep(2, MAYOR))
    assert steps_for(two, asked("100"), LIMITS, HEAD) == (RuleStep(2, MAYOR),)


def test_who_approves_no_longer_is_replaced_by_the_value_limit() -> None:
    assert steps_for(rule(RuleStep(1, 77)), asked("100"), LIMITS, CLERK) == (RuleStep(1),)


def test_there_are_never_more_than_five_steps() -> None:
    limits = {person: Money.euros(10) for person in range(1, 6)}
    five = rule(*(RuleStep(at, at) for at in range(1, 6)))

    assert len(steps_for(five, asked("20000"), limits, CLERK)) == 5
