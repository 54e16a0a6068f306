from dataclasses import replace
from datetime import date
from typing import Final

import pytest

from app.eligibility.judging.assess import assess
from app.eligibility.judging.case import Case, FourEyes, LotOutlook, MarketCheck
from app.eligibility.rules import Outcome, Phase, Result, RuleClass
from app.kernel.money import Money
from tests.eligibility.cases import (
    GOOD,
    rule,
    with_framework,
    with_line,
    with_membership,
    with_order,
)
from tests.support.clock import TODAY

SEEN: Final = FourEyes("person:7", "person:8", Money.euros("7511.28"), True)


def market(lowest: str, reason: str = "") -> Case:
    return with_order(market=MarketCheck(Money.euros(lowest), 2, reason))


@pytest.mark.parametrize(
    ("net", "procedure"),
    [
        ("15000", "ein Direktauftrag möglich (AwVO LSA vom 06.12.2024)"),
        ("15000.01", "eine Verhandlungsvergabe oder beschränkte Ausschreibung"),
        ("100000.01", "eine öffentliche Ausschreibung"),
        ("216000", "ein EU-weites Vergabeverfahren (§ 106 GWB)"),
    ],
)
def test_every_order_says_which_procedure_its_value_would_have_asked_for(
    net: str, procedure: str
) -> None:
    said = rule(with_line(net=Money.euros(net)), "O-01")

    assert procedure in said.text
    assert said.is_note
    assert said.outcome is Outcome.ELIGIBLE


@pytest.mark.parametrize(
    ("case", "result"),
    [
        (GOOD, Result.PASS),
        (market("6312"), Result.PASS),
        (market("6311.99"), Result.FAIL),
        (market("6311.99", " \n "), Result.FAIL),
        (market("6311.99", "Lieferzeit zwölf Wochen"), Result.PASS),
    ],
    ids=["nothing found", "the same price", "a cent cheaper", "blank reason", "with a reason"],
)
def test_a_lower_price_elsewhere_needs_a_reason(case: Case, result: Result) -> None:
    said = rule(case, "O-02")

    assert said.result is result
    assert assess(case).outcome is (
        Outcome.ELIGIBLE if result is Result.PASS else Outcome.ELIGIBLE_WITH_CONDITION
    )


def test_the_gap_to_the_market_and_the_reason_are_written_down() -> None:
    said = rule(market("6000", "Bessere Gewährleistung"), "O-02").text

    assert said == (
        "Anderswo 312,00\xa0€ günstiger (niedrigster Marktpreis 6.000,00\xa0€ netto (2 Quellen))."
        " Begründung: Bessere Gewährleistung"
    )


@pytest.mark.parametrize(
    ("net", "reverse_charge", "sphere", "result"),
    [
        ("5000", True, None, Result.FAIL),
        ("4999.99", True, None, Result.PASS),
        ("5000", None, None, Result.PASS),
        ("5000", True, "hoheitlich", Result.PASS),
    ],
)
def test_goods_with_reverse_charge_ask_for_the_sphere_from_5000_euros(
    net: str, reverse_charge: bool | None, sphere: str | None, result: Result
) -> None:
    case = with_line(net=Money.euros(net), reverse_charge=reverse_charge)

    assert rule(with_order(case, sphere=sphere), "O-03").result is result


@pytest.mark.parametrize(
    ("seen", "result"),
    [
        (SEEN, Result.PASS),
        (replace(SEEN, approved_by="person:7"), Result.FAIL),
        (replace(SEEN, approved_by="person:7", exception=4), Result.PASS),
        (replace(SEEN, entitled=False), Result.FAIL),
    ],
    ids=["two people", "the same person", "documented exception", "limit too low"],
)
def test_a_second_person_within_its_limit_approves(seen: FourEyes, result: Result) -> None:
    case = with_order(four_eyes=seen)

    assert rule(case, "O-04").result is result
    assert assess(case).may_place is (result is Result.PASS)


def test_before_anybody_decides_the_four_eyes_are_not_judged() -> None:
    assert "O-04" not in {said.id for said in assess(GOOD).rules}


def forecast(*outlooks: LotOutlook) -> Case:
    return with_framework(outlooks=outlooks)


@pytest.mark.parametrize(
    ("outlook", "result"),
    [
        (LotOutlook(1, "runs_out", date(2027, 12, 30)), Result.FAIL),
        (LotOutlook(1, "lasts", date(2027, 12, 31)), Result.PASS),
        (LotOutlook(1, "used_up"), Result.FAIL),
        (LotOutlook(1, "thin"), Result.PASS),
        (LotOutlook(1, "idle"), Result.PASS),
        (LotOutlook(2, "runs_out", date(2027, 1, 1)), Result.PASS),
    ],
    ids=["a day early", "on the last day", "used up", "thin data", "no use", "another lot"],
)
def test_a_lot_that_will_not_last_is_a_condition(outlook: LotOutlook, result: Result) -> None:
    said = rule(forecast(outlook), "F-09")

    assert (said.result, said.rule_class) == (result, RuleClass.SOFT)


def test_the_forecast_names_lot_and_day_and_who_begins_the_new_tender() -> None:
    said = rule(forecast(LotOutlook(1, "runs_out", date(2027, 5, 3))), "F-09")

    assert said.text == (
        "Die Höchstmenge von RV-2026-01 ist voraussichtlich vor dem 31.12.2027 erreicht: "
        "Los 1 um den 03.05.2027."
    )
    assert "Vergabeverfahren" in said.help


@pytest.mark.parametrize("phase", [Phase.RUNNING, Phase.DELIVERY, Phase.INVOICE])
def test_after_placement_only_what_must_hold_during_the_contract_is_asked(phase: Phase) -> None:
    ended = with_framework(replace(GOOD, phase=phase), valid_to=date(2026, 1, 31))

    assessment = assess(ended)

    assert assessment.outcome is Outcome.ELIGIBLE
    asked = {said.id for said in assessment.rules}
    assert {"M-02", "K-02", "K-05", "K-06", "L2-01", "L2-02", "F-01"} <= asked
    assert not asked & {"F-02", "F-05", "F-06", "F-07", "F-09", "M-06", "O-01"}


def test_a_membership_that_ended_before_the_delivery_warns_there() -> None:
    left = with_membership(effective_to=TODAY.replace(day=20))

    assert assess(replace(left, phase=Phase.DELIVERY)).outcome is Outcome.NOT_ELIGIBLE
