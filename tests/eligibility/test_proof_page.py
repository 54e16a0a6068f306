import json
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.eligibility.check_member import check_member
from app.eligibility.deciding.record_decision import record_decision
from app.eligibility.judging.snapshot import exported
from app.eligibility.records import EligibilityDecision
from tests.support.clock import NOON
from tests.support.evidence import complete_evidence
from tests.support.resealed import resealed
from tests.support.world import World, settled

ADDRESS = "/pruefung/entscheidung"


@pytest.fixture
def world(session: Session) -> World:
    settled_world = settled(session)
    complete_evidence(session)
    return settled_world


def saved(session: Session, world: World) -> str:
    """A decision on record as a person saves it."""
    found = check_member(session, world.dessau.key, NOON, world.framework.number)
    recorded = record_decision(session, found, NOON)
    row = session.get_one(EligibilityDecision, recorded.id)
    return exported(row.snapshot, row.sha256)


def handed(text: str | bytes) -> dict[str, Any]:
    content = text.encode() if isinstance(text, str) else text
    return {"datei": ("entscheidung.json", content, "application/json")}


def test_an_auditor_proves_a_saved_decision(session: Session, world: World, portal: Any) -> None:
    text = saved(session, world)
    session.commit()

    page = portal.signed_in(world.auditor).post(ADDRESS, {}, files=handed(text)).text

    assert "Bewiesen" in page
    assert "Nicht bewiesen" not in page
    assert page.count(">stimmt<") == 7
    assert "Nr. 1 in der Kette von Stadt Dessau-Roßlau" in page


def test_the_page_names_the_part_that_was_changed(
    session: Session, world: World, portal: Any
) -> None:
    content = json.loads(saved(session, world))
    session.commit()
    content["rules"][0]["text"] = "Alles gut."
    auditor = portal.signed_in(world.auditor)

    page = auditor.post(ADDRESS, {}, files=handed(resealed(content))).text

    assert "Nicht bewiesen" in page
    assert page.count(">stimmt<") == 6
    assert "Regel M-01 weicht ab: text." in page
    assert "Das Portal führt unter dieser Nummer einen anderen Inhalt" in page


@pytest.mark.parametrize(
    ("content", "status", "says"),
    [
        (b"", 422, "Bitte wählen Sie die Datei"),
        (b"%PDF-1.7", 200, "Die Datei ist kein lesbares JSON."),
        (b"PK" + bytes([3, 4]), 200, "die ganze Akte unter"),
        (b"[]", 200, "keine Entscheidung im Format"),
        (b"x" * 5_000_001, 422, "höchstens 5 MB"),
    ],
    ids=["nothing", "another file", "a whole file", "another JSON", "too large"],
)
def test_what_is_no_decision_is_answered_with_a_sentence(
    session: Session, world: World, portal: Any, content: bytes, status: int, says: str
) -> None:
    session.commit()

    answer = portal.signed_in(world.legal).post(ADDRESS, {}, files=handed(content))

    assert answer.status_code == status
    assert says in answer.text


def test_the_simulation_says_what_further_turnover_would_do(
    session: Session, world: World, portal: Any
) -> None:
    session.commit()
    legal = portal.signed_in(world.legal)

    today = legal.page("/inhouse-register/simulation")
    more = legal.page("/inhouse-register/simulation?andere=9.000.000,00")
    wrong = legal.get("/inhouse-register/simulation", andere="viel")

    assert "mit der Annahme" not in today
    assert "nicht über 80 %" in more
    assert wrong.status_code == 422
    assert "Bitte geben Sie einen Betrag an" in wrong.text
