from dataclasses import replace

import pytest

from app.eligibility.assess_case import Assessed
from app.eligibility.judging.assess import assess
from app.eligibility.judging.case import Case
from app.eligibility.judging.facts import Document
from app.kernel.money import Money
from app.web.pages import environment
from tests.eligibility.cases import (
    GOOD,
    with_documents,
    with_fact,
    with_framework,
    with_lot,
    with_membership,
    without_fact,
)
from tests.support.clock import NOON, TODAY


def drawn(case: Case) -> str:
    page = environment(product_name="Portal", demo=False).get_template(
        "eligibility/_check_list.html"
    )
    return page.render(assessed=Assessed(case, assess(case)), checked_at=NOON)


def network() -> Case:
    proof = Document(0, "accession_declaration", "Beteiligung", TODAY, "f" * 64, TODAY)
    case = with_framework(chain_link="verbund")
    return with_fact("chain_link:verbund", "active", True, case, proof)


def test_a_clear_case_is_one_line_with_the_chain_and_all_rules_behind_it() -> None:
    text = drawn(GOOD)

    assert "Inhouse-Prüfung: zulässig" in text
    assert "Alle 25 Regeln erfüllt, nach den hinterlegten Nachweisen" in text
    assert (
        "Stadt Dessau-Roßlau → Einkauf eG → Rechenzentrum GmbH → Rahmenvertrag RV-2026-01" in text
    )
    assert text.count("data-rule=") == len(assess(GOOD).rules)
    assert "Geprüft 21.11.2026, 12:00 Uhr" in text


@pytest.mark.parametrize(
    ("case", "word", "consequence"),
    [
        (network(), "zulässig mit Auflage", "ausdrücklich zur Kenntnis nehmen"),
        (
            with_documents(kind="legal_opinion", review_due=TODAY.replace(day=1)),
            "Nachweis abgelaufen",
            "wartet dann mit dem Stand „Nachweis fehlt“",
        ),
        (
            without_fact("cooperative", "no_contrary_interests"),
            "ungeklärt",
            "wartet dann mit dem Stand „Nachweis fehlt“",
        ),
        (
            with_membership(effective_to=TODAY.replace(day=1)),
            "nicht zulässig",
            "eigene, wirksame Mitgliedschaft",
        ),
    ],
)
def test_every_other_outcome_says_what_it_means_and_what_to_do(
    case: Case, word: str, consequence: str
) -> None:
    text = drawn(case)

    assert f"Inhouse-Prüfung: {word}" in text
    assert consequence in " ".join(text.split())
    for rule in assess(case).deciding:
        assert rule.text in text.replace("&#34;", '"')
        assert rule.legal_basis in text


@pytest.mark.parametrize(
    ("case", "first_way"),
    [
        (with_lot(maximum_value=GOOD.order.net) if GOOD.order else GOOD, ""),
        (with_framework(valid_to=TODAY.replace(day=1)), "aus einem anderen Rahmenvertrag"),
        (with_membership(effective_to=TODAY.replace(day=1)), "eigene, wirksame Mitgliedschaft"),
        (with_lot(maximum_quantity=1), "Menge verringern"),
        (with_framework(minimum_order=Money.euros("9000000")), "mit weiterem Bedarf zusammen"),
    ],
)
def test_a_refusal_offers_three_ways_out(case: Case, first_way: str) -> None:
    text = drawn(case)

    assert first_way in text
    assert text.count("<li>") == (3 if first_way else 0)


def test_a_note_is_no_fault() -> None:
    text = drawn(replace(GOOD, eu_threshold=GOOD.order.net if GOOD.order else None))

    assert "Inhouse-Prüfung: zulässig" in text
    assert "Hinweis: Der Auftragswert erreicht den EU-Schwellenwert" in text
