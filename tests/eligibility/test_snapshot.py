import json
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.eligibility.judging.assess import assess
from app.eligibility.judging.case import Case, UnitFacts
from app.eligibility.judging.plain import from_plain, plain
from app.eligibility.judging.snapshot import GENESIS, Recording, exported, sealed, written
from app.eligibility.judging.verify_decision import verify_decision
from app.kernel.canonical import canonical_json, sha256_hex
from tests.eligibility.cases import GOOD, with_documents, with_lot, with_membership
from tests.support.clock import NOON, TODAY
from tests.support.resealed import resealed

EXPORTS: Final = Path(__file__).parents[1] / "data" / "eligibility"
FIRST_ENGINE: Final = EXPORTS / "decision_engine_1.json"
RECORDING: Final = Recording("6e0f2a52-0000-4000-8000-000000000001", 1, GENESIS, NOON, "person:7")
CASES: Final = {
    "eligible": GOOD,
    "not_eligible": with_membership(effective_to=TODAY.replace(day=1)),
    "ceiling": with_lot(reserved_value=GOOD.order.lots[0].maximum_value if GOOD.order else None),
    "expired": with_documents(kind="legal_opinion", review_due=TODAY.replace(day=1)),
    "unit": replace(GOOD, unit=UnitFacts(5, "Stadtpflege", "eigenbetrieb", False, 1, (3, 2))),
    "no agreement": replace(GOOD, framework=None, order=None),
}


def export(case: Case) -> str:
    return exported(*sealed(case, assess(case), RECORDING))


@pytest.mark.parametrize("name", CASES)
def test_a_case_read_back_from_its_document_is_the_same_case(name: str) -> None:
    case = CASES[name]

    assert from_plain(Case, json.loads(json.dumps(plain(case)))) == case


@pytest.mark.parametrize("name", CASES)
def test_every_exported_decision_proves_itself(name: str) -> None:
    case = CASES[name]

    proof = verify_decision(export(case))

    assert proof.differences == ()
    assert proof.sound
    assert proof.outcome == assess(case).outcome.value
    assert proof.decision_id == RECORDING.decision_id
    assert proof.rules == len(assess(case).rules)


def test_the_same_decision_has_the_same_text_and_hash() -> None:
    text, digest = sealed(GOOD, assess(GOOD), RECORDING)

    assert export(GOOD) == export(replace(GOOD))
    assert text == canonical_json(json.loads(text))
    assert digest == sha256_hex(text)


@pytest.mark.parametrize("name", CASES)
def test_parts_that_many_decisions_share_do_not_show_in_the_text(name: str) -> None:
    case = CASES[name]
    assessment = assess(case)
    shared = written(case, assessment.rules[::2])

    assert sealed(case, assessment, RECORDING, shared) == sealed(case, assessment, RECORDING)


def leaves(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(value, dict):
        return [leaf for key, item in value.items() for leaf in leaves(item, (*path, key))]
    if isinstance(value, list):
        return [leaf for at, item in enumerate(value) for leaf in leaves(item, (*path, at))]
    return [path]


def changed(value: Any) -> Any:
    match value:
        case bool():
            return not value
        case int():
            return value + 1
        case str():
            return value + "x"
        case _:
            return "x"


def tampered(content: dict[str, Any], path: tuple[Any, ...]) -> str:
    copy = deepcopy(content)
    at = copy
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = changed(at[path[-1]])
    return json.dumps(copy)


CONTENT: Final = json.loads(export(GOOD))


def test_a_change_of_any_single_value_is_found() -> None:
    paths = leaves(CONTENT)

    unnoticed = [path for path in paths if verify_decision(tampered(CONTENT, path)).sound]

    assert len(paths) > 400
    assert unnoticed == []


def test_a_missing_part_is_found_wherever_it_lay() -> None:
    for part in CONTENT:
        cut = {key: value for key, value in CONTENT.items() if key != part}
        assert not verify_decision(json.dumps(cut)).sound, part


def test_a_forged_outcome_is_named_even_with_a_fresh_hash() -> None:
    forged = json.loads(export(CASES["not_eligible"])) | {"outcome": "eligible"}

    proof = verify_decision(resealed(forged))

    assert proof.differences == ("Ergebnis: angegeben eligible, nachgerechnet not_eligible.",)


def test_a_forged_fact_is_named_by_its_rule_even_with_a_fresh_hash() -> None:
    forged = deepcopy(CONTENT)
    facts = forged["case"]["evidence"]["facts"]
    fact = [item for item in facts if item["key"] == "no_contrary_interests"][-1]
    fact["value"] = False

    proof = verify_decision(resealed(forged))

    assert not proof.sound
    assert any("Regel K-04 weicht ab" in difference for difference in proof.differences)
    assert any(difference.startswith("Ergebnis") for difference in proof.differences)


def test_a_forged_sentence_or_a_dropped_rule_is_named() -> None:
    worded, shorter, doubled = deepcopy(CONTENT), deepcopy(CONTENT), deepcopy(CONTENT)
    worded["rules"][0]["text"] = "Alles gut."
    del shorter["rules"][3]
    doubled["rules"].append(doubled["rules"][0])

    assert verify_decision(resealed(worded)).differences == ("Regel M-01 weicht ab: text.",)
    assert verify_decision(resealed(shorter)).differences == ("Regel M-04 fehlt.",)
    assert verify_decision(resealed(doubled)).differences == ("Eine Regel ist doppelt aufgeführt.",)


def test_a_wrong_hash_alone_is_named() -> None:
    proof = verify_decision(json.dumps(CONTENT | {"sha256": "0" * 64}))

    assert len(proof.differences) == 1
    assert proof.differences[0].startswith("Prüfsumme: angegeben 000")


def test_another_version_of_the_program_is_named() -> None:
    proof = verify_decision(resealed(CONTENT | {"engine_version": "0"}))

    assert len(proof.differences) == 1
    assert proof.differences[0].startswith("Prüfprogramm")


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", "null", "7", '{"format": "x"}', b"\xff\xfe", "[" * 100_000, "NaN"],
)
def test_what_is_no_decision_is_refused_without_an_exception(content: str | bytes) -> None:
    proof = verify_decision(content)

    assert not proof.sound
    assert len(proof.differences) == 1


@settings(max_examples=200)
@given(
    path=st.sampled_from(leaves(CONTENT)),
    value=st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.lists(st.integers(), max_size=2)
    | st.dictionaries(st.text(), st.integers(), max_size=2),
)
def test_no_value_in_any_place_makes_the_proof_crash(path: tuple[Any, ...], value: object) -> None:
    copy = deepcopy(CONTENT)
    at = copy
    for step in path[:-1]:
        at = at[step]
    same = at[path[-1]] == value and type(at[path[-1]]) is type(value)
    at[path[-1]] = value

    assert verify_decision(json.dumps(copy)).sound is same


@pytest.mark.parametrize(
    ("engine", "outcome", "rules"), [("1", "eligible", 26), ("2", "eligible_with_condition", 29)]
)
def test_a_decision_of_an_earlier_engine_still_proves_itself(
    engine: str, outcome: str, rules: int
) -> None:
    file = EXPORTS / f"decision_engine_{engine}.json"

    proof = verify_decision(file.read_text(encoding="utf-8"))

    assert proof.differences == ()
    assert (proof.outcome, proof.rules) == (outcome, rules)


def test_rules_that_came_later_do_not_belong_to_an_earlier_engine() -> None:
    stored = json.loads(FIRST_ENGINE.read_text(encoding="utf-8"))
    del stored["sha256"]

    proof = verify_decision(resealed(stored | {"engine_version": "2"}))

    assert [one.partition(":")[0] for one in proof.differences] == ["Regelwerk"]


@pytest.mark.parametrize(
    ("place", "value", "begins"),
    [
        (("recording",), "x", "Aufzeichnung: nicht lesbar"),
        (("recording", "decision_id"), 5, "Aufzeichnung: nicht lesbar"),
        (("recording", "position"), 2, "Aufzeichnung: Nummer und Prüfsumme"),
        (("recording", "prev_sha256"), "z" * 64, "Aufzeichnung: Nummer und Prüfsumme"),
        (("case", "rule_set", "id"), "GWB-2040", "Regelwerk: GWB-2040 ist hier nicht bekannt"),
        (("case", "neu"), 1, "Der Sachverhalt ist nicht lesbar"),
        (("case", "reference"), "9999-12-31T23:30:00+00:00", "Der Sachverhalt ist nicht lesbar"),
        (("rules", 0, "id"), "Z-99", "Regel Z-99 kommt in der Nachrechnung nicht vor"),
        (("engine_version",), ["3"], "Prüfprogramm"),
    ],
)
def test_a_strange_part_is_named_even_with_a_fresh_hash(
    place: tuple[Any, ...], value: object, begins: str
) -> None:
    forged = deepcopy(CONTENT)
    at = forged
    for step in place[:-1]:
        at = at[step]
    at[place[-1]] = value

    proof = verify_decision(resealed(forged))

    assert not proof.sound
    assert proof.differences[0].startswith(begins)
